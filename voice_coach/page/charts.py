"""Charts as SVG: bars, and lines one above the other. Colours are the style sheet's; nothing is told by colour alone.

Drawn by hand, since no library gave what these pages promise. Measured for twelve charts of twelve weeks: matplotlib
0.8 s to import and 0.8 s to draw; pygal 0.10 s and 0.15 s, but 17 kB each with a style sheet of its own inside, which
our policy refuses, in fixed colours that know no dark page; neither names its drawings for a screen reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from voice_coach.page.html import Html, tag
from voice_coach.page.parts import day_words

WIDTH = 360  # units of all drawings; as wide as a small telephone, so that letters stay readable there
LEFT, RIGHT = 40, 350
_TOP, _PANEL, _GAP, _FOOT = 22, 92, 30, 24
_BARS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One of a row; without a value there is nothing to be drawn."""

    label: str
    value: float | None
    shown: str = ""  # over the bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One value on a day. `way` is above 0 for something harder than written, below 0 for something easier."""

    day: date
    value: float
    way: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One or two lines over the same days and figures; a second one is dashed, with squares."""

    label: str
    series: Sequence[Sequence[Mark]]
    least: float | None = None  # where the scale begins and ends; None: where the values do
    most: float | None = None


def drawing(name: str, title: str, told: str, height: float, *parts: Html) -> Html:
    """An SVG that says what it shows."""
    return tag(
        "svg",
        tag("title", title, id=f"{name}-what"),
        tag("desc", told, id=f"{name}-told"),
        *parts,
        viewBox=f"0 0 {WIDTH} {height:g}",
        role="img",
        aria_labelledby=f"{name}-what {name}-told",
    )


def bars(name: str, title: str, told: str, row: Sequence[Bar], *, labelled: int = 4, most: float = 0) -> Html:
    """Bars over a base line, the tallest `most` or more; `labelled` of them, evenly, have their label under them."""
    top = max([most, *(bar.value or 0 for bar in row)]) or 1
    step = (RIGHT - LEFT + 30) / max(1, len(row))
    wide = step * 0.72
    base = _TOP + _BARS
    every = max(1, -(-len(row) // labelled))
    parts: list[Html] = [tag("line", x1=10, x2=RIGHT, y1=base, y2=base, class_="axis")]
    for index, bar in enumerate(row):
        middle = 10 + step * (index + 0.5)
        if bar.value:
            tall = max(1.5, bar.value / top * _BARS)
            parts.append(tag("rect", x=middle - wide / 2, y=base - tall, width=wide, height=tall, class_="bar"))
            if bar.shown:
                parts.append(tag("text", bar.shown, x=middle, y=base - tall - 5, class_="over"))
        if (len(row) - 1 - index) % every == 0:
            parts.append(tag("text", bar.label, x=min(max(middle, 24), RIGHT - 20), y=base + 18, class_="under"))
    return drawing(name, title, told, base + _FOOT, *parts)


def lines(name: str, title: str, told: str, first: date, last: date, panels: Sequence[Panel]) -> Html:
    """Panels one above the other over the same days, which are named under the lowest."""
    parts: list[Html] = []
    for index, panel in enumerate(panels):
        parts += _panel(panel, _TOP + index * (_PANEL + _GAP), first, last)
    base = _TOP + len(panels) * (_PANEL + _GAP) - _GAP
    middle = date.fromordinal((first.toordinal() + last.toordinal()) // 2)
    for day, side in ((first, "start"), (middle, "under"), (last, "end")):
        parts.append(tag("text", day_words(day), x=_x(day, first, last), y=base + 18, class_=side))
    return drawing(name, title, told, base + _FOOT, *parts)


def _panel(panel: Panel, top: float, first: date, last: date) -> list[Html]:
    values = [mark.value for series in panel.series for mark in series]
    least, most = _scale(values, panel.least, panel.most)
    parts = [tag("text", panel.label, x=LEFT, y=top - 8, class_="panel")]
    for value in (least, (least + most) / 2, most):
        y = _y(value, least, most, top)
        parts.append(tag("line", x1=LEFT, x2=RIGHT, y1=y, y2=y, class_="grid"))
        if value in (least, most):
            parts.append(tag("text", f"{value:g}", x=LEFT - 6, y=y + 4, class_="end"))
    for number, series in enumerate(panel.series):
        spots = [(_x(mark.day, first, last), _y(mark.value, least, most, top), mark.way) for mark in series]
        kind = "second" if number else "first"
        for (x1, y1, _), (x2, y2, _) in pairwise(spots):
            parts.append(tag("line", x1=x1, x2=x2, y1=y1, y2=y2, class_=f"line {kind}"))
        parts += [_spot(x, y, way, square=bool(number), kind=kind) for x, y, way in spots]
    return parts


def _spot(x: float, y: float, way: int, *, square: bool, kind: str) -> Html:
    """A round one; an arrowhead up or down for a harder or an easier rung; a square for a second line."""
    if way:
        up = -1 if way > 0 else 1
        corners = f"{x:.1f},{y + up * 6:.1f} {x - 5.5:.1f},{y - up * 4:.1f} {x + 5.5:.1f},{y - up * 4:.1f}"
        return tag("polygon", points=corners, class_=f"spot {kind}")
    if square:
        return tag("rect", x=x - 3.5, y=y - 3.5, width=7, height=7, class_=f"spot {kind}")
    return tag("circle", cx=x, cy=y, r=3.5, class_=f"spot {kind}")


def _scale(values: Sequence[float], least: float | None, most: float | None) -> tuple[float, float]:
    low = min(values, default=0) if least is None else least
    high = max(values, default=1) if most is None else most
    if high <= low:  # a flat line lies in the middle
        low, high = (low - 1 if least is None and low >= 1 else low), high + 1
    return low, high


def _x(day: date, first: date, last: date) -> float:
    return LEFT + (RIGHT - LEFT) * (day - first).days / max(1, (last - first).days)


def _y(value: float, least: float, most: float, top: float) -> float:
    return top + _PANEL * (1 - (value - least) / (most - least))
