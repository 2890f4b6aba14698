"""Phases of the programme: how much, by weeks of training really done.

All figures are EVIDENCE 2.3, [P]. What counts as a session, and two of them as a week, is `safety.training`'s; what
nobody trained does not count, however long ago the programme began.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from voice_coach.coaching.gaps import Gap, gap_now, gaps
from voice_coach.person.model import Matter, Person
from voice_coach.routine.model import Ms, Tier
from voice_coach.safety.model import Standing
from voice_coach.safety.training import WEEKLY, counting, strength_sessions


class Phase(str, Enum):
    """Where somebody stands in the programme."""

    LEARN = "learn"
    FOUNDATION = "foundation"
    BUILD = "build"
    LOAD = "load"
    CAREFUL = "careful"  # all weeks of the high tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """What a phase asks for: sets at most, reps from `low` to `high`, rest between. How hard it may be: see `rules`."""

    sets: int
    low: int
    high: int
    rest: Ms


# EVIDENCE 2.3, [P]; the rest of a phase is its least.
DOSES: Mapping[Phase, Dose] = {
    Phase.LEARN: Dose(sets=1, low=8, high=8, rest=60_000),
    Phase.FOUNDATION: Dose(sets=2, low=10, high=12, rest=60_000),
    Phase.BUILD: Dose(sets=3, low=8, high=10, rest=90_000),
    Phase.LOAD: Dose(sets=3, low=6, high=8, rest=120_000),
    Phase.CAREFUL: Dose(sets=2, low=8, high=12, rest=60_000),
}
EFFORT_CEILING: Mapping[Tier, int] = {Tier.LOW: 8, Tier.MODERATE: 7, Tier.HIGH: 6}  # EVIDENCE 1.2, [P]
FIRST_WEEK: Mapping[Phase, int] = {Phase.LEARN: 1, Phase.FOUNDATION: 3, Phase.BUILD: 7, Phase.LOAD: 13}
HEAVY = frozenset({"db_deadlift", "goblet_squat", "overhead_press", "db_row"})
"""Hinge, squat, press and row: the movements of the phase Load (EVIDENCE 2.3); all others stay as in Build."""
DELOAD_EVERY = 6  # weeks (EVIDENCE 2.3, [P])


def phase(person: Person, standing: Standing, now: datetime) -> Phase:
    """The phase of today's session."""
    return phase_in(week(person, standing, now), standing)


def week(person: Person, standing: Standing, now: datetime) -> int:
    """The week of training, from 1, that today's session belongs to."""
    return _week(_credit(person, standing, now))


def deload(person: Person, standing: Standing, now: datetime) -> bool:
    """Whether this is a sixth week: half the sets, the same load."""
    return is_lighter(week(person, standing, now))


def is_lighter(week: int) -> bool:
    """Whether a week of training is a lighter one."""
    return week % DELOAD_EVERY == 0


def _credit(person: Person, standing: Standing, now: datetime) -> int:
    """Strength sessions that count, less what a gap has taken."""
    credit = 0
    for counts, gap in zip(counting(strength_sessions(person)), gaps(person), strict=True):
        credit = _after(gap, credit, standing) + counts
    return _after(gap_now(person, now), credit, standing)


def _after(gap: Gap, credit: int, standing: Standing) -> int:
    if gap is Gap.RESTART:
        return 0
    return _back_one_phase(credit, standing) if gap is Gap.LONG else credit


def _back_one_phase(credit: int, standing: Standing) -> int:
    reached = phase_in(_week(credit), standing)
    before = {Phase.LOAD: Phase.BUILD, Phase.BUILD: Phase.FOUNDATION}.get(reached, Phase.LEARN)
    return (FIRST_WEEK[before] - 1) * WEEKLY


def _week(credit: int) -> int:
    return credit // WEEKLY + 1


def phase_in(week: int, standing: Standing) -> Phase:
    """The phase of a week of training.

    The highest tier stays careful; Load is for LOW, and for MODERATE with a clinician's yes (EVIDENCE 2.3, [P]).
    """
    if standing.tier is Tier.HIGH:
        return Phase.CAREFUL
    reached = [each for each, first in FIRST_WEEK.items() if first <= week]
    may_load = standing.tier is Tier.LOW or Matter.LOAD in standing.cleared
    return Phase.BUILD if reached[-1] is Phase.LOAD and not may_load else reached[-1]
