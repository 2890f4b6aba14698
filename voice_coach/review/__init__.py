"""What the log tells afterwards: a session as planned beside as done, for a reader in a terminal and for programs."""

from voice_coach.review.plain import as_json
from voice_coach.review.sets import Outcome, SetSummary
from voice_coach.review.summary import SessionSummary, summarise
from voice_coach.review.terminal import show, show_list

__all__ = ["Outcome", "SessionSummary", "SetSummary", "as_json", "show", "show_list", "summarise"]
