"""Writing a page where it can be found: in the place of an earlier one, and of nobody else's file."""

from __future__ import annotations

from pathlib import Path

from voice_coach.page.html import GENERATOR
from voice_coach.whole_file import write_whole

_MARKS = (f'<meta name="generator" content="{GENERATOR}'.encode(), f"/Producer ({GENERATOR})".encode())
_LOOK = 10_000_000  # bytes of a file that are looked through for the mark


def write_page(path: Path, data: bytes, *, force: bool) -> None:
    """Write it. CoachError where that cannot be, or, without `force`, where a file is there that is no page of ours."""
    if not path.parent.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(path, data, force=force, ours=_is_ours)


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(_LOOK)
    return not start or any(mark in start for mark in _MARKS)
