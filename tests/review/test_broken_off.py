"""Which session is offered to be gone on with, and what of it is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.journal.logs import BEGAN, SETUP, write_session
from tests.sessions import command, small_plan
from voice_coach.journal import load
from voice_coach.person.model import Decision, Person
from voice_coach.replay import replay
from voice_coach.review.broken_off import GO_ON, BrokenOff, broken_off
from voice_coach.review.known import known
from voice_coach.session.events import Event, Intent
from voice_coach.session.plan import Phase

RUN = replace(SETUP, mode="run", tier="moderate", phase="learn", deload=True)
SOON = BEGAN + timedelta(minutes=20)
NAME = "2026-03-01T17-30-00-test"


def left_behind(
    path: Path,
    events: Sequence[Event] = (),
    *,
    limit: int = 150_000,
    now: datetime = SOON,
    person: Person | None = None,
    mode: str = "run",
    torn: bool = True,
) -> BrokenOff | None:
    """A session of the small plan that was cut off at `limit`, its last line torn away."""
    write_session(path, small_plan(), events, limit=limit, setup=replace(RUN, mode=mode))
    if torn:
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    log = load(path, lean=True)
    return broken_off(log, known(log) if person is None else person, now)


def works(found: BrokenOff) -> int:
    return sum(segment.phase is Phase.WORK for segment in found.left.segments)


def test_it_is_found_with_what_is_left_of_it(tmp_path: Path) -> None:
    found = left_behind(tmp_path / "log")
    assert found is not None and found.session == NAME
    assert (found.tier, found.phase, found.deload) == ("moderate", "learn", True)
    every = sum(segment.phase is Phase.WORK for segment in small_plan().segments)
    assert found.sets_done >= 2 and found.sets_done + works(found) == every


def test_what_was_made_easier_stays_easier_and_a_skipped_set_skipped(tmp_path: Path) -> None:
    events = [command(60_000, Intent.EASIER), command(110_000, Intent.SKIP)]
    found = left_behind(tmp_path / "log", events)
    assert found is not None
    changes = dict(found.left.adjusted)
    assert changes["sit-to-stand"].rung == -1


def test_it_can_be_gone_on_with_twice(tmp_path: Path) -> None:
    log = tmp_path / "log"
    first = left_behind(log)
    assert first is not None
    again = replace(RUN, resumes=first.session)
    write_session(log, first.left, limit=60_000, name="second", setup=again, began=SOON)
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-1]))
    found = broken_off(load(log, lean=True), Person(), SOON)
    assert found is not None and found.session == "second" and works(found) < works(first)
    write_session(log, found.left, name="third", setup=replace(RUN, resumes="second"), began=SOON)
    whole = load(log)
    assert broken_off(whole, Person(), SOON) is None and replay(whole.sessions[-1]).same


def test_one_that_ended_or_was_ended_is_not_offered(tmp_path: Path) -> None:
    assert left_behind(tmp_path / "done", limit=3_600_000, torn=False) is None
    assert left_behind(tmp_path / "by hand", torn=False) is None  # "interrupted": a second Ctrl-C


def test_one_that_an_error_ended_is_offered(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write_session(log, small_plan(), limit=150_000, setup=RUN)
    log.write_bytes(log.read_bytes().replace(b'"reason":"interrupted"', b'"reason":"AudioError"'))
    assert broken_off(load(log, lean=True), Person(), SOON) is not None


@pytest.mark.parametrize("hours", [3.1, 24, 24 * 365, -48])
def test_not_long_afterwards_nor_from_the_future(tmp_path: Path, hours: float) -> None:
    assert left_behind(tmp_path / "log", now=BEGAN + timedelta(hours=hours)) is None


def test_not_before_a_set_was_done(tmp_path: Path) -> None:
    assert left_behind(tmp_path / "log", limit=12_000) is None


def test_not_after_trouble(tmp_path: Path) -> None:
    assert left_behind(tmp_path / "log", [command(120_000, Intent.DIZZY)]) is None


def test_not_a_demo(tmp_path: Path) -> None:
    assert left_behind(tmp_path / "log", mode="demo") is None


def test_not_when_she_said_no(tmp_path: Path) -> None:
    no = Decision(at=SOON, exercise="", rule=GO_ON, change={"session": NAME}, accepted=False)
    assert left_behind(tmp_path / "log", person=Person(decisions=(no,))) is None


def test_not_when_its_first_line_or_plan_is_lost(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write_session(log, small_plan(), limit=150_000, setup=RUN)
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[1:-1]))
    assert broken_off(load(log, lean=True), Person(), SOON) is None
    log.write_bytes(b"".join([lines[0].replace(b'"mode":"reps"', b'"mode":"flying"'), *lines[1:-1]]))
    assert broken_off(load(log, lean=True), Person(), SOON) is None
    log.write_bytes(b"")
    assert broken_off(load(log, lean=True), Person(), SOON) is None
