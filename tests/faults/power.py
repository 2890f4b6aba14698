"""A power cut: the process is killed at any moment, on disks of every kind, again and again, and then left to end.

What was told before the kill is compared with what the log holds. The next start has to find what is left, and to
come to the end of it.
"""

from __future__ import annotations

import errno
import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from tests.faults.outcome import Outcome
from tests.faults.victim import Fate, Told, Victims, act
from tests.journal.logs import BEGAN, NAMES, logged_sets
from tests.sessions import small_plan
from voice_coach.errors import LogError
from voice_coach.journal import Log, load
from voice_coach.journal.spare import SIZE
from voice_coach.replay import replay
from voice_coach.review.broken_off import broken_off
from voice_coach.review.known import known
from voice_coach.session.plan import Phase

Cut: TypeAlias = "Callable[[Path, int, random.Random], Sequence[Told]]"  # one session with this seed, and what it told

LENGTH = 40_000  # bytes: a session writes about so many, and any of them may be the last
BUSY = 15_000  # most sets are finished by then; what follows is waiting for her
AGAIN = 3  # of ten sessions so many are struck a second time
AT_SYNC = 0.3  # of those that die at a byte: rather when they wait for the disk
FIRST_LINE = 8_000  # bytes: less is no session, which is said before it begins
SLOW_S = 0.003  # a disk that takes so long for each half of a write
BETWEEN_S = 0.1  # and a session on it about so long from set to set
VICTIMS = Victims()
PLANNED = {
    json.dumps([each.block, each.item.exercise.id, each.round, each.number, each.side and each.side.value])
    for each in (segment.set for segment in small_plan().segments if segment.phase is Phase.WORK)
}


def power_cuts(times: int, folder: Path) -> Outcome:
    """Killed inside of a write, or between a write and the wait for the disk."""

    def cut(log: Path, seed: int, chance: random.Random) -> Sequence[Told]:
        return VICTIMS.one(Fate(log=log, seed=seed, bytes=some(chance), at_sync=chance.random() < AT_SYNC))

    return cuts("killed at any byte of the log", times, folder / "bytes", cut)


def on_slow_disks(times: int, folder: Path) -> Outcome:
    """Killed from outside, at any moment of a session whose disk takes its time."""

    def cut(log: Path, seed: int, chance: random.Random) -> Sequence[Told]:
        return VICTIMS.one(
            Fate(log=log, seed=seed, slow_s=SLOW_S, after=(chance.randrange(6), chance.uniform(0.0, BETWEEN_S)))
        )

    return cuts("killed at any moment, the disk is slow", times, folder / "slow", cut)


def on_full_disks(times: int, folder: Path) -> Outcome:
    """Killed while the disk is full; from the first moment there was room for the beginning and its spare alone."""

    def cut(log: Path, seed: int, chance: random.Random) -> Sequence[Told]:
        size = _size(log) + SIZE + chance.randrange(FIRST_LINE, BUSY)
        return VICTIMS.one(Fate(log=log, seed=seed, bytes=some(chance), size=size))

    return cuts("killed while the disk is full", times, folder / "full", cut)


def on_read_only_disks(times: int, folder: Path) -> Outcome:
    """Killed while the disk refuses all writes, or after it took them again. No log has what no disk took."""

    def cut(log: Path, seed: int, chance: random.Random) -> Sequence[Told]:
        first = chance.randrange(2, 40)  # the first write is the beginning of the session
        span = (first, first + chance.randrange(1, 60))
        return VICTIMS.one(Fate(log=log, seed=seed, bytes=some(chance), read_only=span))

    return cuts("killed, the disk is read-only for a while", times, folder / "read-only", cut)


def without_power(times: int, folder: Path) -> Outcome:
    """Not the process dies but the machine: what was not synced is lost, in part, or reads as noughts."""

    def cut(log: Path, seed: int, chance: random.Random) -> Sequence[Told]:
        told: list[Told] = []
        disk = Forgetful(_size(log), some(chance))
        with suppress(LogError):  # the power went before it had begun
            act(log, seed, disk, lambda one: told.append(one) if not disk.gone else None)
        if disk.gone:
            disk.forget(log, chance)
        return told

    return cuts("the machine loses its power", times, folder / "machine", cut)


class Forgetful:
    """A disk that keeps in memory what no sync has asked for; after so many bytes its power is gone."""

    def __init__(self, safe: int, left: int) -> None:
        self.gone = False
        self._safe, self._left = safe, left

    def write(self, fd: int, data: bytes) -> int:
        """Taken into memory."""
        self._left -= len(data)
        self.gone = self.gone or self._left <= 0
        if self.gone:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return os.write(fd, data)

    def sync(self, fd: int) -> None:
        """Brought to the disk."""
        if self.gone:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        self._safe = os.fstat(fd).st_size

    def forget(self, log: Path, chance: random.Random) -> None:
        """What is found when the power is back."""
        data = log.read_bytes()
        stays = chance.randint(self._safe, len(data))
        noughts = len(data) - stays if chance.random() < 0.5 else 0
        log.write_bytes(data[:stays] + bytes(noughts))


def some(chance: random.Random) -> int:
    return chance.randrange(chance.choice((BUSY, BUSY, LENGTH)))


def _size(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def cuts(fault: str, times: int, folder: Path, cut: Cut) -> Outcome:
    """Kill so many sessions, each once or twice, and let those that have something left come to their end."""
    folder.mkdir()
    finished = refused = lost = to_go_on = gone_on = 0
    slowest = 0.0
    for seed in range(times):
        path = folder / f"{seed}.jsonl"
        chance = random.Random(seed)
        kept: Counter[str] = Counter()
        kills = 1 + (chance.randrange(10) < AGAIN)
        for _ in range(kills):
            told = cut(path, seed, chance)
            kept += Counter(each.name for each in _on_disk(told))
            refused += len(told) - len(_on_disk(told))
        finished += kept.total()
        if not path.exists():  # killed before it had begun; what it told all the same is lost
            lost += kept.total()
            continue
        began = time.perf_counter()
        log = load(path, lean=True)
        found = broken_off(log, known(log), BEGAN)
        slowest = max(slowest, time.perf_counter() - began)
        lost += (kept - _logged(log)).total()
        if _broken(log):
            to_go_on += 1
            VICTIMS.one(Fate(log=path, seed=seed))
            gone_on += found is not None and _whole(load(path), kills)
    return Outcome(
        fault=fault + (f" ({refused} more sets ended while nothing could be written)" if refused else ""),
        times=times,
        sets_finished=finished,
        sets_lost=lost,
        to_go_on=to_go_on,
        gone_on=gone_on,
        seconds=slowest,
    )


def _on_disk(told: Iterable[Told]) -> list[Told]:
    """Those up to the last one behind which nothing was waiting."""
    found = list(told)
    while found and not found[-1].kept:
        found.pop()
    return found


def _logged(log: Log) -> Counter[str]:
    """The sets in a log, as the victim tells them."""
    return Counter(json.dumps([each[name] for name in NAMES]) for each in logged_sets(*log.sessions))


def _broken(log: Log) -> bool:
    """Whether the session that was struck last had a set that was more than skipped, and something is left of it."""
    if not log.sessions or log.sessions[-1].end or set(_logged(log)) >= PLANNED:
        return False
    return any(not each["skipped"] for each in logged_sets(log.sessions[-1]))


def _whole(log: Log, kills: int) -> bool:
    """Whether every set of the plan is in the log, no more is torn than a line a kill, and the end replays."""
    last = log.sessions[-1]
    return set(_logged(log)) >= PLANNED and last.end is not None and replay(last).same and len(log.damage) <= kills
