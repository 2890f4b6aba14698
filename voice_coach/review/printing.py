"""Tables and sentences in a terminal. What came from a log is shown as it is: it can neither style nor steer them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from voice_coach.review.words import clean

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


def joined(parts: Iterable[str]) -> str:
    """Parts one after the other, with commas."""
    return ", ".join(parts)


def sheet(*headings: str, right: bool = False) -> Table:
    """A plain table without lines; with `right` all columns but the first are figures."""
    from rich import box
    from rich.table import Table

    table = Table(*headings, box=box.SIMPLE, pad_edge=False, show_edge=False)
    for index, column in enumerate(table.columns):
        column.overflow = "fold"
        column.justify = "right" if right and index else "left"
    return table


def entry(table: Table, *cells: str) -> None:
    """One more row."""
    from rich.text import Text

    table.add_row(*(Text(clean(cell)) for cell in cells))  # a Text is shown as it is: no markup in it


def tell(console: Console, text: str, style: str = "") -> None:
    """A sentence of its own."""
    from rich.text import Text

    console.print(Text(clean(text), style=style))
