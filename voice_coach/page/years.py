"""The years, month by month."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from voice_coach.page.charts import Bar, bars
from voice_coach.page.diary import Diary
from voice_coach.page.html import Html, tag
from voice_coach.page.parts import Table, details, many, minutes, month_words, section, table, tenth
from voice_coach.review.past import Stretch, by_month, months_back

MOST = 120  # months: ten years ([P]); what lies further back is counted in the sentence above
_FEW = 2  # months, or the weeks have told it already
_SHOWN = 14  # bars that have room for their figure


def years(diary: Diary) -> Html | None:
    """The section; None where the log is as young as the weeks above."""
    days = [one.began.date() for one in diary.person.sessions]
    if not days or min(days) >= diary.since:
        return None
    first = max(min(days), months_back(diary.today, MOST))
    months = by_month(diary.person, diary.exercises, first, diary.today)
    if len(months) < _FEW:
        return None
    return section(
        "years",
        "Month by month",
        tag(
            "div",
            _bars(months, "sessions", "Sessions a month", lambda one: len(one.sessions)),
            _bars(months, "month-minutes", "Minutes of training a month", lambda one: minutes(one.ms)),
            _bars(months, "month-balance", "Minutes of balance work a month", lambda one: minutes(one.balance_ms)),
            class_="charts",
        ),
        details("The same as a table", table(_table(months))),
    )


def _bars(months: Sequence[Stretch], name: str, title: str, value: Callable[[Stretch], int]) -> Html:
    values = [value(one) for one in months]
    few = len(months) <= _SHOWN
    row = [
        Bar(label=month_words(one.since), value=each, shown=f"{each}" if few else "")
        for one, each in zip(months, values, strict=True)
    ]
    words = f"{many(sum(values), name_of(name))} in {many(len(months), 'month')}, {max(values)} at most."
    caption = tag("figcaption", tag("strong", title), tag("span", words))
    return tag("figure", caption, bars(name, title, f"{words} The table below has each month.", row, labelled=3))


def name_of(name: str) -> str:
    """What the bars of a chart count."""
    return "session" if name == "sessions" else "minute"


def _table(months: Sequence[Stretch]) -> Table:
    rows = [
        (
            month_words(one.since),
            len(one.sessions),
            minutes(one.ms),
            minutes(one.balance_ms),
            one.sets,
            tenth(one.effort),
        )
        for one in reversed(months)
    ]
    heads = ("Month", "Sessions", "Minutes", "Balance minutes", "Sets", "Effort")
    return Table(caption="Every month, the newest first", heads=heads, rows=rows, figures=frozenset(range(1, 6)))
