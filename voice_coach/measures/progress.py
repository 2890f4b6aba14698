"""A value beside her own earlier ones and beside the published lines: what is said to it, and what is not.

A change is told as one only where it is larger than chance. A value over a line is no reassurance: 7 of 9 people who
fell had passed the four positions in one small study (n = 29, IJESAB abstract; EVIDENCE 5, [V]).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from voice_coach.measures import norms
from voice_coach.measures.battery import BASELINE_TRIES, CHAIR_STAND, FOUR_STAGE, ONE_LEG, WITH_HANDS
from voice_coach.measures.steps import Score, Told, line
from voice_coach.person.model import Person
from voice_coach.safety.about import age
from voice_coach.session.lines import Line

STANDS = 3  # one person's real change is about 2.5 stands (Gill 2022, n = 93; EVIDENCE 5, [V])
SECONDS, SHARE = 5, 3  # on one leg: five seconds, and a third of what it was, [P]: a word alone is a second late


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What came of laying one value beside others."""

    first: int | None  # what she began with; None where this is the beginning
    change: int | None  # since then; None where it may be chance
    below: bool  # the value lies below a published line, so it is to be shown to a clinician
    say: tuple[Line, ...]


def compared(person: Person, test: str, value: int, now: datetime, detail: str = "") -> Compared:
    """A value of today (of several tries the best) beside what is known of her from before them."""
    kind = "" if test == FOUR_STAGE else detail  # there it tells where it ended
    first, last = _before(person, test, kind)
    change = _change(test, first, last, value)
    below = _below(person, test, value, kind)
    say = [*_own(first, change, value), *_beside_lines(person, test, value, kind)]
    if below or (change is not None and change < 0):
        say.append(line("show"))
    return Compared(first=first, change=change, below=below, say=tuple(say))


def told(test: str, person: Person, now: datetime) -> Told:
    """What is said at the end of a test; `person` is what was known before it."""

    def said(scores: Sequence[Score]) -> tuple[Line, ...]:
        lines: list[Line] = []
        for detail, value in _best(test, scores):
            lines.append(_result(test, detail, value))
            lines += compared(person, test, value, now, detail).say
        return tuple(dict.fromkeys(lines))  # advice that both legs bring is given once

    return said


def _best(test: str, scores: Sequence[Score]) -> list[tuple[str, int]]:
    """The value that counts, by its detail; a try without hands counts before those with them."""
    best: dict[str, int] = {}
    for score in scores:
        best[score.detail] = max(score.value, best.get(score.detail, 0))
    if test == CHAIR_STAND and "" in best:
        return [("", best[""])]
    return list(best.items())


def _result(test: str, detail: str, value: int) -> Line:
    if test == ONE_LEG:
        return line("one.result", detail, value)
    return line("chair.result" if test == CHAIR_STAND else "four.result", value)


def _before(person: Person, test: str, kind: str) -> tuple[int | None, int | None]:
    """What she began with, and the value of the last test day before; None where there is none.

    The chair stand begins with the better of two tries, the others with the best of the first day.
    """
    tries = [each for each in person.measures if each.test == test and (test == FOUR_STAGE or each.detail == kind)]
    if test == CHAIR_STAND:
        start = tries[:BASELINE_TRIES]
        if len(start) < BASELINE_TRIES:
            return None, None
        return max(each.value for each in start), tries[-1].value
    days: dict[object, int] = {}
    for each in tries:
        days[each.at.date()] = max(each.value, days.get(each.at.date(), 0))
    values = list(days.values())
    return (values[0], values[-1]) if values else (None, None)


def _change(test: str, first: int | None, last: int | None, value: int) -> int | None:
    if first is None or last is None:
        return None
    change = value - first
    if test == CHAIR_STAND:
        return change if abs(change) >= STANDS else None
    if test == ONE_LEG:
        return change if abs(change) >= SECONDS and abs(change) * SHARE >= first else None
    before = last - first  # a position more or less has to be seen on two test days, [P]
    return (min(change, before) if change > 0 else max(change, before)) if change * before > 0 else None


def _own(first: int | None, change: int | None, value: int) -> Iterable[Line]:
    if first is None:
        return [line("start")]
    if change is not None:
        return [line("up" if change > 0 else "down", first, value)]
    return [line("same")] if first == value else [line("chance", first)]


def _below(person: Person, test: str, value: int, kind: str) -> bool:
    if test == CHAIR_STAND:
        drawn = norms.chair_stand_line(age(person))
        return kind == WITH_HANDS or (drawn is not None and value < drawn)
    return value < (norms.TANDEM_STAGE if test == FOUR_STAGE else norms.ONE_LEG_SHORT)


def _beside_lines(person: Person, test: str, value: int, kind: str) -> Iterable[Line]:
    below = _below(person, test, value, kind)
    if test == CHAIR_STAND:
        drawn = norms.chair_stand_line(age(person))
        if kind == WITH_HANDS:
            return [line("line.hands")]
        return [] if drawn is None else [line("line.is", drawn), line("line.under" if below else "line.over")]
    if test == FOUR_STAGE:
        return [line("line.tandem")] if below else [line("go_on")]
    return [line("line.one_leg")] if below else []
