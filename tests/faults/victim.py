"""A session in a process of its own that dies in the middle: `python -m tests.faults.victim LOG SEED BYTES`.

It begins the small routine, or goes on with what is left where the log holds a session that was broken off. After
writing BYTES bytes, also in the middle of a line, it is killed; below 0 it comes to its end. Each set is printed as
soon as the coach would have gone on to what follows it.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tests.journal.logs import BEGAN, SETUP, Watched
from tests.sessions import command, small_plan
from voice_coach.journal import Journal, load
from voice_coach.review.broken_off import broken_off
from voice_coach.review.known import known
from voice_coach.session.events import Effect, Event, Intent, Record, Start

WISHES = (
    *(Intent.EASIER, Intent.HARDER, Intent.SLOWER, Intent.PAUSE, Intent.RESUME, Intent.SKIP, Intent.BACK),
    *(Intent.MORE_REST, Intent.HOW_LONG, Intent.REPEAT, Intent.DONE),
)
LONGEST = 1_800_000
NAMES = ("block", "exercise", "round", "set", "side")


class Deadly:
    """Writes as `os.write` does until so many bytes are written; then the process is killed."""

    def __init__(self, room: int) -> None:
        self._room = room

    def __call__(self, fd: int, data: bytes) -> int:
        if 0 <= self._room <= len(data):
            os.write(fd, data[: self._room])
            os.kill(os.getpid(), signal.SIGKILL)
        self._room -= len(data)
        return os.write(fd, data)


def wishes(seed: int) -> list[Event]:
    """Ten commands at any time of the session."""
    chance = random.Random(seed)
    return sorted(
        (command(chance.randrange(600_000), chance.choice(WISHES)) for _ in range(10)), key=lambda one: one.at
    )


def main(path: Path, seed: int, room: int) -> None:
    """Begin or go on, and print what was finished."""
    log = load(path, lean=True) if path.exists() else None
    found = broken_off(log, known(log), BEGAN) if log else None
    plan = found.left if found else small_plan()
    setup = replace(SETUP, mode="run", resumes=found.session if found else "")
    name = f"session-{len(log.sessions) if log else 0}"
    with Journal.open(path, name, lambda: BEGAN, write=Deadly(room)) as journal:
        journal.start(plan, setup)
        watched = Watched(journal, plan)
        tell(watched.receive(Start(at=0)))
        waiting = wishes(seed)
        while not watched.session.over:
            end = watched.session.state.now + 1_000
            while waiting and waiting[0].at <= end:
                tell(watched.receive(waiting.pop(0)))
            if watched.session.standing and (not waiting or end > LONGEST):
                tell(watched.receive(command(end, Intent.RESUME)))
            elif end > LONGEST:  # a set at her own pace waits for her
                tell(watched.receive(command(end, Intent.DONE)))
            tell(watched.advance(end))


def tell(effects: Iterable[Effect]) -> None:
    """Print the sets among what came out of the session; they are in the log by now."""
    for effect in effects:
        if isinstance(effect, Record) and effect.kind == "set":
            print(json.dumps([effect.data[name] for name in NAMES]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
