"""What she told before she left: however a form ends, what happened to her is in the log, and counts."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.visiting import Answers, Home
from tests.coaching.build import MONDAY, ROUTINES
from tests.review.lines import tell
from voice_coach.conversation.interview import line
from voice_coach.person.model import Answered, Form, Incident, Person, Trouble
from voice_coach.safety import standing
from voice_coach.safety.daily import PASSED
from voice_coach.safety.daily import QUESTIONS as DAILY
from voice_coach.session.lines import Key, Line

DAY = timedelta(days=1)
NOTHING = dict.fromkeys((question.id for question in DAILY), "no") | {"daily.new": "yes", "daily.joint": "zero"}
ENDS: Answers = {Line(Key(f"advice {word}")): "end session" for word in ("fall", "dizzy")}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "log.jsonl", tuple(ROUTINES.values()))
    home.well_known(MONDAY - DAY)
    return home


def troubles(person: Person) -> list[Trouble]:
    return [each.trouble for each in person.incidents]


def told(log: Path) -> list[str]:
    """The lines about her in their order: the form, or what happened."""
    lines = [json.loads(each) for each in log.read_text(encoding="utf-8").splitlines()]
    return [each["data"].get("form") or each["data"].get("trouble") for each in lines if each["type"] == "person"]


@pytest.mark.parametrize(
    ("asked", "trouble", "following", "ending", "also"),
    [
        ("fall", Trouble.FALL, "dizzy", "stop", []),
        ("fall", Trouble.FALL, "dizzy", "", []),
        ("fall", Trouble.FALL, "dizzy", "i feel dizzy", [Trouble.DIZZY]),
        ("back", Trouble.BACK_PAIN, "fall", "end session", []),
        ("hospital", Trouble.HOSPITAL, "ill", "stop", []),
    ],
)
def test_what_the_daily_question_told_counts_however_it_ends(
    home: Home, asked: str, trouble: Trouble, following: str, ending: str, also: list[Trouble]
) -> None:
    """By a stop, a long silence or a word of distress, at the question that comes next."""
    visited = home.answering(MONDAY, {**NOTHING, **ENDS, f"daily.{asked}": "yes", f"daily.{following}": ending})
    form = visited.person.forms[-1]
    assert (form.form, form.complete, visited.made) == (Form.DAILY, False, None)
    assert troubles(visited.person) == [trouble, *also]
    locked = standing(visited.person, MONDAY + DAY).locked
    assert locked is not None and locked.trouble is trouble


@pytest.mark.parametrize(("ending", "also"), [("stop", []), ("i feel dizzy", [Trouble.DIZZY])])
def test_a_stop_behind_the_last_answer_loses_nothing(home: Home, ending: str, also: list[Trouble]) -> None:
    """The form is whole, and she leaves while its last answer is repeated."""
    answers: Answers = {**NOTHING, **ENDS, "daily.fall": "yes", line("interview.number", 0): ending}
    visited = home.answering(MONDAY, answers)
    assert visited.person.forms[-1].complete
    assert troubles(visited.person) == [Trouble.FALL, *also]
    assert visited.heard("standing.after_fall") == 0  # she has left


@pytest.mark.parametrize("last", ["daily.chest", "daily.dizzy"])
def test_who_leaves_before_she_has_named_anything_told_nothing(home: Home, last: str) -> None:
    """That something is new is not yet that she is ill; the next visit asks again."""
    visited = home.answering(MONDAY, {**NOTHING, last: "stop"})
    assert visited.person.forms[-1].answers["daily.new"] == "yes"
    assert visited.person.incidents == ()


def test_who_leaves_once_she_has_named_that_she_is_ill_is_ill(home: Home) -> None:
    visited = home.answering(MONDAY, {**NOTHING, "daily.ill": "yes", "daily.joint": "stop"})
    assert troubles(visited.person) == [Trouble.UNWELL]
    assert standing(visited.person, MONDAY).gentle


def test_how_strong_a_joint_hurts_is_kept_with_it(home: Home) -> None:
    visited = home.answering(MONDAY, {**NOTHING, "daily.joint": "seven", line("interview.number", 7): "stop"})
    assert [(each.trouble, each.level) for each in visited.person.incidents] == [(Trouble.SHARP_PAIN, 7)]


def test_what_locks_is_in_the_log_before_the_form(home: Home) -> None:
    """A power cut between two lines leaves the lock; what only wants a question is behind the answer to it."""
    home.answering(MONDAY, {**NOTHING, "daily.fall": "yes", "daily.dizzy": "yes"})
    assert told(home.log)[-3:] == ["fall", "daily", "dizzy"]


def test_it_has_passed_is_not_said_of_what_the_same_form_tells(home: Home) -> None:
    tell(home.log, MONDAY - DAY, Incident(at=MONDAY - DAY, trouble=Trouble.DIZZY))
    visited = home.answering(MONDAY, {**NOTHING, PASSED.id: "yes", "daily.dizzy": "yes", "interview.breathe": "no"})
    assert visited.heard(PASSED.id) == 1
    assert PASSED in standing(visited.person, MONDAY + DAY).asks


def test_a_fall_in_the_middle_of_the_screening_comes_behind_it(home: Home) -> None:
    """So a screening is due for it: the answers from before it say nothing of it."""
    begun = Answered(at=MONDAY, form=Form.SCREENING, answers={"screening.supervised": "no"}, complete=False)
    tell(home.log, MONDAY, begun)
    visited = home.answering(MONDAY, {**ENDS, "screening.faint": "i fell"})
    (fall,), form = visited.person.incidents, visited.person.forms[-1]
    assert (fall.trouble, form.form, form.complete) == (Trouble.FALL, Form.SCREENING, False)
    assert dict(form.answers) == {"screening.supervised": "no", "screening.chest": "no"}
    assert fall.place > form.place > begun.place


def test_each_word_of_distress_in_one_talk_is_kept_once(home: Home) -> None:
    """The gravest is answered; the question after the milder one is asked all the same."""
    told: Answers = {
        "daily.new": "i fell",
        Line(Key.ADVICE_FALL): ("i feel dizzy", "i fell"),
        Line(Key.FALSE_ALARM_HINT): "end session",
    }
    visited = home.answering(MONDAY, told)
    assert troubles(visited.person) == [Trouble.FALL, Trouble.DIZZY]
    assert PASSED in standing(visited.person, MONDAY + DAY).asks
