"""What other programs see in our exports, by readers of their rules; and no cell is ever a formula."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.importers import READERS
from tests.exchange.made import BEGAN, NASTY, folder, histories, logged, out, texts
from voice_coach.exchange import CSV_FORMATS, Row, Session, Units, sessions_of
from voice_coach.exchange.cells import Bare, clean, encoded, grams, guarded, unguarded, weight
from voice_coach.review import Outcome

SESSION = Session(
    id="one",
    began=BEGAN,
    title="Legs; and more",
    ms=1_830_000,
    rows=(
        Row(name="Sit to stand", exercise="sit_to_stand", reps=8, ms=40_000),
        Row(name="Dumbbell row", exercise="db_row", reps=10, ms=50_000, grams=2_500, side="left"),
        Row(
            name="Dumbbell row", exercise="db_row", reps=9, ms=50_000, grams=2_500, side="right", outcome=Outcome.PARTLY
        ),
        Row(name="Wall push", exercise="x", reps=6, label="red band", variant="Closer."),
        Row(name="Plank", exercise="plank", ms=20_400),
        Row(name="Skipped", exercise="s", reps=0, target_reps=8, outcome=Outcome.SKIPPED),
        Row(name="Given up", exercise="g", reps=0, ms=9_000, target_reps=8, outcome=Outcome.PARTLY),
    ),
)
SHAPES = Path(__file__).parent / "shapes"


@pytest.mark.parametrize("form", READERS)
def test_the_shape_to_the_letter(form: str, tmp_path: Path) -> None:
    log = logged(tmp_path / "log.jsonl", [SESSION])
    assert out(log, form).encode() == (SHAPES / f"{form}.csv").read_bytes()


@pytest.mark.parametrize("form", READERS)
@given(units=st.sampled_from(Units), sessions=histories())
def test_other_programs_see_every_set_that_was_done(form: str, units: Units, sessions: list[Session]) -> None:
    with folder() as name:
        log = logged(Path(name) / "log.jsonl", sessions)
        wanted = sorted(sessions_of(log), key=lambda one: one.local)
        text = out(log, form, units)
    seen = READERS[form](text)
    sets = [(one, row) for one in wanted for _, row in one.done]
    assert len(seen) == len(sets)
    for other, (session, row) in zip(seen, sets, strict=True):
        assert unguarded(other.exercise) == clean(row.name)
        assert other.reps == (row.reps or 0)
        assert other.kilos == pytest.approx((row.grams or 0) / 1000, abs=0.0006)
        assert (other.seconds > 0) == row.timed
        if row.timed:
            assert abs(other.seconds * 1000 - (row.ms or 0)) <= 999
        assert other.began.date() == session.local.date()
        if form != "fitnotes":
            assert unguarded(other.workout) == clean(session.name)
            assert abs((other.began - session.local).total_seconds()) < 60


@pytest.mark.parametrize("form", CSV_FORMATS)
@given(sessions=histories())
def test_no_cell_is_a_formula(form: str, sessions: list[Session]) -> None:
    with folder() as name:
        text = out(logged(Path(name) / "log.jsonl", sessions), form)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if form == "strong" else ","))
    assert len(rows) > 1 or form != "csv"
    for cell in (cell for row in rows for cell in row):
        assert cell[:1] not in ("\t", "\r", "\n")
        assert not cell.lstrip().startswith(("=", "+", "@", "＝", "＋", "－", "＠")), cell
        assert not cell.lstrip().startswith("-") or re.fullmatch(r"-[0-9]+", cell), cell  # a rung below 0 is a number


@given(text=texts() | st.text(alphabet="'=+-@ \t\r\nx"))
def test_a_guard_can_be_taken_away_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert unguarded(guarded(guarded(text))) == guarded(text)


@pytest.mark.parametrize("text", NASTY)
def test_any_reader_gets_a_text_back(text: str) -> None:
    for separator in ",;":
        for quote_all in (True, False):
            line = encoded([[text, 1, None, text]], separator=separator, quote_all=quote_all)
            line.encode("utf-8")
            (row,) = csv.reader(io.StringIO(line, newline=""), delimiter=separator, strict=True)
            assert row == [guarded(clean(text)), "1", "", guarded(clean(text))]
            assert row[0][:1] not in ("\t", "\r", "\n")
            assert row[0].lstrip()[:1] not in ("=", "+", "-", "@", "＝")


def test_what_is_bare_is_written_as_it_is() -> None:
    assert encoded([[Bare("2026-01-01"), "x", 5]], quote_all=True) == '2026-01-01,"x",5\n'


@given(st.integers(1, 2_000_000), st.sampled_from(Units))
def test_a_weight_is_the_same_to_the_gram(mass: int, units: Units) -> None:
    assert grams(weight(mass, units), units) == mass


def test_weights_read_well() -> None:
    assert [f"{weight(mass, Units.KG):f}" for mass in (500, 1000, 10_000, 12_250, 1)] == [
        "0.5",
        "1",
        "10",
        "12.25",
        "0.001",
    ]
    assert f"{weight(4_536, Units.LB):f}" == "10"


def test_pounds_have_their_own_columns(tmp_path: Path) -> None:
    log = logged(tmp_path / "log.jsonl", [SESSION])
    assert "weight_lbs" in out(log, "hevy", Units.LB) and "distance_miles" in out(log, "hevy", Units.LB)
    assert ";5.512;lbs;" in out(log, "strong", Units.LB)
    assert ",5.512,lbs," in out(log, "fitnotes", Units.LB)
    assert "weight_lb," in out(log, "csv", Units.LB)


def test_a_session_without_a_name_has_one_for_programs_that_need_it() -> None:
    assert replace(SESSION, title=" ").name == "Session"
    assert replace(SESSION, title="", routine="foundation_a").name == "foundation_a"
