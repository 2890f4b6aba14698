"""The operating curve as a picture: an SVG made by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from tests.benchmarks.curve import Point

WIDTH, HEIGHT = 800, 460
LEFT, RIGHT, TOP, BOTTOM = 60, 280, 40, 50  # margins; the names stand at the right
COLOURS = ("#b3261e", "#1f5fa8", "#7aa7d9", "#4d7c2a", "#a3b86c", "#8a6d3b", "#6b4fa0", "#777777")
GOAL = (90.0, 1.0)  # percent heard, false commands an hour
RATES = (0, 1, 3, 10, 30, 100, 300, 1000)  # false commands an hour: the marks of the axis


def picture(points: Sequence[Point], title: str) -> str:
    """Recall upwards, false commands an hour to the right (log(1 + rate)), the goal shaded; a line a listener."""
    names = list(dict.fromkeys(point.listener for point in points))
    most = max([point.false.rate for point in points if math.isfinite(point.false.rate)], default=1.0)
    marks = [rate for rate in RATES if rate <= most] + [next((rate for rate in RATES if rate > most), RATES[-1])]

    def x(rate: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log1p(rate) / math.log1p(marks[-1])

    def y(percent: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - percent / 100)

    drawn = [_frame(title), _box(x(0), y(100), x(GOAL[1]), y(GOAL[0]))]
    for rate in marks:
        drawn.append(_line(x(rate), y(0), x(rate), y(100)))
        drawn.append(_text(x(rate), HEIGHT - BOTTOM + 18, f"{rate}", anchor="middle"))
    for percent in range(0, 101, 20):
        drawn.append(_line(LEFT, y(percent), WIDTH - RIGHT, y(percent)))
        drawn.append(_text(LEFT - 8, y(percent) + 4, f"{percent}", anchor="end"))
    drawn.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, "false commands an hour", anchor="middle"))
    drawn.append(_text(LEFT - 40, TOP - 12, "commands heard, %"))
    for number, name in enumerate(names):
        colour = COLOURS[number % len(COLOURS)]
        mine = [p for p in points if p.listener == name and p.heard.of and math.isfinite(p.false.rate)]
        places = [(x(p.false.rate), y(p.heard.percent)) for p in mine]
        line = [place for p, place in zip(mine, places, strict=True) if p.on_the_curve]
        path = " ".join(f"{a:.1f},{b:.1f}" for a, b in line)
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        for p, (a, b) in zip(mine, places, strict=True):
            size = 5 if p.usual else 2.5
            told = escape(f"{name}, {p.dial}: {p.heard.percent:.1f} % heard, {p.false.rate:.1f} an hour")
            drawn.append(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="{size}" fill="{colour}"><title>{told}</title></circle>')
        height = TOP + 10 + 22 * number
        drawn.append(f'<circle cx="{WIDTH - RIGHT + 22}" cy="{height}" r="5" fill="{colour}"/>')
        drawn.append(_text(WIDTH - RIGHT + 34, height + 4, name))
    return "\n".join([*drawn, "</svg>", ""])


def _frame(title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="sans-serif" font-size="12" fill="#222"><title>{escape(title)}</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
    )


def _box(x1: float, y1: float, x2: float, y2: float) -> str:
    return (
        f'<rect x="{x1:.1f}" y="{y1:.1f}" width="{x2 - x1:.1f}" height="{y2 - y1:.1f}" fill="#e3f0d8">'
        "<title>the goal</title></rect>"
    )


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#ddd"/>'


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
