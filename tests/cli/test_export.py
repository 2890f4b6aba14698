"""`export` and `import`: files, the screen, refusals, and what the other commands make of an imported log."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import fitdecode
import pytest

from tests.cli.home import Done, Home
from tests.journal.logs import write_session
from tests.session.build import command
from tests.sessions import small_plan, tiny_plan
from voice_coach.session.events import Intent

Coach = Callable[..., Done]
HEVY = (
    '"title","start_time","end_time","description","exercise_title","superset_id","exercise_notes","set_index",'
    '"set_type","weight_kg","reps","distance_km","duration_seconds","rpe"\n'
    '"Legs","22 Dec 2025, 08:00","22 Dec 2025, 08:40","","Goblet squat",,"",0,"normal",10,8,,,\n'
    '"Legs","22 Dec 2025, 08:00","22 Dec 2025, 08:40","","=1+1",,"",0,"normal",,8,,,\n'
)


@pytest.fixture
def log(home: Home) -> Path:
    home.log.parent.mkdir(parents=True)
    write_session(home.log, tiny_plan(), name="first")
    write_session(home.log, small_plan(), [command(90_000, Intent.END), command(95_000, Intent.YES)], name="second")
    return home.log


@pytest.mark.parametrize("form", ["csv", "hevy", "strong", "fitnotes"])
def test_to_the_screen_and_to_a_file(log: Path, coach: Coach, tmp_path: Path, form: str) -> None:
    shown = coach("export", form)
    assert (shown.code, shown.err) == (0, "")
    path = tmp_path / "out.csv"
    written = coach("export", form, "--output", str(path))
    assert (written.code, written.out, written.err) == (0, "", f"Written: {path}\n")
    mark = b"\xef\xbb\xbf" if form == "csv" else b""
    assert path.read_bytes() == mark + shown.out.encode()
    rows = list(csv.reader(io.StringIO(shown.out, newline=""), delimiter=";" if form == "strong" else ","))
    assert len(rows) > 3
    assert len({len(row) for row in rows}) == 1
    other = str(tmp_path / "other.jsonl")
    assert coach("import", str(path), "--log", other).code == 0
    assert coach("export", form, "--log", other).out == shown.out


def test_what_is_there_is_not_written_over(log: Path, coach: Coach, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("mine")
    refused = coach("export", "csv", "-o", str(path))
    assert refused.code == 1
    assert refused.err == f"{path} exists already: name another file, or add --force to write it anew.\n"
    assert path.read_text() == "mine"
    assert coach("export", "csv", "-o", str(path), "--force").code == 0
    assert path.read_text().startswith("\ufeffsession,date")


def test_a_range_of_days_and_pounds(log: Path, coach: Coach) -> None:
    assert coach("export", "hevy", "--since", "2026-03-01", "--until", "2026-03-01").code == 0
    none = coach("export", "hevy", "--since", "2026-03-02")
    assert (none.code, none.err) == (1, f"There is no session in the log {log} for these days.\n")
    assert "weight_lbs" in coach("export", "hevy", "--units", "lb").out
    assert coach("export", "hevy", "--since", "yesterday").code == 2
    assert coach("export", "xml").code == 2


def test_fit_gives_a_file_for_each_session(log: Path, coach: Coach, tmp_path: Path) -> None:
    folder = tmp_path / "fit"
    done = coach("export", "fit", "--output", str(folder))
    assert (done.code, done.err) == (0, f"Written: {folder} (2 sessions)\n")
    assert sorted(each.name for each in folder.iterdir()) == ["first.fit", "second.fit"]
    for path in folder.iterdir():
        with fitdecode.FitReader(path, check_crc=fitdecode.CrcCheck.RAISE) as reader:
            assert "set" in [frame.name for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    again = coach("export", "fit", "--output", str(folder))
    assert again.code == 1 and "exists already" in again.err
    many = coach("export", "fit", "--output", str(tmp_path / "one.fit"))
    assert many.code == 1
    assert many.err == "These are 2 sessions: name a folder with --output, or one day with --since.\n"
    assert coach("export", "fit").code == 2


def test_json_is_everything(log: Path, coach: Coach) -> None:
    whole = json.loads(coach("export", "json").out)
    assert [one["id"] for one in whole["sessions"]] == ["first", "second"]
    assert [one["intent"] for one in whole["sessions"][1]["commands"]] == ["end session", "yes"]


def test_no_log_yet(home: Home, coach: Coach) -> None:
    done = coach("export", "csv")
    assert (done.code, done.err) == (5, f"There is no log at {home.log} yet: it begins with the first session.\n")


def test_an_import_is_a_log_like_any_other(home: Home, coach: Coach) -> None:
    file = home.write("hevy.csv", HEVY)
    done = coach("import", str(file))
    assert (done.code, done.out) == (0, f"Written: {home.log}, 1 sessions with 2 sets from Hevy.\n")
    assert "Legs" in coach("log").out
    shown = coach("log", "last").out
    assert "imported from Hevy" in shown and "Goblet squat" in shown and "=1+1" in shown
    assert coach("progress", "--weeks", "60").code == 0
    assert coach("export", "hevy").out == HEVY.replace('"=1+1"', '"\'=1+1"')
    today = coach("today")
    assert today.code == 0
    replayed = coach("replay")
    assert replayed.code == 6 and "it was imported from Hevy" in replayed.err


def test_an_existing_log_is_never_touched(log: Path, home: Home, coach: Coach) -> None:
    before = log.read_bytes()
    refused = coach("import", str(home.write("hevy.csv", HEVY)))
    assert refused.code == 1
    assert refused.err.startswith(f"There is a log at {log} already, and imported sessions are never mixed into one")
    assert log.read_bytes() == before
    other = home.data / "other.jsonl"
    assert coach("import", str(home.data / "hevy.csv"), "--log", str(other)).code == 0
    assert "Legs" in coach("log", "--log", str(other)).out


def test_everything_wrong_is_told_and_nothing_written(home: Home, coach: Coach) -> None:
    bad = HEVY.replace("22 Dec 2025, 08:00", "22. Dezember", 1).replace(",10,8,", ",ten,8,")
    file = home.write("hevy.csv", bad)
    done = coach("import", str(file))
    assert done.code == 1
    assert done.err.splitlines() == [
        f"{file}:2: '22. Dezember' under 'start_time' is no date that is known here, write it like "
        + done.err.splitlines()[0].rsplit("like ", 1)[1],
        f"{file}:2: 'ten' under 'weight_kg' is no number, write it like 12.5",
    ]
    assert not home.log.exists()
    missing = coach("import", str(home.data / "none.csv"))
    assert missing.code == 1 and "it cannot be read" in missing.err
