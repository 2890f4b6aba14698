"""What became of one session: a fold of its log lines into frozen values, planned beside done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from voice_coach.journal import UNHEARD, Entry, Fields, SessionLog, work_sets
from voice_coach.person.model import Effort
from voice_coach.review import corrections
from voice_coach.review.efforts import efforts
from voice_coach.review.sets import Outcome, SetSummary, number, set_rows
from voice_coach.routine.model import Ms

# Records after which the plan stands still; "resumed", or the end, lets it go on. A device that is back is none of
# them: the plan stands still since it was lost, or she has gone on with the keys.
STANDING = frozenset({"paused", "stopped", "distress", "device lost", "held up"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandUse:
    """One command that was heard or typed, and whether the answer was "not now"."""

    at: Ms
    intent: str
    phrase: str
    via: str
    value: int
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What "easier", "harder", "slower" or "faster" left in force for an exercise. See `session.dose.Adjustment`."""

    at: Ms
    exercise: str
    intent: str
    rung: int
    reps: int
    ms: Ms
    pace: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Distress:
    """A distress word, and when it was taken back as misheard, if it was."""

    at: Ms
    intent: str
    phrase: str
    cleared: Ms | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """Words that meant nothing."""

    at: Ms
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSummary:
    """One session. Times are session milliseconds; texts are as they stand in the log, whatever is in them."""

    id: str
    began: datetime | None  # None, and the next three empty, where the first line was lost
    routine: str
    title: str
    setup: Mapping[str, Any]
    ended: str | None  # the reason; None when the log breaks off
    ms: Ms
    sets: Sequence[SetSummary]
    commands: Sequence[CommandUse]
    changes: Sequence[Change]
    distress: Sequence[Distress]
    pauses: int
    paused_ms: Ms
    rest_added_ms: Ms
    unheard: Sequence[Unheard]
    gaps: bool  # lines of this session are missing
    efforts: Mapping[str, Effort] = field(default_factory=dict)  # what she told, by the id of the movement

    @property
    def sets_done(self) -> int:
        """How many of the planned sets were begun, each counted once however often it was tried."""
        return len({row.place for row in self.sets if row.outcome in (Outcome.COMPLETED, Outcome.PARTLY)})

    @property
    def sets_planned(self) -> int:
        """How many sets the plan had."""
        return len({row.place for row in self.sets})


def summarise(log: SessionLog) -> SessionSummary:
    """The summary of one session, of however much of its log there is."""
    start, end = log.start, log.end
    records = corrections.records(log)
    ms = end["at"] if end else max(entry.fields["at"] for entry in log.entries)
    pauses, paused_ms = stood_still(records, ms)
    return SessionSummary(
        id=log.id,
        began=datetime.fromisoformat(start["wall"]) if start else None,
        routine=start["routine"] if start else "",
        title=start["title"] if start else "",
        setup={"program": start["program"], **start["setup"]} if start else {},
        ended=end["reason"] if end else None,
        ms=ms,
        sets=set_rows(work_sets(start) if start else [], records),
        commands=_commands(log.entries),
        changes=tuple(_change(record) for record in records if record["kind"] == "adjusted"),
        distress=_distress(records),
        pauses=pauses,
        paused_ms=paused_ms,
        rest_added_ms=sum(number(record["data"], "added_ms") for record in records if record["kind"] == "more rest"),
        unheard=tuple(_unheard(log.entries)),
        gaps=len(log.unbroken) < len(log.entries),
        efforts=efforts(records),
    )


def _commands(entries: Iterable[Entry]) -> tuple[CommandUse, ...]:
    """A refusal stands behind the command it answers, before anything else goes in."""
    uses: list[CommandUse] = []
    answering = False
    for entry in entries:
        fields = entry.fields
        if fields["type"] == "event":
            event = fields["event"]
            answering = event.get("type") == "command"
            if answering:
                uses.append(
                    CommandUse(
                        at=fields["at"],
                        intent=str(event.get("intent")),
                        phrase=str(event.get("phrase") or ""),
                        via=str(event.get("via")),
                        value=number(event, "value"),
                    )
                )
        elif answering and fields["type"] == "record" and fields["kind"] == "refused":
            uses[-1] = replace(uses[-1], refused=True)
            answering = False
    return tuple(uses)


def _change(record: Fields) -> Change:
    data = record["data"]
    return Change(
        at=record["at"],
        exercise=str(data.get("exercise")),
        intent=str(data.get("intent")),
        rung=number(data, "rung"),
        reps=number(data, "reps"),
        ms=number(data, "ms"),
        pace=number(data, "pace"),
    )


def _distress(records: Iterable[Fields]) -> tuple[Distress, ...]:
    found: list[Distress] = []
    for record in records:
        if record["kind"] == "distress":
            data = record["data"]
            found.append(
                Distress(at=record["at"], intent=str(data.get("intent")), phrase=str(data.get("phrase") or ""))
            )
        elif record["kind"] == "false alarm":
            found = [one if one.cleared is not None else replace(one, cleared=record["at"]) for one in found]
    return tuple(found)


def stood_still(records: Iterable[Fields], end: Ms) -> tuple[int, Ms]:
    """How often and how long the plan stood still. What follows a pause to the end counts, the goodbye included."""
    count, total, since = 0, 0, None
    for record in records:
        if record["kind"] in STANDING and since is None:
            count, since = count + 1, record["at"]
        elif record["kind"] == "resumed" and since is not None:
            total, since = total + record["at"] - since, None
    return count, total + (end - since if since is not None else 0)


def _unheard(entries: Iterable[Entry]) -> Iterable[Unheard]:
    for entry in entries:
        if entry.fields["type"] == "note" and entry.fields["kind"] == UNHEARD:
            yield Unheard(at=entry.fields["at"], words=str(entry.fields["data"].get("words")))
