"""Room on the disk that is kept for the session that is being written, for when the disk gets full.

A set that waits in memory for room is lost with a power cut. So a hidden file beside the log holds some room while a
session is written, and is given up when the disk has no other. Only who holds the log's lock touches it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

SIZE = 262_144  # bytes [P]


def spare_of(log: Path) -> Path:
    """The file beside a log, on its file system also where the log is a link."""
    real = log.resolve()
    return real.with_name(f".{real.name}.spare")


def keep(log: Path) -> None:
    """Put room aside, where there is any: a disk that has none must not keep her from training."""
    path = spare_of(log)
    with suppress(OSError):
        if path.is_file() and path.stat().st_size == SIZE:
            return  # from a session that broke off
        path.unlink(missing_ok=True)
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(fd, "wb") as file:
            file.write(os.urandom(SIZE))  # some file systems take no room for what can be packed


def give_up(log: Path) -> bool:
    """Give the room back; whether there was any."""
    try:
        spare_of(log).unlink()
    except OSError:
        return False
    return True
