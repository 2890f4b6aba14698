"""A person's folders, empty at first, and the command line in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import dedent

import numpy as np

from voice_coach.audio.clip import FRAMES_PER_MS, Pcm, to_pcm
from voice_coach.audio.wav import WavWriter
from voice_coach.speech.voice import Voice, VoiceSettings

ROOT = Path(__file__).resolve().parents[2]
TINY = """\
    title: Easy day
    purpose: A session for tests.
    blocks:
      - name: Main
        items:
          - name: Knee lift
            start: Sit tall.
            cues: [Lift one knee.]
            tempo: 1-0-1
            reps: 4
            sets: 2
            rest: 8s
    """
WOMAN = VoiceSettings(name="gmw/en-us+f2" if sys.platform.startswith("linux") else None, rate_wpm=150)


@dataclass(frozen=True)
class Done:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@dataclass(frozen=True)
class Home:
    """Somebody's folders; `cache` is shared by all tests, so that no sentence is rendered twice."""

    data: Path
    cache: Path

    @property
    def env(self) -> dict[str, str]:
        return {"XDG_DATA_HOME": str(self.data), "XDG_CACHE_HOME": str(self.cache), "COLUMNS": "100"}

    @property
    def log(self) -> Path:
        return self.data / "voice-coach" / "log.jsonl"

    def write(self, name: str, text: str) -> Path:
        path = self.data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
        return path

    def tiny(self) -> str:
        """A routine of about a minute, as an argument."""
        return str(self.write("tiny.yaml", TINY))

    def start(self, *arguments: str, **env: str) -> subprocess.Popen[bytes]:
        """The command line in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "voice_coach", *arguments], cwd=self.data, stdin=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT), **self.env, **env},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def spawn(self, *arguments: str, stdin: str | bytes = "", **env: str) -> Done:
        """Run it to its end; a traceback is never an answer."""
        with self.start(*arguments, **env) as process:
            out, err = process.communicate(stdin.encode() if isinstance(stdin, str) else stdin, timeout=300)
        assert b"Traceback" not in out + err, err
        return Done(process.returncode, out.decode(), err.decode())

    def recording(self, name: str, *said: tuple[int, str], voice_name: str | None = WOMAN.name) -> Path:
        """A WAV file in which a woman's synthetic voice says words at milliseconds."""
        path = self.data / name
        voice = Voice(replace(WOMAN, name=voice_name), self.cache / "voice-coach")
        try:
            with WavWriter(path) as file:
                file.write(spoken(voice, said))
        finally:
            voice.close()
        return path


def spoken(voice: Voice, said: tuple[tuple[int, str], ...], tail_ms: int = 1_000) -> Pcm:
    """Words at milliseconds over a very faint noise, as every microphone has it."""
    clips = [(at * FRAMES_PER_MS, voice.clip(text).samples) for at, text in said]
    frames = max((at + len(clip) for at, clip in clips), default=0) + tail_ms * FRAMES_PER_MS
    sound = np.random.default_rng(1).normal(0, 0.0005, frames).astype(np.float32)
    for at, clip in clips:
        sound[at : at + len(clip)] += clip
    return to_pcm(sound)
