"""Opening a log for reading: what can be no log is refused before it takes all the memory."""

from __future__ import annotations

import io
from pathlib import Path

from voice_coach.errors import LogError

LONGEST = 16 << 20  # bytes of a line [P]: a plan of some hours has less than a hundredth of it
SHORTEST = 60  # bytes of a line on the average: what begins each of ours alone is longer
ODD = 1_000  # lines of any length that may be among them


def open_log(path: Path) -> LogFile:
    """The file. `LogError` where it is none, at once or when it is read; OSError where it cannot be opened."""
    if path.exists() and not path.is_file():  # a pipe would be waited for, a device has no end
        raise LogError(f"The log {path} is not a file: name a file with --log.")
    return LogFile(path)


class LogFile(io.BufferedReader):
    """The bytes of a log; `whole_lines` gives many lines at once."""

    def __init__(self, path: Path) -> None:
        super().__init__(io.FileIO(path))
        self._path = path

    def whole_lines(self, size: int) -> list[bytes]:
        """The next lines with their newlines, about `size` bytes. `LogError` where they are no lines of a log."""
        block = self.read(size)
        if block and not block.endswith(b"\n"):
            block += self.readline(LONGEST)
        if len(block) >= LONGEST:
            raise self._no_log(f"one of its lines is longer than {LONGEST >> 20} MB")
        if block.count(b"\n") > ODD + len(block) // SHORTEST:
            raise self._no_log("most of its lines are too short")
        return io.BytesIO(block).readlines()

    def _no_log(self, why: str) -> LogError:
        return LogError(f"The file {self._path} is no session log ({why}): name another with --log.")
