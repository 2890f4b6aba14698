"""Weeks in a row with enough sessions. Illness, a lock and a hold neither count nor break them ("streak kept").

The rule is EVIDENCE 1.4: unwell means no penalty, and the streak is kept.
A streak is told as a fact and never held against her: a week that is not over breaks nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from voice_coach.person.model import Clearance, Form, Matter, Person, Trouble
from voice_coach.review.days import monday_of, week_of
from voice_coach.safety.model import Known
from voice_coach.safety.screening import UNFINISHED, screened
from voice_coach.safety.stops import STOPS, Follow

TWICE = 2  # sessions a week: what strength needs (EVIDENCE 2.1: LIFTMOR, MEDEX-OP, Borde), for everybody [P]
# What excuses days without a session. Pain of one joint does not: it leaves all other movements ([P]).
EXCUSES = frozenset({Follow.GENTLE, Follow.NOT_TODAY, Follow.LOCK})
REST = timedelta(days=13)  # after the day it was told an illness without a lock excuses two weeks at most [P]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """Days on which nobody could expect a session, from the first to the last."""

    first: date
    last: date
    trouble: Trouble | None  # None: the answers to the health questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak:
    """Weeks with at least `goal` sessions."""

    goal: int
    weeks: int  # in a row until now; the running week counts once it has enough
    best: int  # the longest row there ever was
    this_week: int  # sessions so far
    spared: Sequence[date]  # Mondays of the weeks inside of the present row that neither count nor break


def streak(person: Person, today: date, goal: int = TWICE) -> Streak:
    """The row up to the week of `today`. What is dated ahead of it is left out: a clock was set."""
    now = week_of(today)
    sessions = Counter(week for one in person.sessions if (week := week_of(one.began.date())) <= now)
    excused = {week for each in spells(person, today) for week in range(week_of(each.first), week_of(each.last) + 1)}
    best = row = 0
    spared: list[int] = []
    for week in range(min(sessions, default=now), now + 1):
        if sessions[week] >= goal:
            row += 1
        elif week in excused:
            spared += [week] if row and week < now else []
        elif week < now:
            row, spared = 0, []
        best = max(best, row)
    return Streak(
        goal=goal, weeks=row, best=best, this_week=sessions[now], spared=tuple(monday_of(week) for week in spared)
    )


def spells(person: Person, today: date) -> tuple[Spell, ...]:
    """When she was ill, or was not to train, up to today; by their first day. They may overlap."""
    found = (*_troubles(person, today), *_holds(person, today))
    return tuple(sorted(found, key=lambda each: (each.first, each.last)))


def _troubles(person: Person, today: date) -> Iterator[Spell]:
    """A lock lasts until a clinician's yes; what else happened until the next session, two weeks at most."""
    trained = sorted(one.began.date() for one in person.sessions)
    for one in person.incidents:
        first, follow = one.at.date(), STOPS[one.trouble].follow
        if follow not in EXCUSES or first > today:
            continue
        if follow is Follow.LOCK:
            last = _cleared(person.clearances, one.at, today)
        else:
            last = min(today, _next(trained, first, first + min(REST, date.max - first)))
        yield Spell(first=first, last=last, trouble=one.trouble)


def _holds(person: Person, today: date) -> Iterator[Spell]:
    """From a screening that says "not before a clinician has said yes" until one does, or the next screening."""
    forms = [form for form in person.forms if form.form is Form.SCREENING and form.complete]
    for index, form in enumerate(forms):
        first = form.at.date()
        if first <= today and any(reason != UNFINISHED for reason in screened(form.answers, Known()).hold):
            after = (each.at.date() for each in forms[index + 1 :] if each.at >= form.at)
            last = min(_cleared(person.clearances, form.at, today), next(after, today))
            yield Spell(first=first, last=max(first, last), trouble=None)


def _cleared(clearances: Iterable[Clearance], since: datetime, today: date) -> date:
    """The day of the first yes to training since then, today where there is none yet."""
    yes = (each.at for each in clearances if each.matter is Matter.TRAINING and each.given and each.at >= since)
    return min((at.date() for at in yes if at.date() <= today), default=today)


def _next(days: Sequence[date], after: date, most: date) -> date:
    return min((day for day in days if after < day <= most), default=most)
