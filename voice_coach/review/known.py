"""What is known of the person: the fold of the whole log, lines about her and sessions alike, into one frozen value.

Nothing in a log makes this fail. A line that cannot be read was not said; a session whose beginning was lost still
tells what was done and what happened; dates stand as they were written, however strange.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TypeAlias, TypeVar

from voice_coach.journal import Fields, Log, SessionLog, load, no_garbage_collection
from voice_coach.person.lines import CONSENT, Fact, fact_of
from voice_coach.person.model import (
    Answered,
    Clearance,
    Correction,
    Decision,
    Incident,
    Measured,
    Person,
    Trained,
    Weight,
)
from voice_coach.review.careful import origin, text
from voice_coach.review.happened import happened
from voice_coach.review.trained import Rows, gone_on, trained

Told: TypeAlias = "tuple[int, Fact]"  # with its line in the file, which is the order in which things were written
T = TypeVar("T", bound="Fact")


def known_at(path: Path) -> Person:
    """What the log at `path` tells; somebody nothing is known of where there is none yet. LogError if unreadable."""
    return known(load(path, lean=True)) if path.exists() else Person()


def known(log: Log) -> Person:
    """What a log tells. A lean one is enough. Everything stands in the order in which it was written."""
    with no_garbage_collection():
        return _known(log)


def _known(log: Log) -> Person:
    sessions = _Sessions()
    for session in log.sessions:
        sessions.add(session)
    told = [(entry.line, fact) for entry in log.person if (fact := _fact(entry.fields))]
    return Person(
        consented=_consented(entry.fields for entry in log.person),
        forms=_of(Answered, told),
        incidents=_of(Incident, _without_echoes(told, sessions.incidents)),
        clearances=_of(Clearance, told),
        sessions=tuple(sessions.trained),
        decisions=_of(Decision, told),
        measures=_of(Measured, told),
        weights=_of(Weight, told),
        corrections=_of(Correction, told),
    )


@dataclass(slots=True)
class _Sessions:
    """The sessions so far, and when the last of them began: the best guess for one whose own time was lost."""

    trained: list[Trained] = field(default_factory=list)
    incidents: list[Told] = field(default_factory=list)
    latest: datetime | None = None
    rows: Rows = field(default_factory=Rows)

    def add(self, session: SessionLog) -> None:
        """Take the next one in. Without any time at all, its own or an earlier one, it cannot be placed: left out."""
        began = next(filter(None, (origin(entry.fields) for entry in session.entries)), self.latest)
        if began is not None:
            self.latest = began
            self._add(trained(session, began, self.rows), text((session.start or {}).get("setup", {}).get("resumes")))
            self.incidents += happened(session, began)

    def _add(self, session: Trained, resumes: str) -> None:
        """One that goes on with the one before it, which the machine broke off, is the same session to her."""
        if resumes and self.trained and self.trained[-1].id == resumes:
            session = gone_on(self.trained.pop(), session)
        self.trained.append(session)


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
    return tuple(fact for _, fact in sorted(((line, fact) for line, fact in told if isinstance(fact, kind)), key=_line))


def _line(told: tuple[int, object]) -> int:
    return told[0]
