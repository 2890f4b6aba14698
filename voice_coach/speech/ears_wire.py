"""What passes between the program and the process that listens: messages over a pipe, one answer to each, in order.

A message is a letter, the length of what follows (4 bytes, little-endian), and that. The program sends OPEN once, then
SOUND, PHRASES and FLUSH as they come; the pipe's end is the end. Sound is raw samples, all else is JSON. The answer to
a sound in which nothing was heard is empty.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from voice_coach.speech.ears import Partial, Report, Utterance, Word

OPEN, SOUND, PHRASES, FLUSH, ANSWER = b"O", b"S", b"P", b"F", b"A"
KINDS = frozenset({OPEN, SOUND, PHRASES, FLUSH, ANSWER})
LARGEST = 16_000_000  # bytes of one message: eight minutes of sound
_HEAD = struct.Struct("<cI")


class WireError(Exception):
    """What came is none of the messages above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which ears to open. With `try_out` they hear a second of noise first: damage that shows only then."""

    engine: str  # "vosk" or "pocketsphinx"
    model: str = ""  # a folder, for vosk
    phrases: tuple[str, ...]
    generous: tuple[str, ...] = ()
    try_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What became of OPEN or PHRASES: `why` it came to nothing, or the ears.

    They look at their sound every `feed` frames, and have heard `heard_ms` of it before.
    """

    why: str = ""
    name: str = ""
    unknown: tuple[str, ...] = ()
    feed: int = 1
    heard_ms: int = 0


def message(kind: bytes, payload: bytes) -> bytes:
    """As it goes over the pipe."""
    return _HEAD.pack(kind, len(payload)) + payload


def receive(read: Callable[[int], bytes | None]) -> tuple[bytes, bytes] | None:
    """The next message; None at the end of the pipe. WireError where it is none, or is cut short."""
    head = _exactly(read, _HEAD.size)
    if not head:
        return None
    if len(head) < _HEAD.size:
        raise WireError("it ended before it answered")
    kind, length = _HEAD.unpack(head)
    if kind not in KINDS or length > LARGEST:
        raise WireError(f"no message begins with {head!r}")
    payload = _exactly(read, length)
    if len(payload) < length:
        raise WireError("it ended before it answered")
    return kind, payload


def _exactly(read: Callable[[int], bytes | None], count: int) -> bytes:
    """So many bytes, fewer only at the end."""
    whole = b""
    while len(whole) < count and (part := read(count - len(whole))):
        whole += part
    return whole


def pack(value: Wanted | Opened | Sequence[str]) -> bytes:
    """As JSON."""
    return json.dumps(asdict(value) if isinstance(value, Wanted | Opened) else list(value)).encode()


def unpack_wanted(payload: bytes) -> Wanted:
    """What `pack` made of it."""
    found = json.loads(payload)
    return Wanted(**{**found, "phrases": tuple(found["phrases"]), "generous": tuple(found["generous"])})


def unpack_phrases(payload: bytes) -> tuple[str, ...]:
    """What `pack` made of them."""
    return tuple(json.loads(payload))


def unpack_opened(payload: bytes) -> Opened:
    """What `pack` made of it; WireError where it is something else."""
    try:
        found = json.loads(payload)
        return Opened(
            why=str(found["why"]),
            name=str(found["name"]),
            unknown=tuple(str(phrase) for phrase in found["unknown"]),
            feed=max(1, int(found["feed"])),
            heard_ms=int(found["heard_ms"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise WireError(f"{payload[:40]!r} is no answer ({error})") from error


def pack_reports(reports: Sequence[Report]) -> bytes:
    """Nothing where there are none."""
    return json.dumps([_bare(report) for report in reports]).encode() if reports else b""


def unpack_reports(payload: bytes, shift_ms: int) -> list[Report]:
    """What `pack_reports` made of them, so much later; WireError where it is something else."""
    try:
        return [_report(shift_ms, *bare) for bare in json.loads(payload)] if payload else []
    except (ValueError, TypeError) as error:
        raise WireError(f"{payload[:40]!r} is no report ({error})") from error


def _bare(report: Report) -> list[Any]:
    if isinstance(report, Partial):
        return [report.text, report.at_ms, report.sure]
    words = [[word.text, word.start_ms, word.end_ms, word.confidence] for word in report.words]
    return [report.text, report.start_ms, report.end_ms, words]


def _report(shift: int, text: str, at: int, *more: Any) -> Report:
    if len(more) == 1:
        return Partial(text=text, at_ms=shift + at, sure=bool(more[0]))
    end, words = more
    return Utterance(
        text=text,
        start_ms=shift + at,
        end_ms=shift + end,
        words=tuple(
            Word(text=word, start_ms=shift + start, end_ms=shift + stop, confidence=sure)
            for word, start, stop, sure in words
        ),
    )
