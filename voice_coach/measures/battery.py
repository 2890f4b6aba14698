"""The tests there are: who may do which one today, and when each is due again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from voice_coach.person.model import Person
from voice_coach.routine.model import Tag, Tier
from voice_coach.safety.dates import is_today
from voice_coach.safety.model import Reason, Standing

CHAIR_STAND, FOUR_STAGE, ONE_LEG = "chair_stand", "four_stage", "one_leg"  # ids of `Measured`
WITH_HANDS = "with hands"  # detail of a chair stand that counts as nought officially
POSITIONS = ("together", "instep", "tandem", "one_leg")  # of the four-stage balance test, in their order
BASELINE_TRIES = 2  # a second try gains 0.5-0.8 stands by practice alone (Gill 2022; EVIDENCE 5, [V])


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One test of progress."""

    id: str
    title: str
    every: timedelta  # "retest every 6 weeks; chair stand every 4" (EVIDENCE 5)


# EVIDENCE 5: chair stand every 4 weeks, the others every 6
MEASURES: Mapping[str, Measure] = {
    measure.id: measure
    for measure in (
        Measure(id=CHAIR_STAND, title="Chair stand, thirty seconds", every=timedelta(weeks=4)),
        Measure(id=FOUR_STAGE, title="Balance in four positions", every=timedelta(weeks=6)),
        Measure(id=ONE_LEG, title="Standing on one leg", every=timedelta(weeks=6)),
    )
}


def unsuited(test: str, person: Person, standing: Standing, now: datetime) -> Reason | None:
    """Why this test is not for her today; None where it is.

    Alone she does nothing beyond the chair stand (EVIDENCE 1.1, question 17). With the highest tier the hand stays on
    the counter (1.2), so standing free is not for it; a sore joint, a bad day or a session before spoil a number [P].
    """
    if standing.hold or standing.due is not None or standing.asks:
        return Reason(say="measures.no.first")
    if standing.gentle or standing.lighter:
        return Reason(say="measures.no.today")
    if test == CHAIR_STAND and CHAIR_STAND in standing.avoided | standing.eased:
        return Reason(say="measures.no.today")
    if test != CHAIR_STAND and not standing.attended:
        return Reason(say="measures.no.alone")
    if test != CHAIR_STAND and (standing.tier is Tier.HIGH or standing.supported):
        return Reason(say="measures.no.support")
    if test != CHAIR_STAND and Tag.SINGLE_LEG.value in standing.hidden:
        return Reason(say="measures.no.support")
    if any(is_today(session.began, now) and session.sets for session in person.sessions):
        return Reason(say="measures.no.trained")
    return None


def due(person: Person, now: datetime) -> tuple[str, ...]:
    """The tests whose time has come again, or that were never done. One that lies ahead of the clock is not due."""
    return tuple(test for test in MEASURES if _due(test, person, now))


def tries(test: str, person: Person) -> int:
    """How often the chair stand is done in a row: until there are two for the beginning, then once."""
    done = sum(each.test == test for each in person.measures)
    return max(1, BASELINE_TRIES - done)


def measured_today(person: Person, now: datetime) -> bool:
    """Whether today is a test day, which is not a heavy day (EVIDENCE 5)."""
    return any(is_today(each.at, now) for each in person.measures)


def _due(test: str, person: Person, now: datetime) -> bool:
    done = [each.at for each in person.measures if each.test == test]
    if test == CHAIR_STAND and len(done) < BASELINE_TRIES:
        return not measured_today(person, now)
    return not done or now - max(done) >= MEASURES[test].every
