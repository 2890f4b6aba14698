"""How long she has trained here: what counts as a session, and as a week of strength work. One rule for everybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from voice_coach.person.model import Person, Trained
from voice_coach.safety.dates import days_since, is_ahead
from voice_coach.safety.tiers import BREATHING

GAP_DAYS = 28  # "28 days away" ends what was trained, and wants a screening (EVIDENCE 1.1 and 2.3, [P])
WEEKLY = 2  # strength sessions of a week: "sessions 2 a week" (EVIDENCE 2.3, [P])
COMPLETED = "completed"  # the value of session.events.Reason of a session that came to its end
ENOUGH_SETS = 6  # so many sets make a session of one that was ended early, [P]


def sessions_done(person: Person, now: datetime) -> list[Trained]:
    """The sessions with the coach in which a set was done, oldest first; none of those ahead of the clock.

    What another program tells of is no proof that she can do it today: she starts as everybody does ([P]).
    """
    seen = (session for session in person.sessions if not session.imported)
    done = [session for session in seen if _done(session) and not is_ahead(session.began, now)]
    return sorted(done, key=lambda session: session.began)


def strength_sessions(person: Person) -> tuple[Trained, ...]:
    """The strength sessions of the programme that were really done, by their time; also those ahead of the clock."""
    return tuple(sorted((each for each in person.sessions if _trained(each)), key=lambda each: each.began))


def counting(sessions: Sequence[Trained]) -> Iterator[bool]:
    """Whether each of these, in order of time, counts: one a day, and two in a week of the calendar.

    Two that count make a week of training, also where they lie in two: however much is done, weeks never pass sooner
    than on the calendar, and who trains once a week needs twice as long, [P].
    """
    days: dict[tuple[int, int], set[date]] = {}
    for session in sessions:
        week = days.setdefault(session.began.isocalendar()[:2], set())
        counts = len(week) < WEEKLY and session.began.date() not in week
        if counts:
            week.add(session.began.date())
        yield counts


def weeks_trained(person: Person, now: datetime) -> int:
    """Weeks of strength work since the last gap of 28 days in it. 0 where one is open."""
    since: list[Trained] = []
    later = now
    for session in reversed(strength_sessions(person)):
        if is_ahead(session.began, now):
            continue
        if days_since(session.began, later) >= GAP_DAYS:
            break
        later = session.began
        since.insert(0, session)
    return sum(counting(since)) // WEEKLY


def _done(session: Trained) -> bool:
    """Breathing alone, which is left in a hold, is no training: it ends no gap, and hurts nothing."""
    return any((each.done_reps > 0 or each.done_ms > 0) and each.exercise not in BREATHING for each in session.sets)


def _trained(session: Trained) -> bool:
    whole = session.ended == COMPLETED or sum(each.completed for each in session.sets) >= ENOUGH_SETS
    return bool(session.phase) and not session.imported and whole
