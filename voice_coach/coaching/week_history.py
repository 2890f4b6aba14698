"""What was done lately, each session as late as it can have been: a clock that was set never shortens a rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from voice_coach.coaching.week_kinds import Kind, kind_of_session
from voice_coach.person.model import Person, Trained
from voice_coach.routine.model import Routine

REST = timedelta(hours=48)  # between strength sessions (EVIDENCE 2.3, [P])
STRENGTH_MOST = 2  # strength sessions in seven days (the same)
IMPACT_MOST = 6  # "3-6 days a week" (the same)
WINDOW = 7  # days, today among them


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A session that was done, or is planned; `at` in the time zone of `now`."""

    at: datetime
    kind: Kind
    routine: str


def history(person: Person, routines: Sequence[Routine], now: datetime) -> tuple[Done, ...]:
    """The sessions in which anything was done, in the order of the log."""
    at = _latest([session.began for session in person.sessions], now)
    return tuple(
        Done(at=latest, kind=kind_of_session(session, routines), routine=session.routine)
        for latest, session in zip(at, person.sessions, strict=True)
        if _begun(session)
    )


def strength_possible(done: Sequence[Done], now: datetime) -> bool:
    """Whether 48 hours lie behind the last strength session, and there were fewer than two in seven days."""
    rested = all(now - each.at >= REST for each in done if each.kind is Kind.STRENGTH)
    return rested and count(done, Kind.STRENGTH, now.date()) < STRENGTH_MOST


def count(done: Sequence[Done], kind: Kind, today: date) -> int:
    """How many of a kind there were in the seven days that end with `today`."""
    return sum(each.kind is kind and 0 <= (today - each.at.date()).days < WINDOW for each in done)


def on(done: Sequence[Done], day: date) -> tuple[Done, ...]:
    """What was done on a day."""
    return tuple(each for each in done if each.at.date() == day)


def days_since(done: Sequence[Done], kind: Kind, today: date) -> int | None:
    """Nights since the last of a kind; None where there was none."""
    return min(((today - each.at.date()).days for each in done if each.kind is kind), default=None)


def _begun(session: Trained) -> bool:
    """Whether a set was done; also where the log broke off before it could tell."""
    return session.ended is None or any(each.done_reps > 0 or each.done_ms > 0 for each in session.sets)


def _latest(began: Sequence[datetime], now: datetime) -> list[datetime]:
    """When each session was; where its clock cannot be right, the latest that it can have been.

    The log is in the order in which things happened: a session ahead of now, or before one that came earlier in the
    log, was at the latest when the next one was, and that is now where there is no next.
    """
    nexts, earliest = [now], now
    for own in reversed(began[1:]):
        earliest = min(earliest, own)
        nexts.append(earliest)
    found: list[datetime] = []
    newest = None
    for own, following in zip(began, reversed(nexts), strict=False):
        right = own <= now and (newest is None or newest <= own)
        newest = own if right else newest
        found.append((own if right else following).astimezone(now.tzinfo))
    return found
