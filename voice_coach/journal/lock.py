"""The right to write a log: held by one session, given back when its file is closed or its process ends."""

from __future__ import annotations

import errno
import os
from importlib import import_module

# Windows locks are binding for readers too, so the byte that is locked lies where no log ever reaches. Locking beyond
# the end of a file is allowed there; the offset must fit in 31 bits.
FAR_AWAY = 0x7FFF_0000
_BUSY = (errno.EWOULDBLOCK, errno.EACCES)


def take(fd: int) -> bool:
    """Lock the open file `fd` without waiting; False when another session holds it.

    Raises `OSError` where the file cannot be locked at all (some network file systems).
    """
    try:
        _lock(fd)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        raise
    return True


def _lock(fd: int) -> None:
    try:
        fcntl = import_module("fcntl")
    except ImportError:  # Windows
        msvcrt = import_module("msvcrt")
        os.lseek(fd, FAR_AWAY, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
