"""What the log tells afterwards: a session as planned beside as done, what is known of her, and the seven promises."""

from voice_coach.review.known import known
from voice_coach.review.opening import Opened, known_at, opened
from voice_coach.review.plain import as_json, plain
from voice_coach.review.progress import show_progress
from voice_coach.review.promises import Promises, months, promises, weeks
from voice_coach.review.said import said
from voice_coach.review.sets import Outcome, SetSummary
from voice_coach.review.summary import SessionSummary, summarise
from voice_coach.review.terminal import show, show_list

__all__ = [
    "Opened",
    "Outcome",
    "Promises",
    "SessionSummary",
    "SetSummary",
    "as_json",
    "known",
    "known_at",
    "months",
    "opened",
    "plain",
    "promises",
    "said",
    "show",
    "show_list",
    "show_progress",
    "summarise",
    "weeks",
]
