"""Bars of block characters, for figures that stand beside them. Where the terminal knows none they are of "#"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_EIGHTHS = " ▏▎▍▌▋▊▉█"
FULL, PLAIN = "█", "#"


def bars(values: Sequence[float], width: int, *, plain: bool) -> list[str]:
    """A bar for each value, the largest of which is so many characters wide. Whatever is above nought can be seen."""
    most = max(values, default=0)
    return [_bar(value / most, width, plain=plain) if most > 0 and value > 0 else "" for value in values]


def is_plain(console: Console) -> bool:
    """Whether it cannot print block characters."""
    return console.options.ascii_only


def _bar(share: float, width: int, *, plain: bool) -> str:
    if plain:
        return PLAIN * max(1, round(share * width))
    whole, eighths = divmod(max(1, round(share * width * 8)), 8)
    return FULL * whole + (_EIGHTHS[eighths] if eighths else "")
