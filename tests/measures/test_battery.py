"""Who may do which test today, and when each is due again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.measures.room import NOW, somebody, tried
from voice_coach.measures.battery import (
    CHAIR_STAND,
    FOUR_STAGE,
    MEASURES,
    ONE_LEG,
    due,
    measured_today,
    tries,
    unsuited,
)
from voice_coach.person.model import Incident, Person, SetDone, Trained, Trouble
from voice_coach.routine.model import Tier
from voice_coach.safety.model import Due, Reason, Standing, Why

WELL = Standing(tier=Tier.LOW, supported=False, attended=True, sore=False, floor=True)
SOME = Reason(say="screening.anything")


def why(test: str, standing: Standing, person: Person | None = None) -> str:
    reason = unsuited(test, person or Person(), standing, NOW)
    return reason.say if reason else ""


def trained(hours: float) -> Trained:
    done = SetDone(exercise="chair_stand", set=1, of=1, target_reps=8, done_reps=8)
    return Trained(
        id="x", began=NOW - timedelta(hours=hours), routine="foundation_a", ms=1, ended="completed", sets=(done,)
    )


@pytest.mark.parametrize("test", MEASURES)
def test_somebody_well_and_attended_may_do_them_all(test: str) -> None:
    assert why(test, WELL) == ""


@pytest.mark.parametrize("test", MEASURES)
@pytest.mark.parametrize(
    ("standing", "reason"),
    [
        (replace(WELL, hold=(SOME,)), "measures.no.first"),
        (replace(WELL, hold=(SOME,), locked=Incident(at=NOW, trouble=Trouble.FALL)), "measures.no.first"),
        (replace(WELL, due=Due(why=Why.WEEKS, reason=SOME)), "measures.no.first"),
        (replace(WELL, gentle=True), "measures.no.today"),
        (replace(WELL, lighter=True), "measures.no.today"),
    ],
)
def test_nobody_is_tested_on_hold_before_a_screening_or_on_a_bad_day(
    test: str, standing: Standing, reason: str
) -> None:
    assert why(test, standing) == reason


@pytest.mark.parametrize(
    ("standing", "reason"),
    [
        (replace(WELL, attended=False), "measures.no.alone"),
        (replace(WELL, tier=Tier.HIGH), "measures.no.support"),
        (replace(WELL, supported=True), "measures.no.support"),
        (replace(WELL, hidden=frozenset({"single_leg"})), "measures.no.support"),
    ],
)
def test_alone_or_with_a_hand_on_the_counter_there_is_only_the_chair_stand(standing: Standing, reason: str) -> None:
    assert [why(test, standing) for test in (CHAIR_STAND, FOUR_STAGE, ONE_LEG)] == ["", reason, reason]


def test_nobody_that_nothing_is_known_of_is_tested() -> None:
    assert why(FOUR_STAGE, Standing()) != ""


def test_a_chair_stand_that_hurts_is_not_tested() -> None:
    for standing in (replace(WELL, avoided=frozenset({CHAIR_STAND})), replace(WELL, eased=frozenset({CHAIR_STAND}))):
        assert why(CHAIR_STAND, standing) == "measures.no.today"
        assert why(ONE_LEG, standing) == ""


def test_tests_come_before_the_training_of_a_day() -> None:
    assert why(CHAIR_STAND, WELL, Person(sessions=(trained(hours=2),))) == "measures.no.trained"
    assert why(CHAIR_STAND, WELL, Person(sessions=(trained(hours=24),))) == ""


@pytest.mark.parametrize(
    ("test", "days", "expected"),
    [(CHAIR_STAND, 27, False), (CHAIR_STAND, 28, True), (FOUR_STAGE, 41, False), (FOUR_STAGE, 42, True),
     (ONE_LEG, 41, False), (ONE_LEG, 42, True)],
)  # fmt: skip
def test_the_chair_stand_comes_again_after_four_weeks_the_others_after_six(
    test: str, days: int, expected: bool
) -> None:
    person = somebody(tried(test, 9, 200), tried(test, 9, days))
    assert (test in due(person, NOW)) is expected


def test_what_was_never_done_is_due_and_what_lies_ahead_of_the_clock_is_not() -> None:
    assert due(Person(), NOW) == (CHAIR_STAND, FOUR_STAGE, ONE_LEG)
    ahead = somebody(*(tried(test, 9, -400) for test in MEASURES), tried(CHAIR_STAND, 9, -400))
    assert due(ahead, NOW) == ()


def test_a_beginning_of_one_try_is_completed_on_another_day() -> None:
    assert CHAIR_STAND not in due(somebody(tried(CHAIR_STAND, 9, 0)), NOW)
    assert CHAIR_STAND in due(somebody(tried(CHAIR_STAND, 9, 1)), NOW)


def test_there_are_two_tries_at_the_beginning_and_one_later() -> None:
    past = [somebody(*(tried(CHAIR_STAND, 9, 50) for _ in range(count))) for count in range(4)]
    assert [tries(CHAIR_STAND, person) for person in past] == [2, 1, 1, 1]


def test_a_test_day_is_known_as_one() -> None:
    assert measured_today(somebody(tried(ONE_LEG, 9, 0.1)), NOW)
    assert not measured_today(somebody(tried(ONE_LEG, 9, 1)), NOW)
