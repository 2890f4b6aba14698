"""The real program where the speech engine is missing, crashes or ends: tones, text, and a whole log."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from tests.cli.home import ROOT, Home
from voice_coach.audio.wav import WavWriter, read_wav
from voice_coach.journal import load
from voice_coach.replay import replay
from voice_coach.speaking import VOICE

BROKEN = {
    "missing": "raise ImportError('no speech engine on this machine')",
    "crashing": "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)",
    "ending": "import os\nos._exit(3)",
}


@pytest.mark.parametrize("how", list(BROKEN))
def test_a_session_is_held_with_tones_and_text_and_that_is_said_once(home: Home, tmp_path: Path, how: str) -> None:
    engines = tmp_path / "engines"
    engines.mkdir()
    (engines / "pyttsx3.py").write_text(BROKEN[how], encoding="utf-8")
    with WavWriter(tmp_path / "mic.wav") as mic:
        mic.write(np.zeros(16_000, dtype=np.int16))
    done = home.spawn(
        "run", home.tiny(), "--mic", "mic.wav", "--speaker", "out.wav", "--ears", "keys", "--no-questions",
        PYTHONPATH=os.pathsep.join((str(engines), str(ROOT))), XDG_CACHE_HOME=str(tmp_path / "cache"),
    )  # fmt: skip
    assert done.code == 0, done.err
    assert done.err.count("The session goes on with tones and text.") == 1
    assert "coach  Sit tall." in done.out
    session = load(home.log).find("last")
    assert [entry.fields["data"]["completed"] for entry in session.entries if entry.fields.get("kind") == "set"] == [
        True, True,
    ]  # fmt: skip
    assert [entry.fields["data"]["works"] for entry in session.entries if entry.fields.get("kind") == VOICE] == [False]
    assert replay(session).same
    assert np.abs(read_wav(tmp_path / "out.wav")).max() > 3_000


def test_doctor_says_why(home: Home, tmp_path: Path) -> None:
    engines = tmp_path / "engines"
    engines.mkdir()
    (engines / "pyttsx3.py").write_text(BROKEN["missing"], encoding="utf-8")
    done = home.spawn("doctor", PYTHONPATH=os.pathsep.join((str(engines), str(ROOT))))
    assert done.code == 0
    assert "The voice cannot speak: no speech engine on this machine." in done.out
