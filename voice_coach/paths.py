"""Where things lie: what travels with the program, and what belongs to the person."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import platformdirs

APP = "voice-coach"
_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """A folder that travels in the wheel ("routines" or "models"); in a checkout it lies beside the package."""
    inside = _PACKAGE / "_data" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def user_data() -> Path:
    """The person's own folder: `log.jsonl`, `routines/`, `models/`. Not created here."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def user_cache() -> Path:
    """Spoken sentences and the log's index: what can be made again at any time."""
    return Path(platformdirs.user_cache_dir(APP, appauthor=False))


def keep_private() -> list[str]:
    """Let nobody but the person read what this process and its children write from now on; what was changed for that.

    Folders of ours that others could read, made by an earlier version or by hand, are closed, and with them all that
    lies in them. Windows knows no such rights: there a person's profile is closed to others by the rules of its folder.
    """
    os.umask(os.umask(0o077) | 0o077)
    return [
        f"{folder} could be read by others on this computer; from now on only by you."
        for folder in (user_data(), user_cache())
        if _closed(folder)
    ]


def _closed(folder: Path) -> bool:
    """Whether others had rights and have none now. Where a disk knows no rights, nothing can be changed."""
    if sys.platform == "win32":
        return False
    try:
        found = folder.stat()
        if found.st_uid != os.getuid() or not found.st_mode & 0o077:
            return False
        folder.chmod(stat.S_IMODE(found.st_mode) & 0o700)
        return not folder.stat().st_mode & 0o077
    except OSError:  # it is not there yet, or is not ours to change: whoever writes there will hear of it
        return False
