"""The calendar of what was done: weeks of seven days, each with its routines and what kept her."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from voice_coach.person.model import Incident, Person, Trained, Trouble
from voice_coach.review.days import days_of, week_of
from voice_coach.review.streak import spells
from voice_coach.routine.model import Ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day, by the calendar of the place where she was."""

    date: date
    routines: tuple[str, ...]  # ids in the order in which they were done; "" for one whose beginning was lost
    ms: Ms
    troubles: tuple[Trouble, ...]  # what happened, each once
    spared: bool  # whether it lies in a time of illness, of a lock or of a hold


def calendar(person: Person, first: date, last: date) -> tuple[tuple[Day, ...], ...]:
    """Whole weeks from Monday to Sunday, from that of `first` to that of `last`, the oldest first."""
    sessions: dict[date, list[Trained]] = defaultdict(list)
    for one in person.sessions:
        sessions[one.began.date()].append(one)
    happened: dict[date, list[Incident]] = defaultdict(list)
    for each in person.incidents:
        happened[each.at.date()].append(each)
    kept = spells(person, last)

    def day(at: date) -> Day:
        done = sorted(sessions.get(at, ()), key=lambda one: one.began)
        return Day(
            date=at,
            routines=tuple(one.routine for one in done),
            ms=sum(one.ms for one in done),
            troubles=tuple(dict.fromkeys(one.trouble for one in happened.get(at, ()))),
            spared=any(spell.first <= at <= spell.last for spell in kept),
        )

    return tuple(tuple(map(day, days_of(week))) for week in range(week_of(first), week_of(last) + 1))
