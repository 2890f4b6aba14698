"""A session in a process of its own over a sound server: its routine, its start at a terminal, and what it tells.

Every wait has an end.
"""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, TypeVar

from tests.pulse import promptly

ROOT = Path(__file__).resolve().parents[1]
END_S = 60.0
S = TypeVar("S", bound="SpokenSession")


def counting(reps: int, sets: int = 1, rest: str = "0s") -> str:
    """A routine of one exercise, at two seconds for a repetition."""
    return f"""\
title: Easy day
blocks:
  - name: Main
    items:
      - name: Knee lift
        start: Sit tall.
        cues: [Lift one knee.]
        tempo: 1-0-1
        reps: {reps}
        sets: {sets}
        rest: {rest}
"""


def environment(env: Mapping[str, str]) -> dict[str, str]:
    """For a child that runs this checkout and writes each line at once."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {**env, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line that a program wrote, and when it was read (`time.monotonic`)."""

    whole: str
    world_s: float

    @property
    def session_s(self) -> float:
        """The session time before it in a transcript."""
        minutes, _, seconds = self.whole.partition("  ")[0].partition(":")
        return 60 * int(minutes) + float(seconds)

    @property
    def text(self) -> str:
        """Without that time."""
        return self.whole.split("  ", 1)[-1].strip()


class Lines:
    """What a program writes to a stream, line by line, read by a thread."""

    def __init__(self, stream: IO[str]) -> None:
        self.all: list[Line] = []  # that somebody has waited for
        self._queue: queue.SimpleQueue[Line | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self._reader.start()

    def until(self, wanted: Callable[[str], object], within_s: float, times: int = 1) -> Line | None:
        """The so-manieth line from here on whose text is wanted; None where none came in time, or before the end."""
        end = time.monotonic() + within_s
        while (left := end - time.monotonic()) > 0:
            try:
                line = self._queue.get(timeout=left)
            except queue.Empty:
                return None
            if line is None:
                self._queue.put(None)  # for the next who waits
                return None
            self.all.append(line)
            times -= bool(wanted(line.text))
            if not times:
                return line
        return None

    def join(self) -> None:
        """Wait until the program has ended."""
        self._reader.join(END_S)

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self._queue.put(Line(line.rstrip(), time.monotonic()))
        self._queue.put(None)


class SpokenSession:
    """`voice-coach run` with the routine, at a terminal of its own, as a context manager."""

    def __init__(self, folder: Path, env: Mapping[str, str], routine: str, *arguments: str) -> None:
        (folder / "counting.yaml").write_text(routine, encoding="utf-8")
        self.announced = folder / "announced"
        self._keyboard, terminal = os.openpty()
        command = [*promptly(), sys.executable, "-m", "voice_coach", "run", "counting.yaml", "--no-check"]
        command += ["--no-questions", "--log", "log.jsonl", *arguments]
        with self.announced.open("w") as announced:
            self.process = subprocess.Popen(
                command, cwd=folder, env=environment(env), text=True, stdin=terminal, stdout=subprocess.PIPE,
                stderr=announced,
            )  # fmt: skip
        os.close(terminal)
        assert self.process.stdout is not None
        self.lines = Lines(self.process.stdout)

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self._keyboard, keys.encode())

    def __enter__(self: S) -> S:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()  # nothing happens to one that has ended
        with self.process:
            self.lines.join()
        os.close(self._keyboard)
