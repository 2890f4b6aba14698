"""When something was, asked of a log whose clock may have been set: whoever gains by a date must not have it ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from voice_coach.person.model import Person, Placed, Trained

SLACK = timedelta(days=1)  # a session that began before what was told in it; a journey across time zones


def is_ahead(at: datetime, now: datetime) -> bool:
    """Whether it lies in the future by more than a day: a clock was set."""
    return at - now > SLACK


def is_today(at: datetime, now: datetime) -> bool:
    """Whether it was on the day of `now`, where `now` is told; or later, where a clock was set."""
    return at.astimezone(now.tzinfo).date() >= now.date()


def days_since(at: datetime, now: datetime) -> int:
    """Nights between the two, by the calendar where `now` is told; below 0 where it lies ahead."""
    return (now.date() - at.astimezone(now.tzinfo).date()).days


def is_after(later: Placed, earlier: Placed) -> bool:
    """Whether it was written after the other; by their times where one has no place in the log."""
    if later.place and earlier.place:
        return later.place > earlier.place
    return _moment(later) > _moment(earlier)


def _moment(fact: Placed) -> datetime:
    return fact.began if isinstance(fact, Trained) else fact.at


def moments(person: Person) -> Iterator[datetime]:
    """When each thing that is known was written."""
    facts = (person.forms, person.incidents, person.clearances, person.decisions, person.measures, person.weights)
    yield from (fact.at for kind in facts for fact in kind)
    yield from (session.began for session in person.sessions)
