"""Phases of the programme: how much, how hard and with how much in reserve, by weeks of training really done.

All figures are EVIDENCE 2.3, [P]. A week counts for two strength sessions; what nobody trained does not count, however
long ago the programme began.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from voice_coach.coaching.gaps import Gap, gap_now, gaps, programme
from voice_coach.person.model import Matter, Person
from voice_coach.routine.model import Ms, Tier
from voice_coach.safety.model import Standing


class Phase(str, Enum):
    """Where somebody stands in the programme."""

    LEARN = "learn"
    FOUNDATION = "foundation"
    BUILD = "build"
    LOAD = "load"
    CAREFUL = "careful"  # all weeks of the high tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """What a phase asks for: sets at most, reps from `low` to `high`, reps left over, effort at most, rest between."""

    sets: int
    low: int
    high: int
    reserve: int
    effort: int
    rest: Ms


# EVIDENCE 2.3, [P]; the rest of a phase is its least.
DOSES: Mapping[Phase, Dose] = {
    Phase.LEARN: Dose(sets=1, low=8, high=8, reserve=4, effort=4, rest=60_000),
    Phase.FOUNDATION: Dose(sets=2, low=10, high=12, reserve=3, effort=6, rest=60_000),
    Phase.BUILD: Dose(sets=3, low=8, high=10, reserve=2, effort=7, rest=90_000),
    Phase.LOAD: Dose(sets=3, low=6, high=8, reserve=2, effort=8, rest=120_000),
    Phase.CAREFUL: Dose(sets=2, low=8, high=12, reserve=3, effort=6, rest=60_000),
}
EFFORT_CEILING: Mapping[Tier, int] = {Tier.LOW: 8, Tier.MODERATE: 7, Tier.HIGH: 6}  # EVIDENCE 1.2, [P]
FIRST_WEEK: Mapping[Phase, int] = {Phase.LEARN: 1, Phase.FOUNDATION: 3, Phase.BUILD: 7, Phase.LOAD: 13}
HEAVY = frozenset({"db_deadlift", "goblet_squat", "overhead_press", "db_row"})
"""Hinge, squat, press and row: the movements of the phase Load (EVIDENCE 2.3); all others stay as in Build."""
A_WEEK = 2  # strength sessions (EVIDENCE 2.3); more in one week do not make it pass sooner
DELOAD_EVERY = 6  # weeks (EVIDENCE 2.3, [P])


def phase(person: Person, standing: Standing, now: datetime) -> Phase:
    """The phase of today's session."""
    return _phase_at(_credit(person, standing, now), standing)


def week(person: Person, standing: Standing, now: datetime) -> int:
    """The week of training, from 1, that today's session belongs to."""
    return _credit(person, standing, now) // A_WEEK + 1


def deload(person: Person, standing: Standing, now: datetime) -> bool:
    """Whether this is a sixth week: half the sets, the same load."""
    return week(person, standing, now) % DELOAD_EVERY == 0


def _credit(person: Person, standing: Standing, now: datetime) -> int:
    """Strength sessions that count, no more than two in a week of the calendar, less what a gap has taken."""
    credit, weekly = 0, Counter[tuple[int, int]]()
    for session, gap in zip(programme(person), gaps(person), strict=True):
        year, number, _ = session.began.isocalendar()
        weekly[year, number] += 1
        credit = _after(gap, credit, standing) + (weekly[year, number] <= A_WEEK)
    return _after(gap_now(person, now), credit, standing)


def _after(gap: Gap, credit: int, standing: Standing) -> int:
    if gap is Gap.RESTART:
        return 0
    return _back_one_phase(credit, standing) if gap is Gap.LONG else credit


def _back_one_phase(credit: int, standing: Standing) -> int:
    before = {Phase.LOAD: Phase.BUILD, Phase.BUILD: Phase.FOUNDATION}.get(_phase_at(credit, standing), Phase.LEARN)
    return (FIRST_WEEK[before] - 1) * A_WEEK


def _phase_at(credit: int, standing: Standing) -> Phase:
    """The highest tier stays careful; Load is for LOW, and for MODERATE with a clinician's yes (EVIDENCE 2.3, [P])."""
    if standing.tier is Tier.HIGH:
        return Phase.CAREFUL
    reached = [each for each, first in FIRST_WEEK.items() if first <= credit // A_WEEK + 1]
    may_load = standing.tier is Tier.LOW or Matter.LOAD in standing.cleared
    return Phase.BUILD if reached[-1] is Phase.LOAD and not may_load else reached[-1]
