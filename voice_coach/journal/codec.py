"""Plans, events and effects as plain JSON values, and back. Only here is cattrs known, and imported late."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from voice_coach.errors import LogError
from voice_coach.journal.format import Fields
from voice_coach.routine.model import Hold, Item, Ms, OwnPace, Reps
from voice_coach.session.dose import Adjustment
from voice_coach.session.events import (
    Command,
    DeviceBack,
    DeviceLost,
    Effect,
    End,
    Event,
    HeldUp,
    Hush,
    Record,
    Say,
    Sound,
    Start,
    Unheard,
    Volume,
)
from voice_coach.session.lines import Key, Line
from voice_coach.session.plan import Phase, Plan, PlannedSet, Segment

if TYPE_CHECKING:
    from cattrs.preconf.json import JsonConverter

_TAGS: Mapping[type, str] = {
    Reps: "reps",
    Hold: "hold",
    OwnPace: "own pace",
    Start: "start",
    Command: "command",
    Unheard: "unheard",
    DeviceLost: "device lost",
    DeviceBack: "device back",
    HeldUp: "held up",
    Say: "say",
    Sound: "sound",
    Hush: "hush",
    Volume: "volume",
    Record: "record",
    End: "end",
}
_AMOUNT: Any = Reps | Hold | OwnPace
_EVENT: Any = Start | Command | Unheard | DeviceLost | DeviceBack | HeldUp
_EFFECT: Any = Say | Sound | Hush | Volume | Record | End


@cache
def _converter() -> JsonConverter:
    """Strict: a field that this version does not know is refused, since ignoring it could change what is replayed."""
    from cattrs.preconf.json import make_converter
    from cattrs.strategies import configure_tagged_union

    converter = make_converter(forbid_extra_keys=True)
    for union in (_AMOUNT, _EVENT, _EFFECT):
        configure_tagged_union(union, converter, tag_generator=_TAGS.__getitem__, tag_name="type")
    return converter


def pack_plan(plan: Plan) -> dict[str, Any]:
    """The segments of a plan with every item and every set written once.

    `items`, then `sets` with the item's index, then `segments` as [phase, set's index, ms]. Unpacked as they are, a
    plan of half an hour takes some eight times as much room. `adjusted` is there only where a session goes on.
    """
    convert = _converter()
    items: dict[Item, int] = {}
    sets: dict[PlannedSet, int] = {}
    for segment in plan.segments:
        items.setdefault(segment.set.item, len(items))
        sets.setdefault(segment.set, len(sets))
    return {
        "items": [convert.unstructure(item) for item in items],
        "sets": [{**convert.unstructure(planned), "item": items[planned.item]} for planned in sets],
        "segments": [[segment.phase.value, sets[segment.set], segment.ms] for segment in plan.segments],
        **({"adjusted": {name: convert.unstructure(each) for name, each in plan.adjusted}} if plan.adjusted else {}),
    }


def unpack_plan(start: Fields) -> Plan:
    """The plan of a `start` line. Raises `LogError` where this version cannot read it."""
    packed = start["plan"]
    sets: list[PlannedSet] = [
        _structure("plan", {**planned, "item": packed["items"][planned["item"]]}, PlannedSet)
        for planned in packed["sets"]
    ]
    try:
        segments = tuple(Segment(phase=Phase(phase), set=sets[index], ms=ms) for phase, index, ms in packed["segments"])
    except ValueError as error:
        raise _unreadable("plan", error) from None
    changes = _structure("plan", dict(packed.get("adjusted", {})), dict[str, Adjustment])
    return Plan(
        routine=start["routine"],
        title=start["title"],
        digest=start["digest"],
        segments=segments,
        adjusted=tuple(sorted(changes.items())),
    )


def event_to(event: Event) -> dict[str, Any]:
    """An event as it is logged."""
    plain: dict[str, Any] = _converter().unstructure(event, unstructure_as=_EVENT)
    return plain


def event_from(plain: Fields) -> Event:
    """A logged event. Raises `LogError` where this version cannot read it."""
    event: Event = _structure("event", dict(plain), _EVENT)
    return event


def speech_to(lengths: Iterable[tuple[Line, Ms]]) -> list[list[Any]]:
    """Sentences and their lengths as they are logged: [key, [arguments], ms]."""
    return [[line.key.value, list(line.args), ms] for line, ms in lengths]


def speech_from(lines: Iterable[Any]) -> dict[Line, Ms]:
    """Logged lengths. Raises `LogError` where this version cannot read them."""
    try:
        return {Line(Key(key), tuple(args)): int(ms) for key, args, ms in lines}
    except (ValueError, TypeError) as error:
        raise _unreadable("length of a sentence", error) from None


def canonical(effect: Effect) -> str:
    """An effect as one line of JSON with sorted keys."""
    return _ENCODE(_converter().unstructure(effect, unstructure_as=_EFFECT))


_ENCODE = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


class Trace:
    """A digest of everything a session gave: SHA-256 over the canonical text of each effect, each with a newline."""

    def __init__(self) -> None:
        self._sha = hashlib.sha256()
        self.effects = 0
        self.records = 0

    def add(self, effect: Effect) -> None:
        """Take the next effect in."""
        self._sha.update(canonical(effect).encode("ascii") + b"\n")
        self.effects += 1
        self.records += isinstance(effect, Record)

    def hexdigest(self) -> str:
        """The digest of what was taken in so far."""
        return self._sha.hexdigest()


def _structure(what: str, plain: dict[str, Any], kind: Any) -> Any:
    from cattrs.errors import BaseValidationError

    try:
        return _converter().structure(plain, kind)
    except (BaseValidationError, KeyError, TypeError, ValueError, AttributeError) as error:  # a tag's error comes bare
        raise _unreadable(what, error) from None


def _unreadable(what: str, error: Exception) -> LogError:
    return LogError(f"a {what} in it cannot be read by this version of voice-coach ({type(error).__name__})")
