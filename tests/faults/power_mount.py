"""The same on a file system of its own that is really full, or really read-only; where nothing can be mounted, not."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.cli.home import Home
from tests.faults.outcome import Outcome
from tests.faults.power import BUSY, FIRST_LINE, VICTIMS, cuts, some
from tests.faults.power_program import ASKING, LINES, NOT_ASKING, SETS, AHome, answered, lost_sets, shown_sets
from tests.faults.victim import Fate, Told
from voice_coach.errors import ExitCode
from voice_coach.journal.spare import SIZE

MB = 1 << 20
REFUSED = "Read-only file system"


def really_full(times: int, folder: Path) -> Outcome:
    """Killed when a small file system is full: from the first line on there was no room but the spare."""

    def cut(log: Path, seed: int, chance: random.Random) -> Sequence[Told]:
        filler = log.parent / "filler"
        leave(log.parent, filler, SIZE + chance.randrange(FIRST_LINE, BUSY))
        try:
            return VICTIMS.one(Fate(log=log, seed=seed, bytes=some(chance)))
        finally:
            filler.unlink()

    fault = "killed while a file system of 64 MB is really full"
    disk = folder / "small"
    with mounted(disk) as there:
        return cuts(fault, times, disk / "full", cut) if there else _not_tried(fault)


def read_only(times: int, folder: Path) -> Outcome:
    """The whole program is killed, finds its disk read-only, says so before it begins, and goes on when it is well."""
    fault = "the disk is read-only at the next start"
    finished = missing = to_go_on = gone_on = 0
    slowest = 0.0
    disk = folder / "read-only"
    with mounted(disk) as there:
        if not there:
            return _not_tried(fault)
        for number in range(times):
            home = AHome(Home(disk / f"home-{number}", folder / "cache"))
            told = shown_sets(home.run(*NOT_ASKING, lines=random.Random(number).randrange(LINES // 3, LINES)))
            done = home.logged()
            _remount(disk, "ro")
            shown = home.run(*ASKING)
            said = home.code == ExitCode.LOG and REFUSED in home.complaint and not shown
            _remount(disk, "rw")
            finished, missing = finished + told, missing + lost_sets(told, home.logged())
            if 0 < done < SETS:
                to_go_on += 1
                gone_on += said and answered(home)
                slowest = max(slowest, home.seconds)
    return Outcome(
        fault=fault,
        times=times,
        sets_finished=finished,
        sets_lost=missing,
        to_go_on=to_go_on,
        gone_on=gone_on,
        seconds=slowest,
    )


def leave(folder: Path, filler: Path, room: int) -> None:
    """Fill the file system with a file but for so many bytes, and a page at most."""
    state = os.statvfs(folder)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, state.f_bavail * state.f_bsize - room))


@contextmanager
def mounted(folder: Path) -> Iterator[bool]:
    """A small file system in memory; whether it could be had."""
    folder.mkdir()
    mount = shutil.which("mount")
    there = mount is not None and _done("mount", "-t", "tmpfs", "-o", f"size={64 * MB}", "tmpfs", str(folder))
    try:
        yield there
    finally:
        if there:
            _done("umount", "-l", str(folder))


def _remount(folder: Path, how: str) -> None:
    if not _done("mount", "-o", f"remount,{how}", str(folder)):
        raise AssertionError(f"{folder} cannot be made {how}")


def _done(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, timeout=30, check=False).returncode == 0


def _not_tried(fault: str) -> Outcome:
    return Outcome(
        fault=f"{fault} (not tried: nothing can be mounted here)",
        times=0,
        sets_finished=0,
        sets_lost=0,
        to_go_on=0,
        gone_on=0,
        seconds=0.0,
    )
