"""Days, weeks and months as whole numbers, so that the first and the last day there can ever be break nothing.

A week begins on a Monday; the first of January of the year 1 was one. Weeks and months are counted from there.
"""

from __future__ import annotations

from datetime import date


def week_of(day: date) -> int:
    """The number of its week."""
    return (day.toordinal() - 1) // 7


def monday_of(week: int) -> date:
    """The first day of a week; the last day there is for what lies beyond it."""
    return _day(week * 7 + 1)


def days_of(week: int) -> list[date]:
    """Its seven days; fewer where the calendar ends."""
    first, most = week * 7 + 1, date.max.toordinal()
    return [date.fromordinal(ordinal) for ordinal in range(first, first + 7) if ordinal <= most]


def month_of(day: date) -> int:
    """The number of its month."""
    return day.year * 12 + day.month - 13


def first_of(month: int) -> date:
    """The first day of a month; the last day there is for what lies beyond it."""
    if month < 0:
        return date.min
    return date(month // 12 + 1, month % 12 + 1, 1) if month < date.max.year * 12 else date.max


def _day(ordinal: int) -> date:
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
