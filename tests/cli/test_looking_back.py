"""Looking back by voice, in typed visits on virtual time: asked for before a session, told and put right after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.visiting import WHICH, Home, text_of
from tests.coaching.build import LIBRARY, MONDAY, ROUTINES
from tests.journal.logs import SETUP
from tests.review.lines import Data, record, set_of
from voice_coach.cli.common import vocabulary
from voice_coach.cli.looking_back import HINTED
from voice_coach.conversation.interview import line
from voice_coach.conversation.looking_back import ASKS_BACK
from voice_coach.journal import load
from voice_coach.person.model import Correction, Form
from voice_coach.session.lines import Key, Line

DAY, MINUTES = timedelta(days=1), timedelta(minutes=30)
TASTE = ROUTINES["first_taste"]
NAME = LIBRARY["chair_stand"].name
CONFIRM = line("looking.instead", NAME, 6, 10)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "log.jsonl", tuple(ROUTINES.values()))
    home.well_known(MONDAY)
    return home


def trained(home: Home, days: int, reps: int = 10, *more: Data, ended: str = "completed") -> None:
    """A session that many days later, of the chair stand and whatever comes after it."""
    at = MONDAY + days * DAY
    setup = replace(SETUP, phase="foundation")
    sets: list[Data] = [set_of("chair_stand", done_reps=reps), *more]
    made = [(place, "set", each) for place, each in enumerate(sets, 1)]
    record(home.log, at, made, name=f"{at:%Y-%m-%d}", setup=setup, end=(600_000, ended))


def corrections(home: Home) -> list[tuple[str, str, int | None]]:
    return [(each.session, each.exercise, each.reps) for each in home.afterwards(MONDAY + 300 * DAY).person.corrections]


@pytest.mark.parametrize(("phrase", "asked"), ASKS_BACK.items())
def test_what_she_asks_is_answered_and_the_question_goes_on(home: Home, phrase: str, asked: str) -> None:
    trained(home, 1, 8)
    trained(home, 3, 10)
    answers = {
        "how last time was": (
            line("looking.last_untitled", 1, 3, 10), line("looking.did", 0, NAME), line("looking.more", NAME, 10, 8),
        ),
        "how this week was": (line("promises.week", 2, 20),),
        "how this month was": (line("looking.month", 2, 20), line("looking.latest", 1, 3)),
    }  # fmt: skip
    visited = home.answering(MONDAY + 4 * DAY, {WHICH: (phrase, "stop")})
    told = [text_of(each) for each in answers[asked]]
    first, second = (at for at, text in enumerate(visited.said) if text == text_of(WHICH))
    assert visited.said[first + 1 : second] == told
    assert visited.made is None


def test_after_an_answer_a_routine_can_be_chosen_as_ever(home: Home) -> None:
    trained(home, 1)
    confirms = {Line(Key.CONFIRM, (TASTE.title, minutes)): "yes" for minutes in range(60)}
    visited = home.answering(MONDAY + 2 * DAY, {WHICH: ("how was my week", TASTE.title), **confirms})
    assert visited.made is not None and visited.made.routine.id == TASTE.id


def test_help_in_the_menu_tells_that_it_can_be_asked(home: Home) -> None:
    visited = home.answering(MONDAY + DAY, {WHICH: ("help", "stop")})
    assert visited.heard("looking.ask") == 1
    assert visited.said.index(text_of("looking.ask")) > visited.said.index(text_of(WHICH))


def test_on_her_first_day_there_is_no_last_time(home: Home) -> None:
    visited = home.answering(MONDAY + DAY, {WHICH: ("how did i do last time", "how often this month", "stop")})
    assert visited.heard("looking.no_last") == visited.heard("looking.no_month") == 1


def test_the_phrases_are_only_known_while_a_routine_is_chosen() -> None:
    offered = list(ROUTINES.values())
    for phrase in ASKS_BACK:
        assert vocabulary(offered).match(phrase) is None
        assert vocabulary(offered, today=True).match(phrase) is not None


def test_after_a_session_what_was_done_and_what_moved_is_told_before_anything_is_asked(home: Home) -> None:
    trained(home, 1, 8)
    trained(home, 3, 10)
    visited = home.afterwards(MONDAY + 3 * DAY + MINUTES)
    assert visited.said[:3] == [
        text_of(line("looking.done", 2, 0, NAME)),
        text_of(line("looking.more", NAME, 10, 8)),
        text_of("looking.hint"),
    ]
    assert visited.person.last(Form.AFTER) is not None
    assert visited.person.corrections == ()


@pytest.mark.parametrize("ended", ["distress", "no answer", "ended by the person"])
def test_after_any_other_end_nothing_of_it_is_said(home: Home, ended: str) -> None:
    trained(home, 1, 8)
    trained(home, 3, 10, ended=ended)
    visited = home.afterwards(MONDAY + 3 * DAY + MINUTES)
    assert visited.said == []


def test_that_a_count_can_be_corrected_is_told_after_the_first_sessions_only(home: Home) -> None:
    heard = []
    for days in range(1, HINTED + 2):
        trained(home, days)
        heard.append(home.afterwards(MONDAY + days * DAY + MINUTES).heard("looking.hint"))
    assert heard == [1] * HINTED + [0]


@pytest.mark.parametrize(("answer", "kept"), [("yes", 6), ("no", 10), ("", 10), ("stop", 10)])
def test_that_was_six_not_ten(home: Home, answer: str, kept: int) -> None:
    trained(home, 1)
    told = line("looking.first")
    visited = home.afterwards(MONDAY + DAY + MINUTES, {told: "that was six, not ten", CONFIRM: answer})
    assert visited.heard(CONFIRM) >= 1
    assert visited.person.sessions[-1].sets[-1].done_reps == kept
    assert corrections(home) == ([("2026-01-06", "chair_stand", 6)] if kept == 6 else [])
    assert visited.heard(line("looking.noted", 6)) == (kept == 6)
    assert (visited.person.last(Form.AFTER) is not None) == (answer != "stop")


def test_the_set_is_that_of_the_newest_session_and_the_last_with_a_count(home: Home) -> None:
    held = set_of("tandem_stand", target_reps=None, done_reps=None, target_ms=10_000, done_ms=10_000)
    trained(home, 1)
    trained(home, 3, 10, set_of("chair_stand", set=2, of=2), held)
    home.afterwards(MONDAY + 3 * DAY + MINUTES, {line("looking.kept_reps", NAME, 10): "that was six", CONFIRM: "yes"})
    sessions = load(home.log).sessions
    known = home.afterwards(MONDAY + 4 * DAY).person.sessions
    assert len(sessions) == 2
    assert [[row.done_reps for row in each.sets if row.target_reps] for each in known] == [[10], [10, 6]]


def test_what_is_proposed_rests_on_the_corrected_count(home: Home) -> None:
    """Whoever did six instead of ten in the last set is asked for no more reps."""
    weeks = (0, 3, 7, 10, 14)
    for days in weeks:
        at = MONDAY + days * DAY
        told: Data = {"exercise": "chair_stand", "effort": 4, "reserve": 4, "pain": 0}
        made = [(1, "set", set_of("chair_stand")), (2, "effort", told)]
        record(home.log, at, made, name=f"{at:%d}", setup=replace(SETUP, phase="foundation"))
    asked = line("progress.ask_reps", 12, len(weeks))
    opening = line("looking.kept_reps", NAME, 10)
    later = MONDAY + weeks[-1] * DAY + MINUTES
    visited = home.afterwards(later, {opening: "that was six", CONFIRM: "yes", asked: "yes"})
    assert visited.heard(CONFIRM) == 1
    assert visited.heard(asked) == 0
    assert "up.reps" not in [each.rule for each in visited.person.decisions]


def test_where_nothing_was_counted_she_is_told_where_it_can_be_done(home: Home) -> None:
    held = set_of("tandem_stand", target_reps=None, done_reps=None, target_ms=10_000, done_ms=10_000)
    record(home.log, MONDAY + DAY, [(1, "set", held)], name="held")
    visited = home.afterwards(MONDAY + DAY + MINUTES, {line("looking.first"): "that was six"})
    assert visited.heard("looking.elsewhere") == 1 and visited.heard("looking.hint") == 0
    assert corrections(home) == []


def test_a_set_from_before_the_machine_broke_off_is_for_the_computer_and_nothing_else_is_claimed(home: Home) -> None:
    """What she goes on with is another session of the log, so her words would name a set that it does not have."""
    held = set_of("tandem_stand", target_reps=None, done_reps=None, target_ms=10_000, done_ms=10_000)
    at = MONDAY + DAY
    record(home.log, at, [(1, "set", set_of("chair_stand"))], name="one", end=None)
    record(home.log, at + MINUTES, [(1, "set", held)], name="two", setup=replace(SETUP, resumes="one"))
    visited = home.afterwards(at + 2 * MINUTES, {line("looking.first"): "that was six", CONFIRM: "yes"})
    assert visited.heard("looking.elsewhere") == 1
    assert visited.heard(line("looking.noted", 6)) == 0
    assert [row.done_reps for row in visited.person.sessions[-1].sets if row.target_reps] == [10]


def test_distress_while_it_is_told_is_answered_and_kept(home: Home) -> None:
    trained(home, 1)
    advice = Line(Key("advice dizzy"))
    visited = home.afterwards(MONDAY + DAY + MINUTES, {line("looking.first"): "i feel dizzy", advice: "end session"})
    assert visited.heard(advice) >= 1
    assert [each.trouble.value for each in visited.person.incidents] == ["dizzy"]
    assert visited.person.last(Form.AFTER) is None


def test_a_whole_first_visit_ends_with_it(home: Home) -> None:
    visited = home.visit(MONDAY + DAY, TASTE, trains=True)
    assert visited.heard("looking.first") == 1
    assert visited.said.index(text_of("looking.first")) < visited.said.index(text_of("interview.feelings_after"))
    assert isinstance(visited.person.corrections, tuple) and not visited.person.corrections


def test_a_correction_is_what_was_told_and_nothing_else(home: Home) -> None:
    trained(home, 1)
    before = home.log.read_bytes()
    visited = home.afterwards(MONDAY + DAY + MINUTES, {line("looking.first"): "that was six", CONFIRM: "yes"})
    assert home.log.read_bytes().startswith(before)
    (fact,) = visited.person.corrections
    assert fact == Correction(at=fact.at, session="2026-01-06", exercise="chair_stand", set=1, reps=6)
    assert timedelta(0) < fact.at - (MONDAY + DAY + MINUTES) < timedelta(minutes=2)
