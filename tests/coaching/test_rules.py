"""The rules of progress, one scenario each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.coaching.build import (
    EASY,
    HARD,
    LIBRARY,
    MONDAY,
    ROUTINES,
    decided,
    did,
    item_of,
    standing,
    today,
    told,
    trained,
)  # fmt: skip
from voice_coach.coaching import decision, deload, phase, proposals
from voice_coach.coaching.loads import banded, fits, heavier, lighter
from voice_coach.coaching.phases import HEAVY, Phase
from voice_coach.coaching.progress import Proposal
from voice_coach.person.model import Effort, Incident, Person, Trouble
from voice_coach.routine import Group, Load, Reps, Tier

LOW = standing()


def after(weeks: int, answers: Effort = HARD) -> Person:
    """Somebody who has trained twice a week, with nothing ever raised."""
    person = told(Person(), MONDAY, goblet_squat=6000, biceps_curl=2000, band_row="red band")
    for number in range(weeks * 2):
        person = session(person, number, answers)
    return person


def when(number: int) -> timedelta:
    return timedelta(days=number // 2 * 7 + number % 2 * 3)


def session(person: Person, number: int, answers: Effort = EASY, routine: str = "dumbbell_a") -> Person:
    at = MONDAY + when(number)
    made = today(routine, person, LOW, at)
    return trained(person, did(made, at, f"s{number}", answers, missed=lambda _item: 0))


def found(person: Person, number: int) -> dict[str, Proposal]:
    at = MONDAY + when(number) + timedelta(hours=1)
    return {each.exercise: each for each in proposals(person, LOW, LIBRARY, at)}


def test_the_movements_of_the_phase_load_exist() -> None:
    assert set(LIBRARY) >= HEAVY


@pytest.mark.parametrize(("weeks", "wanted"), [(0, "learn"), (2, "foundation"), (6, "build"), (12, "load")])
def test_phases_go_by_sessions_really_done(weeks: int, wanted: str) -> None:
    person = after(weeks)
    now = MONDAY + timedelta(days=weeks * 7)
    assert phase(person, LOW, now) is Phase(wanted)
    assert phase(person, standing(Tier.HIGH), now) is Phase.CAREFUL
    assert phase(Person(), LOW, now + timedelta(days=900)) is Phase.LEARN


def test_load_is_for_moderate_only_with_a_clinicians_yes() -> None:
    assert phase(after(12), standing(Tier.MODERATE), MONDAY + timedelta(days=84)) is Phase.BUILD


def test_the_sixth_week_is_lighter() -> None:
    person = after(5)
    now = MONDAY + timedelta(days=35)
    assert deload(person, LOW, now)
    made = today("dumbbell_a", person, LOW, now)
    assert made.deload and item_of(made.routine, "goblet_squat").sets == 1
    load = item_of(made.routine, "goblet_squat").load
    assert load == Load(grams=6000)


@pytest.mark.parametrize(
    ("days", "grams", "welcome"), [(7, 6000, False), (10, 5000, True), (20, 4500, True), (40, 3000, True)]
)
def test_a_gap_takes_weight_away(days: int, grams: int, welcome: bool) -> None:
    person = after(4)
    made = today("dumbbell_a", person, LOW, MONDAY + when(7) + timedelta(days=days))
    assert item_of(made.routine, "goblet_squat").load == Load(grams=grams)
    assert any(each.say.startswith("progress.welcome_back") for each in made.say) is welcome


def test_a_clock_set_back_starts_at_learn_with_half_the_load() -> None:
    made = today("dumbbell_a", after(8), LOW, MONDAY - timedelta(days=400))
    assert made.phase == "learn" and item_of(made.routine, "goblet_squat").load == Load(grams=3000)


def test_nothing_is_raised_while_learning_or_without_an_answer() -> None:
    assert not found(session(after(0), 0), 0)
    person = session(after(3), 6, Effort())
    # Balance is judged by what was held; nobody is asked how hard it was, only whether it was steady.
    assert {each.rule for each in found(person, 6).values()} <= {"up.balance"}


def test_reps_grow_first_then_the_load_after_two_sessions_and_at_most_two_movements_are_raised() -> None:
    person = replace(after(3), decisions=())
    loads, steps = [], []
    for number in range(6, 10):
        person = session(person, number)
        offered = found(person, number)
        raised = [each for each in offered.values() if each.needs_yes]
        assert len(raised) <= 2
        now = MONDAY + when(number) + timedelta(hours=1)
        person = decided(person, *(decision(each, True, now) for each in raised))
        steps += [each.rule for each in raised]
        loads.append(item_of(today("dumbbell_a", person, LOW, now).routine, "goblet_squat").load)
    assert "up.reps" in steps
    assert all(load and load.grams <= 6600 for load in loads)


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        (Effort(effort=9, reserve=1), "back_off.effort"),
        (Effort(effort=7, reserve=0), "back_off.reserve"),
        (Effort(effort=5, reserve=3, pain=4), "back_off.pain"),
    ],
)
def test_backing_off_is_told_and_done(answer: Effort, rule: str) -> None:
    person = session(after(3), 6, answer)
    goblet = found(person, 6)["goblet_squat"]
    assert (goblet.rule, goblet.needs_yes, goblet.question) == (rule, False, None)
    assert goblet.change["grams"] == 5000
    later = MONDAY + when(6) + timedelta(hours=1)
    person = decided(person, decision(goblet, None, later))
    assert "goblet_squat" not in found(person, 6)
    item = item_of(today("dumbbell_a", person, LOW, MONDAY + when(7)).routine, "goblet_squat")
    assert item.load == Load(grams=5000) and item.sets == 1


def test_a_declined_raise_is_quiet_for_two_weeks_and_an_unanswered_one_is_asked_again() -> None:
    person = session(after(3), 6)
    name, offered = next(iter(found(person, 6).items()))
    later = MONDAY + when(6) + timedelta(hours=1)
    no = decided(person, decision(offered, False, later))
    assert name not in found(no, 6) and name not in found(session(no, 7), 7)
    assert name in found(decided(person, decision(offered, None, later)), 6)


def test_nothing_is_raised_where_something_happened() -> None:
    person = session(after(3), 6)
    hurt = Incident(at=MONDAY + when(6), trouble=Trouble.DIZZY, session="s6")
    assert not found(replace(person, incidents=(hurt,)), 6)


def test_steps_stay_within_plates_and_per_cents() -> None:
    for grams in range(500, 40_000, 250):
        for group in (Group.LEGS, Group.UPPER):
            more = heavier(grams, group) - grams
            assert more * 10 <= grams or not fits(grams)
            assert more >= 500
        less = lighter(Load(grams=grams), 10)
        assert less.grams < grams or grams <= 500
    assert banded("red band", 1) == "green band" and banded("black band", 1) is None


def test_the_high_tier_never_does_more_than_is_written() -> None:
    made = today("band_strength", Person(), standing(Tier.HIGH), MONDAY)
    for item in (each for block in made.routine.blocks for each in block.items):
        written = item_of(ROUTINES["band_strength"], item.exercise.id)
        assert item.sets <= written.sets
        if isinstance(item.amount, Reps) and isinstance(written.amount, Reps):
            assert item.amount.count <= written.amount.count
