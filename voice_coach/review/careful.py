"""Values out of a log that anybody may have edited: what is no sensible value counts as not there."""

from __future__ import annotations

from datetime import datetime, timedelta

from voice_coach.journal import Fields
from voice_coach.routine.model import Ms

TEN = 10  # effort and pain are told from nought to ten (EVIDENCE 2.3 and 5)
MORE = 4  # "one, two, three, or more" left in reserve (EVIDENCE 2.3)
_RUNGS = 50  # [P]: no ladder is longer
_DAY: Ms = 86_400_000  # [P]: no amount of a set or a session is longer, or larger; whatever is, was not written by us


def scale(value: object, most: int) -> int | None:
    """An answer from nought to `most`, None where it can be none."""
    return value if isinstance(value, int) and type(value) is int and 0 <= value <= most else None


def amount(value: object) -> int:
    """A number from a log, 0 where it can be none."""
    return value if isinstance(value, int) and type(value) is int and 0 <= value <= _DAY else 0


def rung(value: object) -> int:
    """A rung of a ladder, 0 where it can be none."""
    return value if isinstance(value, int) and type(value) is int and abs(value) <= _RUNGS else 0


def text(value: object) -> str:
    """A text, empty where it is none."""
    return value if isinstance(value, str) else ""


def moment(began: datetime, ms: Ms) -> datetime:
    """The clock at a time of the session; where the years come to an end, the beginning."""
    try:
        return began + timedelta(milliseconds=amount(ms))
    except OverflowError:
        return began


def origin(fields: Fields) -> datetime | None:
    """When the session began by one of its lines; None where the line does not know the time."""
    try:
        wall = datetime.fromisoformat(fields["wall"])
        return wall - timedelta(milliseconds=amount(fields["at"])) if wall.tzinfo else None
    except (ValueError, OverflowError):
        return None
