"""Weeks, months and one movement over time in a terminal. Fits 80 columns; reads as well without colour or blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from voice_coach.person.model import SetDone
from voice_coach.review.bars import bars, is_plain
from voice_coach.review.history import Point
from voice_coach.review.past import Stretch
from voice_coach.review.printing import entry, joined, sheet, tell
from voice_coach.review.streak import Streak
from voice_coach.review.terminal import LISTED
from voice_coach.routine.model import Ms

if TYPE_CHECKING:
    from rich.console import Console

NOTHING = "-"
NAMED = 3  # weeks without a session for her health, the newest
WIDE = 20  # characters of the longest bar


def show_stretches(console: Console, stretches: Sequence[Stretch], *, monthly: bool) -> None:
    """Weeks or months from the oldest to the newest: how much time, how much work, what she told."""
    when = "Month" if monthly else "Week of"
    names = [f"{one.since:%Y-%m}" if monthly else one.since.isoformat() for one in stretches]
    table = sheet(when, "Sessions", "Minutes", "Balance", "Minutes", right=True)
    table.columns[-1].justify = "left"
    minutes = bars([one.ms for one in stretches], WIDE, plain=is_plain(console))
    for name, one, bar in zip(names, stretches, minutes, strict=True):
        entry(table, name, _count(len(one.sessions)), _minutes(one.ms), _minutes(one.balance_ms), bar)
    tell(console, "Time, in minutes", style="bold")
    console.print(table)
    console.print()
    _show_work(console, stretches, names, when)
    _show_pains(console, stretches)


def _show_work(console: Console, stretches: Sequence[Stretch], names: Sequence[str], when: str) -> None:
    weights = any(one.grams for one in stretches)
    pictured = "Kilos" if weights else "Reps"
    table = sheet(when, "Sets", "Reps", "Reps x kilos", "Effort", "Pain", "Events", pictured, right=True)
    table.columns[-1].justify = "left"
    work = bars([one.grams if weights else one.reps for one in stretches], WIDE // 2, plain=is_plain(console))
    for name, one, bar in zip(names, stretches, work, strict=True):
        pain = str(max((each.level for each in one.pains), default=NOTHING))
        cells = (_count(one.sets), _count(one.reps), _kilos(one.grams), _mean(one.effort), pain)
        entry(table, name, *cells, _count(len(one.incidents)), bar)
    tell(console, "Work, and what you told of it from 0 to 10 (effort on average, the worst pain)", style="bold")
    console.print(table)


def show_streak(console: Console, streak: Streak) -> None:
    """The weeks in a row, as a fact."""
    often = f"{streak.goal} sessions or more"
    if streak.weeks:
        best = f" Your longest row is {streak.best}." if streak.best > streak.weeks else ""
        tell(console, f"{_weeks(streak.weeks)} in a row with {often}.{best}")
    elif streak.best:
        tell(console, f"Your longest row of weeks with {often} is {streak.best}.")
    if streak.spared:
        earlier = len(streak.spared) - len(streak.spared[-NAMED:])
        more = f" and {earlier} before" if earlier else ""
        tell(console, f"Not counted, for your health: the week of {joined(map(str, streak.spared[-NAMED:]))}{more}.")
    sessions = f"{streak.this_week} session{'' if streak.this_week == 1 else 's'}"
    tell(console, f"This week so far: {sessions}.")


def show_history(console: Console, name: str, points: Sequence[Point], most: int = LISTED) -> None:
    """The newest days on which a movement was done, with the best set of each, and how hard it was."""
    shown = points[-most:] if most else ()
    tell(console, f"{name}: done on {len(points)} day{'' if len(points) == 1 else 's'}.", style="bold")
    table = sheet("Day", "Sets", "Reps", "Best set", "Effort", "Pain", "")
    for index in (1, 2, 4, 5):
        table.columns[index].justify = "right"
    heights = bars([worth(point.best) for point in shown], WIDE // 2, plain=is_plain(console))
    for point, bar in zip(shown, heights, strict=True):
        told = (NOTHING if each is None else str(each) for each in (point.effort, point.pain))
        entry(table, point.day.isoformat(), str(point.sets), _count(point.reps), best(point.best), *told, bar)
    console.print(table)
    if len(shown) < len(points):
        tell(console, f"{len(points) - len(shown)} earlier days are not listed.")


def best(row: SetDone) -> str:
    """What was done in a set, and with what."""
    amount = f"{row.done_reps} rep{'' if row.done_reps == 1 else 's'}" if row.done_reps else f"{row.done_ms // 1000} s"
    load = (f"{row.load.grams / 1000:g} kg" if row.load.grams else row.load.label) if row.load else ""
    rung = f"{'easier' if row.rung < 0 else 'harder'}: {row.variant}" if row.rung and row.variant else row.variant
    return joined(part for part in (amount, load, rung, "" if row.completed else "not finished") if part)


def worth(row: SetDone) -> int:
    """How long its bar is: the load, where there is none the reps, where none are counted the time."""
    return (row.load.grams if row.load else 0) or row.done_reps or row.done_ms


def _show_pains(console: Console, stretches: Sequence[Stretch]) -> None:
    pains = [each for one in stretches for each in one.pains]
    happened = [each for one in stretches for each in one.incidents]
    if pains:
        named = (f"{each.day} {each.exercise.replace('_', ' ')} ({each.level} of 10)" for each in pains[-LISTED:])
        tell(console, f"Pain that you told of: {joined(named)}.")
    if happened:
        named = (f"{each.at:%Y-%m-%d} {each.trouble.value}" for each in happened[-LISTED:])
        tell(console, f"What happened: {joined(named)}.")


def _weeks(count: int) -> str:
    return f"{count} week{'' if count == 1 else 's'}"


def _minutes(ms: Ms) -> str:
    return str(max(1, round(ms / 60_000))) if ms else NOTHING


def _kilos(grams: int) -> str:
    return f"{grams / 1000:,.0f}" if grams else NOTHING


def _mean(value: float | None) -> str:
    return f"{value:.1f}".removesuffix(".0") if value is not None else NOTHING


def _count(value: int) -> str:
    return str(value or NOTHING)
