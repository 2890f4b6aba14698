"""What is exchanged: sessions with their sets, as plain values between the log and every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime

from voice_coach.journal import Log, SessionLog
from voice_coach.person.model import Effort
from voice_coach.review import Outcome, SetSummary
from voice_coach.review.careful import amount, origin, rung
from voice_coach.review.corrections import records
from voice_coach.review.efforts import efforts
from voice_coach.review.sets import set_rows
from voice_coach.review.summary import stood_still
from voice_coach.routine.model import Ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One set that was begun or skipped. Amounts are None where it is not measured that way, or nobody knows."""

    name: str
    exercise: str = ""  # id
    block: str = ""
    set: int = 1
    of: int = 1
    round: int = 1
    side: str | None = None
    own_pace: bool = False
    planned_reps: int | None = None
    planned_ms: Ms | None = None
    target_reps: int | None = None
    target_ms: Ms | None = None
    reps: int | None = None  # done
    ms: Ms | None = None  # at work
    grams: int | None = None
    label: str | None = None  # the band
    rung: int = 0
    variant: str | None = None  # the rung in words
    outcome: Outcome = Outcome.COMPLETED
    effort: int | None = None  # of the movement in that session, 0-10
    reserve: int | None = None  # the same, reps left over; 4 is "more"
    note: str = ""  # somebody else's words about it
    at: Ms | None = None  # when it was over

    @property
    def timed(self) -> bool:
        """Whether it is measured in time alone: a hold, or moving for a while."""
        return not self.reps and not self.target_reps and bool(self.ms)

    @property
    def was_done(self) -> bool:
        """Whether there is an amount to tell: what was skipped, or given up before the first rep, has none."""
        return self.outcome in (Outcome.COMPLETED, Outcome.PARTLY) and (bool(self.reps) or self.timed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session. `began` has the offset of the place where it was; `ms` is None where nobody knows."""

    began: datetime
    title: str
    rows: Sequence[Row]
    id: str = ""
    routine: str = ""  # id
    ms: Ms | None = None
    still_ms: Ms = 0  # of `ms`, the time in which it stood still
    ended: str | None = None

    @property
    def local(self) -> datetime:
        """What the clock on her wall showed, to the second."""
        return self.began.replace(tzinfo=None, microsecond=0)

    @property
    def moving_ms(self) -> Ms | None:
        """How long it took, without the time in which it stood still."""
        return None if self.ms is None else max(1, self.ms - self.still_ms)

    @property
    def name(self) -> str:
        """What it is called where it must be called something."""
        return next(filter(str.strip, (self.title, self.routine)), "Session")

    @property
    def done(self) -> tuple[tuple[int, Row], ...]:
        """The sets with an amount, each with its number within its movement, from 0: sides and rounds count on."""
        counts: dict[str, int] = {}
        found = []
        for row in self.rows:
            if row.was_done:
                counts[row.name] = counts.get(row.name, -1) + 1
                found.append((counts[row.name], row))
        return tuple(found)


def sessions_of(log: Log, since: date | None = None, until: date | None = None) -> tuple[Session, ...]:
    """The sessions of those days, both included, by the clock of the place, oldest first; corrections are in them.

    One whose time was lost altogether cannot be placed and is left out. A lean log is enough.
    """
    found = [one for each in log.sessions if (one := _session(each)) and within(one.began, since, until)]
    return tuple(sorted(found, key=lambda one: one.began))


def began_of(log: SessionLog) -> datetime | None:
    """When a session began, by the first of its lines that knows; None also for a year with none beside it."""
    began = next(filter(None, (origin(entry.fields) for entry in log.entries)), None)
    return began if began and MINYEAR < began.year < MAXYEAR else None


def by_the_clock(sessions: Sequence[Session]) -> list[Session]:
    """In the order of the clocks on the wall, which is all that programs know that have no time zones."""
    return sorted(sessions, key=lambda one: one.local)


def within(began: datetime, since: date | None, until: date | None) -> bool:
    """Whether a time lies in those days by the clock of its place; without one there is no bound."""
    return (since is None or since <= began.date()) and (until is None or began.date() <= until)


def _session(log: SessionLog) -> Session | None:
    began = began_of(log)
    if began is None:
        return None
    start, end, told = log.start, log.end, records(log)
    ms = amount(end["at"] if end else max(entry.fields["at"] for entry in log.entries))
    return Session(
        began=began,
        title=start["title"] if start else "",
        # Without the plan: what it asked for stands in the records, and what was not begun is not exchanged.
        rows=tuple(_rows(set_rows((), told), efforts(told))),
        id=log.id,
        routine=start["routine"] if start else "",
        ms=ms or None,
        still_ms=amount(stood_still(told, ms)[1]),
        ended=end["reason"] if end else None,
    )


def _rows(sets: Sequence[SetSummary], felt: Mapping[str, Effort]) -> Iterator[Row]:
    for row in sets:
        effort = felt.get(row.exercise, Effort())
        # At her own pace nobody counts: she said "done", and may have told how many they were (`review.trained`).
        uncounted = row.own_pace and row.outcome is Outcome.COMPLETED and row.done_reps is None
        yield Row(
            name=row.name if row.name.strip() else row.exercise or "?",
            exercise=row.exercise,
            block=row.block,
            set=row.set,
            of=row.of,
            round=row.round,
            side=row.side,
            own_pace=row.own_pace,
            planned_reps=_sane(row.planned_reps),
            planned_ms=_sane(row.planned_ms),
            target_reps=_sane(row.target_reps),
            target_ms=_sane(row.target_ms),
            reps=_sane(row.target_reps if uncounted else row.done_reps),
            ms=_sane(row.done_ms),
            grams=_sane(row.load_g),
            label=row.load,
            rung=rung(row.rung),
            variant=row.variant,
            outcome=row.outcome,
            effort=effort.effort,
            reserve=effort.reserve,
            at=_sane(row.at),
        )


def _sane(value: int | None) -> int | None:
    """A number out of a log that anybody may have edited: one that nobody can have done is nought."""
    return None if value is None else amount(value)
