"""A session in a process of its own that dies in the middle; `Victims` starts them, one after the other, in no time.

It begins the small routine, or goes on with what is left where the log holds a session that was broken off. A `Fate`
says what its disk is like and when it is killed. Each set is told as soon as the coach would have gone on to what
follows it, with whether the log has it by then.
"""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple, Protocol

from tests.journal.logs import BEGAN, NAMES, SETUP, Watched, sets_of
from tests.sessions import command, small_plan
from voice_coach.journal import Journal, load
from voice_coach.journal.spare import spare_of
from voice_coach.review.broken_off import broken_off
from voice_coach.review.known import known
from voice_coach.session.events import Effect, Event, Intent, Start

WISHES = (
    *(Intent.EASIER, Intent.HARDER, Intent.SLOWER, Intent.PAUSE, Intent.RESUME, Intent.SKIP, Intent.BACK),
    *(Intent.MORE_REST, Intent.HOW_LONG, Intent.REPEAT, Intent.DONE),
)
LONGEST = 1_800_000
TIME_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What becomes of a victim. It ends by itself where nothing is said."""

    log: Path
    seed: int
    bytes: int | None = None  # the process is killed when it has handed over so many, also inside of a write
    at_sync: bool = False  # or only when it next waits for the disk
    after: tuple[int, float] | None = None  # it is killed from outside, so many seconds behind so many sets
    slow_s: float = 0.0  # how long the disk takes for half of a write, and to write it back
    size: int | None = None  # of the file system, with nothing on it but the log and its spare
    read_only: tuple[int, int] = (0, 0)  # from which write to which one nothing may be written


class Told(NamedTuple):
    """A set that was finished, and whether all so far was on the disk by then."""

    name: str
    kept: bool


class ADisk(Protocol):
    """Takes writes like `os.write` and `os.fsync`; `gone` with the power it had."""

    gone: bool

    def write(self, fd: int, data: bytes) -> int:
        """The bytes that were taken."""
        ...

    def sync(self, fd: int) -> None:
        """Wait for the disk."""
        ...


class DeadlyDisk:
    """Writes as `os.write` and `os.fsync` do, on a disk as bad as the fate has it."""

    def __init__(self, fate: Fate) -> None:
        self.gone = False
        self._fate = fate
        self._left = fate.bytes
        self._writes = 0

    def write(self, fd: int, data: bytes) -> int:
        """The bytes that were taken; the process may not live to hear it."""
        self._writes += 1
        if self._left is not None:
            if self._left <= len(data) and not self._fate.at_sync:
                self._take(fd, data[: self._left])
                os.kill(os.getpid(), signal.SIGKILL)
            self._left -= len(data)
        return self._take(fd, data)

    def sync(self, fd: int) -> None:
        """Wait for the disk, if it comes to that."""
        if self._left is not None and self._left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(self._fate.slow_s)
        os.fsync(fd)

    def _take(self, fd: int, data: bytes) -> int:
        first, last = self._fate.read_only
        if first <= self._writes < last:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        if self._fate.size is not None:
            spare = spare_of(self._fate.log)
            used = os.fstat(fd).st_size + (spare.stat().st_size if spare.exists() else 0)
            data = data[: max(0, self._fate.size - used)]
            if not data:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if not self._fate.slow_s:
            return os.write(fd, data)
        half = os.write(fd, data[: len(data) // 2])
        time.sleep(self._fate.slow_s)
        return half + os.write(fd, data[half:])


def wishes(seed: int) -> list[Event]:
    """Ten commands at any time of the session."""
    chance = random.Random(seed)
    return sorted(
        (command(chance.randrange(600_000), chance.choice(WISHES)) for _ in range(10)), key=lambda one: one.at
    )


def live(fate: Fate, to: Connection) -> None:
    """What a process does that is not killed."""
    act(fate.log, fate.seed, DeadlyDisk(fate), to.send)


def act(path: Path, seed: int, disk: ADisk, told: Callable[[Told], None]) -> None:
    """Begin or go on, and tell what was finished; until the end, or until the disk is gone."""
    log = load(path, lean=True) if path.exists() and path.stat().st_size else None
    found = broken_off(log, known(log), BEGAN) if log else None
    plan = found.left if found else small_plan()
    setup = replace(SETUP, mode="run", resumes=found.session if found else "")
    name = f"session-{len(log.sessions) if log else 0}"
    with Journal.open(path, name, lambda: BEGAN, write=disk.write, sync=disk.sync) as journal:
        journal.start(plan, setup)
        watched = Watched(journal, plan)

        def tell(effects: Iterable[Effect]) -> None:
            for each in sets_of(effects):
                told(Told(json.dumps([each.data[name] for name in NAMES]), not journal.behind))

        tell(watched.receive(Start(at=0)))
        waiting = wishes(seed)
        while not watched.session.over and not disk.gone:
            end = watched.session.state.now + 1_000
            while waiting and waiting[0].at <= end:
                tell(watched.receive(waiting.pop(0)))
            if watched.session.standing and (not waiting or end > LONGEST):
                tell(watched.receive(command(end, Intent.RESUME)))
            elif end > LONGEST:  # a set at her own pace waits for her
                tell(watched.receive(command(end, Intent.DONE)))
            tell(watched.advance(end))


class Victims:
    """Lets victims live and die. They are forked from a process that has read all modules once.

    One that tells nothing for `patience_s`, or does not end within it, hangs.
    """

    def __init__(self, patience_s: float = TIME_S) -> None:
        self._patience_s = patience_s
        self._processes = multiprocessing.get_context("forkserver")
        self._processes.set_forkserver_preload([__name__, "voice_coach.replay", "pytest"])

    def one(self, fate: Fate) -> Sequence[Told]:
        """One of them: the sets it told. AssertionError where it came to an end that nobody meant."""
        ours, theirs = self._processes.Pipe(duplex=False)
        victim = self._processes.Process(target=live, args=(fate, theirs), daemon=True)
        victim.start()
        theirs.close()
        sets, seconds = fate.after or (None, 0.0)
        with ours:
            try:
                told = list(islice(self._all(ours), sets))
                victim.join(seconds if fate.after else self._patience_s)
                if not fate.after and victim.is_alive():
                    raise TimeoutError
            except TimeoutError:
                raise AssertionError(f"{fate} hangs") from None
            finally:
                victim.kill()
                victim.join(TIME_S)
            told += self._all(ours)
        meant = (0,) if fate.bytes is None and fate.after is None else (0, -signal.SIGKILL)
        if victim.exitcode not in meant:
            raise AssertionError(f"{fate} ended with {victim.exitcode}")
        return told

    def _all(self, connection: Connection) -> Iterable[Told]:
        """What comes until the other end is closed; TimeoutError where nothing does for too long."""
        while connection.poll(self._patience_s):
            try:
                yield connection.recv()
            except (EOFError, ConnectionResetError):
                return
        raise TimeoutError
