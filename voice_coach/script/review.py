"""What is said of what was done: after a session, when she asks for an earlier one, and when a count was wrong.

Facts with their measure; nothing about the person, nothing in general, no word about what was not done (EVIDENCE 6).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voice_coach.commands import number_words
from voice_coach.script.words import kilos, many, seconds, sentence

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OPENINGS = ("Today's work", "What you did", "In this session")


def _done(opening: int, more: int, *names: str) -> str:
    """ "What you did: Chair stand, Seated band row, and four more."."""
    rest = (f"{number_words(more)} more",) if more else ()
    return f"{OPENINGS[opening]}: {_list(*names, *rest)}."


def _did(more: int, *names: str) -> str:
    rest = (f"{number_words(more)} more",) if more else ()
    return f"You did {_list(*names, *rest)}."


def _list(*parts: str) -> str:
    return ", ".join(parts[:-1]) + f", and {parts[-1]}" if len(parts) > 1 else parts[0]


def _when(days: int, weekday: int) -> str:
    """How long ago, as one says it: a weekday within the last six days."""
    if days < 2:
        return "today" if days == 0 else "yesterday"
    return f"on {DAYS[weekday]}" if days < 7 else f"{number_words(days)} days ago"


def _instead(name: str, told: int, counted: int) -> str:
    return f"{_count(told)} instead of {_count(counted).lower()}: {name}. Is that right?"


def _count(reps: int) -> str:
    return sentence(number_words(reps)) if reps else "None"


SAID: Mapping[str, Callable[..., str]] = {
    # after a session, and of the last one: what was done
    "looking.done": _done,
    "looking.did": _did,
    "looking.sets": lambda sets: sentence(f"{many(sets, 'set')}, all in your diary."),
    "looking.last": lambda days, weekday, title, minutes: (
        f"Last time was {_when(days, weekday)}: {title}, {many(minutes, 'minute')}."
    ),
    "looking.last_untitled": lambda days, weekday, minutes: (
        f"Last time was {_when(days, weekday)}, {many(minutes, 'minute')}."
    ),
    "looking.no_last": lambda: "There is no last time yet. Today can be the first.",
    # the one thing that moved forward
    "looking.first": lambda: "It was your first session.",
    "looking.back": lambda days: f"You began again after {many(days, 'day')}.",
    "looking.heavier": lambda name, grams: f"Heavier than the time before: {name}, with {kilos(grams)}.",
    "looking.rung": lambda name: f"One step further than the time before: {name}.",
    "looking.more": lambda name, reps, before: (
        f"More than the time before: {name}, {number_words(reps)} instead of {number_words(before)}."
    ),
    "looking.longer": lambda name, count: f"Longer than the time before: {name}, {seconds(count)}.",
    "looking.balance": lambda minutes: f"More balance practice than last week: {many(minutes, 'minute')} so far.",
    # or what was kept
    "looking.lighter": lambda: "This is the lighter week, as planned.",
    "looking.kept_load": lambda name, grams: f"As the time before: {name}, with {kilos(grams)}.",
    "looking.kept_reps": lambda name, reps: f"As the time before: {name}, {number_words(reps)}.",
    "looking.kept_hold": lambda name, count: f"As the time before: {name}, {seconds(count)}.",
    "looking.week_so_far": lambda times: f"That makes {many(times, 'session')} this week.",
    # her week and her month
    "looking.last_week": lambda times, minutes: f"Last week: {many(times, 'session')}, {many(minutes, 'minute')}.",
    "looking.month": lambda times, minutes: f"This month: {many(times, 'session')}, {many(minutes, 'minute')}.",
    "looking.no_month": lambda: "This month is still open. A short session is a good beginning.",
    "looking.latest": lambda days, weekday: f"The last one was {_when(days, weekday)}.",
    "looking.ask": lambda: "You can also ask: how was last time, how is this week, or how often.",
    # a count that was wrong
    "looking.hint": lambda: "Was a count wrong? Then tell me now: make it, and the right number.",
    "looking.instead": _instead,
    "looking.noted": lambda reps: f"{_count(reps)}. Your diary has it so.",
    "looking.stays": lambda: "Then it stays as it was.",
    "looking.same": lambda reps: f"{_count(reps)} is what I have, too.",
    "looking.elsewhere": lambda: "I cannot put that right from here. Afterwards, at the computer, you can.",
}
