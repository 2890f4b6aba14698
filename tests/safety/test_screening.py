"""The table of EVIDENCE 1.1 row by row, and that a more careful answer never allows more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.safety.people import WELL
from voice_coach.person.model import NO, NOT_SURE, YES, Answer
from voice_coach.person.questions import Kind, Question
from voice_coach.routine.model import Tier
from voice_coach.safety.model import Known, Screened
from voice_coach.safety.questions import QUESTIONS
from voice_coach.safety.screening import UNFINISHED, next_question, screened, urgent

BEST = Known(weeks=12, chair_stand=True, tandem=True)
ORDER = {Tier.LOW: 0, Tier.MODERATE: 1, Tier.HIGH: 2}
GOOD_YES = {"screening.floor", "screening.near", "screening.well"}  # where yes is the careless answer


def answers(**changed: Answer) -> dict[str, Answer]:
    return {**WELL, **{f"screening.{name}": answer for name, answer in changed.items()}}


def whys(seen: Screened) -> set[str]:
    return {reason.say.removeprefix("screening.why_") for reason in seen.reasons}


def holds(seen: Screened) -> list[str]:
    return [reason.say.removeprefix("screening.hold_") for reason in seen.hold]


def test_who_answers_all_well_has_trained_and_passed_is_in_the_low_tier() -> None:
    assert screened(WELL, BEST) == Screened(
        hold=(),
        tier=Tier.LOW,
        reasons=screened(WELL, BEST).reasons,
        urgent=False,
        floor=True,
        sore=False,
        attended=True,
        unfinished=False,
    )
    assert whys(screened(WELL, BEST)) == {"low"}


@pytest.mark.parametrize("row", ["supervised", "chest", "faint", "breath", "pressure", "recent", "back"])
@pytest.mark.parametrize("answer", [YES, NOT_SURE])
def test_rows_1_to_4_and_6_to_8_hold(row: str, answer: str) -> None:
    changed = {row: answer} | ({"nerves": NO} if row == "back" else {})
    seen = screened(answers(**changed), BEST)
    assert holds(seen) == [row]
    assert seen.urgent == (row == "chest")


@pytest.mark.parametrize(
    ("heart", "well", "held"),
    [
        (NO, None, False),
        (NO, NO, False),  # left over from an answer that was put right
        (YES, YES, False),
        (NOT_SURE, YES, False),
        (YES, NO, True),
        (YES, NOT_SURE, True),
        (NOT_SURE, NO, True),
        (YES, None, True),
    ],
)
def test_row_5_holds_unless_she_exercises_and_feels_well_with_it(heart: str, well: str | None, held: bool) -> None:
    seen = screened(answers(heart=heart, **({"well": well} if well else {})), BEST)
    assert bool(seen.hold) == held
    if heart != NO and not held:
        assert (seen.tier, whys(seen)) == (Tier.MODERATE, {"heart"})  # "start gently"


@pytest.mark.parametrize(("nerves", "is_urgent"), [(NO, False), (YES, True), (NOT_SURE, True), (None, True)])
def test_the_last_three_of_row_8_are_urgent(nerves: str | None, is_urgent: bool) -> None:
    said = answers(back=YES, **({"nerves": nerves} if nerves else {}))
    assert screened(said, BEST).urgent == is_urgent
    assert urgent(said) == (nerves in (YES, NOT_SURE))


def test_what_is_dangerous_holds_also_where_its_first_question_was_answered_no() -> None:
    assert holds(screened(answers(nerves=YES), BEST)) == ["nerves"]


@pytest.mark.parametrize(
    ("changed", "tier", "why"),
    [
        ({"spine": YES}, Tier.HIGH, "spine"),
        ({"spine": NOT_SURE}, Tier.HIGH, "spine"),
        ({"bones": 1, "hip": NO}, Tier.MODERATE, "bones"),
        ({"bones": 1, "hip": YES}, Tier.HIGH, "hip"),
        ({"bones": 1, "hip": NOT_SURE}, Tier.HIGH, "hip"),
        ({"bones": 1}, Tier.HIGH, "hip"),  # not said which
        ({"bones": 2, "hip": NO}, Tier.HIGH, "bones"),
        ({"bones": NOT_SURE, "hip": NO}, Tier.HIGH, "bones"),
        ({"height": YES}, Tier.HIGH, "height"),
        ({"height": NOT_SURE}, Tier.HIGH, "height"),
        ({"falls": 1, "hurt": NO}, Tier.MODERATE, "falls"),
        ({"falls": 1, "hurt": YES}, Tier.HIGH, "hurt"),
        ({"falls": 1, "hurt": NOT_SURE}, Tier.HIGH, "hurt"),
        ({"falls": 1}, Tier.HIGH, "hurt"),
        ({"falls": 2, "hurt": NO}, Tier.HIGH, "falls"),
        ({"falls": NOT_SURE, "hurt": NO}, Tier.HIGH, "falls"),
        ({"falls": 0, "hurt": YES}, Tier.HIGH, "hurt"),  # contradiction
        ({"bones": 0, "hip": YES}, Tier.HIGH, "hip"),  # contradiction
        ({"aid": YES}, Tier.HIGH, "aid"),
        ({"aid": NOT_SURE}, Tier.HIGH, "aid"),
        ({"unsteady": YES}, Tier.MODERATE, "unsteady"),
        ({"unsteady": NOT_SURE}, Tier.MODERATE, "unsteady"),
        ({"steroids": YES}, Tier.HIGH, "steroids"),
        ({"steroids": NOT_SURE}, Tier.HIGH, "steroids"),
        ({"joint": YES, "most_days": YES}, Tier.HIGH, "most_days"),
        ({"joint": NOT_SURE}, Tier.HIGH, "most_days"),
        ({"falls": -1, "hurt": NO}, Tier.HIGH, "falls"),  # no such number
        ({"bones": True, "hip": NO}, Tier.HIGH, "bones"),
        ({"bones": NO, "hip": NO}, Tier.HIGH, "bones"),  # no number at all
        ({"spine": "maybe"}, Tier.HIGH, "spine"),
    ],
)
def test_rows_9_to_14_and_the_tiers_of_1_2(changed: dict[str, Answer], tier: Tier, why: str) -> None:
    seen = screened(answers(**changed), BEST)
    assert seen.tier is tier
    assert why in whys(seen)
    assert not seen.hold


@pytest.mark.parametrize(
    ("known", "why"),
    [
        (Known(weeks=11, chair_stand=True, tandem=True), "new"),
        (Known(weeks=12, chair_stand=None, tandem=True), "chair_stand"),
        (Known(weeks=12, chair_stand=False, tandem=True), "chair_stand"),
        (Known(weeks=12, chair_stand=True, tandem=None), "tandem"),
        (Known(weeks=12, chair_stand=True, tandem=False), "tandem"),
        (Known(weeks=12, chair_stand=True, tandem=True, falls=1), "falls"),
        (Known(weeks=12, chair_stand=True, tandem=True, fractures=1), "bones"),
    ],
)
def test_the_low_tier_needs_training_and_tests_and_a_log_without_falls(known: Known, why: str) -> None:
    seen = screened(WELL, known)
    assert (seen.tier, whys(seen)) == (Tier.MODERATE, {why})


def test_two_falls_in_the_log_count_though_none_is_remembered() -> None:
    assert whys(screened(WELL, Known(weeks=12, chair_stand=True, tandem=True, falls=2))) == {"falls"}
    assert screened(WELL, Known(weeks=12, chair_stand=True, tandem=True, falls=2)).tier is Tier.HIGH


def test_a_scan_or_medicine_decides_until_twelve_weeks_are_trained() -> None:
    assert whys(screened(answers(bone=YES), Known(weeks=11, chair_stand=True, tandem=True))) == {"bone"}
    assert screened(answers(bone=YES), BEST).tier is Tier.LOW


def test_nobody_begins_in_the_low_tier() -> None:
    assert screened(WELL).tier is Tier.MODERATE


@pytest.mark.parametrize("answer", [NO, NOT_SURE, "perhaps"])
def test_rows_15_to_17_are_yes_only_where_yes_was_said(answer: str) -> None:
    seen = screened(answers(floor=answer, near=answer), BEST)
    assert (seen.floor, seen.attended) == (False, False)
    assert screened(answers(joint=YES, most_days=NO), BEST).sore
    assert screened(answers(joint=NOT_SURE, most_days=NO), BEST).sore


def test_half_a_screening_holds_and_what_was_not_asked_is_no_reason_of_its_own() -> None:
    seen = screened({"screening.supervised": NO, "screening.chest": NO}, BEST)
    assert seen.hold == (UNFINISHED,)
    assert (seen.tier, seen.floor, seen.sore, seen.attended) == (Tier.HIGH, False, True, False)
    assert seen.unfinished
    assert not seen.urgent


def test_a_screening_broken_off_after_the_rows_that_hold_is_careful_and_holds_no_more() -> None:
    """Only the tier is open then, and it is the most careful one."""
    order = [question.id for question in QUESTIONS]
    said = {name: answer for name, answer in WELL.items() if order.index(name) < order.index("screening.spine")}
    seen = screened(said, BEST)
    assert (seen.hold, seen.tier, seen.unfinished) == ((), Tier.HIGH, True)


def test_nothing_known_is_a_hold() -> None:
    assert screened({}).hold == (UNFINISHED,)


# The order of the questions.


def asked(replies: Mapping[str, Answer]) -> list[str]:
    """What is asked of somebody with these answers; "no" or 0 to what they do not say."""
    given: dict[str, Answer] = {}
    for _ in range(100):
        question = next_question(given)
        if question is None:
            return [name.removeprefix("screening.") for name in given]
        given[question.id] = replies.get(question.id, 0 if question.kind is Kind.NUMBER else NO)
    raise AssertionError("it asks for ever")


def test_somebody_well_is_asked_the_questions_without_their_follow_ups() -> None:
    assert asked(WELL) == [
        "supervised", "chest", "faint", "breath", "heart", "pressure", "recent", "back", "spine", "bones", "height",
        "falls", "aid", "unsteady", "bone", "steroids", "floor", "joint", "near",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "answer", "follow_up"),
    [
        ("heart", YES, "well"),
        ("heart", NOT_SURE, "well"),
        ("back", YES, "nerves"),
        ("bones", 1, "hip"),
        ("bones", NOT_SURE, "hip"),
        ("falls", 3, "hurt"),
        ("falls", NOT_SURE, "hurt"),
        ("joint", YES, "most_days"),
    ],
)
def test_a_follow_up_comes_right_after_its_question(name: str, answer: Answer, follow_up: str) -> None:
    names = asked(answers(**{name: answer}))
    assert names[names.index(name) + 1] == follow_up


def test_who_uses_a_stick_is_not_asked_whether_she_is_unsteady() -> None:
    assert "unsteady" not in asked(answers(aid=YES))
    assert screened({**answers(aid=YES), "screening.near": YES}, BEST).unfinished is False


# Anything at all.

ODD: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from([YES, NO, NOT_SURE]),
    st.integers(-3, 60),
    st.none(),
    st.booleans(),
    st.floats(),
    st.text(max_size=4),
)
IDS = [question.id for question in QUESTIONS]
MAPS = st.dictionaries(st.sampled_from(IDS), ODD)
KNOWNS = st.builds(
    Known,
    weeks=st.integers(0, 60),
    chair_stand=st.sampled_from([None, False, True]),
    tandem=st.sampled_from([None, False, True]),
    falls=st.integers(0, 3),
    fractures=st.integers(0, 3),
)


def careful(question: Question, answer: Any) -> list[Answer]:
    """Answers that are more careful than this one, or as careful."""
    if question.kind is Kind.NUMBER:
        known = type(answer) is int and answer >= 0
        return [NOT_SURE, *range(answer + 1, answer + 3)] if known else [NOT_SURE]
    return [NOT_SURE, NO if question.id in GOOD_YES else YES]


def no_more_permissive(after: Screened, before: Screened) -> bool:
    return (
        bool(after.hold) >= bool(before.hold)
        and ORDER[after.tier] >= ORDER[before.tier]
        and after.floor <= before.floor
        and after.sore >= before.sore
        and after.attended <= before.attended
    )


@given(said=MAPS, known=KNOWNS)
@settings(max_examples=400)
def test_any_answers_come_to_something_and_any_row_that_holds_is_a_hold(said: dict[str, Any], known: Known) -> None:
    seen = screened(said, known)
    next_question(said)
    for row in ("supervised", "chest", "faint", "breath", "pressure", "recent", "back"):
        if said.get(f"screening.{row}") != NO:
            assert seen.hold
    if said.get("screening.heart") != NO and said.get("screening.well") != YES:
        assert seen.hold
    assert seen.urgent <= bool(seen.hold)
    assert seen.reasons


@given(said=MAPS, known=KNOWNS, data=st.data())
@settings(max_examples=400)
def test_a_more_careful_answer_or_none_at_all_never_allows_more(
    said: dict[str, Any], known: Known, data: st.DataObject
) -> None:
    said = {**WELL, **said}
    question = data.draw(st.sampled_from([each for each in QUESTIONS if each.id in said]))
    better = careful(question, said[question.id])
    more_careful = {**said, question.id: data.draw(st.sampled_from(better))}
    assert no_more_permissive(screened(more_careful, known), screened(said, known))


@given(said=MAPS, known=KNOWNS, data=st.data())
@settings(max_examples=400)
def test_an_open_question_never_allows_more_than_its_best_answer(
    said: dict[str, Any], known: Known, data: st.DataObject
) -> None:
    said = {**WELL, **said}
    question = data.draw(st.sampled_from([each for each in QUESTIONS if each.id in WELL]))
    answered = {**said, question.id: WELL[question.id]}
    without = {name: answer for name, answer in said.items() if name != question.id}
    assert no_more_permissive(screened(without, known), screened(answered, known))


def test_the_questions_are_own_and_each_has_one_id() -> None:
    assert len(set(IDS)) == len(IDS)
    assert all(name.startswith("screening.") for name in IDS)
