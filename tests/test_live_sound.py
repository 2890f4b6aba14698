"""A whole session over a real sound card: PortAudio, PulseAudio, the coach's echo, and a person who speaks."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.conftest import WOMAN, spoken
from tests.pulse import Pulse, require_sound
from voice_coach.journal import load
from voice_coach.replay import replay
from voice_coach.speech.voice import Voice

ROOT = Path(__file__).resolve().parents[1]
SHORT = """\
title: Easy day
blocks:
  - name: Main
    items:
      - name: Knee lift
        start: Sit tall.
        cues: [Lift one knee.]
        tempo: 1-0-1
        reps: 5
"""
# What she says once when the coach has begun a sentence, as soon as the sentence must be over.
WISHES = {
    "coach  Sit tall.": (1_200, "wait a moment"),
    "coach  Paused. When you want to go on, say resume.": (4_500, "carry on"),
}
TRIES = 3  # she says it again when the coach heard something else
LONGEST_S = 120


def hold_session(folder: Path, pulse: Pulse, woman: Voice, env: Mapping[str, str]) -> list[str]:
    """Run the session in a process of its own, answer what it says, and return what it told."""
    told: list[str] = []
    speaking: list[subprocess.Popen[bytes]] = []

    def speak(after_ms: int, words: str) -> None:
        speaking.append(pulse.speak(spoken(woman, ((after_ms, words),))))

    wish, tries = (0, ""), 0
    waiting, wish, tries = dict(WISHES), (0, ""), TRIES
    with (folder / "announced").open("w") as announced, subprocess.Popen(
        [sys.executable, "-m", "voice_coach", "run", "short.yaml", "--log", "log.jsonl"],
        cwd=folder, env=env, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=announced,
    ) as process:  # fmt: skip
        too_long = threading.Timer(LONGEST_S, process.kill)
        too_long.start()
        assert process.stdout is not None
        for line in process.stdout:
            told.append(line.rstrip().split("  ", 1)[1].strip())
            if told[-1] in waiting:
                wish, tries = waiting.pop(told[-1]), 1
                speak(*wish)
            elif told[-1].startswith("(heard") and f"you  {wish[1]}" not in told and tries < TRIES:
                tries += 1
                speak(300, wish[1])
        too_long.cancel()
    for child in speaking:
        assert child.wait(timeout=30) == 0
    assert process.returncode == 0, told
    return told


@pytest.mark.sound
def test_a_session_over_a_real_stream_hears_the_person_and_is_replayed(tmp_path: Path, spoken_cache: Path) -> None:
    require_sound()
    (tmp_path / "short.yaml").write_text(SHORT, encoding="utf-8")
    woman = Voice(WOMAN, spoken_cache / "voice-coach")
    with contextlib.closing(woman), Pulse(tmp_path, echo=True) as pulse:
        env = {
            **pulse.env,
            "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))),
            "PYTHONUNBUFFERED": "1",
            "XDG_DATA_HOME": str(tmp_path),
            "XDG_CACHE_HOME": str(spoken_cache),
        }
        told = hold_session(tmp_path, pulse, woman, env)
    announced = (tmp_path / "announced").read_text(encoding="utf-8")
    assert "Listening: PocketSphinx.\nSound: default." in announced, announced
    assert [line for line in dict.fromkeys(told) if line.startswith("you")] == [
        "you  wait a moment",
        "you  carry on",
    ], told
    assert told[-1] == "(completed)"
    log = load(tmp_path / "log.jsonl").find("last")
    records = [entry.fields for entry in log.entries if entry.fields["type"] == "record"]
    assert [record["kind"] for record in records if record["kind"] != "refused"] == ["paused", "resumed", "set"]
    assert (records[-1]["data"]["done_reps"], records[-1]["data"]["completed"]) == (5, True)
    assert replay(log).trace_equal is True
