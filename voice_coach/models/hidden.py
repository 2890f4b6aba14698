"""The hidden folder beside the models, where they are made and unmade; one program at a time may work in it.

A recogniser never looks into it. What a program that was killed has left there is cleared by the next, but for the
beginnings of downloads.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voice_coach.errors import EngineError
from voice_coach.journal import lock

HIDDEN = ".unfinished"
_LOCK = "lock"


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """The hidden folder of a folder of models, made if missing and held until the block ends.

    EngineError where another program holds it; OSError where it cannot be made.
    """
    room = folder / HIDDEN
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    room.mkdir(exist_ok=True, mode=0o700)
    if room.is_symlink():
        raise EngineError(f"{room} is a link: remove it, and try again.")
    fd = os.open(room / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not lock.take(fd):
            raise EngineError(f"Another voice-coach is changing the models in {folder}: wait until it has ended.")
        for left in room.iterdir():
            if left.is_dir() and not left.is_symlink():  # half unpacked, or half removed
                shutil.rmtree(left)
        yield room
    finally:
        os.close(fd)


def to_disk(folder: Path) -> None:
    """Have a folder with all that is in it on the disk before anything relies on it; a no-op for folders on Windows."""
    for path in [*folder.rglob("*"), folder]:
        sync(path)


def sync(path: Path) -> None:
    """One file's content, or one folder's names."""
    if path.is_dir() and os.name == "nt":
        return  # folders cannot be opened there
    fd = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
