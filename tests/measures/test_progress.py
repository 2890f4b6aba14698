"""A value beside earlier ones and beside the published lines; that chance is no change and a pass no reassurance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measures.room import NOW, somebody, tried
from voice_coach import script
from voice_coach.measures import norms
from voice_coach.measures.battery import CHAIR_STAND, FOUR_STAGE, MEASURES, ONE_LEG, POSITIONS, WITH_HANDS
from voice_coach.measures.progress import compared, told
from voice_coach.measures.steps import Score
from voice_coach.person.model import Person
from voice_coach.safety import lines as safety_lines

SHOW = "Please show it to your doctor or physiotherapist."


def words(person: Person, test: str, value: int, detail: str = "") -> list[str]:
    return [script.text(line) for line in compared(person, test, value, NOW, detail).say]


def pair(test: str, value: int, detail: str = "") -> Person:
    """Somebody of fifty-five, for whom there is no line, with her two baseline tries."""
    return somebody(tried(test, value - 1, 90, detail), tried(test, value, 90, detail), age=55)


@pytest.mark.parametrize(
    ("first", "value", "change"),
    [(9, 12, 3), (9, 11, None), (9, 9, None), (9, 7, None), (9, 6, -3), (12, 30, 18)],
)
def test_three_stands_are_a_change_and_two_may_be_chance(first: int, value: int, change: int | None) -> None:
    assert compared(pair(CHAIR_STAND, first), CHAIR_STAND, value, NOW).change == change


@pytest.mark.parametrize(
    ("first", "value", "change"),
    [(10, 15, 5), (10, 14, None), (30, 36, None), (30, 40, 10), (6, 1, -5), (40, 33, None), (40, 26, -14)],
)
def test_on_one_leg_five_seconds_and_a_third(first: int, value: int, change: int | None) -> None:
    person = somebody(tried(ONE_LEG, first, 90, "left"), age=55)
    assert compared(person, ONE_LEG, value, NOW, "left").change == change


@pytest.mark.parametrize(
    ("days", "value", "change"),
    [((2,), 3, None), ((2, 3), 3, 1), ((2, 4), 3, 1), ((2, 2), 4, None), ((3, 2), 2, -1), ((3, 4), 2, None)],
)
def test_a_position_more_or_less_is_told_when_it_was_seen_on_two_days(
    days: tuple[int, ...], value: int, change: int | None
) -> None:
    person = somebody(*(tried(FOUR_STAGE, each, 300 - 42 * n) for n, each in enumerate(days)))
    assert compared(person, FOUR_STAGE, value, NOW, "tandem 4 s").change == change


def test_it_is_said_in_plain_words_without_praise_or_blame() -> None:
    person = pair(CHAIR_STAND, 9)
    assert words(person, CHAIR_STAND, 12) == ["Since you began it rose from nine to twelve."]
    assert words(person, CHAIR_STAND, 9) == ["The same as when you began."]
    assert words(person, CHAIR_STAND, 10) == ["You began with nine. A difference like that can be chance."]
    assert words(person, CHAIR_STAND, 5) == [
        "Since you began it went from nine to five. That has many possible causes.",
        SHOW,
    ]


def test_the_beginning_is_the_better_of_two_tries_and_until_then_there_is_none() -> None:
    one = somebody(tried(CHAIR_STAND, 9, 30), age=55)
    assert compared(one, CHAIR_STAND, 14, NOW).first is None
    assert words(one, CHAIR_STAND, 14) == ["That is your starting point. Later ones are compared with it."]
    two = somebody(tried(CHAIR_STAND, 11, 30), tried(CHAIR_STAND, 9, 30), tried(CHAIR_STAND, 20, 10), age=55)
    assert compared(two, CHAIR_STAND, 14, NOW).first == 11


def test_each_leg_and_the_hands_have_their_own_past() -> None:
    person = somebody(tried(ONE_LEG, 20, 60, "left"), tried(ONE_LEG, 5, 60, "left"), tried(ONE_LEG, 9, 60, "right"))
    assert compared(person, ONE_LEG, 20, NOW, "left").first == 20
    assert compared(person, ONE_LEG, 20, NOW, "right").first == 9
    assert compared(pair(CHAIR_STAND, 9), CHAIR_STAND, 12, NOW, WITH_HANDS).first is None


@pytest.mark.parametrize(
    ("age", "line"),
    [(None, None), (59, None), (60, 12), (64, 12), (65, 11), (70, 10), (79, 10), (84, 9), (89, 8), (94, 4), (95, None)],
)
def test_the_lines_of_the_cdc_by_age(age: int | None, line: int | None) -> None:
    assert norms.chair_stand_line(age) == line
    person = somebody(age=age)
    if line is not None:
        assert not compared(person, CHAIR_STAND, line, NOW).below
        assert compared(person, CHAIR_STAND, line - 1, NOW).below
    else:
        assert not compared(person, CHAIR_STAND, 0, NOW).below
        assert not any("C D C" in said for said in words(person, CHAIR_STAND, 3))


def test_under_the_line_there_is_neutral_advice_and_over_it_no_reassurance() -> None:
    assert words(somebody(age=72), CHAIR_STAND, 9)[1:] == [
        "For your age, the line in the tables of the C D C is ten.", "Today's number is under that line.", SHOW,
    ]  # fmt: skip
    assert words(somebody(age=72), CHAIR_STAND, 10)[1:] == [
        "For your age, the line in the tables of the C D C is ten.", "It is one number on one day, and no promise.",
    ]  # fmt: skip


@pytest.mark.parametrize(("value", "below"), [(0, True), (2, True), (3, False), (4, False)])
def test_under_ten_seconds_of_tandem_is_under_the_line(value: int, below: bool) -> None:
    assert compared(somebody(), FOUR_STAGE, value, NOW).below is below
    assert (SHOW in words(somebody(), FOUR_STAGE, value)) is below


def test_the_figures_are_the_same_as_those_that_choose_the_tier() -> None:
    assert POSITIONS[safety_lines.TANDEM_STAGE - 1] == "tandem"
    assert (safety_lines.CHAIR_STAND, safety_lines.FOUR_STAGE) == (CHAIR_STAND, FOUR_STAGE)
    assert safety_lines.chair_stand(somebody(tried(CHAIR_STAND, 30, 1, WITH_HANDS)).measures, 72, NOW) is False


@pytest.mark.parametrize("test", MEASURES)
@pytest.mark.parametrize("age", [None, 55, 72, 85, 99])
def test_every_shown_figure_names_its_source(test: str, age: int | None) -> None:
    for each in norms.shown(test, age):
        assert norms.CDC in each or norms.SPRINGER in each or norms.VELLAS in each
    assert "does not endorse" in norms.CDC


def test_what_was_not_checked_is_not_shown() -> None:
    assert not any("Mean of women" in each for each in norms.shown(ONE_LEG, 85))
    assert norms.shown(ONE_LEG, 65)[0].startswith("Mean of women of 60 to 69 in one study: 30.4 s.")


values = st.integers(0, 50)
pasts = st.lists(st.tuples(st.sampled_from(list(MEASURES)), values, st.floats(-400, 400)), max_size=12)


@given(pasts, st.sampled_from(list(MEASURES)), values, st.sampled_from(["", WITH_HANDS, "left", "right"]))
def test_every_value_has_something_to_say_whatever_the_past(
    past: list[tuple[str, int, float]], test: str, value: int, detail: str
) -> None:
    kind = detail if detail in {CHAIR_STAND: ("", WITH_HANDS), ONE_LEG: ("left", "right")}.get(test, ("",)) else ""
    kind = "left" if test == ONE_LEG and not kind else kind
    person = somebody(*(tried(name, number, days, kind) for name, number, days in past))
    found = compared(person, test, value, NOW, kind)
    said = [script.text(line) for line in found.say]
    assert said
    assert (SHOW in said) is (found.below or (found.change or 0) < 0)
    assert all(script.text(line) for line in told(test, person, NOW)([Score(value=value, detail=kind)]))
