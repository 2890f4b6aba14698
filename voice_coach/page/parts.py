"""The parts that every page is made of: sections, tables, figures with the same in a table, days in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from voice_coach.page.html import Child, Html, tag
from voice_coach.routine.model import Ms

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NONE = "–"
Cell: TypeAlias = "str | Html | int | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under their heads; the first cell of a row names it. `figures` are the columns that stand on the right."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    figures: frozenset[int] = frozenset()


def table(of: Table) -> Html:
    """A table that scrolls on its own where it is too wide for the page."""
    heads = [tag("th", head, scope="col", class_=_side(of, index)) for index, head in enumerate(of.heads)]
    rows = (tag("tr", [_cell(of, index, cell) for index, cell in enumerate(row)]) for row in of.rows)
    inner = tag("table", tag("caption", of.caption), tag("thead", tag("tr", heads)), tag("tbody", rows))
    return tag("div", inner, class_="scrolls", role="region", aria_label=of.caption, tabindex="0")


def _cell(of: Table, index: int, cell: Cell) -> Html:
    shown: Child = NONE if cell is None or cell == "" else cell if isinstance(cell, str) else f"{cell:,}"
    if index == 0:
        return tag("th", shown, scope="row")
    return tag("td", shown, class_=_side(of, index))


def _side(of: Table, index: int) -> str | None:
    return "figure" if index in of.figures else None


def figure(drawing: Html, caption: str, same: Table, note: str = "") -> Html:
    """A drawing with what it says in words, and the same as a table for whoever would rather read it."""
    words = tag("figcaption", tag("strong", caption), tag("span", note) if note else None)
    return tag("figure", words, drawing, details("The same as a table", table(same)))


def details(summary: str, *inside: Child, open_: bool = False) -> Html:
    """Something to be opened; on paper it stays closed."""
    return tag("details", tag("summary", summary), *inside, open=open_)


def section(name: str, title: str, *inside: Child) -> Html:
    """A part of the page with its heading."""
    return tag("section", tag("h2", title, id=f"{name}-title"), *inside, id=name, aria_labelledby=f"{name}-title")


def paragraph(*words: Child, class_: str | None = None) -> Html:
    """Some words."""
    return tag("p", *words, class_=class_)


def listed(items: Iterable[Child]) -> Html:
    """Points, one under the other."""
    return tag("ul", (tag("li", item) for item in items))


def day_words(day: date, *, year: bool = False) -> str:
    """ "7 Sep", or "7 Sep 2026"; the same wherever the computer stands."""
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def month_words(day: date) -> str:
    """ "Sep 2026"."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def minutes(ms: Ms) -> int:
    """Whole minutes; what is not nothing is at least one."""
    return max(1, round(ms / 60_000)) if ms > 0 else 0


def many(count: int, one: str, more: str = "") -> str:
    """ "1 session", "2 sessions"."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def times(count: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def mean(values: Sequence[int | float]) -> float | None:
    """None of nothing."""
    return sum(values) / len(values) if values else None


def tenth(value: float | None) -> str:
    """ "6.5", "7", or nothing at all."""
    return NONE if value is None else f"{value:.1f}".removesuffix(".0")
