"""Out, in, and out again: the same file; and the log that comes of it tells of the same training."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.made import LIBRARY, ZONE, again, folder, histories, logged, out
from tests.journal.logs import write_session
from tests.session.build import command
from tests.sessions import small_plan, tiny_plan
from voice_coach.exchange import CSV_FORMATS, Session, Units, sessions_of
from voice_coach.exchange.cells import clean, unguarded
from voice_coach.journal import Log, load
from voice_coach.review import known, summarise
from voice_coach.session.events import Intent


@dataclass(frozen=True)
class Told:
    """What every format keeps of a set."""

    name: str
    reps: int
    seconds: int
    grams: int


def told(log: Log) -> list[tuple[datetime, Told]]:
    return [
        (
            session.local,
            Told(
                name=clean(row.name),
                reps=row.reps or 0,
                seconds=max(1, round((row.ms or 0) / 1000 + 1e-9)) if row.timed else 0,
                grams=row.grams or 0,
            ),
        )
        for session in sorted(sessions_of(log), key=lambda one: one.local)
        for _, row in session.done
    ]


@pytest.mark.parametrize("form", CSV_FORMATS)
@given(units=st.sampled_from(Units), sessions=histories())
def test_export_import_export_gives_the_same_file(form: str, units: Units, sessions: list[Session]) -> None:
    with folder() as name:
        first = logged(Path(name) / "log.jsonl", sessions)
        text = out(first, form, units)
        if not any(one.done for one in sessions_of(first)) and form != "csv":
            return  # nothing was done: no row, which an import refuses
        second = again(text, Path(name), form)
        assert out(second, form, units) == text
        assert not second.damage
        when = {"hevy": {"second": 0}, "fitnotes": {"hour": 12, "minute": 0, "second": 0}}.get(form, {})
        wanted = [(at.replace(**when), each) for at, each in told(first)]  # type: ignore[arg-type]
        assert [(at, each.reps, each.grams) for at, each in told(second)] == [
            (at, each.reps, each.grams) for at, each in wanted
        ]
        assert all(abs(a.seconds - b.seconds) <= 1 for (_, a), (_, b) in zip(told(second), wanted, strict=True))
        assert [each.name for _, each in told(second)] == [each.name for _, each in wanted]


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """Sessions of the real engine: one as written, one made easier and ended early."""
    path = tmp_path / "log.jsonl"
    write_session(path, tiny_plan(), name="first", began=datetime(2026, 3, 1, 17, 30, 12, tzinfo=ZONE))
    script = [command(90_000, Intent.EASIER), command(190_000, Intent.END), command(195_000, Intent.YES)]
    write_session(path, small_plan(), script, name="second", began=datetime(2026, 3, 3, 9, 0, tzinfo=ZONE))
    return path


@pytest.mark.parametrize("form", CSV_FORMATS)
def test_a_real_log_comes_back(form: str, real: Path, tmp_path: Path) -> None:
    log = load(real, lean=True)
    text = out(log, form)
    imported = again(text, tmp_path)
    assert out(imported, form) == text
    before, after = known(log).sessions, known(imported).sessions
    assert len(before) == len(after) == 2
    for one, other in zip(before, after, strict=True):
        assert other.began.date() == one.began.date()
        assert [each.done_reps for each in other.sets] == [each.done_reps for each in one.sets if each.done_ms]
        assert [each.load for each in other.sets] == [each.load for each in one.sets if each.done_ms]
        assert other.imported and not one.imported


def test_the_plain_file_keeps_every_set_as_it_was(real: Path, tmp_path: Path) -> None:
    log = load(real, lean=True)
    imported = again(out(log, "csv"), tmp_path)
    before, after = known(log).sessions, known(imported).sessions
    assert [one.sets for one in after] == [one.sets for one in before]
    assert [(one.id, one.began, one.routine, one.ms, one.ended) for one in after] == [
        (one.id, one.began, one.routine, one.ms, one.ended) for one in before
    ]


def test_what_a_file_does_not_say_is_not_in_the_log(tmp_path: Path) -> None:
    text = "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment\n"
    log = again(text + "2026-01-05,Sit to stand,Legs,,,8,,,,felt good\n", tmp_path)
    (session,) = log.sessions
    summary = summarise(load(log.path).sessions[0])
    assert summary.setup["mode"] == "imported from FitNotes"
    assert summary.ms == 0
    assert summary.ended == "imported"
    assert not summary.commands and not summary.gaps
    (row,) = summary.sets
    assert (row.exercise, row.name, row.done_reps, row.done_ms) == ("sit_to_stand", "Sit to stand", 8, None)
    assert (row.planned_reps, row.target_reps, row.at) == (None, None, 0)
    (note,) = [each.fields for each in load(log.path).sessions[0].entries if each.fields["type"] == "note"]
    assert note["data"] == {"from": "FitNotes", "file": "test.csv", "length_known": False}
    (record,) = [each.fields for each in session.entries if each.fields["type"] == "record"]
    assert record["data"]["note"] == "felt good"


def test_a_movement_of_the_library_is_known_by_its_name_and_any_other_gets_an_id() -> None:
    from tests.exchange.made import NAMES

    assert [NAMES.id_of(each) for each in ("Sit to stand", "SIT-TO-STAND", "sit_to_stand", "Dumbbell Row")] == [
        *("sit_to_stand",) * 3,
        "db_row",
    ]
    others = ["Curl (Barbell)", "Curl (Dumbbell)", "曲げ", "../../x", "=1+1", "!", "?"]
    ids = [NAMES.id_of(each) for each in others]
    assert len(set(ids)) == len(ids)
    assert all(each.startswith("imported_") and each.replace("_", "").isalnum() and each.isascii() for each in ids)
    assert not set(ids) & set(LIBRARY)
    assert unguarded("'=1") == "=1"
