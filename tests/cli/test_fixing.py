"""`log fix`: a set put right from the terminal, with a clear answer to whatever is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.home import Done, Home
from tests.journal.logs import BEGAN, write_session
from tests.review.lines import record, set_of
from tests.session.build import command
from tests.sessions import small_plan, tiny_plan
from voice_coach.journal import Journal, load
from voice_coach.review import known_at, summarise
from voice_coach.routine import Load
from voice_coach.session.events import Intent

Coach = Callable[..., Done]


@pytest.fixture
def log(home: Home) -> Path:
    """A session that went through, and one that was ended in its second set."""
    home.log.parent.mkdir(parents=True)
    write_session(home.log, tiny_plan(), name="first")
    write_session(home.log, small_plan(), [command(90_000, Intent.END), command(95_000, Intent.YES)], name="second")
    return home.log


def lines_of(path: Path) -> int:
    return path.read_bytes().count(b"\n")


def test_without_a_set_they_are_listed_with_their_numbers(log: Path, coach: Coach) -> None:
    before = log.read_bytes()
    listed = coach("log", "fix", "first")
    assert (listed.code, listed.err) == (0, "")
    assert listed.lines[0] == "Tiny, session first:"
    numbers = [line.split()[0] for line in listed.lines[1:-1]]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert listed.lines[-1].startswith("To correct one: voice-coach log fix first SET --reps 6")
    assert coach("log", "fix").out == coach("log", "fix", "last").out == coach("log", "fix", "second").out
    assert log.read_bytes() == before


def test_reps_are_put_right_and_every_view_shows_it(log: Path, coach: Coach) -> None:
    before = log.read_bytes()
    told = coach("log", "fix", "first", "1", "--reps", "2")
    assert (told.code, told.err) == (0, "")
    assert told.out.endswith("2 reps instead of 3 reps, as told.\n")
    assert log.read_bytes().startswith(before) and lines_of(log) == before.count(b"\n") + 1
    shown = coach("log", "first")
    assert "2 reps" in shown.out and "as told" in shown.out
    first = json.loads(coach("log", "first", "--json").out)["sets"][0]
    assert (first["done_reps"], first["reported"]) == (2, True)
    assert known_at(log).sessions[0].sets[0].done_reps == 2
    assert coach("replay", "first").code == 0


def test_the_last_one_counts_and_the_same_again_writes_nothing(log: Path, coach: Coach) -> None:
    coach("log", "fix", "first", "1", "--reps", "2")
    assert coach("log", "fix", "first", "1", "--reps", "1").out.endswith("1 rep instead of 2 reps, as told.\n")
    before = log.read_bytes()
    again = coach("log", "fix", "first", "1", "--reps", "1")
    assert (again.code, again.out.splitlines()[0].endswith("in the log like that already: nothing was written.")) == (
        0,
        True,
    )
    assert log.read_bytes() == before
    assert known_at(log).sessions[0].sets[0].done_reps == 1


def test_load_time_and_effort(home: Home, coach: Coach) -> None:
    held = set_of("plank", name="Plank", target_reps=None, done_reps=None, target_ms=20_000, done_ms=20_000)
    home.log.parent.mkdir(parents=True)
    record(home.log, BEGAN, [(1, "set", set_of("row", name="Row", of=2, load_g=4_000)), (2, "set", held)])
    assert (
        coach("log", "fix", "last", "1", "--kilos", "2.5", "--effort", "7").out
        == "Row, set 1/2: 2.5 kg, effort 7 of 10, as told.\n"
    )
    assert coach("log", "fix", "last", "2", "--seconds", "15").out == "Plank: 15 s instead of 20 s, as told.\n"
    assert coach("log", "fix", "last", "1", "--band", "red", "--reps", "9").out == (
        "Row, set 1/2: 9 reps instead of 10 reps, red band, as told.\n"
    )
    (session,) = known_at(home.log).sessions
    row, plank = session.sets
    assert (row.done_reps, row.load, plank.done_ms) == (9, Load(label="red band"), 15_000)
    assert session.efforts["row"].effort == 7
    again = coach("log", "fix", "last", "1", "--effort", "7")
    assert again.out.endswith("nothing was written.\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("third", "1", "--reps", "6"), 5, "No session is called 'third' in the log"),
        (("first", "99", "--reps", "6"), 1, "The session first has no set 99: they go from 1 to"),
        (("first", "1"), 2, "What was set 1 ("),
        (("--reps", "6"), 2, "Which SET? `voice-coach log fix` lists them with their numbers."),
        (("first", "0", "--reps", "6"), 2, "0 is not in the range"),
        (("first", "one", "--reps", "6"), 2, "'one' is not a valid integer"),
        (("first", "1", "--reps", "-1"), 2, "-1 is not in the range"),
        (("first", "1", "--reps", "1000"), 2, "1000 is not in the range"),
        (("first", "1", "--effort", "11"), 2, "11 is not in the range"),
        (("first", "1", "--kilos", "0"), 2, "0.0 is not in the range"),
        (("first", "1", "--kilos", "nan"), 2, "--kilos"),
        (("first", "1", "--kilos", "2", "--band", "red"), 2, "Choose either --kilos or --band."),
        (("first", "1", "--band", "pink"), 2, "'pink' is not one of"),
        (("first", "1", "--seconds", "9"), 1, "is counted: use --reps."),
    ],
)
def test_whatever_is_wrong_is_said_in_one_sentence_and_nothing_is_written(
    log: Path, coach: Coach, arguments: tuple[str, ...], code: int, said: str
) -> None:
    before = log.read_bytes()
    done = coach("log", "fix", *arguments)
    assert (done.code, done.out) == (code, "")
    assert said in " ".join(done.err.split())
    assert "Traceback" not in done.err
    assert log.read_bytes() == before


def test_what_is_held_is_not_counted(home: Home, coach: Coach) -> None:
    held = set_of("plank", name="Plank", target_reps=None, done_reps=None, target_ms=20_000, done_ms=20_000)
    home.log.parent.mkdir(parents=True)
    record(home.log, BEGAN, [(1, "set", held)])
    done = coach("log", "fix", "last", "1", "--reps", "6")
    assert (done.code, done.err) == (1, "Set 1 (Plank) is measured in time: use --seconds.\n")


def test_while_a_session_writes_the_log_it_waits(log: Path, coach: Coach) -> None:
    before = log.read_bytes()
    with Journal.open(log, "running", lambda: BEGAN):
        done = coach("log", "fix", "first", "1", "--reps", "2")
        assert coach("log", "fix", "first").code == 0  # looking is always possible
    assert (done.code, done.out) == (5, "")
    assert done.err.startswith("Another session is writing the log") and done.err.count("\n") == 1
    assert log.read_bytes() == before


def test_no_log_yet_and_nothing_done_in_a_session(home: Home, coach: Coach) -> None:
    assert coach("log", "fix").err == f"There is no log at {home.log} yet: it begins with the first session.\n"
    assert coach("log", "fix", "last", "1", "--reps", "6").code == 5
    record(home.write("voice-coach/log.jsonl", ""), BEGAN, [])
    assert "No set was begun, so there is nothing to correct." in coach("log", "fix").out
    assert coach("log", "fix", "last", "1", "--reps", "6").err == (
        "No set was begun in the session s, so there is nothing to correct.\n"
    )


def test_of_what_was_done_again_only_the_last_try_is_listed(home: Home, coach: Coach) -> None:
    home.log.parent.mkdir(parents=True)
    record(home.log, BEGAN, [(1, "set", set_of("row", done_reps=3, completed=False)), (2, "set", set_of("row"))])
    assert len(coach("log", "fix").lines) == 3
    coach("log", "fix", "last", "1", "--reps", "9")
    assert [row.done_reps for row in summarise(load(home.log).find("last")).sets if row.exercise == "row"] == [3, 9]


def test_a_damaged_record_is_refused_and_strange_names_are_shown_safely(home: Home, coach: Coach) -> None:
    home.log.parent.mkdir(parents=True)
    damaged = {**set_of("row", name="Row\x1b[31m\n=1+1"), "block": None}
    record(home.log, BEGAN, [(1, "set", damaged)])
    before = home.log.read_bytes()
    done = coach("log", "fix", "last", "1", "--reps", "6")
    assert (done.code, done.err) == (1, "The record of set 1 is damaged in the log, so it cannot be corrected.\n")
    listed = coach("log", "fix")
    assert "\x1b" not in listed.out and "Row[31m =1+1" in listed.out
    assert home.log.read_bytes() == before


def test_its_help_and_the_rest_of_log_stay_as_they_are(log: Path, coach: Coach) -> None:
    done = coach("log", "fix", "--help")
    assert done.code == 0 and "voice-coach log fix [OPTIONS] [SESSION] [SET]" in done.out
    assert "log fix" in coach("log", "--help").out
    assert coach("log", "last").code == coach("log").code == 0
    assert coach("log", "fi").code == 0  # a session whose name begins so
