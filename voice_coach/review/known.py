"""What is known of the person: the fold of the whole log, lines about her and sessions alike, into one frozen value.

Nothing in a log makes this fail. A line that cannot be read was not said; a session whose beginning was lost still
tells what was done and what happened; dates stand as they were written, however strange.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import TypeAlias, TypeVar

from voice_coach.journal import Entry, Fields, Log, SessionLog, no_garbage_collection
from voice_coach.person.lines import CONSENT, Fact, fact_of
from voice_coach.person.model import (
    Answered,
    Clearance,
    Correction,
    Decision,
    Incident,
    Measured,
    Person,
    Placed,
    Trained,
    Weight,
)
from voice_coach.review.careful import origin, text
from voice_coach.review.happened import Found, happened
from voice_coach.review.trained import Rows, gone_on, trained

Told: TypeAlias = "tuple[int, Fact]"  # with its line in the file, which is the order in which things were written
T = TypeVar("T", bound="Fact")


def known(log: Log) -> Person:
    """What a log tells. A lean one is enough. Everything stands in the order in which it was written."""
    with no_garbage_collection():
        return person_of(_folds(log.sessions), log.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """What one session tells by itself."""

    line: int  # where it begins in the log
    trained: Trained
    incidents: Sequence[Found]
    resumes: str  # the session it goes on with, "" where none
    begins: tuple[str, str] | None  # routine and title of its first line; None where that was lost
    dated: bool  # whether it knows its own time, and has not that of the session before it


def fold(session: SessionLog, before: datetime | None, rows: Rows) -> Folded | None:
    """A session by itself; `before` is when the one before it began: the best guess where its own time was lost.

    None without any time at all: it cannot be placed, and is left out.
    """
    own = next(filter(None, (origin(entry.fields) for entry in session.entries)), None)
    began, start = own or before, session.start
    if began is None:
        return None
    return Folded(
        line=session.entries[0].line,
        trained=trained(session, began, rows),
        incidents=tuple(happened(session, began)),
        resumes=text(start["setup"].get("resumes")) if start else "",
        begins=(start["routine"], start["title"]) if start else None,
        dated=own is not None,
    )


def person_of(folds: Iterable[Folded], lines: Sequence[Entry]) -> Person:
    """Her sessions and the lines about her, put together."""
    sessions: list[Trained] = []
    incidents: list[Told] = []
    for each in folds:
        session = replace(each.trained, place=each.line)
        if each.resumes and sessions and sessions[-1].id == each.resumes:
            session = gone_on(sessions.pop(), session)  # what the machine broke off and she went on with is one to her
        sessions.append(session)
        incidents += each.incidents
    told = [(entry.line, fact) for entry in lines if (fact := _fact(entry.fields))]
    return Person(
        consented=_consented(entry.fields for entry in lines),
        forms=_of(Answered, told),
        incidents=_of(Incident, _without_echoes(told, incidents)),
        clearances=_of(Clearance, told),
        sessions=tuple(sessions),
        decisions=_of(Decision, told),
        measures=_of(Measured, told),
        weights=_of(Weight, told),
        corrections=_of(Correction, told),
    )


def _folds(sessions: Iterable[SessionLog]) -> Iterator[Folded]:
    latest, rows = None, Rows()
    for session in sessions:
        if folded := fold(session, latest, rows):
            latest = folded.trained.began
            yield folded


def _fact(fields: Fields) -> Fact | None:
    return fact_of(fields["kind"], fields["data"], datetime.fromisoformat(fields["wall"]))  # checked when it was read


def _consented(lines: Iterable[Fields]) -> datetime | None:
    """When she last agreed; None where she never did, or took it back since."""
    agreed: datetime | None = None
    for fields in lines:
        if fields["kind"] == CONSENT:
            agreed = datetime.fromisoformat(fields["wall"]) if fields["data"].get("given", True) is True else None
    return agreed


def _without_echoes(told: Sequence[Told], found: Sequence[Told]) -> list[Told]:
    """All that happened. What was told of a session's own trouble says more than its record, and stands for it."""
    said = {(fact.session, fact.trouble) for _, fact in told if isinstance(fact, Incident) and fact.session}
    fresh = [
        (line, fact) for line, fact in found if isinstance(fact, Incident) and (fact.session, fact.trouble) not in said
    ]
    return list(chain(told, fresh))


def _of(kind: type[T], told: Iterable[Told]) -> tuple[T, ...]:
    """The facts of one kind, as they follow each other in the file."""
    found = sorted(((line, fact) for line, fact in told if isinstance(fact, kind)), key=_line)
    return tuple(replace(fact, place=line) if isinstance(fact, Placed) else fact for line, fact in found)


def _line(told: tuple[int, object]) -> int:
    return told[0]
