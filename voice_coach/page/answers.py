"""What she told and measured: how she felt before and after, and the tests of progress."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from voice_coach.measures import CHAIR_STAND, FOUR_STAGE, MEASURES, ONE_LEG
from voice_coach.measures.battery import WITH_HANDS
from voice_coach.page.charts import Mark, Panel, lines
from voice_coach.page.diary import Diary
from voice_coach.page.html import Html, tag
from voice_coach.page.parts import Table, day_words, figure, many, mean, paragraph, section, tenth
from voice_coach.person.feeling import GOOD, JOINTS, NEXT_DAY, SURE
from voice_coach.person.model import Form, Measured

_ASKED = (
    (GOOD, "Feeling good"),
    (SURE, "Sure of the day without falling"),
    (JOINTS, "Sore joints"),
)
_TEN = range(11)
_ROWS = 50  # of a table
_TWICE = 2


def feelings(diary: Diary) -> Html | None:
    """How she felt before and after; None where she told nothing lately."""
    charts = [chart for name, title in _ASKED if (chart := _felt(diary, name, title))]
    if not charts:
        return None
    told = paragraph("From 0 to 10, as you told it. Round and whole: before. Square and dashed: after.")
    return section("feelings", "How you felt", told, tag("div", charts, class_="charts"))


def _felt(diary: Diary, name: str, title: str) -> Html | None:
    before, after = _told(diary, Form.FEELING, name), _told(diary, Form.AFTER, name)
    next_day = _told(diary, Form.FEELING, NEXT_DAY) if name == JOINTS else {}
    days = sorted({*before, *after, *next_day})
    if len(days) < _TWICE:
        return None
    parts = [
        f"{when} {tenth(mean(list(values.values())))}"
        for when, values in (("before", before), ("after", after), ("the next day", next_day))
        if values
    ]
    words = f"On average {', '.join(parts)}."
    panel = Panel(label="0 to 10", series=[_marks(before), _marks(after)], least=0, most=10)
    heads = ("Day", "Before", "After", *(["Day after the last one"] if next_day else []))
    rows = [
        (day_words(day, year=True), before.get(day), after.get(day), *([next_day.get(day)] if next_day else []))
        for day in days[-_ROWS:]
    ]
    same = Table(caption=title, heads=heads, rows=rows, figures=frozenset({1, 2, 3}))
    drawing = lines(name.replace(".", "-"), title, words, diary.since, diary.today, [panel])
    return figure(drawing, title, same, words)


def _told(diary: Diary, form: Form, name: str) -> dict[date, int]:
    """The newest answer of each day."""
    found = (
        (each.at.date(), each.answers.get(name))
        for each in diary.person.forms
        if each.form is form and diary.covers(each.at.date())
    )
    return {day: answer for day, answer in found if isinstance(answer, int) and answer in _TEN}


def _marks(told: dict[date, int]) -> list[Mark]:
    return [Mark(day=day, value=value) for day, value in sorted(told.items())]


def tests(diary: Diary) -> Html | None:
    """The tests of progress since the beginning; None where there was none."""
    if not diary.person.measures:
        return None
    charts = [chart for name in MEASURES if (chart := _measured(name, diary.person.measures))]
    return section(
        "tests",
        "Tests of progress",
        paragraph("All there ever were. A small difference may be chance; what counts is where it goes over months."),
        tag("div", charts, class_="charts"),
    )


def _measured(test: str, measures: Iterable[Measured]) -> Html | None:
    tries = sorted((each for each in measures if each.test == test), key=lambda each: each.at)
    if not tries:
        return None
    title = MEASURES[test].title
    rows = [(day_words(each.at.date(), year=True), each.value, each.detail) for each in tries[-_ROWS:]]
    same = Table(caption=title, heads=("Day", _UNITS[test], "How"), rows=rows, figures=frozenset({1}))
    best = _best(test, tries)
    days = sorted({mark.day for series in best for mark in series})
    if len(days) < _TWICE:
        told = f"{tries[-1].value} {_UNITS[test].lower()} on {day_words(tries[-1].at.date(), year=True)}."
        return figure(Html(""), title, same, told)
    words = "; ".join(f"{series[0].value:g}, then {series[-1].value:g}" for series in best if series)
    panel = Panel(label=_UNITS[test].lower(), series=best, least=0, most=4 if test == FOUR_STAGE else None)
    note = f"{words} {_UNITS[test].lower()}, {many(len(tries), 'try', 'tries')} on {many(len(days), 'day')}."
    if test == ONE_LEG and len(best) > 1:
        note = f"Left round and whole, right square and dashed. {note}"
    return figure(lines(f"test-{test}", title, note, days[0], days[-1], [panel]), title, same, note)


def _best(test: str, tries: Sequence[Measured]) -> list[list[Mark]]:
    """The best of each day: of the chair stand without hands, of one leg for each, of the positions the highest."""
    if test == CHAIR_STAND:
        groups = [[each for each in tries if WITH_HANDS not in each.detail]]
    elif test == ONE_LEG:
        groups = [[each for each in tries if side in each.detail] for side in ("left", "right")]
    else:
        groups = [list(tries)]
    found: list[list[Mark]] = []
    for group in groups:
        days: dict[date, int] = {}
        for each in group:
            days[each.at.date()] = max(each.value, days.get(each.at.date(), 0))
        if days:
            found.append([Mark(day=day, value=value) for day, value in sorted(days.items())])
    return found


_UNITS = {CHAIR_STAND: "Stands", FOUR_STAGE: "Positions held", ONE_LEG: "Seconds"}
