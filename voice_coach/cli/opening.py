"""The log as the commands open it, with what the cache remembers of it."""

from __future__ import annotations

from pathlib import Path

from voice_coach import paths, review
from voice_coach.person.model import Person


def open_log(path: Path) -> review.Opened:
    """The log at `path`. Raises `LogError` where there is none, or it cannot be read."""
    return review.opened(path, paths.user_cache())


def known_at(path: Path) -> Person:
    """What the log at `path` tells; somebody nothing is known of where there is none yet. LogError if unreadable."""
    return review.known_at(path, paths.user_cache())
