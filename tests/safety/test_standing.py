"""What she may do today: what happened and what follows, who has said yes, clocks that were set."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from tests.safety.people import (
    AGE,
    NOW,
    TESTS,
    ago,
    incident,
    person,
    said_yes,
    screening,
    trained,
    trained_for,
    weeks_of_training,
)
from voice_coach.person.model import (
    NO,
    NOT_SURE,
    YES,
    Answered,
    Clearance,
    Form,
    Matter,
    Measured,
    Person,
    Trouble,
)
from voice_coach.routine.model import Tag, Tier
from voice_coach.safety import Standing, Why, standing
from voice_coach.safety.clinician import SAID_YES
from voice_coach.safety.daily import PASSED

T = Trouble
LOCKING = [T.EMERGENCY, T.BACK_PAIN, T.FALL, T.FRACTURE, T.HOSPITAL]


def holds(seen: Standing) -> list[str]:
    return [reason.say for reason in seen.hold]


def daily(days: float, **answers: str) -> Answered:
    return Answered(at=ago(days), form=Form.DAILY, answers={f"daily.{name}": text for name, text in answers.items()})


def test_nobody_known_is_asked_first_and_trains_not_before() -> None:
    seen = standing(Person(), NOW)
    assert (seen.tier, seen.may_train, holds(seen)) == (Tier.HIGH, False, ["screening.unfinished"])
    assert seen.due is not None
    assert seen.due.why is Why.NEVER
    assert not seen.asks  # a doctor's yes would help nothing
    assert seen.hidden >= {"impact", "overhead", "prone", "floor_transfer", "spinal_flexion_loaded", "twisting"}


def test_screened_and_well_she_begins_in_the_moderate_tier() -> None:
    seen = standing(person(screening(1)), NOW)
    assert (seen.tier, seen.may_train, seen.due, seen.locked) == (Tier.MODERATE, True, None, None)
    assert seen.hidden == {"impact", "spinal_flexion_loaded", "twisting"}
    assert seen.light == {"overhead"}
    assert not seen.supported
    assert [reason.say for reason in seen.advice] == ["standing.advice_load"]


def test_twelve_weeks_and_two_tests_later_she_is_in_the_low_tier() -> None:
    assert standing(trained_for(12), NOW).tier is Tier.LOW
    assert standing(trained_for(11), NOW).tier is Tier.MODERATE
    assert standing(replace(trained_for(12), measures=()), NOW).tier is Tier.MODERATE
    assert standing(replace(trained_for(12), forms=(screening(1),)), NOW).tier is Tier.MODERATE  # no age, no line


@pytest.mark.parametrize(
    ("value", "detail", "days", "tier"),
    [
        (10, "", 7, Tier.LOW),
        (9, "", 7, Tier.MODERATE),  # the line at 72 is 10
        (15, "with hands", 7, Tier.MODERATE),
        (15, "", 85, Tier.MODERATE),  # too long ago
        (15, "", -2, Tier.MODERATE),  # ahead
    ],
)
def test_the_chair_stand_counts_at_the_line_freshly_and_without_hands(
    value: int, detail: str, days: int, tier: Tier
) -> None:
    tried = Measured(at=ago(days), test="chair_stand", value=value, detail=detail)
    whole = replace(trained_for(12), measures=(TESTS[1], tried))
    seen = standing(whole, NOW)
    assert seen.tier is (Tier.HIGH if days < 0 and seen.due else tier)
    if days < 0:  # and she was screened yesterday, before the clock was set
        assert seen.due is not None
        assert seen.due.why is Why.CLOCK


@pytest.mark.parametrize("trouble", LOCKING)
def test_what_is_grave_locks_until_a_yes_is_stated_after_it(trouble: Trouble) -> None:
    happened = person(screening(10), incidents=[incident(trouble, 5)])
    seen = standing(happened, NOW)
    assert not seen.may_train
    assert seen.locked == happened.incidents[0]
    assert holds(seen) == [f"standing.after_{trouble.name.lower()}"]
    assert SAID_YES[Matter.TRAINING] in seen.asks
    for clearances in ([said_yes(6)], [said_yes(-2)], [replace(said_yes(4), given=False)]):
        assert standing(replace(happened, clearances=clearances), NOW).locked is not None
    assert standing(replace(happened, clearances=[said_yes(4, Matter.LOAD)]), NOW).locked is not None
    after = standing(replace(happened, clearances=[said_yes(4)]), NOW)
    assert (after.locked, after.may_train) == (None, True)


@pytest.mark.parametrize("trouble", LOCKING)
def test_after_it_she_is_screened_again_and_till_then_trains_as_carefully_as_can_be(trouble: Trouble) -> None:
    cleared = replace(trained_for(12), incidents=[incident(trouble, 0.5)], clearances=[said_yes(0.4)])
    seen = standing(cleared, NOW)
    assert seen.due is not None
    assert seen.due.why.value == trouble.value
    assert seen.tier is Tier.HIGH
    again = standing(replace(cleared, forms=(*cleared.forms, screening(0.3))), NOW)
    assert (again.due, again.may_train) == (None, True)
    if trouble in (T.FALL, T.FRACTURE):  # she said none; the log knows of one
        assert again.tier is Tier.MODERATE


def test_the_newest_of_two_locks_is_told_and_each_needs_its_yes() -> None:
    twice = person(screening(10), incidents=[incident(T.FALL, 5), incident(T.EMERGENCY, 2)], clearances=[said_yes(3)])
    assert standing(twice, NOW).locked == twice.incidents[1]


def test_urgent_words_are_for_the_day_itself() -> None:
    assert standing(person(screening(10), incidents=[incident(T.EMERGENCY)]), NOW).urgent
    assert not standing(person(screening(10), incidents=[incident(T.EMERGENCY, 3)]), NOW).urgent
    assert not standing(person(screening(10), incidents=[incident(T.HOSPITAL)]), NOW).urgent


def test_what_a_screening_holds_a_yes_stated_after_it_lifts() -> None:
    held = person(screening(2, recent=YES))
    assert holds(standing(held, NOW)) == ["screening.hold_recent"]
    assert standing(held, NOW).asks == (SAID_YES[Matter.TRAINING],)
    assert not standing(replace(held, clearances=[said_yes(3)]), NOW).may_train
    seen = standing(replace(held, clearances=[said_yes(1)]), NOW)
    assert (seen.may_train, seen.tier, seen.asks) == (True, Tier.MODERATE, ())


def test_a_hold_that_was_lifted_never_leads_to_the_low_tier() -> None:
    held = replace(trained_for(12, recent=YES), clearances=[said_yes(0.5)])
    seen = standing(held, NOW)
    assert seen.may_train
    assert seen.tier is Tier.MODERATE
    assert [reason.say for reason in seen.reasons] == ["screening.why_cleared"]


def test_no_yes_lifts_what_was_never_asked() -> None:
    half = Answered(at=ago(2), form=Form.SCREENING, answers={"screening.supervised": NO}, complete=False)
    seen = standing(person(screening(9), half, clearances=[said_yes(1)]), NOW)
    assert holds(seen) == ["screening.unfinished"]
    assert seen.due is not None
    assert seen.due.why is Why.UNFINISHED


def test_a_clinicians_no_holds() -> None:
    seen = standing(person(screening(5), clearances=[replace(said_yes(1), given=False)]), NOW)
    assert holds(seen) == ["standing.clinician_no"]
    assert standing(person(screening(5), clearances=[replace(said_yes(1), given=False), said_yes(0)]), NOW).may_train


@pytest.mark.parametrize("trouble", [T.DIZZY, T.BREATH])
def test_dizziness_and_breath_end_the_day_and_are_asked_after_the_next_time(trouble: Trouble) -> None:
    today = standing(person(screening(5), incidents=[incident(trouble, 0.1)]), NOW)
    assert holds(today) == [f"standing.after_{trouble.name.lower()}"]
    assert PASSED in today.asks
    yesterday = person(screening(5), incidents=[incident(trouble, 1)])
    seen = standing(yesterday, NOW)
    assert (seen.may_train, seen.asks, seen.locked) == (True, (PASSED,), None)
    answered = replace(yesterday, forms=(*yesterday.forms, daily(0.01, passed=YES)))
    assert standing(answered, NOW).asks == ()
    for answer in (NO, NOT_SURE):
        answered = replace(yesterday, forms=(*yesterday.forms, daily(0.01, passed=answer)))
        assert PASSED in standing(answered, NOW).asks


def test_the_day_is_the_one_where_she_lives() -> None:
    """At ten in the evening in New York it is the next day in Greenwich, and still today for her."""
    home = timezone(timedelta(hours=-5))
    evening = datetime(2026, 5, 20, 22, 0, tzinfo=home)
    dizzy = replace(incident(T.DIZZY), at=datetime(2026, 5, 20, 9, 0, tzinfo=home).astimezone(timezone.utc))
    whole = person(screening(5), incidents=[dizzy])
    assert not standing(whole, evening).may_train
    assert standing(whole, evening + timedelta(hours=3)).may_train


def test_a_sharp_pain_leaves_its_movement_out_for_the_next_session() -> None:
    hurt = person(screening(20), sessions=[trained(3)], incidents=[incident(T.SHARP_PAIN, 2.99, "band_row")])
    seen = standing(hurt, NOW)
    assert (seen.avoided, seen.may_train, seen.gentle) == (frozenset({"band_row"}), True, False)
    assert Tag.OVERHEAD.value in seen.hidden  # "light, if pain-free"
    assert standing(replace(hurt, sessions=[trained(3), trained(1)]), NOW).avoided == frozenset()


def test_a_sharp_pain_without_a_movement_makes_a_gentle_day() -> None:
    seen = standing(person(screening(20), incidents=[incident(T.SHARP_PAIN)]), NOW)
    assert (seen.gentle, seen.lighter, seen.avoided) == (True, True, frozenset())
    assert not standing(person(screening(20), incidents=[incident(T.SHARP_PAIN, 1)]), NOW).gentle


@pytest.mark.parametrize(
    ("days", "exercises", "advised"),
    [
        ((9, 2), ("band_row", "band_row"), True),  # the one in between left it out
        ((9, 5), ("band_row", "band_row"), True),
        ((9, 2), ("band_row", "chair_stand"), False),
        ((9, 9), ("band_row", "band_row"), False),  # one session
        ((16, 2), ("band_row", "band_row"), False),
    ],
)
def test_two_sessions_in_a_row_are_for_somebody_to_look_at(
    days: tuple[int, int], exercises: tuple[str, str], advised: bool
) -> None:
    sessions = [trained(day + 0.02) for day in (16, 13, 9, 5, 2)]
    pains = [incident(T.SHARP_PAIN, day, name) for day, name in zip(days, exercises, strict=True)]
    seen = standing(person(screening(30), sessions=sessions, incidents=pains), NOW)
    assert ("standing.advice_check" in [reason.say for reason in seen.advice]) == advised


def test_the_advice_to_have_it_looked_at_is_given_for_a_while_only() -> None:
    pains = [incident(T.SHARP_PAIN, day, "band_row") for day in (13, 9)]
    sessions = [trained(day + 0.02) for day in (13, 9, 5, 2)]
    seen = standing(person(screening(30), sessions=sessions, incidents=pains), NOW)
    assert "standing.advice_check" not in [reason.say for reason in seen.advice]


def test_a_sore_joint_is_easier_next_time() -> None:
    sore = person(screening(20), sessions=[trained(3)], incidents=[incident(T.JOINT_PAIN, 2.99, "chair_stand")])
    seen = standing(sore, NOW)
    assert (seen.eased, seen.lighter, seen.avoided) == (frozenset({"chair_stand"}), True, frozenset())
    assert not standing(replace(sore, sessions=[trained(3), trained(1)]), NOW).lighter
    told = standing(person(screening(20), sessions=[trained(3)], incidents=[incident(T.JOINT_PAIN)]), NOW)
    assert (told.eased, told.lighter) == (frozenset(), True)


def test_unwell_is_a_gentle_day_and_nothing_more() -> None:
    ill = person(screening(5), incidents=[incident(T.UNWELL, 0.1)])
    assert standing(ill, NOW).gentle
    assert standing(ill, NOW).may_train
    assert standing(ill, NOW + timedelta(days=1)) == standing(person(screening(5)), NOW + timedelta(days=1))


def test_floor_joints_and_company_are_as_she_said() -> None:
    seen = standing(person(screening(1, floor=NO, near=NO)), NOW)
    assert Tag.FLOOR_TRANSFER.value in seen.hidden
    assert (seen.supported, seen.attended) == (True, False)
    sore = standing(person(screening(1, joint=YES, most_days=NO)), NOW)
    assert sore.sore
    assert Tag.OVERHEAD.value in sore.hidden


def test_a_yes_for_more_counts_until_something_happens() -> None:
    yes = [said_yes(9, Matter.LOAD), said_yes(9, Matter.IMPACT)]
    assert standing(person(screening(20), clearances=yes), NOW).cleared == {Matter.LOAD, Matter.IMPACT}
    fell = person(screening(20), clearances=[*yes, said_yes(3)], incidents=[incident(T.FALL, 5)])
    assert standing(fell, NOW).cleared == {Matter.TRAINING}


# Clocks.


def test_a_clock_set_back_asks_again_and_helps_nobody() -> None:
    """What was told next year was told by a wrong clock, or this one is wrong."""
    ahead = replace(trained_for(12), clearances=[said_yes(-300, Matter.IMPACT)])
    seen = standing(ahead, NOW)
    assert seen.due is not None
    assert seen.due.why is Why.CLOCK
    assert (seen.tier, seen.cleared) == (Tier.HIGH, frozenset())


def test_a_screening_from_ahead_still_holds() -> None:
    seen = standing(person(screening(-300, chest=YES), clearances=[said_yes(1)]), NOW)
    assert "screening.hold_chest" in holds(seen)


SLOW = 20_000  # days ago: the clock began in 1970, and was set afterwards


@pytest.mark.parametrize("trouble", LOCKING)
def test_a_lock_that_a_slow_clock_wrote_is_not_lifted_by_a_yes_from_before_it(trouble: Trouble) -> None:
    """What stands before the fall in the log was before it, whatever the clock told."""
    form, yes = replace(screening(20), place=1), replace(said_yes(9), place=2)
    fell = replace(incident(trouble, SLOW), place=3)
    seen = standing(person(form, clearances=[yes], incidents=[fell]), NOW)
    assert (seen.locked is not None, seen.due is not None, seen.cleared) == (True, True, frozenset())
    again, later = replace(screening(1), place=4), replace(said_yes(1), place=5)
    assert standing(person(form, again, clearances=[yes, later], incidents=[fell]), NOW).may_train


def test_a_hold_that_a_slow_clock_wrote_is_not_lifted_by_a_yes_from_before_it() -> None:
    yes, heart = replace(said_yes(1), place=1), replace(screening(1.1, chest=YES), place=2)
    assert "screening.hold_chest" in holds(standing(person(heart, clearances=[yes]), NOW))
    assert standing(person(heart, clearances=[replace(yes, place=3)]), NOW).may_train


def test_a_no_after_a_yes_counts_whatever_the_clock_told() -> None:
    yes, no = replace(said_yes(1), place=1), replace(said_yes(SLOW), place=2, given=False)
    assert not standing(person(screening(5), clearances=[yes, no]), NOW).may_train


def test_after_dizziness_that_a_slow_clock_wrote_she_is_asked_whether_it_has_passed() -> None:
    form, passed = replace(screening(20), place=1), replace(daily(5, passed=YES), place=2)
    dizzy = replace(incident(T.DIZZY, SLOW), place=3)
    assert PASSED in standing(person(form, passed, incidents=[dizzy]), NOW).asks
    since = replace(passed, place=4)
    assert PASSED not in standing(person(form, passed, since, incidents=[dizzy]), NOW).asks


def test_a_movement_that_hurt_by_a_slow_clock_is_left_out_until_she_has_trained_since() -> None:
    done = replace(weeks_of_training(12)[-1], place=1)
    hurt = replace(incident(T.SHARP_PAIN, SLOW), exercise="row", place=2)
    assert standing(person(screening(100), sessions=[done], incidents=[hurt]), NOW).avoided == {"row"}
    later = replace(done, place=3)
    assert not standing(person(screening(100), sessions=[done, later], incidents=[hurt]), NOW).avoided


def test_a_clock_that_ran_ahead_once_locks_nobody_again() -> None:
    """A session that it wrote stands before the fall; its date comes, and the yes still stands behind both."""
    ahead = replace(weeks_of_training(12)[-1], began=ago(-3), place=1)
    form, fell = replace(screening(20), place=2), replace(incident(T.FALL, 1), place=3)
    again, yes = replace(screening(0.6), place=4), replace(said_yes(0.5), place=5)
    her = person(form, again, sessions=[ahead], incidents=[fell], clearances=[yes])
    for days in range(8):
        assert standing(her, NOW + timedelta(days=days)).locked is None


def test_a_fall_ahead_of_the_clock_and_behind_the_screening_in_the_log_is_asked_after() -> None:
    form, yes, fell = replace(screening(0), place=1), replace(said_yes(0), place=2), incident(T.FALL, -30)
    seen = standing(person(form, clearances=[yes], incidents=[replace(fell, place=3)]), NOW)
    assert seen.locked is not None
    assert seen.due is not None


def test_a_lock_from_ahead_is_lifted_by_a_screening_and_a_yes_of_today() -> None:
    """The clock ran a year ahead for a day; now it is right."""
    locked = person(screening(30), incidents=[incident(T.FALL, -365)], clearances=[said_yes(0)])
    seen = standing(locked, NOW)
    assert holds(seen) == ["standing.after_fall", "standing.clock"]
    screened = replace(locked, forms=(screening(30), daily(-365, new=NO), screening(0.1)))
    assert standing(screened, NOW).may_train
    assert standing(replace(locked, forms=(screening(30), screening(0.1))), NOW).may_train
    assert standing(replace(screened, clearances=[said_yes(1)]), NOW).locked is not None
    assert standing(screened, NOW + timedelta(days=30)).locked is None


def test_dizziness_from_ahead_holds_no_longer_than_to_the_next_screening() -> None:
    dizzy = person(screening(30), incidents=[incident(T.DIZZY, -365)])
    assert not standing(dizzy, NOW).may_train
    today = replace(dizzy, forms=(screening(30), daily(-365, new=NO), screening(0.1)))
    assert not standing(today, NOW).may_train
    assert standing(today, NOW + timedelta(days=1)).may_train


def test_no_session_from_ahead_counts_as_training() -> None:
    later = tuple(replace(each, began=each.began + timedelta(days=400)) for each in weeks_of_training(12))
    seen = standing(person(AGE, screening(0.1), sessions=later, measures=TESTS), NOW)
    assert seen.tier is Tier.MODERATE


def test_clearances_of_one_moment_count_by_the_no() -> None:
    both = [said_yes(1), replace(said_yes(1), given=False)]
    for clearances in (both, both[::-1]):
        assert not standing(person(screening(5), clearances=clearances), NOW).may_train


def test_times_of_two_zones_are_compared_as_moments() -> None:
    zone = timezone(timedelta(hours=9))
    yes = Clearance(at=ago(4.99).astimezone(zone), matter=Matter.TRAINING)
    assert standing(person(screening(9), incidents=[incident(T.FALL, 5)], clearances=[yes]), NOW).locked is None
