"""What a page is made from: everything known of her, her newest session in full, and what the log could not tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from voice_coach.journal import Log, SessionLog
from voice_coach.page.parts import many
from voice_coach.person.model import Person, Trained
from voice_coach.review import SessionSummary, summarise
from voice_coach.review.history import name_of
from voice_coach.review.opening import opened
from voice_coach.review.past import ahead, weeks_back
from voice_coach.routine.model import Exercise

WEEKS = 12  # shown in detail: as long as a screening counts (EVIDENCE 1.1, [P])


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """One log, looked at on a day."""

    person: Person
    exercises: Mapping[str, Exercise]  # may lack what the log has
    now: datetime
    titles: Mapping[str, str]  # of routines, by their id, as they were when they were done last
    newest: tuple[SessionLog, SessionSummary] | None  # None where there is no session yet
    notes: tuple[str, ...] = ()  # what of the log could not be read, in sentences
    weeks: int = WEEKS

    @property
    def today(self) -> date:
        """The day on which it is looked at."""
        return self.now.date()

    @property
    def since(self) -> date:
        """The Monday from which on everything is shown in detail."""
        return weeks_back(self.today, self.weeks)

    @property
    def lately(self) -> tuple[Trained, ...]:
        """The sessions since then, by their time; what is dated ahead of today is not among them."""
        found = (one for one in self.person.sessions if self.covers(one.began.date()))
        return tuple(sorted(found, key=lambda one: one.began))

    def covers(self, day: date) -> bool:
        """Whether a day is one of those that are shown in detail."""
        return self.since <= day <= self.today

    def title(self, routine: str) -> str:
        """What a routine is called."""
        return self.titles.get(routine) or routine or "A session whose beginning was lost"

    def name(self, exercise: str) -> str:
        """What a movement is called."""
        return name_of(exercise, self.exercises)


def read(
    path: Path, exercises: Mapping[str, Exercise], now: datetime, weeks: int = WEEKS, cache: Path | None = None
) -> Diary:
    """The log at `path`; for `cache` see `opened`. Raises `LogError` where there is none, or it cannot be read."""
    book = opened(path, cache)
    log, person = book.log, book.person
    newest = log.sessions[-1] if log.sessions else None
    return Diary(
        person=person,
        exercises=exercises,
        now=now,
        titles=dict(filter(None, book.begins)),
        newest=(newest, summarise(newest)) if newest else None,
        notes=tuple(_notes(log, len(ahead(person.sessions, now.date())), book.begins.count(None))),
        weeks=weeks,
    )


def _notes(log: Log, later: int, broken: int) -> list[str]:
    notes: list[str] = []
    if log.damage:
        lines = many(len(log.damage), "line")
        notes.append(f"{lines} of the log could not be read and {'is' if len(log.damage) == 1 else 'are'} left out.")
    if log.foreign:
        lines = many(len(log.foreign), "line")
        notes.append(f"{lines} of the log {'is' if len(log.foreign) == 1 else 'are'} of another version and left out.")
    if later:
        are = "is" if later == 1 else "are"
        notes.append(
            f"{many(later, 'session')} {are} dated ahead of today, by a clock that was wrong, and not counted."
        )
    if broken:
        what = "it" if broken == 1 else "them"
        notes.append(f"The beginning of {many(broken, 'session')} was lost; what was done in {what} counts.")
    return notes
