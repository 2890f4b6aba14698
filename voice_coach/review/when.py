"""Days as a person writes them: "2026-11-01", "2026-11", "2026", "yesterday", "last week"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from voice_coach.review.days import first_of, monday_of, month_of, week_of

EXAMPLES = "2026-11-01, 2026-11, yesterday, last week, this month"
_DAY = timedelta(days=1)


def days(text: str, today: date) -> tuple[date, date] | None:
    """The first and the last day that are meant; None where it is no date of the calendar and none of these words."""
    words = " ".join(text.lower().split())
    week, month = week_of(today), month_of(today)
    named = {
        "today": (today, today),
        "yesterday": (today - _DAY, today - _DAY),
        "this week": _between(monday_of, week),
        "last week": _between(monday_of, week - 1),
        "this month": _between(first_of, month),
        "last month": _between(first_of, month - 1),
        "this year": (date(today.year, 1, 1), date(today.year, 12, 31)),
        "last year": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }
    if words in named:
        return named[words]
    try:
        if re.fullmatch(r"[0-9]{4}", words):
            return date(int(words), 1, 1), date(int(words), 12, 31)
        if re.fullmatch(r"[0-9]{4}-[0-9]{1,2}", words):
            year, number = map(int, words.split("-"))
            return _between(first_of, month_of(date(year, number, 1)))
        if re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", words):
            day = date(*map(int, words.split("-")))
            return day, day
    except ValueError:
        return None
    return None


def _between(first_day: Callable[[int], date], number: int) -> tuple[date, date]:
    """A week or a month, whole."""
    after = first_day(number + 1)
    return first_day(number), after if after == date.max else after - _DAY
