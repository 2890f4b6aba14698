"""The log of ten years: read, summed up and shown, as a whole process and in its parts.

The first opening reads every line and leaves an index in the cache; the next reads what was written since. The person
meets the latter: a visit leaves the index, too. The first comes after a new version, or when the cache is gone.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.figure import Figure, Options, Taken
from tests.journal import ten_years
from voice_coach import paths
from voice_coach.cli.common import folders
from voice_coach.review import opened, summarise
from voice_coach.review.calendar import calendar
from voice_coach.review.history import histories
from voice_coach.review.index import index_file
from voice_coach.review.past import by_month, by_week
from voice_coach.review.streak import streak
from voice_coach.routine.library import to_look_back

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
    """Seconds and memory of the commands that look back over 200,000 lines, opened again and for the first time.

    Then those of what they are made of.
    """
    lines = SMALL if options.smoke else ten_years.LINES
    path = options.folder / "ten_years.jsonl"
    sessions = ten_years.make(path, lines)
    how = f"{lines} lines, {sessions} sessions, {path.stat().st_size / 1e6:.0f} MB"
    index = index_file(paths.user_cache(), path)
    # The commands come first: the memory of a process that is started counts from that of the one that starts it.
    try:
        return [
            *(figure for each in COMMANDS for figure in first(each, path, options.times(3), how, index)),
            *(figure for each in COMMANDS for figure in again(each, path, options.times(5), how)),
            *parts(path, options.times(3)),
        ]
    finally:
        index.unlink(missing_ok=True)


RUN = """
import os, sys, time
began = time.perf_counter()
nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
_, status, used = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=nowhere), 0)
print([time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss, os.waitstatus_to_exitcode(status)])
"""


@dataclass(slots=True)
class Ran:
    """What runs of one command took: seconds of processor time and by the clock, megabytes at most."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    peak_mb: list[float] = field(default_factory=list)

    def run(self, command: list[str]) -> None:
        """Run once more, in a process of its own.

        Started by a small one: a process is told to have had at least the memory of the one that began it.
        """
        small = [sys.executable, "-I", "-S", "-c", RUN, *command]
        told = subprocess.run(small, stdout=subprocess.PIPE, check=True).stdout
        wall, cpu, memory, code = json.loads(told)
        self.wall.append(wall)
        self.cpu.append(cpu)
        self.peak_mb.append(memory * (1 if sys.platform == "darwin" else 1024) / 1e6)
        if code:
            raise AssertionError(f"{command} ended with {code}")


def first(arguments: list[str], path: Path, times: int, how: str, index: Path) -> list[Figure]:
    """A command while there is no index. No goal was set for its seconds."""
    ran = Ran()
    for _ in range(times):
        index.unlink(missing_ok=True)
        ran.run(_command(arguments, path))
    if index.stat().st_size == 0:
        raise AssertionError("the first opening left no index")
    return _figures(f"voice-coach {' '.join(arguments)}, first opening", ran, how, None)


def again(arguments: list[str], path: Path, times: int, how: str) -> list[Figure]:
    """The same when the log has been opened before."""
    ran = Ran()
    for _ in range(times):
        ran.run(_command(arguments, path))
    return _figures(f"voice-coach {' '.join(arguments)}", ran, f"opened before; {how}", SECONDS_GOAL)


def _command(arguments: list[str], path: Path) -> list[str]:
    """As a person runs it, Python's own start included."""
    page = ["--output", str(path.with_suffix(".html"))] if "review" in arguments else []
    return [sys.executable, "-m", "voice_coach", *arguments, *page, "--log", str(path)]


def _figures(name: str, ran: Ran, how: str, goal: float | None) -> list[Figure]:
    clock = f"{min(ran.wall):.2f} s by the clock at best; {how}"
    return [
        Figure(name=name, values=tuple(ran.cpu), unit="s", goal=goal, digits=2, how=f"processor time; {clock}"),
        Figure(name=f"{name}, memory", values=tuple(ran.peak_mb), unit="MB", goal=MEMORY_GOAL, how="peak, all of it"),
    ]


def parts(path: Path, times: int) -> list[Figure]:
    """Processor time of reading and of each fold."""
    anew, remembered, library, folding, summing = (Taken() for _ in range(5))
    cache = path.parent / "cache"
    for _ in range(times):
        anew.run(lambda: opened(path, None))
    book = opened(path, cache)
    person, exercises = book.person, to_look_back(folders())
    begin, last = person.sessions[0].began.date(), person.sessions[-1].began.date()
    for _ in range(times):
        remembered.run(lambda: opened(path, cache))
        library.run(lambda: to_look_back(folders()))
        folding.run(
            lambda: (
                by_week(person, exercises, begin, last),
                by_month(person, exercises, begin, last),
                histories(person.sessions),
                calendar(person, begin, last),
                streak(person, last),
            )
        )
    if opened(path, cache) != book:
        raise AssertionError("what the index tells is not what the log tells")
    if book.log.damage:
        raise AssertionError(f"the log reads back damaged: {book.log.damage[0]}")
    summing.run(lambda: [summarise(session) for session in book.log.sessions])
    named = {
        "read every line, and know her": anew,
        "know her with the index": remembered,
        "read the exercises to look back": library,
        "all its weeks, months, movements and days": folding,
        "read each of its sessions and sum it up": summing,
    }
    return [
        Figure(name=name, values=tuple(taken.cpu), unit="s", digits=2, how="processor time, within a process")
        for name, taken in named.items()
    ]
