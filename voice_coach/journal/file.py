"""The log as a file that only grows: opened for one writer, appended to line by line, harmed by nothing that fails."""

from __future__ import annotations

import errno
import os
import stat
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from voice_coach.errors import LogError
from voice_coach.journal import lock, spare

Write = Callable[[int, bytes], int]  # like `os.write`: may take less than it is given
Sync = Callable[[int], None]  # like `os.fsync`

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
ELSEWHERE = "or name another file with --log"


class AppendOnly:
    """A file that is open for appending and locked against a second writer.

    Every failure is a `LogError` that says what to do. A line that cannot be written waits, and those after it wait
    behind it: lines that come after a lost one would tell a false story. When the disk says that it lost something,
    nothing is written any more.
    """

    def __init__(self, path: Path, *, write: Write = os.write, sync: Sync = os.fsync) -> None:
        self.path = path
        self._write = write
        self._sync = sync
        self._failed: LogError | None = None
        self._waiting: deque[bytes] = deque()
        self._fd = _open(path)
        self._torn = _ends_torn(self._fd)
        self._spares = False

    @property
    def behind(self) -> bool:
        """Whether lines are waiting that could not be written so far."""
        return bool(self._waiting)

    def keep_room(self) -> None:
        """Put room aside for the lines to come, until it is closed (`spare`)."""
        self._spares = True
        spare.keep(self.path)

    def add(self, line: bytes) -> None:
        """Put one whole line (without its newline) behind those that wait to be written."""
        self._waiting.append(line)

    def flush(self) -> None:
        """Write what waits, each line in one write; one that fails leaves the file as it was, and goes on waiting."""
        if self._failed:
            raise self._failed
        while self._waiting:
            self._append(self._waiting[0])
            self._waiting.popleft()

    def _append(self, line: bytes) -> None:
        # What a crash left without a newline stays a line of its own.
        data = (b"\n" if self._torn else b"") + line + b"\n"
        before = os.fstat(self._fd).st_size
        try:
            written = self._write(self._fd, data)
            if written < len(data):  # the rest is tried so that the system says what is wrong
                written += self._write(self._fd, data[written:])
            if written < len(data):
                raise OSError(0, "only a part of a line was taken")
        except OSError as error:
            with suppress(OSError):  # if the piece stays, the next session puts its newline behind it
                os.ftruncate(self._fd, before)
            if not (error.errno in _FULL and self._spares and spare.give_up(self.path)):
                raise self._cannot(error) from None
            self._append(line)
        self._torn = False

    def sync(self) -> None:
        """Write what waits, and wait until everything is on the disk."""
        self.flush()
        try:
            self._sync(self._fd)
        except OSError as error:
            self._failed = self._cannot(error)
            raise self._failed from None

    def forget(self) -> None:
        """Give up what waits."""
        self._waiting.clear()

    def close(self) -> None:
        """Try once more to write what waits, and give the file and its lock back. May be called again."""
        if self._fd >= 0:
            if self._waiting:
                with suppress(LogError):  # it was raised when it came
                    self.sync()
            if self._spares:
                spare.give_up(self.path)
            os.close(self._fd)
            self._fd = -1
            self._failed = self._failed or LogError(f"The log {self.path} is closed.")

    def _cannot(self, error: OSError) -> LogError:
        return LogError(
            f"The log {self.path} cannot be written ({error.strerror or error}); what it holds is unharmed:"
            f" make room on the disk {ELSEWHERE}."
        )


def _open(path: Path) -> int:
    fd = -1
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            raise LogError(f"The log {path} is not a file: name a file with --log.")
        fresh = not path.exists()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fd = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        free = lock.take(fd)
        if fresh:
            _sync_folder(path.parent)
    except OSError as error:
        if fd >= 0:
            os.close(fd)
        raise LogError(
            f"The log {path} cannot be opened ({error.strerror or error}): make it writable {ELSEWHERE}."
        ) from None
    if not free:
        os.close(fd)
        raise LogError(f"Another session is writing the log {path}: end that one first {ELSEWHERE}.")
    return fd


def _sync_folder(folder: Path) -> None:
    """Let the new file's name reach the disk too. Windows cannot open folders and needs it not."""
    if hasattr(os, "O_DIRECTORY"):
        fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def _ends_torn(fd: int) -> bool:
    if os.fstat(fd).st_size == 0:
        return False
    os.lseek(fd, -1, os.SEEK_END)
    return os.read(fd, 1) != b"\n"
