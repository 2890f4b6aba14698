"""Where things lie: what travels with the program, and what belongs to the person."""

from __future__ import annotations

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
    """Spoken prompts that can be made again at any time."""
    return Path(platformdirs.user_cache_dir(APP, appauthor=False))
