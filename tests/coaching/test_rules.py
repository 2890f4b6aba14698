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
from voice_coach.coaching import decision, deload, phase, prescribed, proposals
from voice_coach.coaching.case import Case
from voice_coach.coaching.history import bouts
from voice_coach.coaching.level import Level, level
from voice_coach.coaching.loads import banded, fits, heavier, lighter, means
from voice_coach.coaching.phases import HEAVY, Phase
from voice_coach.coaching.progress import Proposal
from voice_coach.coaching.rules import regained
from voice_coach.person.model import Decision, Effort, Incident, Person, Trouble
from voice_coach.routine import Group, Load, Reps, Tier
from voice_coach.safety.tiers import fitted

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


def test_gaps_together_take_no_more_than_one_long_one() -> None:
    person = after(4)
    back = MONDAY + when(7) + timedelta(days=40)
    for weeks in (0, 6, 12):
        at = back + timedelta(weeks=weeks)
        made = today("dumbbell_a", person, LOW, at)
        assert item_of(made.routine, "goblet_squat").load == Load(grams=3000)
        person = trained(person, did(made, at, f"b{weeks}", EASY, missed=lambda _item: 0))


def test_a_load_that_was_too_much_after_a_gap_is_the_one_that_counts_at_the_next() -> None:
    person, at = after(4), MONDAY + when(7) + timedelta(days=40)
    made = today("dumbbell_a", person, LOW, at)
    person = trained(person, did(made, at, "b", Effort(effort=9, reserve=0), missed=lambda _item: 0))
    back = {each.exercise: each for each in proposals(person, LOW, LIBRARY, at)}["goblet_squat"]
    person = decided(person, decision(back, None, at))
    assert back.change["grams"] == 2500
    later = item_of(today("dumbbell_a", person, LOW, at + timedelta(days=40)).routine, "goblet_squat")
    assert later.load == Load(grams=1000)


def test_what_a_gap_took_comes_back_a_plate_at_a_time_and_never_past_what_it_was() -> None:
    person, at, steps = after(8), MONDAY + when(15) + timedelta(days=20), []
    for number in range(12):
        made = today("dumbbell_a", person, LOW, at)
        person = trained(person, did(made, at, f"b{number}", EASY, missed=lambda _item: 0))
        offered = proposals(person, LOW, LIBRARY, at)
        before = item_of(made.routine, "goblet_squat").load
        steps += [(before, each.rule, each.change.get("grams")) for each in offered if each.exercise == "goblet_squat"]
        person = decided(person, *(decision(each, True, at) for each in offered))
        at += timedelta(days=4)
    assert steps[:3] == [(Load(grams=each), "up.regain", each + 500) for each in (4500, 5000, 5500)]
    assert steps[3:] and "up.regain" not in {rule for _, rule, _ in steps[3:]}


@pytest.mark.parametrize(
    ("now", "before", "more"),
    [
        (Load(grams=23_000), Load(grams=24_000), {"grams": 24_000}),  # two plates would be too far
        (Load(grams=12_000), Load(grams=24_000), {"grams": 13_000}),
        (Load(label="red band"), Load(label="blue band"), {"label": "green band"}),
    ],
)
def test_a_step_back_to_what_she_held_is_one_plate_or_colour(now: Load, before: Load, more: dict[str, object]) -> None:
    case = Case(
        exercise=LIBRARY["goblet_squat"],
        means=means(LIBRARY["goblet_squat"], now),
        level=Level(load=now, held=Level(load=before)),
        phase=Phase.BUILD,
        tier=Tier.LOW,
        bouts=bouts(after(1), "goblet_squat"),
        turn=1,
    )
    verdict = regained(case)
    assert verdict and {name: verdict.change[name] for name in more} == more
    assert regained(replace(case, tier=Tier.HIGH)) is None
    assert regained(replace(case, level=Level(load=now))) is None


@pytest.mark.parametrize(
    ("answers", "tier"), [(HARD, Tier.LOW), (Effort(effort=4), Tier.LOW), (EASY, Tier.HIGH)], ids=str
)
def test_nothing_comes_back_quickly_where_it_was_hard_or_unanswered_or_in_the_high_tier(
    answers: Effort, tier: Tier
) -> None:
    at, who = MONDAY + when(15) + timedelta(days=20), standing(tier)
    routine = "band_strength" if tier is Tier.HIGH else "dumbbell_a"
    person = after(8)
    person = trained(person, did(today(routine, person, who, at), at, "back", answers, missed=lambda _item: 0))
    offered = proposals(person, who, LIBRARY, at)
    assert "up.regain" not in {each.rule for each in offered}


def test_rungs_and_bands_are_taken_by_gaps_once_too() -> None:
    at = MONDAY + when(7)
    rung = LIBRARY["heel_raise"].harder[2].say
    agreed = Decision(at=at, exercise="heel_raise", rule="up.rung", change={"rung": rung, "at": 3}, accepted=True)
    person = decided(told(after(4), at, band_row="blue band"), agreed)
    for number in range(3):
        at += timedelta(days=40)
        assert level(person, LIBRARY["heel_raise"], at).place == 1
        assert level(person, LIBRARY["band_row"], at).load == Load(label="red band")
        made = today("band_strength", person, LOW, at)
        person = trained(person, did(made, at, f"b{number}", HARD, missed=lambda _item: 0))


@pytest.mark.parametrize(("days", "grams"), [(7, 6000), (10, 5000), (20, 4500), (40, 3000)])
def test_a_load_written_in_a_routine_is_set_back_by_a_gap_too(days: int, grams: int) -> None:
    routine = ROUTINES["dumbbell_a"]
    heavy = replace(item_of(routine, "goblet_squat"), load=Load(grams=6000))
    blocks = tuple(
        replace(each, items=tuple(heavy if one.exercise.id == "goblet_squat" else one for one in each.items))
        for each in routine.blocks
    )
    hers = fitted(replace(routine, blocks=blocks), LOW, LIBRARY)
    at, person = MONDAY, Person()
    for number in range(4):
        at = MONDAY + when(number)
        done = did(prescribed(hers, person, LOW, at), at, f"s{number}", HARD, missed=lambda _item: 0)
        person = trained(person, done)
    made = prescribed(hers, person, LOW, at + timedelta(days=days))
    assert item_of(made.routine, "goblet_squat").load == Load(grams=grams)
    again = at + timedelta(days=days)
    person = trained(person, did(made, again, "back", HARD, missed=lambda _item: 0))
    later = item_of(prescribed(hers, person, LOW, again + timedelta(days=3)).routine, "goblet_squat")
    assert later.load == Load(grams=6000 if days <= 10 else grams)  # a short gap is for one session


def test_the_newest_session_counts_after_a_decision_that_names_none_and_a_clock_set_back() -> None:
    person = session(after(3), 6, Effort(effort=9, reserve=1))
    nameless = Decision(
        at=MONDAY + timedelta(days=300), exercise="goblet_squat", rule="up.load", change={"grams": 6000}, accepted=True
    )
    assert found(decided(person, nameless), 6)["goblet_squat"].rule == "back_off.effort"


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
