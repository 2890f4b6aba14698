"""What is read from a log: the newest session whole, the titles, and what could not be read, in sentences."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.coaching.build import LIBRARY
from tests.journal.logs import write_session
from tests.review.lines import record, set_of, tell
from tests.review.people import MONDAY
from tests.sessions import command, small_plan
from voice_coach.errors import LogError
from voice_coach.journal import load
from voice_coach.page import read
from voice_coach.person.model import Correction
from voice_coach.review import summarise
from voice_coach.session.events import Intent

NOW = MONDAY + timedelta(hours=3)


def test_the_newest_session_has_what_was_said_in_it(tmp_path: Path) -> None:
    path = tmp_path / "log"
    record(path, MONDAY - timedelta(days=2), [(60_000, "set", set_of("squat"))], name="old")
    write_session(path, small_plan(), [command(30_000, Intent.HELP)], began=MONDAY)
    diary = read(path, LIBRARY, NOW)
    assert diary.newest is not None
    whole = summarise(load(path).find("last"))
    assert diary.newest[1] == whole and [use.intent for use in whole.commands] == ["help"]
    assert diary.titles == {"tiny": "Tiny", "small": "Small but whole"}
    assert diary.notes == ()


def test_a_correction_counts(tmp_path: Path) -> None:
    path = tmp_path / "log"
    record(path, MONDAY, [(60_000, "set", set_of("squat"))], name="s")
    tell(path, NOW, Correction(at=NOW, session="s", exercise="squat", set=1, reps=6))
    diary = read(path, LIBRARY, NOW)
    assert diary.newest is not None
    assert [row.done_reps for row in diary.newest[1].sets if row.exercise == "squat"] == [6]


def test_lines_of_another_session_in_between_are_not_its_own(tmp_path: Path) -> None:
    path = tmp_path / "log"
    record(path, MONDAY, [(60_000, "set", set_of("squat"))], name="one")
    lines = path.read_bytes().splitlines(keepends=True)
    record(path, MONDAY, [(60_000, "set", set_of("row"))], name="two")
    path.write_bytes(path.read_bytes() + lines[-2])  # the first one's set once more, after the second
    diary = read(path, LIBRARY, NOW)
    assert diary.newest is not None and diary.newest[0].id == "two"
    assert {entry.fields["session"] for entry in diary.newest[0].entries} == {"two"}


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "log"
    record(path, MONDAY + timedelta(days=400), [(60_000, "set", set_of("squat"))], name="ahead")
    whole = path.read_bytes()
    _, *rest = whole.splitlines(keepends=True)
    without = b"".join(line.replace(b'"ahead"', b'"headless"') for line in rest)
    path.write_bytes(without + whole + b'{"v":2}\n{"v":2}\n' + b'{"v":1,"ses')
    notes = read(path, LIBRARY, NOW).notes
    assert notes == (
        "1 line of the log could not be read and is left out.",
        "2 lines of the log are of another version and left out.",
        "2 sessions are dated ahead of today, by a clock that was wrong, and not counted.",
        "The beginning of 1 session was lost; what was done in it counts.",
    )


def test_a_session_belongs_to_the_day_of_the_place_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "log"
    for hours, name in ((14, "far east"), (-11, "far west")):
        there = datetime(2026, 3, 2, 0, 30, tzinfo=timezone(timedelta(hours=hours)))
        record(path, there, [(60_000, "set", set_of("squat"))], name=name)
    diary = read(path, LIBRARY, NOW)
    assert [one.began.date().isoformat() for one in diary.lately] == ["2026-03-02"] * 2


def test_no_log_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="begins with the first session"):
        read(tmp_path / "log", LIBRARY, NOW)
