"""A file that is written whole or not at all, for its owner alone, and never over another without being told."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from voice_coach.errors import CoachError


def _nothing(_path: Path) -> bool:
    return False


def write_whole(path: Path, data: bytes, *, force: bool = False, ours: Callable[[Path], bool] = _nothing) -> None:
    """Write a file; with `force` in the place of another, and without it only of one that is `ours`.

    Raises `CoachError` with what to do. What is no file at all, a device say, is never replaced.
    """
    half = ""
    try:
        if path.exists() and not path.is_file():
            raise CoachError(f"{path} is {'a folder' if path.is_dir() else 'no file'}: name a file with --output.")
        if path.exists() and not force and not ours(path):
            raise CoachError(f"{path} exists already: name another file, or add --force to write it anew.")
        fd, half = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(fd, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(half).replace(path)
    except OSError as error:
        if half:
            with suppress(OSError):
                Path(half).unlink()
        raise CoachError(f"{path} cannot be written ({error.strerror or error}): name another with --output.") from None
