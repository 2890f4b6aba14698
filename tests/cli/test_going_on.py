"""A session that the machine broke off: offered at the next visit, gone on with, declined, or not for her any more."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.visiting import Home, Visited
from tests.coaching.build import MONDAY, ROUTINES
from voice_coach.cli.going_on import ASK
from voice_coach.cli.unasked import what_is_left
from voice_coach.commands import command_in
from voice_coach.journal import load
from voice_coach.review import summarise
from voice_coach.script.again import SAID
from voice_coach.session.plan import Phase

TASTE = ROUTINES["first_taste"]
SOON = MONDAY + timedelta(hours=1)
SETS = 3  # are in the log when it is cut


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """She has done three sets of the short routine when the power fails."""
    home = Home(tmp_path / "log.jsonl", tuple(ROUTINES.values()))
    home.well_known(MONDAY - timedelta(days=1))
    whole = home.visit(MONDAY, TASTE, trains=True)
    assert whole.made is not None
    lines = home.log.read_bytes().splitlines(keepends=True)
    sets = [index for index, line in enumerate(lines) if json.loads(line).get("kind") == "set"]
    home.log.write_bytes(b"".join(lines[: sets[SETS - 1] + 1]) + lines[sets[SETS - 1] + 1][:30])
    return home


def asked(visited: Visited) -> int:
    return visited.heard(ASK.id)


def test_she_goes_on_where_she_was_and_every_set_is_in_the_log_once(home: Home) -> None:
    visited = home.answering(SOON, {ASK.id: "yes"}, trains=True)
    assert asked(visited) == 1 and visited.made is not None and visited.made.left is not None
    assert visited.heard("feeling.good") == 1  # afterwards; before it she had told already
    log = load(home.log)
    first, second = log.sessions
    assert second.start is not None and second.start["setup"]["resumes"] == first.id
    assert second.end is not None and second.end["reason"] == "completed" and len(log.damage) == 1
    done = [(row.block, row.exercise, row.set, row.side) for each in log.sessions for row in summarise(each).sets]
    planned = sum(segment.phase is Phase.WORK for segment in visited.made.plan.segments)
    assert summarise(first).sets_done == SETS and summarise(second).sets_done == planned
    assert len({*done}) == SETS + planned
    person = visited.person
    assert [(each.routine, each.ended, len(each.sets)) for each in person.sessions] == [
        ("first_taste", "completed", SETS + planned)
    ]
    assert asked(home.visit(SOON + timedelta(hours=1), TASTE)) == 0


def test_it_is_offered_also_when_she_names_another_routine(home: Home) -> None:
    visited = home.answering(SOON, {ASK.id: "no"}, ROUTINES["gentle_mobility"])
    assert asked(visited) == 1 and visited.made is not None and visited.made.left is None
    assert visited.made.routine.id == "gentle_mobility" and visited.heard("again.no") == 1


def test_after_a_no_it_is_over(home: Home) -> None:
    home.answering(SOON, {ASK.id: "no"}, TASTE)
    assert asked(home.visit(SOON + timedelta(minutes=5), TASTE)) == 0


def test_it_stays_open_until_the_question_was_answered(home: Home) -> None:
    assert home.answering(SOON, {ASK.id: "end session"}, TASTE).made is None
    again = home.answering(SOON + timedelta(minutes=5), {ASK.id: "not sure"}, TASTE)
    assert asked(again) == 1 and again.made is not None and again.made.left is None
    assert asked(home.answering(SOON + timedelta(minutes=9), {ASK.id: "yes"}, TASTE)) == 1


@pytest.mark.parametrize("hours", [4, 30])
def test_later_it_is_another_day(home: Home, hours: int) -> None:
    assert asked(home.visit(MONDAY + timedelta(hours=hours), TASTE)) == 0


def test_not_when_something_is_wrong_with_her_now(home: Home) -> None:
    answers = {"daily.new": "yes", "daily.chest": "no", "daily.dizzy": "yes"}
    assert asked(home.answering(SOON, answers, TASTE)) == 0


def test_not_when_the_routine_is_no_longer_there(home: Home) -> None:
    elsewhere = Home(home.log, tuple(each for each in home.routines if each.id != TASTE.id))
    assert asked(elsewhere.visit(SOON, ROUTINES["gentle_mobility"])) == 0


def test_who_is_not_asked_is_shown_it(home: Home, tmp_path: Path) -> None:
    assert what_is_left(home.log, SOON) == (
        "Your last session, First taste, was broken off. Run voice-coach with --questions to go on with it."
    )
    assert what_is_left(home.log, SOON + timedelta(hours=4)) == what_is_left(tmp_path / "none", SOON) == ""


@pytest.mark.parametrize("name", SAID)
def test_sentences_are_short_and_hold_no_command(name: str) -> None:
    samples: dict[str, list[tuple[str | int, ...]]] = {
        "again.broken_off": [("First taste",)],
        "again.done": [(1,), (27,)],
    }
    for args in samples.get(name, [()]):
        text = SAID[name](*args)
        assert len(text.split()) <= 12 and text[0].isupper() and command_in(text) is None
