"""Both measures as they are run: from a folder of clips to tables, JSON and a picture. Real voices, real ears."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks import barge_in, hearing
from tests.benchmarks.clips import COMMANDS, FOREIGN, make_pack
from tests.benchmarks_tests.hand import tone
from voice_coach.audio.wav import WavWriter


@pytest.fixture(autouse=True)
def cache(spoken_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No voice clip goes into the cache of whoever runs the tests."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(spoken_cache))


@pytest.fixture
def pack(tmp_path: Path, cache: None) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    return make_pack(folder)


def test_hearing_measures_a_pack(pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures, picture = tmp_path / "figures.json", tmp_path / "curve.svg"
    told = ["--ears", "pocketsphinx", "--json", str(figures), "--picture", str(picture)]
    assert hearing.main([str(pack), *told]) == 0
    found = json.loads(figures.read_text(encoding="utf-8"))
    ours, plain = found["reports"]
    assert (ours["ours"], plain["ours"]) == (True, False)
    for each in (ours, plain):
        assert each["commands"]["right"]["of"] == len(COMMANDS)
        assert each["foreign"]["of"] == len(FOREIGN)
        assert set(each["talk_by"]) == {"continuous", "noise", "music"}
    assert ours["commands"]["right"]["count"] >= len(COMMANDS) // 2
    assert ours["extra"]["memory it adds, MB"] > 1
    assert 0 < ours["latency_ms"]["median"] < 2_000
    assert found["phrases"] > 150
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    assert "Operating curve" in capsys.readouterr().out


def test_hearing_without_a_vosk_model_says_so(pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hearing.main([str(pack), "--ears", "vosk", "--model", str(tmp_path)]) == 2
    assert "Name one with --model" in capsys.readouterr().err


def test_barge_in_measures_a_pack(pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = tmp_path / "figures.json"
    few = ["--many", "3", "--levels", "0", "--routine", "first_taste", "--prompts", "none", "--no-plain"]
    assert barge_in.main([str(pack), "--ears", "pocketsphinx", *few, "--json", str(figures)]) == 0
    (found,) = json.loads(figures.read_text(encoding="utf-8"))
    rows = found["barged"]["rows"]
    assert {(row["condition"], row["level_db"]) for row in rows} == {
        ("coach silent", 0.0),
        ("with canceller", 0.0),
        ("with WebRTC's canceller", 0.0),
        ("without canceller", 0.0),
    }
    silent = [row for row in rows if row["condition"] == "coach silent"]
    assert sum(row["right"]["count"] for row in silent) >= 1
    assert all(row["kept"]["count"] == row["right"]["count"] for row in silent)
    assert "Person against coach" in capsys.readouterr().out


def test_barge_in_needs_a_room(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with WavWriter(tmp_path / "a.wav") as writer:
        writer.write(tone(200))
    (tmp_path / "manifest.csv").write_text("path,kind\na.wav,command\n", encoding="utf-8")
    assert barge_in.main([str(tmp_path), "--ears", "pocketsphinx"]) == 2
    assert capsys.readouterr().err.strip().endswith("holds no room response (kind rir), so nothing can echo.")


def test_a_pack_of_rooms_alone_cannot_be_listened_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with WavWriter(tmp_path / "a.wav") as writer:
        writer.write(tone(200))
    (tmp_path / "manifest.csv").write_text("path,kind\na.wav,rir\n", encoding="utf-8")
    assert hearing.main([str(tmp_path), "--ears", "pocketsphinx"]) == 2
    assert "holds nothing that could be listened to" in capsys.readouterr().err
