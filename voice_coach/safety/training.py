"""How long she has trained here: what counts as a session, and as a week of strength work."""

from __future__ import annotations

from datetime import datetime

from voice_coach.person.model import Person, Trained
from voice_coach.safety.dates import days_since, is_ahead

GAP_DAYS = 28  # "28 days away" ends what was trained, and wants a screening (EVIDENCE 1.1 and 2.3, [P])
WEEKLY = 2  # strength sessions of a week that counts: "sessions 2 a week" (EVIDENCE 2.3, [P])
MOVEMENTS = 3  # counted in repetitions, in a session of strength: what tells it from stretching and walking [P]


def sessions_done(person: Person, now: datetime) -> list[Trained]:
    """The sessions in which a set was done, oldest first. Those ahead of the clock are not among them."""
    done = [session for session in person.sessions if _done(session) and not is_ahead(session.began, now)]
    return sorted(done, key=lambda session: session.began)


def weeks_trained(person: Person, now: datetime) -> int:
    """Weeks with two days of strength work or more, since the last gap of 28 days. 0 where one is open."""
    days: list[datetime] = []
    later = now
    for session in reversed(sessions_done(person, now)):
        if days_since(session.began, later) >= GAP_DAYS:
            break
        later = session.began
        if _strength(session):
            days.append(session.began.astimezone(now.tzinfo))
    weeks = [day.isocalendar()[:2] for day in {day.date() for day in days}]
    return sum(weeks.count(week) >= WEEKLY for week in set(weeks))


def _done(session: Trained) -> bool:
    return any(each.done_reps > 0 or each.done_ms > 0 for each in session.sets)


def _strength(session: Trained) -> bool:
    return len({each.exercise for each in session.sets if each.done_reps > 0}) >= MOVEMENTS
