"""What two tests of progress mean for the tier: the line of the chair stand by age, and the stages of balance.

A value below a line makes the tier more careful. One above it reassures nobody: 7 of 9 people who fell passed the
four stages in one small study (n = 29, IJESAB abstract; EVIDENCE 5, [V]).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from voice_coach.person.model import Measured
from voice_coach.safety.dates import is_ahead

CHAIR_STAND, FOUR_STAGE = "chair_stand", "four_stage"  # ids of `Measured`
TANDEM_STAGE = 3  # feet together, instep, tandem, one leg: ten seconds each (CDC STEADI; EVIDENCE 5, [V])
FRESH = timedelta(weeks=12)  # an older value tells nothing any more [P]: as long as a screening counts

# Stands in 30 s below which women of that age are below average (CDC STEADI; EVIDENCE 5, [S]; four pages agree up to
# 84, single ones from 85). Below 60 there is no line: the first one is asked for, which is the careful side [P].
_LINES = ((60, 64, 12), (65, 69, 11), (70, 74, 10), (75, 79, 10), (80, 84, 9), (85, 89, 8), (90, 94, 4))


def chair_stand_line(age: int | None) -> int | None:
    """How many stands in 30 s are not below average at that age; None where nobody has said."""
    if age is None or age > _LINES[-1][1]:
        return None
    return next(line for _, last, line in _LINES if age <= last)


def chair_stand(measures: Sequence[Measured], age: int | None, now: datetime) -> bool | None:
    """Whether the newest count is at or above the line; None where there is no fresh one, or no line."""
    newest, line = _newest(measures, CHAIR_STAND, now), chair_stand_line(age)
    if newest is None or line is None:
        return None
    return newest.value >= line and "hands" not in newest.detail  # with hands counts as nought (EVIDENCE 5)


def tandem(measures: Sequence[Measured], now: datetime) -> bool | None:
    """Whether the tandem stand was held for ten seconds the last time; None where there is no fresh try."""
    newest = _newest(measures, FOUR_STAGE, now)
    return None if newest is None else newest.value >= TANDEM_STAGE


def _newest(measures: Sequence[Measured], test: str, now: datetime) -> Measured | None:
    known = (each for each in reversed(measures) if each.test == test and not is_ahead(each.at, now))
    return next((each for each in known if now - each.at <= FRESH), None)
