"""Lines that are certainly in order, found some ten times faster than by taking each apart; and the values of a line.

A line is in order when `format.fault` has nothing against it. What is not certain here is left to `reader.parse`, so
this room changes how long reading takes and never what is read. Only here is msgspec known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

import msgspec

from voice_coach.journal.format import Fields, tells_the_time
from voice_coach.session.events import DISTRESS

LONG = 4_300  # bytes; Python's own parser refuses a number of as many digits, and none is looked at here


class _Object(msgspec.Struct, gc=False):
    """Any JSON object; what is in it is checked and not kept."""


class Head(msgspec.Struct, gc=False, forbid_unknown_fields=True, tag_field="type"):
    """What every line begins with."""

    v: Literal[1]
    session: str
    n: int
    at: int
    wall: str


class _Event(Head, gc=False, forbid_unknown_fields=True, tag="event"):
    event: _Object


class _Speech(Head, gc=False, forbid_unknown_fields=True, tag="speech"):
    lines: msgspec.Raw


class _Record(Head, gc=False, forbid_unknown_fields=True, tag="record"):
    kind: str
    data: msgspec.Raw


class _Note(Head, gc=False, forbid_unknown_fields=True, tag="note"):
    kind: str
    data: _Object


class _End(Head, gc=False, forbid_unknown_fields=True, tag="end"):
    reason: str
    trace: str
    effects: int
    records: int


class _Exercise(msgspec.Struct, gc=False):
    id: msgspec.Raw
    name: msgspec.Raw


class _Amount(msgspec.Struct, gc=False):
    type: msgspec.Raw


class _Item(msgspec.Struct, gc=False):
    exercise: _Exercise
    amount: _Amount
    load: _Object | None


class _Set(msgspec.Struct, gc=False):
    item: int
    number: msgspec.Raw
    side: msgspec.Raw
    block: msgspec.Raw
    round: msgspec.Raw


class _Plan(msgspec.Struct, gc=False):
    """What `format.work_sets` needs of a plan."""

    items: list[_Item]
    sets: list[_Set]
    segments: list[tuple[str, int, int]]


class _Start(Head, gc=False, forbid_unknown_fields=True, tag="start"):
    program: str
    routine: str
    title: str
    digest: str
    plan: _Plan
    setup: dict[str, Any]


_DECODE = msgspec.json.Decoder(_Event | _Speech | _Record | _Note | _End | _Start).decode
# How a line, as `Journal` writes it, tells its type; quotes inside of texts are escaped, so none of them looks like it.
TYPE = b'"type":"'
# Those that only a replay and the view of one session need.
REPLAY_ONLY = (b'"type":"event"', b'"type":"speech"', b'"type":"note"', b'"type":"record","kind":"refused"')
_EVENT = REPLAY_ONLY[0]
_URGENT = re.compile(b'"intent":"(?:%s)"' % "|".join(each.value for each in DISTRESS).encode("ascii"))
_KEPT = [name for name in _Start.__struct_fields__ if name != "plan"]
_DIGITS = bytes(0x30 if 0x30 <= code <= 0x39 else code for code in range(256))  # all digits look like 0


def head(raw: bytes) -> Head | None:
    """How a line begins that is certainly in order; None where only taking it apart can tell.

    Lines about the person are among the latter: they are few, and needed whole.
    """
    if not raw.isascii() or (len(raw) >= LONG and _may_have_a_long_number(raw)):
        return None
    try:
        found: Head = _DECODE(raw)
    except (msgspec.MsgspecError, RecursionError):
        return None
    check = _CHECKS.get(type(found))
    return found if check is None or check(found) else None


def is_replay_only(raw: bytes) -> bool:
    """Whether a line is one that only a replay and the view of one session need.

    A word of distress is none: its record may be missing where the power was cut.
    """
    at = raw.find(TYPE)
    return raw.startswith(REPLAY_ONLY, at) and not (raw.startswith(_EVENT, at) and _URGENT.search(raw, at))


def _may_have_a_long_number(raw: bytes) -> bool:
    """Whether it may have a number of `LONG` digits: it would lie under four of these samples in a row."""
    return b"0000" in raw[:: LONG // 5].translate(_DIGITS)


def _is_in_order(plan: _Plan) -> bool:
    """Whether all that is pointed at is there."""
    items, sets = [each.item for each in plan.sets], [index for _, index, _ in plan.segments]
    return (
        min(items, default=0) >= 0
        and max(items, default=-1) < len(plan.items)
        and min(sets, default=0) >= 0
        and max(sets, default=-1) < len(plan.sets)
    )


_CHECKS: Mapping[type, Callable[[Any], bool]] = {
    _Record: lambda found: bytes(found.data).startswith(b"{"),
    _Speech: lambda found: bytes(found.lines).startswith(b"["),
    _Start: lambda found: tells_the_time(found.wall) and _is_in_order(found.plan),
}


class Lean:
    """Lines taken apart as far as is needed to know the person: without plans, and equal data of records only once.

    A set is done the same way many times: most data of ten years is shared.
    """

    def __init__(self) -> None:
        self._data: dict[bytes, Fields] = {}

    def line(self, found: Head, raw: bytes) -> Fields | bytes:
        """The line that begins so; as it stands where there is nothing to leave out."""
        if isinstance(found, _Record):
            return {
                "v": found.v,
                "session": found.session,
                "n": found.n,
                "at": found.at,
                "wall": found.wall,
                "type": "record",
                "kind": found.kind,
                "data": self._shared(bytes(found.data)),
            }
        if isinstance(found, _Start):
            return {"type": "start"} | {name: getattr(found, name) for name in _KEPT}
        return raw

    def _shared(self, raw: bytes) -> Fields:
        data = self._data.get(raw)
        if data is None:
            data = self._data[raw] = values(raw)
        return data


def values(raw: bytes) -> Any:
    """The JSON value of a line. Raises ValueError or RecursionError where it is none.

    What msgspec refuses (no numbers like NaN, half of a character written as "\\ud800"), Python's own parser decides.
    """
    try:
        return msgspec.json.decode(raw)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return json.loads(raw.decode("utf-8"))


def pack(value: object) -> bytes:
    """Lists, mappings, dataclasses and plain values as MessagePack. ValueError or OverflowError where one cannot be."""
    return msgspec.msgpack.encode(value)


def unpack(data: bytes, kind: Any = Any) -> Any:
    """What `pack` has made, of this type. Raises ValueError where it is nothing such."""
    return msgspec.msgpack.decode(data, type=kind)
