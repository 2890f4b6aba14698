"""The way to impact and to heavier weights, typed from question to plan; and every answer that shuts it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.visiting import WHICH, Answers, Home, Visited, text_of
from tests.coaching.build import LIBRARY, MONDAY, ROUTINES
from tests.journal.logs import SETUP
from tests.review.lines import Data, record, set_of, tell
from voice_coach.coaching.impact import step
from voice_coach.conversation.interview import line
from voice_coach.person.model import Answered, Form, Incident, Matter, Measured, Person, Trouble
from voice_coach.routine import Tier
from voice_coach.safety import impact_allowed, standing
from voice_coach.safety.clinician import AGAIN
from voice_coach.session.lines import Key, Line

DAY = timedelta(days=1)
MOVEMENTS = ("chair_stand", "band_row", "heel_raise")
BONE = ROUTINES["hip_spine_bone"]
LOADS: Answers = {line("interview.load", each.name): "not sure" for each in LIBRARY.values()}
OPEN: Answers = {
    "clinician.impact": "yes",
    "impact.bladder": "no",
    "impact.shoes": "yes",
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "log.jsonl", tuple(ROUTINES.values()))


def weeks_of_strength(home: Home, weeks: int) -> datetime:
    """Two sessions a week of which she did not say how hard they were; when the last of them began."""
    sets: list[tuple[int, str, Data]] = [(n, "set", set_of(each)) for n, each in enumerate(MOVEMENTS, 1)]
    days = [7 * week + day for week in range(weeks) for day in (0, 3)]
    for number in days:
        record(home.log, MONDAY + number * DAY, sets, name=f"s{number}", setup=replace(SETUP, phase="build"))
    return MONDAY + days[-1] * DAY


def asked_step(turn: int) -> Line:
    return line("progress.ask_impact", 1, turn)


def after_and_next(home: Home, last: datetime, first_step: str = "yes", **changed: str) -> tuple[Visited, Visited]:
    """What she says after her last session, and the next one, in which the hip and spine routine is wanted."""
    answers = {**OPEN, **{name.replace("__", "."): typed for name, typed in changed.items()}}
    turns = {asked_step(turn): first_step for turn in range(1, 60)}
    evening = home.afterwards(last + timedelta(hours=1), {**answers, **turns})
    return evening, home.answering(last + 2 * DAY, {**answers, **LOADS}, BONE)


def landed(visited: Visited) -> list[int]:
    """The impacts of what was made, item by item; heel raises that stand instead are none."""
    assert visited.made is not None, visited.said[-4:]
    items = [item for block in visited.made.routine.blocks for item in block.items]
    return [item.sets for item in items if "impact" in item.exercise.tags]


def test_with_every_answer_the_middle_level_comes_to_heel_drops(home: Home) -> None:
    home.well_known(MONDAY)
    last = weeks_of_strength(home, 7)
    evening, day = after_and_next(home, last)
    for name in ("clinician.impact_why", "clinician.impact", "clinician.thanks", "impact.ask_first", "impact.bladder"):
        assert evening.heard(name) == 1, name
    assert evening.heard("impact.shoes") == 0
    assert [each.matter for each in evening.person.clearances] == [Matter.IMPACT]
    assert step(evening.person, last + DAY) == 1
    assert day.heard("impact.shoes") == 1 and day.heard("impact.bladder") == day.heard("clinician.impact") == 0
    assert day.made is not None and day.made.tier is Tier.MODERATE
    assert landed(day) == [2]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"clinician__impact": "no"}, "clinician.impact_not_yet"),
        ({"clinician__impact": "not sure"}, "clinician.ask_heels"),
        ({"clinician__impact": ""}, "clinician.impact_not_yet"),
        ({"impact__bladder": "yes", "impact__anyway": "no"}, "impact.bladder_first"),
        ({"impact__bladder": "yes", "impact__anyway": ""}, "impact.bladder_first"),
        ({"impact__bladder": "not sure", "impact__anyway": "not sure"}, "impact.bladder_first"),
        ({"first_step": "no"}, "interview.declined"),
        ({"first_step": ""}, "interview.left_out"),
        ({"impact__shoes": "no"}, "impact.shoes_first"),
        ({"impact__shoes": "not sure"}, "impact.shoes_first"),
        ({"impact__shoes": ""}, "impact.shoes_first"),
    ],
    ids=lambda value: "-".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else "",
)
def test_without_any_one_of_the_answers_there_is_no_impact_in_the_plan(
    home: Home, changed: dict[str, str], told: str
) -> None:
    home.well_known(MONDAY)
    last = weeks_of_strength(home, 7)
    evening, day = after_and_next(home, last, **changed)
    assert evening.heard(told) + day.heard(told) >= 1
    assert landed(day) == []
    assert not impact_allowed(day.person, standing(day.person, last + 3 * DAY), last + 3 * DAY).allowed


def test_bladder_worries_are_hers_to_weigh(home: Home) -> None:
    home.well_known(MONDAY)
    last = weeks_of_strength(home, 7)
    assert landed(after_and_next(home, last, impact__bladder="yes", impact__anyway="yes")[1]) == [2]


@pytest.mark.parametrize(
    ("weeks", "changed", "incident"),
    [(5, {}, None), (7, {"joint": "yes"}, None), (7, {"spine": "yes"}, None), (7, {}, Trouble.JOINT_PAIN)],
    ids=["too few weeks", "a sore joint", "the careful level", "pain lately"],
)
def test_nothing_is_asked_while_anything_else_is_missing(
    home: Home, weeks: int, changed: dict[str, str], incident: Trouble | None
) -> None:
    home.well_known(MONDAY, **changed)
    last = weeks_of_strength(home, weeks)
    if incident:
        tell(home.log, last, Incident(at=last - DAY, trouble=incident))
    evening, day = after_and_next(home, last)
    for visited in (evening, day):
        assert (
            visited.heard("clinician.impact") == visited.heard("impact.bladder") == visited.heard("impact.shoes") == 0
        )
    assert day.made is None or landed(day) == []  # at the careful level that routine is none of hers


def test_a_yes_that_she_did_not_have_is_asked_for_again_after_weeks_or_a_screening(home: Home) -> None:
    home.well_known(MONDAY)
    last = weeks_of_strength(home, 7)
    no = {**OPEN, "clinician.impact": "no"}
    assert home.afterwards(last + timedelta(hours=1), no).heard("clinician.impact") == 1
    assert home.afterwards(last + DAY, no).heard("clinician.impact") == 0
    assert home.afterwards(last + timedelta(days=27), no).heard("clinician.impact") == 0
    home.well_known(last + timedelta(days=27))  # screened anew
    assert home.afterwards(last + timedelta(days=27, hours=2), no).heard("clinician.impact") == 1


def test_it_is_asked_again_after_some_weeks_without_a_screening(home: Home) -> None:
    home.well_known(MONDAY + 48 * DAY)
    last = weeks_of_strength(home, 14)
    told = Answered(at=last - AGAIN, form=Form.DAILY, answers={"clinician.impact": "not sure"})
    tell(home.log, last - AGAIN, told)
    assert home.afterwards(last - timedelta(minutes=1), OPEN).heard("clinician.impact") == 0
    assert home.afterwards(last + timedelta(hours=1), OPEN).heard("clinician.impact") == 1


def test_the_free_level_needs_no_doctor_but_every_other_answer(home: Home) -> None:
    home.well_known(MONDAY + 50 * DAY)
    last = weeks_of_strength(home, 14)
    measures = (Measured(at=last, test="chair_stand", value=14), Measured(at=last, test="four_stage", value=4))
    tell(home.log, last, Answered(at=last, form=Form.ABOUT, answers={"about.age": "70"}), *measures)
    evening, day = after_and_next(home, last)
    assert evening.heard("clinician.impact") == 0 and evening.heard("impact.bladder") == 1
    assert day.made is not None and day.made.tier is Tier.LOW
    assert landed(day) == [2]
    shut = home.answering(last + 5 * DAY, {**OPEN, **LOADS, "impact.shoes": "no"}, BONE)
    assert landed(shut) == []


def test_what_shall_i_do_today_comes_to_landings_once_she_has_agreed_to_a_step(home: Home) -> None:
    """A Friday of the free level is for impact; the shoes are asked about when it was chosen, and not before."""
    home.well_known(MONDAY + 50 * DAY)
    last = weeks_of_strength(home, 14)
    measures = (Measured(at=last, test="chair_stand", value=14), Measured(at=last, test="four_stage", value=4))
    tell(home.log, last, Answered(at=last, form=Form.ABOUT, answers={"about.age": "70"}), *measures)
    after_and_next(home, last)
    friday = last + 8 * DAY
    assert friday.weekday() == 4
    ladder = ROUTINES["impact_ladder"]
    confirms = {Line(Key.CONFIRM, (ladder.title, minutes)): "yes" for minutes in range(60)}
    visited = home.answering(friday, {**OPEN, WHICH: ladder.title, **confirms, **LOADS})
    assert visited.heard("impact.shoes") == 1
    assert sum(landed(visited)) == 2


def test_heavier_weights_are_asked_for_when_the_programme_comes_to_them(home: Home) -> None:
    home.well_known(MONDAY + 50 * DAY)
    last = weeks_of_strength(home, 13)
    later = last + 4 * DAY
    no = home.answering(later, {**LOADS, "clinician.load": "not sure"}, ROUTINES["dumbbell_a"])
    assert no.heard("clinician.load_why") == no.heard("clinician.load") == 1
    assert no.heard("clinician.load_not_yet") == no.heard("clinician.ask_load") == 1
    assert no.made is not None and no.made.phase == "build" and no.person.clearances == ()
    again = home.answering(later + DAY, {**LOADS, "clinician.load": "yes"}, ROUTINES["dumbbell_a"])
    assert again.heard("clinician.load") == 0
    home.well_known(later + 2 * DAY)
    yes = home.answering(later + 2 * DAY, {**LOADS, "clinician.load": "yes"}, ROUTINES["dumbbell_a"])
    assert yes.made is not None and yes.made.phase == "load"
    assert [each.matter for each in yes.person.clearances] == [Matter.LOAD]


@pytest.mark.parametrize("weeks", [2, 11])
def test_they_are_not_asked_for_before(home: Home, weeks: int) -> None:
    home.well_known(MONDAY + 14 * DAY)
    last = weeks_of_strength(home, weeks)
    visited = home.answering(max(last, MONDAY + 15 * DAY) + DAY, LOADS, ROUTINES["dumbbell_a"])
    assert visited.made is not None
    assert visited.heard("clinician.load") == 0


def test_an_empty_person_is_asked_nothing_of_it(home: Home) -> None:
    visited = home.visit(MONDAY, ROUTINES["first_taste"])
    assert Person() != visited.person
    asked = [text_of(name) for name in ("clinician.load", "clinician.impact", "impact.bladder", "impact.shoes")]
    assert not set(asked) & set(visited.said)
