"""The other questions: daily, asked once, a clinician's yes, impact; and when the screening is due."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.safety.people import NOW, ago, incident, person, said_yes, screening, trained, trained_for, weeks_of_training
from voice_coach.person.model import (
    NO,
    NOT_SURE,
    YES,
    Answer,
    Answered,
    Clearance,
    Effort,
    Form,
    Matter,
    Person,
    Trouble,
)
from voice_coach.person.questions import Kind
from voice_coach.routine.model import Tier
from voice_coach.safety import STOPS, Follow, Gate, Standing, Why, about, clinician, daily, due, impact, standing
from voice_coach.safety.lines import chair_stand_line
from voice_coach.safety.training import weeks_trained
from voice_coach.session.lines import Key

T = Trouble
DETAILS = ["chest", "back", "fall", "dizzy", "breath", "broken", "hospital", "ill"]


def asked(**replies: Answer) -> list[str]:
    """What the daily question asks of somebody with these answers, "no" or 0 to the rest."""
    given: dict[str, Answer] = {}
    for _ in range(50):
        question = daily.next_question(given)
        if question is None:
            return [name.removeprefix("daily.") for name in given]
        name = question.id.removeprefix("daily.")
        given[question.id] = replies.get(name, 0 if question.kind is Kind.NUMBER else NO)
    raise AssertionError("it asks for ever")


def told(**answers: Answer) -> tuple[Trouble, ...]:
    return daily.told({f"daily.{name}": answer for name, answer in answers.items()})


def test_nothing_new_is_one_question() -> None:
    assert asked() == ["new"]
    assert told(new=NO) == ()


@pytest.mark.parametrize("answer", [YES, NOT_SURE])
def test_something_new_is_asked_for_one_by_one(answer: str) -> None:
    assert asked(new=answer) == ["new", *DETAILS, "joint"]
    assert told(new=answer, **dict.fromkeys(DETAILS, NO), joint=0) == (T.UNWELL,)  # none of them: a gentle day


def test_who_needs_help_is_asked_no_more() -> None:
    assert asked(new=YES, chest=NOT_SURE) == ["new", "chest"]


@pytest.mark.parametrize(
    ("name", "trouble"),
    list(
        zip(
            DETAILS,
            [T.EMERGENCY, T.BACK_PAIN, T.FALL, T.DIZZY, T.BREATH, T.FRACTURE, T.HOSPITAL, T.UNWELL],
            strict=True,
        )
    ),
)
@pytest.mark.parametrize("answer", [YES, NOT_SURE])
def test_each_of_them_is_its_trouble_also_where_nothing_was_new(name: str, trouble: Trouble, answer: str) -> None:
    assert told(new=YES, **{name: answer}) == (trouble,)
    assert told(new=NO, **{name: answer}) == (trouble,)  # contradiction


@pytest.mark.parametrize(
    ("level", "troubles"),
    [
        (0, ()),
        (3, ()),
        (4, (T.JOINT_PAIN,)),
        (5, (T.JOINT_PAIN,)),
        (6, (T.SHARP_PAIN,)),
        (10, (T.SHARP_PAIN,)),
        (NOT_SURE, (T.SHARP_PAIN,)),
        (11, (T.SHARP_PAIN,)),
        (-1, (T.SHARP_PAIN,)),
    ],
)
def test_joint_pain_by_its_strength(level: Answer, troubles: tuple[Trouble, ...]) -> None:
    assert told(new=NO, joint=level) == troubles


def test_several_are_told_most_urgent_first_and_the_strictest_follows() -> None:
    found = told(new=YES, ill=YES, joint=5, fall=YES)
    assert found == (T.FALL, T.JOINT_PAIN, T.UNWELL)
    assert daily.follows(found) is Follow.LOCK
    assert daily.follows(()) is Follow.GO


def test_whether_it_has_passed_is_asked_first_where_it_is_to_be() -> None:
    ask = daily.asking(Standing(asks=(daily.PASSED,)))
    assert ask({}) == daily.PASSED
    assert ask({daily.PASSED.id: YES}) == daily.NEW
    assert daily.asking(Standing())({}) == daily.NEW
    assert told(passed=YES, new=NO) == ()
    assert told(passed=NO, new=NO) == told(passed=NOT_SURE, new=NO) == (T.DIZZY,)


@given(st.dictionaries(st.sampled_from([each.id for each in daily.QUESTIONS]), st.integers() | st.text() | st.none()))
def test_any_daily_answers_come_to_something(answers: dict[str, Any]) -> None:
    found = daily.told(answers)
    assert list(found) == sorted(found, key=list(Trouble).index)
    daily.next_question(answers)


# What is asked once.


def about_her(**answers: Answer) -> Person:
    return person(Answered(at=NOW, form=Form.ABOUT, answers={f"about.{name}": each for name, each in answers.items()}))


@pytest.mark.parametrize(
    ("said", "age"), [("72", 72), (72, 72), ("7", None), ("200", None), ("seven", None), ("", None), (NOT_SURE, None)]
)
def test_her_age(said: Answer, age: int | None) -> None:
    assert about.age(about_her(age=said)) == age


@pytest.mark.parametrize(("said", "kilos"), [("65", 65), ("6", None), ("999", None), (NO, None)])
def test_her_weight(said: Answer, kilos: int | None) -> None:
    assert about.kilos(about_her(weight=said)) == kilos


@pytest.mark.parametrize(
    ("said", "number"), [("112", "112"), ("000", "000"), ("1", ""), ("1" * 16, ""), ("nine", ""), (NOT_SURE, "")]
)
def test_her_emergency_number_is_digits_and_there_is_none_unless_she_gave_it(said: Answer, number: str) -> None:
    assert about.emergency_number(about_her(emergency=said)) == number
    assert about.emergency_number(Person()) == ""


def test_all_of_it_may_be_left_out_and_is_asked_once() -> None:
    assert all(question.optional for question in about.QUESTIONS)
    assert about.next_question(dict.fromkeys((each.id for each in about.QUESTIONS), NOT_SURE)) is None
    assert about.next_question({}) == about.EMERGENCY


@pytest.mark.parametrize(
    ("age", "line"), [(50, 12), (60, 12), (64, 12), (65, 11), (72, 10), (79, 10), (84, 9), (85, 8), (94, 4), (95, None)]
)
def test_the_line_of_the_chair_stand(age: int, line: int | None) -> None:
    assert chair_stand_line(age) == line
    assert chair_stand_line(None) is None


# When the screening is due.


@pytest.mark.parametrize(
    ("screened", "trained_last", "why"),
    [
        (1, None, None),
        (27, None, None),
        (28, None, Why.GAP),
        (60, 27, None),
        (60, 28, Why.GAP),
        (83, 1, None),
        (84, 1, Why.WEEKS),
        (1, 90, None),  # asked again after the gap
    ],
)
def test_twelve_weeks_and_twenty_eight_days(screened: float, trained_last: float | None, why: Why | None) -> None:
    sessions = [] if trained_last is None else [trained(trained_last)]
    owed = due.due(person(screening(screened), sessions=sessions), NOW)
    assert (owed.why if owed else None) == why


def test_a_session_in_which_nothing_was_done_ends_no_gap() -> None:
    empty = replace(trained(1), sets=())
    owed = due.due(person(screening(60), sessions=[trained(40), empty]), NOW)
    assert owed is not None
    assert owed.why is Why.GAP


def test_a_screening_broken_off_is_gone_on_with_for_a_week() -> None:
    half = replace(screening(6), answers={"screening.supervised": NO}, complete=False)
    assert due.resumable(person(half), NOW) == {"screening.supervised": NO}
    assert due.resumable(person(replace(half, at=ago(8))), NOW) == {}
    assert due.resumable(person(replace(half, at=ago(-9))), NOW) == {}
    assert due.resumable(person(screening(1)), NOW) == due.resumable(Person(), NOW) == {}


def test_a_screening_in_which_she_fell_begins_anew() -> None:
    """What she said before the fall is not asked once; the form stands before it in the log."""
    half = replace(screening(1), answers={"screening.supervised": NO}, complete=False, place=1)
    fell, before = replace(incident(Trouble.FALL, 1), place=2), replace(incident(Trouble.FALL, 2), place=0)
    assert due.resumable(person(half, incidents=[fell]), NOW) == {}
    assert due.resumable(person(half, incidents=[before]), NOW) == {"screening.supervised": NO}


# A clinician's yes.


def test_only_a_plain_yes_is_written() -> None:
    assert clinician.clearance(Matter.TRAINING, YES, NOW) == Clearance(at=NOW, matter=Matter.TRAINING)
    assert [clinician.clearance(Matter.TRAINING, each, NOW) for each in (NO, NOT_SURE, 1, "")] == [None] * 4


def test_what_to_ask_depends_on_where_she_stands() -> None:
    held = {reason.say for reason in clinician.to_ask(standing(Person(), NOW))}
    assert {"clinician.ask_train", "clinician.ask_physio"} <= held
    middle = {reason.say for reason in clinician.to_ask(standing(person(screening(1)), NOW))}
    assert {"clinician.ask_load", "clinician.ask_heels"} <= middle
    assert "clinician.ask_train" not in middle


# Stops.


def test_every_trouble_has_its_row_and_what_is_said_at_once_exists() -> None:
    assert set(STOPS) == set(Trouble)
    assert {stop.response for stop in STOPS.values()} - {""} <= {key.value for key in Key}
    assert {t for t in Trouble if STOPS[t].follow is Follow.LOCK} == {
        T.EMERGENCY, T.BACK_PAIN, T.FALL, T.FRACTURE, T.HOSPITAL,
    }  # fmt: skip


# Training.


def test_weeks_count_with_two_days_of_strength_since_the_last_gap() -> None:
    assert weeks_trained(person(sessions=weeks_of_training(6)), NOW) == 6
    assert weeks_trained(person(), NOW) == 0
    assert weeks_trained(person(sessions=[trained(9), trained(9.01)]), NOW) == 0  # one day
    assert weeks_trained(person(sessions=[replace(trained(9), phase=""), trained(6)]), NOW) == 0  # not strength
    early = replace(trained(9), ended="stopped")
    assert weeks_trained(person(sessions=[early, trained(6)]), NOW) == 0  # three sets and no more
    assert weeks_trained(person(sessions=[trained(16), trained(9)]), NOW) == 1  # once a week takes twice as long
    daily = [trained(days) for days in range(16, 2, -1)]
    assert weeks_trained(person(sessions=daily), NOW) == 2  # more in a week does not make it pass sooner
    long_ago = tuple(replace(each, began=each.began.replace(year=2025)) for each in weeks_of_training(6))
    assert weeks_trained(person(sessions=(*long_ago, *weeks_of_training(2))), NOW) == 2
    assert weeks_trained(person(sessions=long_ago), NOW) == 0


# Impact.

READY = Answered(at=ago(0.01), form=Form.DAILY, answers={"impact.shoes": YES, "impact.bladder": NO})


def gate(who: Person) -> Gate:
    return impact.impact_allowed(who, standing(who, NOW), NOW)


def missing(who: Person) -> list[str]:
    return [reason.say.removeprefix("impact.") for reason in gate(who).missing]


def test_the_low_tier_passes_once_shoes_and_bladder_are_asked() -> None:
    who = trained_for(12)
    assert gate(who) == Gate(missing=(), asks=(impact.BLADDER, impact.SHOES))
    assert "impact" in standing(who, NOW).hidden
    ready = replace(who, forms=(*who.forms, READY))
    assert gate(ready).allowed
    assert "impact" not in standing(ready, NOW).hidden
    yesterday = replace(READY, at=ago(1))
    assert gate(replace(who, forms=(*who.forms, yesterday))).asks == (impact.SHOES,)


@pytest.mark.parametrize("shoes", [NO, NOT_SURE, "perhaps"])
def test_without_shoes_there_is_none(shoes: str) -> None:
    who = trained_for(12)
    answers = {"impact.shoes": shoes, "impact.bladder": NO}
    assert missing(replace(who, forms=(*who.forms, replace(READY, answers=answers)))) == ["shoes_first"]


def test_a_worry_about_the_bladder_is_hers_to_weigh() -> None:
    who = trained_for(12)
    answers = {"impact.shoes": YES, "impact.bladder": YES}
    assert gate(replace(who, forms=(*who.forms, replace(READY, answers=answers)))).asks == (impact.ANYWAY,)
    for answer, reasons in ((YES, []), (NO, ["bladder_first"]), (NOT_SURE, ["bladder_first"])):
        said = replace(READY, answers={**answers, "impact.anyway": answer})
        assert missing(replace(who, forms=(*who.forms, said))) == reasons


@pytest.mark.parametrize(
    ("who", "reasons"),
    [
        (person(screening(1)), ["clinician", "weeks"]),
        (trained_for(12, spine=YES), ["walking"]),
        (trained_for(12, joint=YES, most_days=NO), ["pain"]),
        (replace(trained_for(12), incidents=[incident(T.JOINT_PAIN, 13)]), ["pain"]),
        (replace(trained_for(12), incidents=[incident(T.JOINT_PAIN, 15)]), []),
        (replace(trained_for(12), incidents=[incident(T.UNWELL)]), ["first"]),
        (trained_for(12, falls=1, hurt=NO), ["clinician"]),
        (Person(), ["first", "weeks", "pain"]),
    ],
)
def test_each_condition_has_its_reason(who: Person, reasons: list[str]) -> None:
    assert missing(who) == reasons


def test_pain_told_after_a_set_counts_for_two_weeks() -> None:
    who = trained_for(12)
    last = replace(who.sessions[-1], efforts={"heel_drop": Effort(pain=4)})
    assert missing(replace(who, sessions=(*who.sessions[:-1], last))) == ["pain"]


def test_the_moderate_tier_needs_a_yes_for_it_and_six_weeks() -> None:
    yes = said_yes(3, Matter.IMPACT)
    for weeks, expected in ((6, True), (5, False)):
        who = trained_for(weeks)
        ready = replace(who, forms=(*who.forms, READY), clearances=[yes])
        assert standing(ready, NOW).tier is Tier.MODERATE
        assert gate(ready).allowed is expected


@pytest.mark.parametrize(
    ("asked", "screened", "lately"),
    [(None, 1, False), (5, 100, True), (41, 100, True), (43, 100, False), (5, 1, False), (5, 5.5, True)],
    ids=["never", "this week", "six weeks less a day", "longer ago", "screened since", "screened before"],
)
def test_a_yes_is_not_asked_for_every_week(asked: float | None, screened: float, lately: bool) -> None:
    told = Answered(at=ago(asked or 0), form=Form.DAILY, answers={"clinician.impact": NOT_SURE})
    who = person(screening(screened), *([told] if asked else []))
    assert clinician.asked_lately(who, Matter.IMPACT, NOW) is lately
    assert not clinician.asked_lately(who, Matter.LOAD, NOW)


def test_impact_is_in_reach_where_only_questions_are_left_and_is_nothing_to_train_by() -> None:
    who = trained_for(12)
    now_standing = standing(who, NOW)
    assert now_standing.tier is Tier.LOW and "impact" in now_standing.hidden
    reach = impact.in_reach(who, now_standing, NOW)
    assert now_standing.hidden - reach.hidden == {"impact"}
    assert impact.impact_allowed(who, now_standing, NOW).asks
    hurt = replace(who, incidents=(incident(Trouble.SHARP_PAIN, 5),))
    assert impact.in_reach(hurt, standing(hurt, NOW), NOW) == standing(hurt, NOW)
    new = person(screening(1))
    assert impact.in_reach(new, standing(new, NOW), NOW) == standing(new, NOW)
