"""One movement over time: the best set of each day, how hard it was, what it hurt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from voice_coach.person.model import Effort, SetDone, Trained
from voice_coach.review.work import counted
from voice_coach.routine.model import Exercise

_Day: TypeAlias = "tuple[list[SetDone], list[Effort]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A day on which it was done."""

    day: date
    sets: int  # left and right are one
    reps: int  # of all of them, of both sides
    best: SetDone  # the heaviest; of those the highest rung, then the most reps, then the longest held
    effort: int | None  # 0-10, the newest answer of the day
    pain: int | None  # 0-10, the worst of the day


def histories(sessions: Iterable[Trained], only: str = "") -> dict[str, tuple[Point, ...]]:
    """Every movement by its id, or one, in the order in which they were first done; its days from first to last."""
    days: dict[str, dict[date, _Day]] = defaultdict(dict)
    for session in sessions:
        day = session.began.date()
        for row in session.sets:
            if only and row.exercise != only:
                continue
            days[row.exercise].setdefault(day, ([], []))[0].append(row)
        for exercise, effort in session.efforts.items():
            if day in days.get(exercise, ()):
                days[exercise][day][1].append(effort)
    return {
        exercise: tuple(_point(day, *found) for day, found in sorted(by_day.items(), key=lambda pair: pair[0]))
        for exercise, by_day in days.items()
    }


def history(sessions: Iterable[Trained], exercise: str) -> tuple[Point, ...]:
    """One movement's days; empty where it was never done."""
    return histories(sessions, exercise).get(exercise, ())


def name_of(exercise: str, exercises: Mapping[str, Exercise]) -> str:
    """What it is called: by the library, else by its own id, which may be of a movement that is no more."""
    known = exercises.get(exercise)
    return known.name if known else exercise.replace("_", " ").replace("-", " ").strip().capitalize() or "?"


def _point(day: date, rows: Sequence[SetDone], told: Sequence[Effort]) -> Point:
    efforts = [each.effort for each in told if each.effort is not None]
    return Point(
        day=day,
        sets=counted(rows),
        reps=sum(row.done_reps for row in rows),
        best=max(rows, key=_worth),
        effort=efforts[-1] if efforts else None,
        pain=max((each.pain for each in told if each.pain is not None), default=None),
    )


def _worth(row: SetDone) -> tuple[int, int, int, int]:
    return row.load.grams if row.load else 0, row.rung, row.done_reps, row.done_ms
