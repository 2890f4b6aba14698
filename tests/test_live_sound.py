"""A whole session over a real sound card: PortAudio, PulseAudio, and a person who speaks.

The coach's echo is left out here; the canceller has tests of its own. The ears are the real vosk with the tiny model of
these tests, which knows this person's synthetic voice well: what is tried here is the way of the sound through the
whole program, not how well a recogniser hears.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.home import spoken
from tests.pulse import LONG_S, Pulse, promptly, require_sound, retaken
from voice_coach.journal import load
from voice_coach.replay import replay
from voice_coach.speech.voice import Voice, VoiceSettings

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
PERSON = VoiceSettings(name="gmw/en-us", rate_wpm=150)
# What she says once the coach has begun a sentence, when the sentence must be over.
WISHES = {
    "coach  Sit tall.": (1_200, "pause"),
    "coach  Paused. When you want to go on, say resume.": (4_500, "resume"),
}
TRIES = 5  # she says it again when nothing came of it
PATIENCE_S = 5.0
LONGEST_S = LONG_S  # the session takes 40


class Person:
    """Speaks into the microphone's sink, and again when the coach did not take it."""

    def __init__(self, pulse: Pulse, voice: Voice, told: list[str]) -> None:
        self._pulse, self._voice, self._told = pulse, voice, told
        self._speaking: list[subprocess.Popen[bytes]] = []
        self._again: threading.Timer | None = None

    def say(self, after_ms: int, words: str, tries: int = TRIES) -> None:
        if tries and f"you  {words}" not in self._told:
            self._speaking.append(self._pulse.speak(spoken(self._voice, ((after_ms, words),))))
            self._again = threading.Timer(after_ms / 1000 + PATIENCE_S, self.say, (300, words, tries - 1))
            self._again.start()

    def finish(self) -> None:
        if self._again:
            self._again.cancel()
        for child in self._speaking:
            assert child.wait(timeout=LONG_S) == 0


def hold_session(folder: Path, pulse: Pulse, voice: Voice, model: Path, env: Mapping[str, str]) -> list[str]:
    """Run the session in a process of its own, answer what it says, and return what it told."""
    told: list[str] = []
    waiting = dict(WISHES)
    person = Person(pulse, voice, told)
    command = [*promptly(), sys.executable, "-m", "voice_coach", "run", "short.yaml"]
    command += ["--log", "log.jsonl", "--model", str(model)]
    with (folder / "announced").open("w") as announced, subprocess.Popen(
        command, cwd=folder, env=env, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=announced
    ) as process:  # fmt: skip
        too_long = threading.Timer(LONGEST_S, process.kill)
        too_long.start()
        assert process.stdout is not None
        for line in process.stdout:
            told.append(line.rstrip().split("  ", 1)[1].strip())
            if told[-1] in waiting:
                person.say(*waiting.pop(told[-1]))
        too_long.cancel()
    person.finish()
    assert process.returncode == 0, told
    return told


@pytest.mark.sound
@retaken
def test_a_session_over_a_real_stream_hears_the_person_and_is_replayed(
    tmp_path: Path, spoken_cache: Path, tiny_vosk_model: Path
) -> None:
    require_sound()
    (tmp_path / "short.yaml").write_text(SHORT, encoding="utf-8")
    person = Voice(PERSON, spoken_cache / "voice-coach")
    with contextlib.closing(person), Pulse(tmp_path) as pulse:
        env = {
            **pulse.env,
            "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))),
            "PYTHONUNBUFFERED": "1",
            "XDG_DATA_HOME": str(tmp_path),
            "XDG_CACHE_HOME": str(spoken_cache),
        }
        told = hold_session(tmp_path, pulse, person, tiny_vosk_model, env)
    announced = (tmp_path / "announced").read_text(encoding="utf-8")
    assert f"Listening: Vosk with {tiny_vosk_model.name}.\n" in announced, announced
    assert "Sound: default." in announced, announced
    assert [line for line in dict.fromkeys(told) if line.startswith("you")] == [
        "you  pause",
        "you  resume",
    ], told
    assert told[-1] == "(completed)"
    log = load(tmp_path / "log.jsonl").find("last")
    records = [entry.fields for entry in log.entries if entry.fields["type"] == "record"]
    assert [record["kind"] for record in records if record["kind"] != "refused"] == ["paused", "resumed", "set"]
    assert (records[-1]["data"]["done_reps"], records[-1]["data"]["completed"]) == (5, True)
    assert replay(log).trace_equal is True
