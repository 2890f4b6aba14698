"""What a line of the log looks like: one JSON object, whose fields are listed here and checked when it is read.

Times: `at` is session time in milliseconds, `wall` the clock on the wall (ISO 8601 with its offset from UTC).
`n` counts the lines of a session from 0 without a gap, so a lost line is noticed; lines about the person have a count
of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

from voice_coach.errors import LogError

VERSION = 1
UNHEARD = "unheard"  # the kind of a note about words that meant nothing; they are its `words`

Fields: TypeAlias = Mapping[str, Any]  # one line as it was parsed
Scalar: TypeAlias = "str | int | bool | None"

_ALWAYS: Mapping[str, type] = {"session": str, "n": int, "at": int, "wall": str, "type": str}

_OF_TYPE: Mapping[str, Mapping[str, type]] = {
    "start": {  # first line of a session; with `plan` it can be played again
        "program": str,  # version of voice-coach
        "routine": str,  # id
        "title": str,
        "digest": str,  # SHA-256 of the routine and its exercises
        "plan": dict,  # items, sets, segments: see `codec.pack_plan`
        "setup": dict,  # what spoke, heard and sounded: see `Setup`
    },
    "speech": {"lines": list},  # [key, [arguments], ms] of each sentence whose length was asked for first here
    "event": {"event": dict},  # what went into the engine; `type` in it names the kind of event
    "record": {"kind": str, "data": dict},  # what the engine decided: a set, a pause, a refused command …
    "note": {"kind": str, "data": dict},  # what the engine does not know: "unheard" words, devices, underflows …
    "person": {"kind": str, "data": dict},  # what is known of her, see `person.lines`; belongs to no session
    "end": {  # last line; a session without it was cut off
        "reason": str,
        "trace": str,  # SHA-256 over all effects, see `codec.canonical`
        "effects": int,  # how many there were
        "records": int,  # how many of them were records
    },
}


def fault(fields: object) -> str | None:
    """Why this is no line of the log, or None. A line of a type that is not known here passes."""
    if not isinstance(fields, dict):
        return "it is no JSON object"
    for name, wanted in _ALWAYS.items():
        if type(fields.get(name)) is not wanted:
            return f"{name!r} is missing or of the wrong type"
    for name, wanted in _OF_TYPE.get(fields["type"], {}).items():
        if type(fields.get(name)) is not wanted:
            return f"{name!r} is missing or of the wrong type"
    if fields["type"] in ("start", "person") and not tells_the_time(fields["wall"]):
        return "'wall' is no date and time with its offset from UTC"
    return _plan_fault(fields) if fields["type"] == "start" else None


def tells_the_time(wall: str) -> bool:
    """Whether it is a date and time with its offset from UTC."""
    try:
        return datetime.fromisoformat(wall).tzinfo is not None
    except ValueError:
        return False


def _plan_fault(fields: Fields) -> str | None:
    try:
        work_sets(fields)
    except LogError as error:
        return str(error)
    return None


def work_sets(start: Fields) -> list[dict[str, Any]]:
    """The sets of a start line's plan in the order in which they were to be done, each with its item in full."""
    plan = start["plan"]
    try:
        items = plan["items"]
        whole = [{**planned, "item": items[planned["item"]]} for planned in plan["sets"]]
        for planned in whole:
            _ = [planned[name] for name in ("number", "side", "block", "round")]
            _ = [planned["item"]["exercise"][name] for name in ("id", "name")], planned["item"]["amount"]["type"]
            _ = (planned["item"]["load"] or {}).get("grams")
        return [whole[index] for phase, index, _ in plan["segments"] if phase == "work"]
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        raise LogError("the plan in it cannot be read") from None
