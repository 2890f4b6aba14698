"""A week told aloud: which sentences of `script.promises`, from what was done. What is nothing is left out."""

from __future__ import annotations

from voice_coach.review.promises import Promises
from voice_coach.routine.model import BoneSite
from voice_coach.session.lines import Key, Line

MOST = 999  # the largest number that is put into words
MINUTE_MS = 60_000


def said(week: Promises) -> tuple[Line, ...]:
    """What she did, in at most six sentences; an invitation where she did nothing yet."""
    if not week.sessions:
        return (_line("nothing"),)
    lines = [_line("week", week.sessions, _minutes(week.ms))]
    if sets := max(each.sets for each in week.bone.values()):
        lines.append(_line("bone", sets))
    if impacts := week.bone[BoneSite.HIP].impacts:
        lines.append(_line("impacts", impacts))
    if week.balance_ms >= MINUTE_MS:
        lines.append(_line("balance", _minutes(week.balance_ms)))
    if week.energy is not None and week.energy.told[1] <= MOST:
        lines.append(_line("energy", *week.energy.told))
    return (*lines, _line("diary"))


def _line(name: str, *numbers: int) -> Line:
    return Line(Key.TALK, (f"promises.{name}", *(min(number, MOST) for number in numbers)))


def _minutes(ms: int) -> int:
    return max(1, round(ms / MINUTE_MS))
