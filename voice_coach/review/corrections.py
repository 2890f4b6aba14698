"""What she told afterwards of a set stands in the place of what was counted: the records of a session, put right.

A correction is a line of its own and the log is never changed. One of what does not exist changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from voice_coach.journal import Fields, SessionLog
from voice_coach.person.lines import fact_of
from voice_coach.person.model import Correction

CORRECTED = "corrected"  # in the data of the record of a set: it is as she told it
_NAMES = ("exercise", "round", "set", "side")  # by which a report in the session names its set


def corrections(session: SessionLog) -> tuple[Correction, ...]:
    """What was told about its sets, as it was written."""
    return tuple(_told(session))


def records(session: SessionLog) -> list[Fields]:
    """The records of a session with every correction applied. A told effort is a record of its own, behind the set."""
    found = [entry.fields for entry in session.entries if entry.fields["type"] == "record"]
    for told in _told(session):
        place = _place(found, told)
        if place is not None:
            _apply(found, place, told)
    return found


def applies(session: SessionLog, told: Correction) -> bool:
    """Whether there is a set for it, and what it tells can be told of that set."""
    return any(_is_about(entry.fields, told) for entry in session.entries if entry.fields["type"] == "record")


def is_counted(data: Fields) -> bool:
    """Whether a set is measured in reps, by its record; else it is measured in time."""
    reps = (data.get(name) for name in ("planned_reps", "target_reps", "done_reps"))
    return data.get("own_pace") is True or any(type(each) is int for each in reps)


def _fits(told: Correction, data: Fields) -> bool:
    """Whether a record of a set, or what has its names, is what a correction is about."""
    mine = (told.exercise, told.set, told.side)
    if [data.get(name) for name in ("exercise", "set", "side")] != list(mine):
        return False
    return told.block in ("", data.get("block")) and told.round in (0, data.get("round"))


def _told(session: SessionLog) -> Iterator[Correction]:
    for entry in session.told:
        fields = entry.fields
        fact = fact_of(fields["kind"], fields["data"], datetime.fromisoformat(fields["wall"]))  # checked when read
        if isinstance(fact, Correction):
            yield fact


def _is_about(record: Fields, told: Correction) -> bool:
    """Whether it can be about this record. What was skipped was not done, so nothing can be told of it."""
    data = record["data"]
    if record["kind"] != "set" or data.get("skipped") is True or not _fits(told, data):
        return False
    return (told.ms if is_counted(data) else told.reps) is None


def _place(found: Sequence[Fields], told: Correction) -> int | None:
    """Where the last set stands that it is about."""
    return next((place for place in range(len(found) - 1, -1, -1) if _is_about(found[place], told)), None)


def _apply(found: list[Fields], place: int, told: Correction) -> None:
    data = dict(found[place]["data"])
    if told.reps is not None:
        data |= _reached(data, "target_reps", told.reps) | {"done_reps": told.reps}
        _forget_report(found, place)
    if told.ms is not None:
        data |= _reached(data, "target_ms", told.ms) | {"done_ms": told.ms}
    if told.load is not None:
        data |= {"load_g": told.load.grams or None, "load": told.load.label or None}
    if (told.reps, told.ms, told.load) != (None, None, None):
        found[place] = {**found[place], "data": {**data, CORRECTED: True}}
    if told.effort is not None:
        effort = {"exercise": told.exercise, "effort": told.effort, "reserve": None}
        found.append({**found[place], "kind": "effort", "data": effort})


def _reached(data: Fields, target: str, done: int) -> dict[str, Any]:
    """A set that was broken off, and of which all was done after all, was done to its end."""
    wanted = data.get(target)
    return {"completed": True} if type(wanted) is int and 0 < wanted <= done else {}


def _forget_report(found: list[Fields], place: int) -> None:
    """What she told of it in the session, up to the next set of these names, counts no more."""
    names = [found[place]["data"].get(name) for name in _NAMES]
    mine = [at for at in range(place + 1, len(found)) if [found[at]["data"].get(name) for name in _NAMES] == names]
    again = next((at for at in mine if found[at]["kind"] == "set"), len(found))
    found[:] = [
        record
        for at, record in enumerate(found)
        if not (at in mine and at < again and record["kind"] == "reps reported")
    ]


def told_effort(session: SessionLog, exercise: str) -> int | None:
    """How hard she said that a movement was, the newest answer of the session; None where she told nothing."""
    efforts = (record["data"] for record in reversed(records(session)) if record["kind"] == "effort")
    mine = (data.get("effort") for data in efforts if data.get("exercise") == exercise)
    return next((effort for effort in mine if type(effort) is int), None)
