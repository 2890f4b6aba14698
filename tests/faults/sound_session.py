"""A session in a process of its own over a sound server, its transcript with the world's time, and her keys."""

from __future__ import annotations

import contextlib
import os
import pty
import queue
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.faults.sound_house import House
from tests.live_session import environment
from tests.pulse import promptly

REPS = 3
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
        sets: 2
        rest: 5s
"""
ENDS_S = 120.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the transcript: session time, the world's time, words."""

    session_s: float
    world_s: float
    text: str


class Sitting:
    """A session in a process of its own, at a terminal of its own."""

    def __init__(self, folder: Path, house: House, cache: Path) -> None:
        (folder / "short.yaml").write_text(COUNTING, encoding="utf-8")
        self.keyboard, terminal = pty.openpty()
        command = [*promptly(), sys.executable, "-m", "voice_coach", "run", "short.yaml", "--ears", "keys"]
        command += ["--no-check", "--no-questions", "--log", "log.jsonl"]
        env = {**environment(house.env), "XDG_DATA_HOME": str(folder), "XDG_CACHE_HOME": str(cache)}
        env["PYTHONFAULTHANDLER"] = "1"  # a native crash says where it was
        with (folder / "announced").open("w") as announced:
            self.process = subprocess.Popen(
                command, cwd=folder, env=env, text=True, stdin=terminal, stdout=subprocess.PIPE, stderr=announced
            )
        os.close(terminal)
        self.lines: list[Line] = []
        self._queue: queue.SimpleQueue[Line | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def until(self, wanted: str, within_s: float, times: int = 1) -> Line | None:
        """The line that holds these words for the so-manieth time from now; None where it did not come."""
        end = time.monotonic() + within_s
        while (left := end - time.monotonic()) > 0:
            try:
                line = self._queue.get(timeout=left)
            except queue.Empty:
                return None
            if line is None:
                self._queue.put(None)  # for the next who waits
                return None
            self.lines.append(line)
            times -= wanted in line.text
            if not times:
                return line
        return None

    def press(self, key: str) -> None:
        """Press a key."""
        os.write(self.keyboard, key.encode())

    def said(self, words: str) -> bool:
        """Whether a line so far holds these words."""
        return any(words in line.text for line in self.lines)

    def ended(self) -> int | None:
        """How it ended; None where it hangs at its end."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.process.wait(timeout=ENDS_S)
        return None

    def close(self) -> None:
        """End it, if it has not ended."""
        self.process.kill()
        self.process.wait()
        self._reader.join(ENDS_S)
        if self.process.stdout is not None:
            self.process.stdout.close()
        os.close(self.keyboard)

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            clock, _, text = line.rstrip().partition("  ")
            minutes, _, seconds = clock.partition(":")
            self._queue.put(Line(60 * int(minutes) + float(seconds), time.monotonic(), text.strip()))
        self._queue.put(None)
