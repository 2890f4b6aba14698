"""A whole session over real streams, with an echo in the room and a synthetic person who speaks while the coach counts.

The program runs in a child process over a private PulseAudio; the person reads its transcript as one hears a coach,
and speaks into the microphone. She goes on by a key, so that a word that was not heard cannot hold the
rest up. Every wait has an end.
"""

from __future__ import annotations

import os
import pty
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tests.benchmarks.stage import room_noise
from tests.pulse import AT_EASE_MS, LONG_S, Pulse, Recorded, promptly
from voice_coach.audio.clip import RATE, to_pcm
from voice_coach.commands import number_words

ROOT = Path(__file__).resolve().parents[1]
REPS = 50
COUNTS = frozenset(number_words(rep) for rep in range(1, REPS + 1))
COUNTING = f"""\
title: Easy day
blocks:
  - name: Main
    items:
      - name: Knee lift
        start: Sit tall.
        cues: [Lift one knee.]
        tempo: 1-0-1
        reps: {REPS}
"""
BEGIN_S = 180.0  # from the start of the program to the first count
COUNT_S = 60.0  # from going on to the count after the next
ANSWER_S = 4.0  # from the end of the word to the command
LISTEN_S = 2.0  # the coach's answer is listened to for so long
END_S = 60.0
GO_ON, WENT_ON = b"r", "you  resume (key)"
NOISE_S = 900  # longer than any session here: no microphone is ever digitally silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word that was said while the coach counted, and what came of it."""

    word: str
    said_s: float  # about when she began, from the beginning of the recording
    obeyed: bool
    others: tuple[str, ...]  # commands that were taken instead


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Held:
    """A session that was held."""

    words: tuple[Word, ...]
    uncalled: tuple[str, ...]  # commands that were taken while she said nothing
    transcript: tuple[str, ...]
    announced: str
    code: int
    recorded: Recorded


class _Told:
    """The transcript of a running program, line by line, with waits that end."""

    def __init__(self, lines: Callable[[], str]) -> None:
        self.all: list[str] = []
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        threading.Thread(target=self._read, args=(lines,), daemon=True).start()

    def _read(self, lines: Callable[[], str]) -> None:
        while line := lines():
            self._queue.put(line.rstrip().split("  ", 1)[-1].strip())
        self._queue.put(None)

    def until(self, wanted: Callable[[str], bool], within_s: float) -> str | None:
        """The first line that is wanted; None where none came in time, or the program has ended."""
        end = time.monotonic() + within_s
        while (left := end - time.monotonic()) > 0:
            try:
                line = self._queue.get(timeout=left)
            except queue.Empty:
                return None
            if line is None:
                return None
            self.all.append(line)
            if wanted(line):
                return line
        return None


def hold(
    folder: Path,
    pulse: Pulse,
    env: Mapping[str, str],
    words: Sequence[tuple[str, npt.NDArray[np.int16]]],
    arguments: Sequence[str],
) -> Held:
    """Run `voice-coach run` with the arguments, and say the words, each while the coach counts."""
    (folder / "counting.yaml").write_text(COUNTING, encoding="utf-8")
    keyboard, terminal = pty.openpty()
    command = [
        *promptly(),
        sys.executable,
        "-m",
        "voice_coach",
        "run",
        "counting.yaml",
        "--no-check",
        "--no-questions",
        "--log",
        "log.jsonl",
        *arguments,
    ]
    pulse.rustle(to_pcm(room_noise(NOISE_S * RATE)))
    recorder = pulse.record(latency_ms=AT_EASE_MS)
    began = time.monotonic()
    with (folder / "announced").open("w") as announced, subprocess.Popen(
        command, cwd=folder, env=environment(env), text=True, stdin=terminal, stdout=subprocess.PIPE, stderr=announced
    ) as process:  # fmt: skip
        assert process.stdout is not None
        told = _Told(process.stdout.readline)
        said: list[Word] = []
        uncalled: list[str] = []
        try:
            for word, sound in words:
                if not _counting(told, uncalled, lambda: os.write(keyboard, GO_ON), BEGIN_S if not said else COUNT_S):
                    break
                said.append(_say(pulse, told, word, sound, began))
                told.until(lambda _line: False, LISTEN_S)
                os.write(keyboard, GO_ON)
                told.until(lambda line: line == WENT_ON, ANSWER_S)
            os.write(keyboard, b"qy")
            told.until(lambda _line: False, END_S)
            process.wait(timeout=END_S)
        finally:
            process.kill()  # nothing happens to one that has ended
            os.close(keyboard)
            os.close(terminal)
    return Held(
        words=tuple(said),
        uncalled=tuple(uncalled),
        transcript=tuple(told.all),
        announced=(folder / "announced").read_text(encoding="utf-8"),
        code=process.returncode,
        recorded=recorder.stop(),
    )


def environment(env: Mapping[str, str]) -> dict[str, str]:
    """For a child that runs this checkout and writes each line at once."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {**env, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1"}


def _counting(told: _Told, uncalled: list[str], go_on: Callable[[], object], within_s: float) -> bool:
    """Wait until the coach counts the second of some repetitions; False where that does not happen in time.

    What nobody called for may have made it stand still.
    """
    end = time.monotonic() + within_s
    before = 2
    while before:
        line = told.until(lambda _line: True, end - time.monotonic())
        if line is None:
            return False
        if line == "coach  We begin in":
            before = 3 + 2
        elif _count(line):
            before -= 1
        elif line.startswith("you") and line != WENT_ON:
            uncalled.append(line.removeprefix("you").strip())
            go_on()
    return True


def _count(line: str) -> bool:
    return line.startswith("coach") and line.removeprefix("coach").strip().split(",")[0].lower() in COUNTS


def _say(pulse: Pulse, told: _Told, word: str, sound: npt.NDArray[np.int16], began: float) -> Word:
    """Speak, and wait for the command; a word that is not heard at first is not said again."""
    said_s = time.monotonic() - began
    speaking = pulse.speak(sound)
    others: list[str] = []
    end = time.monotonic() + ANSWER_S + len(sound) / RATE
    obeyed = False
    while not obeyed and (left := end - time.monotonic()) > 0:
        line = told.until(lambda line: line.startswith("you"), left)
        if line is None:
            break
        obeyed = line == f"you  {word}"
        if not obeyed:
            others.append(line.removeprefix("you").strip())
    speaking.wait(timeout=LONG_S)
    return Word(word=word, said_s=said_s, obeyed=obeyed, others=tuple(others))
