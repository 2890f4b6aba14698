"""`log` and `replay`: what was done, in a terminal and as JSON; and whether it comes out the same again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Done, Home
from tests.journal.logs import write_session
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
