"""Playing a logged session again: the same plan, sentence lengths and events must give the same records and trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voice_coach.errors import LogError, ReplayError
from voice_coach.journal import IMPORTED, Entry, Fields, SessionLog, codec
from voice_coach.routine.model import Ms
from voice_coach.session.engine import Session
from voice_coach.session.events import Effect, End, Record
from voice_coach.session.lines import Line
from voice_coach.session.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayResult:
    """How a replay compares with the log.

    `trace_equal` is None where the log has no trace to compare with, because the session broke off or lines are
    missing; then the records that were logged have to be the beginning of those the replay gives. `first_difference`
    is a sentence, empty where there is none.
    """

    session: str
    records: int  # in the log
    records_equal: bool
    trace_equal: bool | None
    first_difference: str = ""

    @property
    def same(self) -> bool:
        """Whether the replay gave all that the log holds."""
        return self.records_equal and self.trace_equal is not False

    def verify(self) -> None:
        """Raise `ReplayError` with the first difference, if there is one."""
        if not self.same:
            raise ReplayError(
                f"Session {self.session} is not the same when it is played again: {self.first_difference}"
            )


class _LengthMissing(Exception):
    """The session asks for a sentence whose length the log does not hold."""

    def __init__(self, line: Line) -> None:
        self.line = line


def replay(log: SessionLog) -> ReplayResult:
    """Play a session again and compare. Raises `ReplayError` where the log does not hold what is needed for it."""
    entries = log.unbroken
    if not entries or entries[0].fields["type"] != "start":
        raise ReplayError(f"Session {log.id} cannot be played again: its first line, with the plan, is missing.")
    mode = str(entries[0].fields["setup"].get("mode", ""))
    if mode.startswith(IMPORTED):
        raise ReplayError(f"Session {log.id} cannot be played again: it was {mode}, which tells only what was done.")
    try:
        plan = codec.unpack_plan(entries[0].fields)
        lengths = codec.speech_from(
            length for entry in entries if entry.fields["type"] == "speech" for length in entry.fields["lines"]
        )
        emergency = entries[0].fields["setup"].get("emergency", "")  # logs from before there was one have none
        effects, missing = _play(plan, lengths, entries, str(emergency))
    except LogError as error:
        raise ReplayError(f"Session {log.id} cannot be played again: {error}.") from None
    end = entries[-1].fields if entries[-1].fields["type"] == "end" else None
    return _compare(log.id, entries, end, effects, missing)


def _play(
    plan: Plan, lengths: dict[Line, Ms], entries: Sequence[Entry], emergency: str
) -> tuple[list[Effect], Line | None]:
    """All effects, and the line whose length is missing, if the replay had to stop there."""

    def speech_ms(line: Line) -> Ms:
        if line not in lengths:
            raise _LengthMissing(line)
        return lengths[line]

    session = Session(plan, speech_ms, emergency)
    effects: list[Effect] = []
    try:
        for entry in entries:
            if entry.fields["type"] == "event":
                # The line's own time is the one at which the session took the event.
                event = replace(codec.event_from(entry.fields["event"]), at=entry.fields["at"])
                effects += session.receive(event)
        last = entries[-1].fields
        # Without an end the session had come at least as far as its latest line says.
        until = last["at"] if last["type"] == "end" else max(entry.fields["at"] for entry in entries)
        effects += session.advance(until)
    except _LengthMissing as stop:
        return _to_the_end(effects), stop.line
    return _to_the_end(effects), None


def _to_the_end(effects: list[Effect]) -> list[Effect]:
    """What a log can hold: nothing counts that came behind the end, as a command does that was heard too late."""
    ends = (index for index, effect in enumerate(effects, start=1) if isinstance(effect, End))
    return effects[: next(ends, len(effects))]


def _compare(
    name: str, entries: Sequence[Entry], end: Fields | None, effects: Sequence[Effect], missing: Line | None
) -> ReplayResult:
    logged = [entry for entry in entries if entry.fields["type"] == "record"]
    again = [effect for effect in effects if isinstance(effect, Record)]
    difference = _first_difference(logged, again, whole=end is not None)
    records_equal = not difference
    trace_equal = None
    if end is not None:
        trace_equal = _trace(effects) == end["trace"]
        if records_equal and not trace_equal:
            difference = (
                f"all {len(logged)} records agree, but not what was said and sounded"
                f" ({end['effects']} effects in the log, {len(effects)} in the replay)."
            )
    if difference and missing is not None:
        difference += f" The log has no length for the sentence {missing.key.value!r} {list(missing.args)}."
    return ReplayResult(
        session=name,
        records=len(logged),
        records_equal=records_equal,
        trace_equal=trace_equal,
        first_difference=difference,
    )


def _trace(effects: Sequence[Effect]) -> str:
    trace = codec.Trace()
    for effect in effects:
        trace.add(effect)
    return trace.hexdigest()


def _first_difference(logged: Sequence[Entry], again: Sequence[Record], *, whole: bool) -> str:
    for index, entry in enumerate(logged):
        if index >= len(again):
            return f"line {entry.line} is a {_in_words(entry.fields)}; the replay gives nothing more."
        record = again[index]
        now: Fields = {"at": record.at, "kind": record.kind, "data": dict(record.data)}
        if any(entry.fields[key] != now[key] for key in now):
            return (
                f"line {entry.line} is a {_in_words(entry.fields)}; the replay gives {_deviation(entry.fields, now)}."
            )
    if whole and len(again) > len(logged):
        extra = again[len(logged)]
        return f"the replay gives a record more: {extra.kind!r} at {extra.at} ms."
    return ""


def _in_words(fields: Fields) -> str:
    return f"record {fields['kind']!r} at {fields['at']} ms"


def _deviation(logged: Fields, again: Fields) -> str:
    if (logged["kind"], logged["at"]) != (again["kind"], again["at"]):
        return f"a {_in_words(again)}"
    before, after = logged["data"], again["data"]
    names = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    return "; ".join(f"{name} {after.get(name)!r} instead of {before.get(name)!r}" for name in names)
