"""`log` and `replay`: what was done, in a terminal and as JSON; and whether it comes out the same again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.cli.home import Done, Home
from tests.journal.logs import write_session
from tests.review.lines import Data, record, set_of
from tests.session.build import command
from tests.sessions import small_plan, tiny_plan
from voice_coach.session.events import Intent

Coach = Callable[..., Done]


@pytest.fixture
def log(home: Home) -> Path:
    """Two sessions: one that went through, and one that was ended in its second set."""
    home.log.parent.mkdir(parents=True)
    write_session(home.log, tiny_plan(), [command(12_000, Intent.PAUSE), command(15_000, Intent.RESUME)], name="first")
    write_session(home.log, small_plan(), [command(90_000, Intent.END), command(95_000, Intent.YES)], name="second")
    return home.log


def test_the_list(log: Path, coach: Coach) -> None:
    done = coach("log")
    assert done.code == 0
    assert "Tiny" in done.out
    assert "Small but whole" in done.out
    listed = json.loads(coach("log", "--json").out)
    assert [one["id"] for one in listed] == ["first", "second"]
    assert [one["ended"] for one in listed] == ["completed", "ended by the person"]
    assert coach("log", "--all").code == 0


@pytest.mark.parametrize(("name", "session"), [("last", "second"), ("1", "second"), ("2", "first"), ("fir", "first")])
def test_one_session_by_its_names(log: Path, coach: Coach, name: str, session: str) -> None:
    assert json.loads(coach("log", name, "--json").out)["id"] == session
    shown = coach("log", name)
    assert f"Session {session}" in shown.out
    replayed = coach("replay", name)
    assert (replayed.code, replayed.out.split(":")[0]) == (0, f"Session {session}")


def test_a_name_nobody_has(log: Path, coach: Coach) -> None:
    for verb in ("log", "replay"):
        done = coach(verb, "third")
        assert done.code == 5
        assert done.err.startswith("No session is called 'third'")


def test_no_log_yet(home: Home, coach: Coach) -> None:
    for verb in ("log", "replay"):
        done = coach(verb)
        assert done.code == 5
        assert done.err == f"There is no log at {home.log} yet: it begins with the first session.\n"


def test_a_log_that_was_tampered_with_is_not_the_same(log: Path, coach: Coach) -> None:
    text = log.read_text(encoding="utf-8")
    assert text.count('"done_reps":3') >= 2
    log.write_text(text.replace('"done_reps":3', '"done_reps":4', 1), encoding="utf-8")
    done = coach("replay", "first")
    assert done.code == 6
    assert "is not the same when it is played again" in done.err
    assert "done_reps 3 instead of 4" in done.err
    assert coach("replay", "second").code == 0


def test_a_log_that_was_cut_is_read_as_far_as_it_goes(log: Path, coach: Coach) -> None:
    whole = log.read_bytes()
    log.write_bytes(whole[: len(whole) * 4 // 5])
    replayed = coach("replay")
    assert replayed.code == 0
    assert "It broke off" in replayed.out
    assert coach("log").code == 0
    assert coach("log", "last").code == 0


@pytest.fixture
def past(home: Home) -> Path:
    """Three sessions in two weeks: the knee lift of one routine, and a movement that is in no library."""
    home.log.parent.mkdir(parents=True)
    for day, exercise in ((1, "chair_stand"), (3, "chair_stand"), (9, "gone_now")):
        effort: Data = {"exercise": exercise, "effort": 6, "reserve": 2, "pain": 0}
        began = datetime(2026, 3, 1, 9, tzinfo=timezone.utc) + timedelta(days=day)
        sets = [(60_000, "set", set_of(exercise, load_g=2_000)), (70_000, "effort", effort)]
        record(home.log, began, sets, name=f"s{day}")
    return home.log


def test_sessions_of_some_days_or_of_one_movement(past: Path, coach: Coach) -> None:
    assert "2 of 3 sessions." in coach("log", "--until", "2026-03-08").out
    assert "1 of 3 sessions." in coach("log", "--since", "2026-03-05", "--routine", "Tiny").out
    assert "0 of 3 sessions." in coach("log", "--since", "last week").out
    found = json.loads(coach("log", "--since", "2026-03-04", "--json").out)
    assert [(one["id"], one["sets"][0]["load"]["grams"]) for one in found] == [("s3", 2_000), ("s9", 2_000)]


def test_one_movement_over_time(past: Path, coach: Coach) -> None:
    assert "Chair stand: done on 2 days." in coach("log", "--exercise", "chair stand").out
    told = json.loads(coach("log", "--exercise", "gone_now", "--json").out)
    assert (told["name"], told["days"][0]["day"], told["days"][0]["effort"]) == ("Gone now", "2026-03-10", 6)


def test_weeks_and_months_and_the_row(past: Path, coach: Coach) -> None:
    shown = coach("log", "--weeks", "2", "--until", "2026-03-10")
    assert shown.code == 0 and "Reps x kilos" in shown.out and "2026-03-02" in shown.out
    told = json.loads(coach("log", "--weeks", "2", "--until", "2026-03-10", "--json").out)
    assert told["streak"]["best"] == 1
    assert [(one["since"], one["sessions"], one["grams"]) for one in told["weeks"]] == [
        ("2026-03-02", ["s1", "s3"], 40_000),
        ("2026-03-09", ["s9"], 20_000),
    ]
    months = json.loads(coach("log", "--months", "1", "--until", "2026-03", "--exercise", "gone_now", "--json").out)
    assert [(one["since"], one["sets"], one["effort"]) for one in months["months"]] == [("2026-03-01", 1, 6.0)]


def test_sessions_dated_ahead_are_named(past: Path, coach: Coach) -> None:
    record(past, datetime(9999, 12, 31, 23, tzinfo=timezone.utc), [(60_000, "set", set_of("chair_stand"))], name="z")
    assert "1 session is dated after today" in coach("log", "--weeks", "1").out
    for arguments in (["--months", "520"], ["--exercise", "chair_stand"], ["--since", "9999"], ["z"], []):
        assert coach("log", *arguments).code == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--since", "01.11.2026"], "--since '01.11.2026' is no day of the calendar: write it as one of 2026-11-01,"),
        (["--until", "2026-02-30"], "--until '2026-02-30' is no day"),
        (["--since", "2026-03-02", "--until", "2026-03-01"], "--until 2026-03-01 is before --since 2026-03-02: give"),
        (["--routine", "tiney"], "No routine in the log is called 'tiney': did you mean tiny?"),
        (["--exercise", "chairs"], "No exercise in the log is called 'chairs': did you mean chair_stand?"),
        (["last", "--weeks", "2"], "A session is shown whole: leave its name out"),
        (["--weeks", "2", "--months", "2"], "Choose either --weeks or --months."),
    ],
)
def test_what_cannot_be_meant_is_one_sentence(past: Path, coach: Coach, arguments: list[str], sentence: str) -> None:
    told = coach("log", *arguments)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(sentence) and told.err.count("\n") == 1


def test_an_empty_log_has_an_empty_past(home: Home, coach: Coach) -> None:
    home.log.parent.mkdir(parents=True)
    home.log.touch()
    for arguments in (["--weeks", "2"], ["--since", "2026"]):
        assert coach("log", *arguments).code == 0
    assert coach("log", "--exercise", "squat").err == "No exercise is called 'squat': there is none in the log yet.\n"
