"""The log of ten years: read, summed up and shown, as a whole process and in its parts."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.figure import Figure, Options, Taken
from tests.journal import ten_years
from voice_coach.cli.common import folders
from voice_coach.journal import load
from voice_coach.review import known, summarise
from voice_coach.review.calendar import calendar
from voice_coach.review.history import histories
from voice_coach.review.past import by_month, by_week
from voice_coach.review.streak import streak
from voice_coach.routine.library import load_library

SMALL = 20_000
SECONDS_GOAL, MEMORY_GOAL = 1.0, 200.0
COMMANDS = (
    ["log"],
    ["log", "--weeks", "12"],
    ["log", "--exercise", "chair_stand"],
    ["progress"],
    ["review", "--no-open"],
)


def measure(options: Options) -> list[Figure]:
    """Seconds and memory of the commands that look back over 200,000 lines, then of what they are made of."""
    lines = SMALL if options.smoke else ten_years.LINES
    path = options.folder / "ten_years.jsonl"
    sessions = ten_years.make(path, lines)
    how = f"{lines} lines, {sessions} sessions, {path.stat().st_size / 1e6:.0f} MB"
    # The commands come first: the memory of a process that is started counts from that of the one that starts it.
    return [
        *(figure for command in COMMANDS for figure in whole(command, path, options.times(5), how)),
        *parts(path, options.times(3)),
    ]


@dataclass(slots=True)
class Ran:
    """What runs of one command took: seconds of processor time and by the clock, megabytes at most."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    peak_mb: list[float] = field(default_factory=list)

    def run(self, command: list[str]) -> None:
        """Run once more, in a process of its own."""
        began = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.wall.append(time.perf_counter() - began)
        self.cpu.append(used.ru_utime + used.ru_stime)
        self.peak_mb.append(used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6)
        if process.returncode:
            raise AssertionError(f"{command} ended with {process.returncode}")


def whole(arguments: list[str], path: Path, times: int, how: str) -> list[Figure]:
    """A command as a person runs it, Python's own start included."""
    ran = Ran()
    for _ in range(times):
        page = ["--output", str(path.with_suffix(".html"))] if "review" in arguments else []
        ran.run([sys.executable, "-m", "voice_coach", *arguments, *page, "--log", str(path)])
    name = f"voice-coach {' '.join(arguments)}"
    clock = f"{min(ran.wall):.2f} s by the clock at best; {how}"
    return [
        Figure(name=name, values=tuple(ran.cpu), unit="s", goal=SECONDS_GOAL, digits=2, how=f"processor time; {clock}"),
        Figure(name=f"{name}, memory", values=tuple(ran.peak_mb), unit="MB", goal=MEMORY_GOAL, how="peak, all of it"),
    ]


def parts(path: Path, times: int) -> list[Figure]:
    """Processor time of reading and of each fold."""
    reading, lean, knowing, folding, summing = (Taken() for _ in range(5))
    exercises = load_library(folders()).exercises
    for _ in range(times):
        reading.run(lambda: load(path))
        lean.run(lambda: load(path, lean=True))
    short = load(path, lean=True)
    person = known(short)
    first, last = person.sessions[0].began.date(), person.sessions[-1].began.date()
    for _ in range(times):
        knowing.run(lambda: known(short))
        folding.run(
            lambda: (
                by_week(person, exercises, first, last),
                by_month(person, exercises, first, last),
                histories(person.sessions),
                calendar(person, first, last),
                streak(person, last),
            )
        )
    log = load(path)
    if log.damage:
        raise AssertionError(f"the log reads back damaged: {log.damage[0]}")
    summing.run(lambda: [summarise(session) for session in log.sessions])
    named = {
        "read every line of it": reading,
        "read what is needed to know her": lean,
        "fold that into a person": knowing,
        "all its weeks, months, movements and days": folding,
        "sum up each of its sessions": summing,
    }
    return [
        Figure(name=name, values=tuple(taken.cpu), unit="s", digits=2, how="processor time, within a process")
        for name, taken in named.items()
    ]
