"""A session as it went by: when she worked, rested and stood still, and when something was said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from voice_coach.journal import Fields, SessionLog
from voice_coach.page.charts import RIGHT, drawing
from voice_coach.page.html import Html, tag
from voice_coach.page.parts import many, minutes, times
from voice_coach.review import SessionSummary, SetSummary
from voice_coach.review.summary import STANDING
from voice_coach.review.words import clock
from voice_coach.routine.model import Ms

_ROWS = 6  # at most
_MINUTE: Ms = 60_000
_START, _ROW, _TALL, _TOP = 34, 62, 22, 20
_LETTER = 6.4  # units that a letter takes on average


class Kind(str, Enum):
    """What a stretch of a session was."""

    WORK = "work"
    REST = "rest"  # with what is told before a set
    STILL = "still"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From one moment of the session to another."""

    start: Ms
    end: Ms
    kind: Kind
    label: str = ""


def spans(log: SessionLog, summary: SessionSummary) -> tuple[Span, ...]:
    """Work and standing still, by their beginning; all between them is rest. They may overlap: a set can be paused.

    The log has when a set was over and how long the work was. Where it stood still in between, it began so much sooner.
    """
    still = tuple(_still([entry.fields for entry in log.entries if entry.fields["type"] == "record"], summary.ms))
    done = sorted((row for row in summary.sets if row.at is not None and row.done_ms), key=lambda row: row.at or 0)
    work: list[Span] = []
    for row in done:
        after = work[-1].end if work else 0
        work.append(_work(row, still, after))
    return tuple(sorted((*work, *still), key=lambda span: (span.start, span.kind is Kind.STILL)))


def _work(row: SetSummary, still: Sequence[Span], after: Ms) -> Span:
    end = max(after, row.at or 0)
    start = end - max(0, row.done_ms or 0)
    for pause in reversed(still):
        if pause.end <= end and pause.end > start:
            start -= pause.end - pause.start
    return Span(start=min(end, max(after, start)), end=end, kind=Kind.WORK, label=row.name)


def _still(records: Sequence[Fields], end: Ms) -> Iterator[Span]:
    since: Ms | None = None
    for record in records:
        if record["kind"] in STANDING and since is None:
            since = record["at"]
        elif record["kind"] == "resumed" and since is not None:
            yield Span(start=since, end=max(since, record["at"]), kind=Kind.STILL)
            since = None
    if since is not None and end > since:
        yield Span(start=since, end=end, kind=Kind.STILL)


def timeline(log: SessionLog, summary: SessionSummary) -> Html:
    """The drawing: rows of some minutes, one under the other like lines of a text."""
    whole = max(1, summary.ms)
    row_ms = next(
        (each * _MINUTE for each in (1, 2, 5, 10, 20, 30, 60) if each * _ROWS * _MINUTE >= whole), -(-whole // _ROWS)
    )
    rows = -(-whole // row_ms)
    found = spans(log, summary)
    parts: list[Html] = [_hatch()]
    for row in range(rows):
        parts += _row(row, row_ms, whole, found, [use.at for use in summary.commands])
    return drawing("timeline", "The session as it went by", _told(summary, found), _TOP + rows * _ROW, *parts)


def _row(row: int, row_ms: Ms, whole: Ms, found: Sequence[Span], said: Sequence[Ms]) -> list[Html]:
    top, began = _TOP + row * _ROW, row * row_ms
    ends = min(whole, began + row_ms)

    def x(at: Ms) -> float:
        return _START + (RIGHT - _START) * (min(max(at, began), ends) - began) / row_ms

    base = top + _TALL
    parts = [
        tag("text", f"{minutes(began)}", x=_START - 8, y=base, class_="end"),
        tag("rect", x=_START, y=base - 5, width=x(ends) - _START, height=5, class_="rest"),
    ]
    for span in found:
        if span.start < ends and span.end > began:
            wide = max(1.0, x(span.end) - x(span.start))
            if span.kind is Kind.WORK:
                parts.append(tag("rect", x=x(span.start), y=top, width=wide, height=_TALL, class_="bar"))
            else:
                parts.append(tag("rect", x=x(span.start), y=top, width=wide, height=_TALL, class_="still"))
    parts += [_said(x(at), top) for at in said if began <= at < ends]
    parts += _names(found, began, ends, x(ends), base + 16, x)
    return parts


def _names(found: Sequence[Span], began: Ms, ends: Ms, last: float, y: float, x: Callable[[Ms], float]) -> list[Html]:
    """The name under the first set of each movement in the row, as much of it as fits before the next one."""
    begun: list[tuple[float, str]] = []
    for span in found:
        if (
            span.kind is Kind.WORK
            and span.start < ends
            and span.end > began
            and (not begun or begun[-1][1] != span.label)
        ):
            begun.append((x(span.start), span.label))
    room = [*(place for place, _ in begun), max(last, RIGHT)][1:]
    return [
        tag("text", _cut(name, int((end - place - 8) / _LETTER)), x=place, y=y, class_="name")
        for (place, name), end in zip(begun, room, strict=False)
    ]


def _cut(name: str, most: int) -> str:
    if len(name) <= most:
        return name
    return f"{name[: most - 1].rstrip()}…" if most > 3 else ""


def _said(x: float, top: float) -> Html:
    return tag(
        "polygon", points=f"{x:.1f},{top - 2:.1f} {x - 4:.1f},{top - 10:.1f} {x + 4:.1f},{top - 10:.1f}", class_="said"
    )


def _hatch() -> Html:
    ground = tag("rect", width=6, height=6, class_="ground")  # or the work beneath would shine through
    stripe = tag("line", x1=0, y1=0, x2=0, y2=6, class_="stripe")
    pattern = tag(
        "pattern",
        ground,
        stripe,
        id="hatch",
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    return tag("defs", pattern)


def _told(summary: SessionSummary, found: Sequence[Span]) -> str:
    work = [span for span in found if span.kind is Kind.WORK]
    at_work = sum(row.done_ms or 0 for row in summary.sets)
    still = f" It stood still {times(summary.pauses)}, {clock(summary.paused_ms)} in all." if summary.pauses else ""
    said = f" {many(len(summary.commands), 'thing')} {'was' if len(summary.commands) == 1 else 'were'} said or typed."
    return (
        f"{clock(summary.ms)} from beginning to end, {clock(at_work)} of it at work in {many(len(work), 'set')}."
        f"{still}{said if summary.commands else ''} The tables below tell each set and each word."
    )


def legend() -> Html:
    """What the shapes mean."""
    keys = (
        ("Work", tag("rect", x=0, y=2, width=26, height=16, class_="bar")),
        ("Rest and getting ready", tag("rect", x=0, y=13, width=26, height=5, class_="rest")),
        ("Stood still", tag("rect", x=0, y=2, width=26, height=16, class_="still")),
        ("Something was said", tag("polygon", points="13,16 8,6 18,6", class_="said")),
    )
    drawn = (
        tag("li", tag("svg", shape, viewBox="0 0 26 20", aria_hidden="true", class_="key"), tag("span", words))
        for words, shape in keys
    )
    return tag("ul", drawn, class_="legend")
