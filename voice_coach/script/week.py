"""What is said about today: what it is for and why, with rest as an answer. Nothing is counted as missed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_of_week(day: int) -> str:
    """Its name; Monday is 0."""
    return _NAMES[day]


def _days(days: Sequence[str | int]) -> str:
    """ "today, Thursday and Saturday", of words and days of the week."""
    *some, last = (day_of_week(day) if isinstance(day, int) else day for day in days)
    return f"{', '.join(some)} and {last}" if some else last


SAID: Mapping[str, Callable[..., str]] = {
    "week.hold": lambda: "Today there is quiet breathing, or rest.",
    "week.gentle": lambda: "Today is for gentle movement, or for rest.",
    "week.trained": lambda: "You have trained today, and rest belongs to it.",
    "week.yesterday": lambda: "Yesterday was strength, so today is for something lighter, or for rest.",
    "week.strength": lambda: "Today is a day for strength.",
    "week.balance": lambda: "Balance belongs in every week.",
    "week.impact": lambda: "Today is a day for short, light impacts.",
    "week.posture": lambda: "Posture work fits into any day.",
    "week.snack": lambda: "When time is short, ten minutes are enough.",
    "week.mobility": lambda: "Gentle movement suits any day.",
    "week.rest": lambda: "Rest is an answer, too.",
    "week.suggest": lambda title: f"My suggestion is this: {title}.",
    "week.or_rest": lambda: "Rest is an answer, too.",
    # the week that lies ahead
    "week.strength_on": lambda *days: f"Strength is for {_days(days)}.",
    "week.balance_on": lambda *days: f"Balance is for {_days(days)}.",
    "week.impact_on": lambda *days: f"Short, light impacts are for {_days(days)}.",
    "week.done_today": lambda: "Today you have trained already.",
    "week.free": lambda: "The other days are free, and what does not fit simply moves.",
    "week.ask": lambda: "You can also ask: what is the plan? Or for something short.",
}
