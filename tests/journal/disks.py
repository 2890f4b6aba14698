"""A disk for tests with levers: room that runs out, a device that fails."""

from __future__ import annotations

import errno
import os


class Disk:
    """Takes writes like `os.write` and `os.fsync`, until a lever says otherwise."""

    def __init__(self) -> None:
        self.room: int | None = None  # bytes left; None: any number
        self.broken = False  # what was written does not reach the disk
        self.writes: list[bytes] = []
        self.syncs: list[int] = []  # how many writes had been made at each

    def write(self, fd: int, data: bytes) -> int:
        if self.room == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        fits = data if self.room is None else data[: self.room]
        self.writes.append(fits)
        if self.room is not None:
            self.room -= len(fits)
        return os.write(fd, fits)

    def sync(self, fd: int) -> None:
        if self.broken:
            raise OSError(errno.EIO, "Input/output error")
        self.syncs.append(len(self.writes))
        os.fsync(fd)
