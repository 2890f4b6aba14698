"""The week that lies ahead: for each of seven days what it is for, if all goes as it is thought today.

Every day is asked the same question as today, with what comes before it taken as done. It is a picture, no timetable:
what was not done is not missed, and tomorrow's picture is drawn anew. The shape is EVIDENCE 2.3's, [P].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from voice_coach.coaching.week import Today, today
from voice_coach.coaching.week_history import history, on
from voice_coach.coaching.week_kinds import FULL, Kind
from voice_coach.person.model import Person, SetDone, Trained
from voice_coach.routine.model import Routine
from voice_coach.safety.model import Standing
from voice_coach.session.lines import Key, Line

DAYS = 7  # plans are written by the week (EVIDENCE 4)
TOLD = (Kind.STRENGTH, Kind.BALANCE, Kind.IMPACT)  # what is told by voice, in this order; the rest fits into any day


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What a day is for: the session of the day, None where it is free; and what takes little time, where there is."""

    day: date
    kind: Kind | None
    routine: str = ""  # id
    title: str = ""
    short: str = ""  # id of what suits a busy day
    short_title: str = ""
    done: bool = False  # that was today already


def week(person: Person, standing: Standing, routines: Sequence[Routine], now: datetime) -> tuple[Day, ...]:
    """Today and the six days after it; empty where training waits."""
    if standing.hold:
        return ()
    done = [each for each in on(history(person, routines, now), now.date()) if each.kind in FULL]
    first = _day(person, standing, routines, now)
    if done:
        titles = {each.id: each.title for each in routines}
        first = replace(
            first, kind=done[-1].kind, routine=done[-1].routine, title=titles.get(done[-1].routine, ""), done=True
        )
    days, later = [first], replace(standing, gentle=False, lighter=False)  # those are of today
    for number in range(1, DAYS):
        if days[-1].kind is not None and not days[-1].done:
            person = _as_if_done(person, days[-1].routine, now + timedelta(days=number - 1))
        days.append(_day(person, later, routines, now + timedelta(days=number)))
    return tuple(days)


def told(days: Sequence[Day], standing: Standing) -> tuple[Line, ...]:
    """The week in a few sentences: which days are for what, and that the others are free."""
    if not days:
        return (_line("hold"), Line(Key.TALK, (standing.hold[0].say, *standing.hold[0].args)))
    lines = [_line("done_today")] if days[0].done else []
    for kind in TOLD:
        names = [_name(each.day, days[0].day) for each in days if each.kind is kind and not each.done]
        if names:
            lines.append(_line(f"{kind.name.lower()}_on", *names))
    if standing.gentle or standing.lighter:
        lines.insert(0, _line("gentle"))
    return (*lines, _line("free"))


def _day(person: Person, standing: Standing, routines: Sequence[Routine], at: datetime) -> Day:
    """What comes first on that day; a day that is for no full session is free."""
    found, quick = (today(person, standing, routines, at, busy=busy) for busy in (False, True))
    main = found.options[0]
    short = _short(quick)
    if main.kind not in FULL or main.routine is None:
        return Day(day=at.date(), kind=None, short=short[0], short_title=short[1])
    return Day(
        day=at.date(),
        kind=main.kind,
        routine=main.routine,
        title=main.title,
        short=short[0],
        short_title=short[1],
    )


def _short(found: Today) -> tuple[str, str]:
    """The first that is no full session and no rest, as id and title."""
    easy = (each for each in found.options if each.kind not in FULL and each.routine is not None)
    return next(((each.routine or "", each.title) for each in easy), ("", ""))


def _as_if_done(person: Person, routine: str, at: datetime) -> Person:
    done = SetDone(exercise="", set=1, of=1, target_reps=1, done_reps=1)
    session = Trained(id="ahead", began=at, routine=routine, ms=0, ended="completed", sets=(done,))
    return replace(person, sessions=(*person.sessions, session))


def _name(day: date, first: date) -> str | int:
    """A day as an argument of a sentence: "today", "tomorrow", or the day of the week, Monday being 0."""
    ahead = (day - first).days
    return ("today", "tomorrow")[ahead] if ahead < 2 else day.weekday()


def _line(name: str, *args: str | int) -> Line:
    return Line(Key.TALK, (f"week.{name}", *args))
