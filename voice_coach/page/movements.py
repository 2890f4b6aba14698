"""Each movement of the last weeks: load, repetitions or seconds, and the rung of its ladder."""

from __future__ import annotations

from collections.abc import Sequence

from voice_coach.page.charts import Mark, Panel, lines
from voice_coach.page.diary import Diary
from voice_coach.page.html import Html, tag
from voice_coach.page.parts import NONE, Table, day_words, details, figure, many, paragraph, section, table
from voice_coach.person.model import SetDone
from voice_coach.review.history import Point, histories
from voice_coach.routine.model import Benefit, Group

_DRAWN = 12  # charts; what else was done stands in a table
_TWICE = 2  # days, or there is no line to be drawn
_SHAPES = "A triangle pointing up is a harder version, pointing down an easier one."
_NONE_DRAWN = "What you do on two days gets a chart of its own."


def movements(diary: Diary) -> Html | None:
    """The section; None where nothing was done lately."""
    found = histories(diary.lately)
    if not found:
        return None
    drawn = sorted((name for name in found if _is_drawn(diary, name, found[name])), key=lambda name: -len(found[name]))
    drawn = drawn[:_DRAWN]
    others = [name for name in found if name not in drawn]
    return section(
        "movements",
        "Movement by movement",
        paragraph(f"The best set of each day in the last {diary.weeks} weeks. {_SHAPES if drawn else _NONE_DRAWN}"),
        tag("div", (_chart(diary, name, found[name]) for name in drawn), class_="charts") if drawn else None,
        details(
            f"{'Everything else' if drawn else 'What you did'} ({len(others)})",
            table(_others(diary, {name: found[name] for name in others})),
        )
        if others
        else None,
    )


def _is_drawn(diary: Diary, name: str, points: Sequence[Point]) -> bool:
    """Strength and balance, and what no library knows any more; warming up and stretching tell nothing in a chart."""
    exercise = diary.exercises.get(name)
    tells = exercise is None or Benefit.STRENGTH in exercise.benefits or exercise.group is Group.BALANCE
    return tells and len(points) >= _TWICE


def _chart(diary: Diary, name: str, points: Sequence[Point]) -> Html:
    title = diary.name(name)
    first, last = points[0], points[-1]
    weighed = [point for point in points if point.best.load and point.best.load.grams]
    panels: list[Panel] = []
    if len(weighed) >= _TWICE:
        marks = [
            Mark(day=each.day, value=each.best.load.grams / 1000, way=each.best.rung)
            for each in weighed
            if each.best.load
        ]
        panels.append(Panel(label="kilos", series=[marks], least=0))
    if any(point.best.done_reps for point in points):
        marks = [Mark(day=each.day, value=each.best.done_reps, way=each.best.rung) for each in points]
        panels.append(Panel(label="repetitions", series=[marks], least=0))
    else:
        marks = [Mark(day=each.day, value=each.best.done_ms // 1000, way=each.best.rung) for each in points]
        panels.append(Panel(label="seconds", series=[marks], least=0))
    words = f"{best_words(first.best)} on {day_words(first.day)}, {best_words(last.best)} on {day_words(last.day)}."
    span = f"{_short(first.best)} to {_short(last.best)}, on {many(len(points), 'day')}"
    drawing = lines(f"movement-{_slug(name)}", title, words, diary.since, diary.today, panels)
    return figure(drawing, title, _table(title, points), span)


def _slug(name: str) -> str:
    """Something that can be an id, whatever the log calls a movement; different names stay different."""
    return "".join(char if char.isascii() and char.isalnum() else f"_{ord(char):x}" for char in name)


def best_words(row: SetDone) -> str:
    """A set in words: "8 kg, 10 repetitions, harder: hold it at your chest"."""
    load = f"{row.load.grams / 1000:g} kg" if row.load and row.load.grams else row.load.label if row.load else ""
    rung = f"{'easier' if row.rung < 0 else 'harder'}: {row.variant}" if row.rung and row.variant else ""
    return ", ".join(part for part in (load, _amount(row), rung) if part)


def _amount(row: SetDone) -> str:
    return many(row.done_reps, "repetition") if row.done_reps else many(row.done_ms // 1000, "second")


def _short(row: SetDone) -> str:
    """The same in a few letters, without the rung."""
    load = f"{row.load.grams / 1000:g} kg × " if row.load and row.load.grams else ""
    return f"{load}{row.done_reps}" if row.done_reps else f"{row.done_ms // 1000} s"


def _table(title: str, points: Sequence[Point]) -> Table:
    rows = [
        (
            day_words(each.day, year=True),
            each.sets,
            best_words(each.best),
            NONE if each.effort is None else each.effort,
            NONE if each.pain is None else each.pain,
        )
        for each in points
    ]
    heads = ("Day", "Sets", "Best set", "Effort", "Pain")
    return Table(caption=title, heads=heads, rows=rows, figures=frozenset({1, 3, 4}))


def _others(diary: Diary, found: dict[str, tuple[Point, ...]]) -> Table:
    rows = [
        (diary.name(name), len(points), best_words(points[-1].best), day_words(points[-1].day, year=True))
        for name, points in found.items()
    ]
    heads = ("Movement", "Days", "Best set of the last day", "Last day")
    return Table(caption="What else was done", heads=heads, rows=rows, figures=frozenset({1}))
