"""What was done in a stretch of time: its sessions, and what they add up to.

A session belongs to the day on which it began, by the clock of the place where it was written: neither a journey nor
the change to summer time moves it. What is dated ahead counts where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from voice_coach.person.model import Effort, Incident, Person, SetDone, Trained
from voice_coach.review.days import first_of, monday_of, month_of, week_of
from voice_coach.review.work import balance_ms, by_exercise, counted
from voice_coach.routine.model import Exercise, Ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Only:
    """Which sessions are meant: all where nothing is said."""

    since: date | None = None  # the first day
    until: date | None = None  # the last one
    routine: str = ""  # id
    exercise: str = ""  # id of a movement of which a set was begun


@dataclass(frozen=True, slots=True, kw_only=True)
class Pain:
    """What she told of a movement; nought is no pain and is not here."""

    day: date
    exercise: str
    level: int  # 1-10


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The days from `since` until before `until`. Where one movement is meant, only the times are of whole sessions."""

    since: date
    until: date
    sessions: Sequence[Trained]
    ms: Ms  # pauses left out
    balance_ms: Ms  # an estimate, see `work.balance_ms`
    sets: int  # that were begun; left and right are one
    reps: int  # of both sides
    grams: int  # reps times load, of weights alone: nothing is added across equipment (EVIDENCE 5, volume load)
    efforts: Sequence[int]  # 0-10, oldest first
    pains: Sequence[Pain]
    incidents: Sequence[Incident]

    @property
    def effort(self) -> float | None:
        """The mean of what she told; None where she told nothing."""
        return sum(self.efforts) / len(self.efforts) if self.efforts else None


def chosen(sessions: Iterable[Trained], only: Only) -> tuple[Trained, ...]:
    """The sessions that are meant, whole."""
    return tuple(one for one in sessions if _is_meant(one, only))


def ahead(sessions: Iterable[Trained], today: date) -> tuple[Trained, ...]:
    """Those that are dated after today: a clock was set."""
    return tuple(one for one in sessions if one.began.date() > today)


def stretch(
    person: Person, exercises: Mapping[str, Exercise], since: date, until: date, only: Only = Only()
) -> Stretch:
    """What the days from `since` until before `until` add up to."""
    sessions = [one for one in chosen(person.sessions, only) if since <= one.began.date() < until]
    incidents = [one for one in _incidents(person, only) if since <= one.at.date() < until]
    return _added_up(exercises, since, until, sessions, incidents, only.exercise)


def by_week(
    person: Person, exercises: Mapping[str, Exercise], first: date, last: date, only: Only = Only()
) -> tuple[Stretch, ...]:
    """Every week from that of `first` to that of `last`, Monday to Sunday, the oldest first."""
    return _split(person, exercises, only, range(week_of(first), week_of(last) + 1), week_of, monday_of)


def by_month(
    person: Person, exercises: Mapping[str, Exercise], first: date, last: date, only: Only = Only()
) -> tuple[Stretch, ...]:
    """Every month of the calendar from that of `first` to that of `last`, the oldest first."""
    return _split(person, exercises, only, range(month_of(first), month_of(last) + 1), month_of, first_of)


@lru_cache(maxsize=16)  # a page asks it for every answer
def weeks_back(today: date, count: int) -> date:
    """The Monday from which on they are `count` weeks, that of `today` the last."""
    return monday_of(week_of(today) - count + 1)


def months_back(today: date, count: int) -> date:
    """The first day from which on they are `count` months, that of `today` the last."""
    return first_of(month_of(today) - count + 1)


def _split(
    person: Person,
    exercises: Mapping[str, Exercise],
    only: Only,
    numbers: range,
    number_of: Callable[[date], int],
    first_day: Callable[[int], date],
) -> tuple[Stretch, ...]:
    sessions: dict[int, list[Trained]] = {number: [] for number in numbers}
    incidents: dict[int, list[Incident]] = {number: [] for number in numbers}
    for one in chosen(person.sessions, only):
        if (number := number_of(one.began.date())) in sessions:
            sessions[number].append(one)
    for each in _incidents(person, only):
        if (number := number_of(each.at.date())) in incidents:
            incidents[number].append(each)
    return tuple(
        _added_up(
            exercises, first_day(number), first_day(number + 1), sessions[number], incidents[number], only.exercise
        )
        for number in numbers
    )


def _added_up(
    exercises: Mapping[str, Exercise],
    since: date,
    until: date,
    sessions: Sequence[Trained],
    incidents: Sequence[Incident],
    exercise: str,
) -> Stretch:
    rows = [row for one in sessions for row in one.sets if not exercise or row.exercise == exercise]
    told = [pair for one in sessions for pair in _told(one, exercise)]
    return Stretch(
        since=since,
        until=until,
        sessions=tuple(sessions),
        ms=sum(one.ms for one in sessions),
        balance_ms=balance_ms(sessions, exercises),
        sets=sets(rows),
        reps=sum(row.done_reps for row in rows),
        grams=grams(rows),
        efforts=tuple(effort.effort for _, _, effort in told if effort.effort is not None),
        pains=tuple(Pain(day=day, exercise=name, level=effort.pain) for day, name, effort in told if effort.pain),
        incidents=tuple(incidents),
    )


def sets(rows: Iterable[SetDone]) -> int:
    """How many sets they are, the left and the right of a movement taken together."""
    return sum(counted(of_one) for of_one in by_exercise(rows).values())


def grams(rows: Iterable[SetDone]) -> int:
    """Reps times load, of weights alone."""
    return sum(row.done_reps * row.load.grams for row in rows if row.load)


def _told(session: Trained, exercise: str) -> Iterator[tuple[date, str, Effort]]:
    for name, effort in session.efforts.items():
        if not exercise or name == exercise:
            yield session.began.date(), name, effort


def _is_meant(session: Trained, only: Only) -> bool:
    day = session.began.date()
    return (
        (only.since is None or day >= only.since)
        and (only.until is None or day <= only.until)
        and (not only.routine or session.routine == only.routine)
        and (not only.exercise or any(row.exercise == only.exercise for row in session.sets))
    )


def _incidents(person: Person, only: Only) -> Iterator[Incident]:
    """What happened to her; of one routine or movement only what belongs to it."""
    names = {one.id for one in person.sessions if one.routine == only.routine} if only.routine else set[str]()
    for one in person.incidents:
        day = one.at.date()
        if (
            (only.since is None or day >= only.since)
            and (only.until is None or day <= only.until)
            and (not only.routine or one.session in names)
            and (not only.exercise or one.exercise == only.exercise)
        ):
            yield one
