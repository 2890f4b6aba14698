"""Lines, areas and dots as SVG elements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

Flat: TypeAlias = "tuple[float, float]"  # across and down, in the units of the viewBox


def stroke(points: Iterable[Flat], colour: str, width: float, more: str = "") -> str:
    """A line through points."""
    return f'<polyline points="{_points(points)}" stroke="{colour}" stroke-width="{number(width)}"{more}/>'


def shape(points: Iterable[Flat], fill: str, edge: str, width: float) -> str:
    """An area with an edge; no edge where it is 0 wide."""
    drawn = f' stroke="{edge}" stroke-width="{number(width)}"' if width else ""
    return f'<polygon points="{_points(points)}" fill="{fill}"{drawn}/>'


def dot(at: Flat, radius: float, fill: str) -> str:
    """A filled circle."""
    return f'<circle cx="{number(at[0])}" cy="{number(at[1])}" r="{number(radius)}" fill="{fill}"/>'


def _points(points: Iterable[Flat]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)


def number(value: float) -> str:
    """A number as it is written, to a tenth."""
    return f"{round(value, 1) + 0:g}"  # + 0: no minus before a zero


def hull(points: Iterable[Flat]) -> list[Flat]:
    """The outline round some points (Andrew's monotone chain)."""
    ordered = sorted(set(points))

    def chain(way: Iterable[Flat]) -> list[Flat]:
        line: list[Flat] = []
        for point in way:
            while len(line) > 1 and _turns(line[-2], line[-1], point) <= 0:
                line.pop()
            line.append(point)
        return line[:-1]

    return chain(ordered) + chain(reversed(ordered))


def _turns(a: Flat, b: Flat, c: Flat) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
