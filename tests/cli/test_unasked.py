"""Without questions: what the log knows still holds, and what is said at the menu is not lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.visiting import WHICH, Answers, Home
from tests.coaching.build import MONDAY, ROUTINES
from tests.review.lines import tell
from voice_coach.cli.conversations import choices
from voice_coach.errors import CoachError
from voice_coach.person.model import Answered, Form, Incident, Trouble
from voice_coach.safety import standing
from voice_coach.session.lines import Key, Line

DAY = timedelta(days=1)
ENDS: Answers = {Line(Key.ADVICE_FALL): "end session"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "log.jsonl", tuple(ROUTINES.values()))


def first(home: Home) -> Answers:
    """She takes the first routine that is offered."""
    (choice, *_) = choices(home.routines)
    return {WHICH: "one", Line(Key.CONFIRM, (choice.title, choice.minutes)): "yes"}


def test_a_word_of_distress_at_the_menu_locks(home: Home) -> None:
    home.well_known(MONDAY - DAY)
    visited = home.unasked(MONDAY, {WHICH: "i fell", **ENDS})
    assert visited.made is None
    assert [each.trouble for each in visited.person.incidents] == [Trouble.FALL]
    assert not standing(visited.person, MONDAY + DAY).may_train
    with pytest.raises(CoachError, match="After your fall"):
        home.unasked(MONDAY + DAY, {})


def test_a_word_of_distress_at_the_sound_check_is_passed_on_to_the_menu(home: Home) -> None:
    visited = home.unasked(MONDAY, {Line(Key.CHECK_ASK): "i fell", **ENDS}, check=True)
    assert visited.made is None
    assert [each.trouble for each in visited.person.incidents] == [Trouble.FALL]


def test_what_was_misheard_at_the_menu_is_not_kept(home: Home) -> None:
    home.well_known(MONDAY - DAY)
    words: Answers = {WHICH: ("i fell", "stop"), Line(Key.ADVICE_FALL): "false alarm"}
    assert home.unasked(MONDAY, words).person.incidents == ()


def test_the_number_she_told_is_said_with_the_advice(home: Home) -> None:
    tell(home.log, MONDAY, Answered(at=MONDAY, form=Form.ABOUT, answers={"about.emergency": "112"}))
    visited = home.unasked(MONDAY, {WHICH: "chest pain", Line(Key.YOUR_NUMBER, ("112",)): "end session"})
    assert visited.heard(Line(Key.YOUR_NUMBER, ("112",))) == 1


def test_who_was_never_asked_chooses(home: Home) -> None:
    visited = home.unasked(MONDAY, first(home))
    assert visited.made is not None and visited.made.routine == home.routines[0]


def test_a_screening_that_was_broken_off_hides_no_hold(home: Home) -> None:
    home.well_known(MONDAY - DAY)
    home.screened(MONDAY, chest="yes")
    with pytest.raises(CoachError, match="Training waits"):
        home.unasked(MONDAY + DAY, {})
    begun = Answered(at=MONDAY + 90 * DAY, form=Form.SCREENING, answers={"screening.supervised": "no"}, complete=False)
    tell(home.log, MONDAY + 90 * DAY, begun)
    with pytest.raises(CoachError, match="with --questions to answer them"):
        home.unasked(MONDAY + 91 * DAY, {})


def test_dizziness_that_has_not_passed_as_far_as_is_known_waits_for_the_question(home: Home) -> None:
    home.well_known(MONDAY - DAY)
    tell(home.log, MONDAY, Incident(at=MONDAY, trouble=Trouble.DIZZY))
    with pytest.raises(CoachError, match="Run voice-coach with --questions to say so"):
        home.unasked(MONDAY + DAY, {})
    home.answering(MONDAY + DAY, {"daily.passed": "yes"})
    assert home.unasked(MONDAY + DAY, first(home)).made is not None
