"""From and into real logs: corrections, values that nobody can have done; and a new log, whole or not at all."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.made import BEGAN, NAMES, folder, logged, out
from tests.journal.logs import BEGAN as STARTED
from tests.journal.logs import write_session
from tests.review.lines import Data, record, set_of, tell
from tests.sessions import small_plan
from voice_coach.errors import CoachError, LogError
from voice_coach.exchange import (
    CSV_FORMATS,
    FIT_FROM,
    FIT_TO,
    Row,
    Session,
    Units,
    fit_of,
    sessions_of,
    write_json,
    write_log,
)
from voice_coach.journal import load
from voice_coach.person.model import Answered, Correction, Form
from voice_coach.replay import replay
from voice_coach.review import Outcome

ROW = Row(name="Row", exercise="db_row", reps=8)
SESSION = Session(id="one", began=BEGAN, title="Legs", ms=60_000, rows=(ROW,))


def test_what_she_told_afterwards_stands_in_every_export(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    record(path, BEGAN, [(5_000, "set", set_of("squat", done_reps=8, load_g=5_000))])
    tell(path, BEGAN + timedelta(hours=1), Correction(at=BEGAN, session="s", exercise="squat", set=1, reps=6))
    (session,) = sessions_of(load(path, lean=True))
    assert [(row.reps, row.grams) for row in session.rows] == [(6, 5_000)]
    assert ",5,6,,," in out(load(path, lean=True), "hevy")
    assert json.loads(write_json(load(path)))["sessions"][0]["sets"][-1]["done_reps"] == 6


def test_at_her_own_pace_the_target_counts_where_she_told_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    mine = set_of("curl", own_pace=True, done_reps=None)
    report: Data = {"exercise": "row", "set": 1, "round": 1, "side": None, "done_reps": 7}
    other = set_of("row", own_pace=True, done_reps=None)
    given_up = set_of("press", own_pace=True, done_reps=None, completed=False, done_ms=20_000)
    record(path, BEGAN, [(1, "set", mine), (2, "set", other), (3, "reps reported", report), (4, "set", given_up)])
    (session,) = sessions_of(load(path, lean=True))
    assert [(row.name, row.reps) for _, row in session.done] == [("curl", 10), ("row", 7)]


def test_days_are_those_of_the_place(tmp_path: Path) -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=-5)))  # the second of March in Europe
    early = datetime(2026, 3, 2, 0, 30, tzinfo=timezone(timedelta(hours=9)))  # the first
    log = logged(
        tmp_path / "log.jsonl", [Session(id=f"{at:%H}", began=at, title="", rows=(ROW,)) for at in (late, early)]
    )
    found = {day: [one.id for one in sessions_of(log, date(2026, 3, day), date(2026, 3, day))] for day in (1, 2)}
    assert found == {1: ["23"], 2: ["00"]}
    assert [one.id for one in sessions_of(log)] == ["00", "23"]  # as it was: the early one came first
    assert [line.split(";")[0] for line in out(log, "strong").splitlines()[1:]] == [
        "2026-03-01 23:30:00",
        "2026-03-02 00:30:00",
    ]


def test_json_has_everything_and_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    write_session(path, small_plan(), name="first")
    tell(path, STARTED, Answered(at=STARTED, form=Form.FEELING, answers={"good": 7}))
    whole = json.loads(write_json(load(path)))
    assert (whole["format"], whole["version"]) == ("voice-coach export", 1)
    (session,) = whole["sessions"]
    assert session["id"] == "first"
    assert {"sets", "commands", "efforts", "setup", "began", "ended", "ms"} <= session.keys()
    assert whole["person"]["forms"][0]["answers"] == {"good": 7}
    assert "sessions" not in whole["person"]
    later = json.loads(write_json(load(path), since=date(2030, 1, 1)))
    assert (later["sessions"], later["person"]["forms"]) == ([], [])


WEIRD: list[Any] = [None, True, -1, 0, 1.5, 10**30, "", "=1", [], {}, "\ud800", "left"]


@given(st.data())
def test_a_log_that_somebody_has_edited_is_still_exported(data: st.DataObject) -> None:
    """Any values in the records and times; the reader decides what is a line of the log at all."""
    with folder() as name:
        path = Path(name) / "log.jsonl"
        record(path, BEGAN, [(5_000, "set", set_of("squat")), (9_000, "set", set_of("row", done_reps=4))])
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        for line in lines:
            for fields in (line, line.get("data", {}), line.get("setup", {})):
                for key in sorted(data.draw(st.sets(st.sampled_from(sorted(fields)), max_size=3)) if fields else ()):
                    fields[key] = data.draw(st.sampled_from(WEIRD))
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
        log = load(path, lean=True)
        for form in CSV_FORMATS.values():
            form.write(sessions_of(log), Units.LB, NAMES).encode()
        for session in sessions_of(log):
            if FIT_FROM <= session.began.year < FIT_TO:
                fit_of(session)


def test_sessions_at_the_ends_of_time_can_be_placed_or_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    for year in (1, 2, 9998, 9999):
        record(
            path, datetime(year, 12, 31, 23, 59, 59, tzinfo=timezone.utc), [(1, "set", set_of("row"))], name=str(year)
        )
    found = sessions_of(load(path, lean=True))
    assert [one.id for one in found] == ["2", "9998"]
    for form in CSV_FORMATS.values():
        assert form.write(found, Units.KG, NAMES)


def test_a_log_is_never_added_to(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.touch()
    write_log(path, [SESSION], "Hevy", "x.csv")  # an empty one holds nothing
    before = path.read_bytes()
    with pytest.raises(CoachError, match="never mixed into one: name a new file with --log"):
        write_log(path, [SESSION], "Hevy", "x.csv")
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["log.jsonl"]
    assert path.stat().st_mode & 0o077 == 0


def test_an_import_that_was_cut_off_leaves_nothing_behind_for_the_next(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.with_name("log.jsonl.importing").write_text('{"half": ')
    write_log(path, [SESSION], "Hevy", "x.csv")
    log = load(path)
    assert not log.damage
    assert [one.id for one in log.sessions] == ["one"]


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LogError, match="cannot be"):
        write_log(tmp_path / "file" / "log.jsonl", [SESSION], "Hevy", "x.csv")
    with pytest.raises(CoachError, match="is a folder"):
        write_log(tmp_path, [SESSION], "Hevy", "x.csv")


def test_an_imported_session_is_not_played_again(tmp_path: Path) -> None:
    log = logged(tmp_path / "log.jsonl", [SESSION], "Hevy")
    with pytest.raises(
        CoachError, match="cannot be played again: it was imported from Hevy, which tells only what was"
    ):
        replay(log.find("last"))


def test_skipped_sets_are_in_the_plain_file_alone(tmp_path: Path) -> None:
    skipped = Row(name="Row", exercise="db_row", reps=0, target_reps=8, outcome=Outcome.SKIPPED)
    log = logged(tmp_path / "log.jsonl", [Session(id="one", began=BEGAN, title="", rows=(ROW, skipped))])
    assert out(log, "csv").count("Row,") == 2
    assert out(log, "hevy").count('"Row"') == 1
