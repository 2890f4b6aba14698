"""The files that mean harm, as functions that make them: in any shape, in YAML, in lines of a log, in CSV."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Make: TypeAlias = Callable[[Path], None]

SUFFIX: Mapping[str, str] = {"routines": ".yaml", "libraries": ".yaml", "logs": ".jsonl", "imports": ".csv"}
KINDS = tuple(SUFFIX)
LARGE = 50_000_000  # bytes
DEEP = 100_000
ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp.exe"  # a title, a wiped screen, colours, text that runs backwards


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """One file: what it is read as, what is wrong with it, how it is made, and whether it is large."""

    kind: str
    name: str
    make: Make
    large: bool = False

    def path(self, folder: Path) -> Path:
        """Where it is to lie."""
        return folder / f"{self.kind}-{self.name}{SUFFIX[self.kind]}"


def harm(kind: str) -> Iterator[Harm]:
    """All that are read as this kind."""
    for name, data in _BYTES.items():
        yield Harm(kind=kind, name=name, make=_written(data))
    for name, piece in _REPEATED.items():
        yield Harm(kind=kind, name=name, make=_repeated(piece), large=True)
    for name, make in _NO_FILES.items():
        yield Harm(kind=kind, name=name, make=make)
    own: Mapping[str, str] = {"routines": _YAML, "libraries": {**_YAML, **_LIBRARIES}, "logs": _LOGS, "imports": _CSV}[
        kind
    ]
    for name, text in own.items():
        yield Harm(kind=kind, name=name, make=_written(text.encode("utf-8", "surrogatepass")))
    for name, huge in {"logs": _LARGE_LOGS, "imports": _LARGE_CSV}.get(kind, {}).items():
        yield Harm(kind=kind, name=name, make=_built(huge), large=True)


def _written(data: bytes) -> Make:
    return lambda path: _ignore(path.write_bytes(data))


def _repeated(piece: bytes) -> Make:
    return lambda path: _ignore(path.write_bytes(piece * (LARGE // len(piece))))


def _built(build: Callable[[], bytes]) -> Make:
    return lambda path: _ignore(path.write_bytes(build()))


def _ignore(_count: int) -> None:
    """What writing gives back."""


_TEXT = "title: Übung\nblocks: []\n"
_BYTES: Mapping[str, bytes] = {
    "empty": b"",
    "blank": b" \n\n\t\n",
    "nul": b"title: a\0b\n",
    "nuls": bytes(10_000),
    "random": random.Random(1).randbytes(10_000),
    "utf-16": _TEXT.encode("utf-16"),
    "utf-16 without a mark": _TEXT.encode("utf-16-le"),
    "utf-32": _TEXT.encode("utf-32"),
    "latin-1": _TEXT.encode("latin-1"),
    "marked utf-8": b"\xef\xbb\xbf" + _TEXT.encode(),
    "half a pair": b"title: \xed\xa0\x80\n",
    "overlong": b"title: \xc0\xaf\n",
    "escapes": f"title: {ESCAPES}\n".encode(),
    "deep brackets": b"[" * DEEP,
    "deep braces": b'{"a":' * DEEP,
    "deep brackets closed": b"[" * DEEP + b"]" * DEEP,
    "deep indentation": b"".join(b" " * level + b"a:\n" for level in range(1_000)),
    "dashes": b"- " * DEEP,
    "quotes": b'"' * DEEP,
    "a number of a million digits": b"9" * 1_000_000,
    "carriage returns": b"\r" * DEEP,
}
_REPEATED: Mapping[str, bytes] = {
    "50 MB on one line": b"a",
    "50 MB of lines": b"a,b: c\n",
    "50 MB of line ends": b"\n",
    "50 MB of brackets": b"[],",
    "50 MB of nuls": b"\0",
}


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _link(to: str) -> Make:
    return lambda path: path.symlink_to(to)


def _link_to_fifo(path: Path) -> None:
    pipe = path.with_name(f"{path.name}.pipe")
    os.mkfifo(pipe)
    path.symlink_to(pipe)


_NO_FILES: Mapping[str, Make] = {
    "a folder": lambda path: path.mkdir(),
    "a pipe": _fifo,
    "a link to a pipe": _link_to_fifo,
    "a link to itself": lambda path: path.symlink_to(path),
    "a link to nothing": _link("nothing"),
    "a link to dev zero": _link("/dev/zero"),
    "a link to dev full": _link("/dev/full"),
    "a link to a folder": _link("/"),
    "a link out": _link("/etc/passwd"),
    "a link to this process": _link("/proc/self/mem"),
    "nothing": lambda path: None,
    f"a name {ESCAPES}\n with lines": lambda path: _ignore(path.write_bytes(b"title: [\n")),
    "a name \udcff\udcfe that is no text": lambda path: _ignore(path.write_bytes(b"title: [\n")),
}

_HEAD = "title: Harm\nblocks:\n  - name: Main\n    items:\n"
_ITEM = "      - {exercise: chair_stand, reps: 8}\n"
_LEVELS = range(1, 10)
_YAML: Mapping[str, str] = {
    "billion laughs": "a0: &a0 [lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in _LEVELS),
    "an alias of itself": "a: &a [*a]\n",
    "an alias of a key": "&a a: *a\n",
    "many aliases": "title: &a harm\nblocks: [" + "*a, " * 15_000 + "]\n",
    "many anchors": "title: a\nblocks:\n" + "".join(f"  - &a{n} b\n" for n in range(15_000)),
    "many equal entries": _HEAD + "      - {exercise: chair_stand, reps: 8, equipment: [" + "a, " * 18_000 + "]}\n",
    "many groups": _HEAD + "      - {exercise: chair_stand, reps: 8, harder: [" + "{say: a}, " * 6_000 + "]}\n",
    "many different groups": _HEAD
    + "      - {name: A, start: B, cues: [C], reps: 8, harder: ["
    + ", ".join(f"{{say: a{n}}}" for n in range(6_000))
    + "]}\n",
    "many items": _HEAD + _ITEM * 6_000,
    "many unknown fields": "title: a\n" + "".join(f"tytle{n}: a\n" for n in range(15_000)),
    "many different aliases": "title: a\naliases: ["
    + ", ".join(f"name{chr(97 + n % 26)}x{n}" for n in range(15_000))
    + "]\n",
    "one key again and again": "title: a\n" * 15_000,
    "a merge": "base: &b {title: a}\n<<: *b\n",
    "python": "title: !!python/object/apply:os.system ['touch /tmp/owned']\n",
    "a tag": "title: !binary aGFybQ==\nblocks: !!set {a, b}\n",
    "a number": _HEAD + f"      - {{exercise: chair_stand, reps: {'9' * 900_000}}}\n",
    "a hex number": _HEAD + f"      - {{exercise: chair_stand, reps: 0x{'f' * 900_000}}}\n",
    "no number": _HEAD + "      - {exercise: chair_stand, reps: .nan, sets: .inf}\n",
    "a large exponent": _HEAD + "      - {exercise: chair_stand, reps: 1e999, sets: -1e999}\n",
    "dates": "title: 9999-12-31\npurpose: 0000-00-00T00:00:00Z\nblocks: []\n",
    "a long duration": _HEAD + f"      - {{exercise: chair_stand, reps: 8, rest: {'1' * 900_000}s}}\n",
    "spaces in a duration": _HEAD + f"      - {{exercise: chair_stand, reps: 8, rest: '1{' ' * 900_000}s'}}\n",
    "a long tempo": _HEAD + f"      - {{exercise: chair_stand, reps: 8, tempo: {'1-' * 400_000}}}\n",
    "a long load": _HEAD + f"      - {{exercise: chair_stand, reps: 8, load: '{'a ' * 400_000}'}}\n",
    "a long title": f"title: {'stop ' * 180_000}\nblocks: []\n",
    "a long id": _HEAD + f"      - {{exercise: {'chair_stand' * 80_000}, reps: 8}}\n",
    "a long key": f"{'title' * 180_000}: a\n",
    "escapes that YAML writes": 'title: "\\e]0;owned\\a\\e[2J\\u202Egnp"\n"\\e[2Jkey": 1\nblocks: ["\\e[31m"]\n',
    "a surrogate that YAML writes": 'title: "\\uD800"\nblocks: []\n',
    "no plain key": "? [a, b]\n: c\n? {d: e}\n: f\n",
    "many documents": "---\na\n" * 50_000,
    "another YAML": "%YAML 9.9\n%TAG ! tag:owned,2000:\n---\ntitle: !a b\n",
    "comments": "# a\n" * 200_000,
    "block text": "title: |\n" + "  a\n" * 200_000,
    "folded text": "title: a\n" + "  a\n" * 200_000,
    "quoted lines": 'title: "' + "\\\n" * 200_000 + '"\n',
    "question marks": "? " * DEEP,
    "colons": ": " * DEEP,
    "anchors on anchors": "&a " * DEEP,
    "tabs": "\t" * DEEP + "title: a\n",
}
_LIBRARIES: Mapping[str, str] = {
    "many exercises": "exercises:\n"
    + "".join(f"  move_{n}: {{name: A, start: B, cues: [C], mode: reps}}\n" for n in range(2_000)),
    "ids that are none": 'exercises:\n  "\\e[2J": {name: A}\n  ../../etc/passwd: {name: A}\n  __class__: {}\n',
}


def _line(**changed: object) -> str:
    fields: dict[str, object] = {"v": 1, "session": "s", "n": 0, "at": 0, "wall": "2026-03-02T08:00:00+00:00"}
    return json.dumps(fields | changed) + "\n"


def _record(data: object, **changed: object) -> str:
    return _line(type="record", kind="set", data=data, n=1, **changed)


_SETUP = {"mode": "run", "voice": "", "ears": "", "microphone": "", "speaker": ""}
_PLAN = {"routine": "r", "title": "T", "digest": "", "items": [], "sets": [], "segments": []}


def _start(**changed: object) -> str:
    fields = {
        "type": "start",
        "program": "1",
        "routine": "r",
        "title": "T",
        "digest": "d",
        "plan": _PLAN,
        "setup": _SETUP,
    }
    return _line(**(fields | changed))


_ODD: Sequence[Mapping[str, object]] = (
    {},
    {"at": "9999"},
    {"form": [], "answers": {"a": {}}},
    {"trouble": [], "session": {}},
    {"given": 1},
)
_LOGS: Mapping[str, str] = {
    "escapes in it": _start(title=ESCAPES, routine=ESCAPES) + _record({"name": ESCAPES, "exercise": ESCAPES}),
    "the year 9999": _start(wall="9999-12-31T23:59:59+00:00") + _line(type="end", at=10**9, n=1, reason="completed"),
    "the year 1": _start(wall="0001-01-01T00:00:00+14:00") + _record({"name": "A"}, wall="0001-01-01T00:00:00+14:00"),
    "the year 0": _start(wall="0000-01-01T00:00:00+00:00"),
    "large times": _start() + _record({"done_ms": 10**30, "done_reps": 10**30}, at=10**18),
    "times before": _start(at=-(10**18), n=-5) + _record({"done_ms": -1, "set": -1}, at=-1),
    "no numbers": _start() + '{"v":1,"session":"s","n":1,"at":0,"wall":"2026-03-02T08:00:00+00:00","type":"record",'
    '"kind":"set","data":{"done_ms":NaN,"done_reps":Infinity,"load_g":1e999}}\n',
    "a long number": _start() + '{"v":1,"n":' + "9" * 1_000_000 + "}\n",
    "a long version": '{"v":' + "9" * 4_000 + "}\n",
    "other types": _start(setup={"mode": [], "tier": {}, "resumes": 7, "emergency": None}, title="")
    + _record({name: [] for name in ("name", "exercise", "set", "of", "side", "done_reps", "load", "load_g", "note")})
    + _record({name: {} for name in ("name", "exercise", "set", "of", "side", "done_reps", "load", "load_g", "note")}),
    "a plan of nothing": _start(plan={}) + _start(plan={"items": None, "sets": 1, "segments": "a"}),
    "a plan that points away": _start(plan=_PLAN | {"sets": [{"item": 99}], "segments": [["work", 99, 99]]}),
    "one key twice": '{"v":1,"v":2,"session":"a","session":"b","n":0,"at":0,"wall":"x","type":"start"}\n',
    "depth inside": _start() + _record({}).replace("{}", "[" * DEEP + "]" * DEEP),
    "many sessions": "".join(_start(session=f"s{n}") for n in range(2_000)),
    "many broken lines": "{\n" * 100_000,
    "persons": "".join(
        _line(type="person", kind=kind, data=data)
        for kind in ("answers", "incident", "clearance", "decision", "measure", "weight", "correction", "consent", "x")
        for data in _ODD
    ),
}
_LARGE_LOGS: Mapping[str, Callable[[], bytes]] = {
    "one line of empty lists": lambda: _start().encode() + b'{"v":1,"data":[' + b"[]," * (LARGE // 3) + b"[]]}\n",
    "a record of 50 MB": lambda: _start().encode() + _record({"name": "a" * LARGE}).encode(),
    "a record of many numbers": lambda: _start().encode() + _record([1] * (LARGE // 4)).encode(),
}

_HEVY = "title,start_time,end_time,exercise_title,set_index,reps,weight_kg,duration_seconds,exercise_notes\n"


def _set(**changed: str) -> str:
    cells = {"title": "A", "start": "2026-03-01 10:00", "end": "", "name": "Squat", "index": "0", "reps": "8"}
    cells |= {"weight": "10", "seconds": "", "note": ""} | changed
    return ",".join(cells.values()) + "\n"


_CSV: Mapping[str, str] = {
    "a set with escapes": _HEVY + _set(title=ESCAPES, name=ESCAPES, note=ESCAPES),
    "a formula": _HEVY + _set(title="=cmd|' /C calc'!A0", name="@SUM(1)", note="+1"),
    "numbers without end": _HEVY + _set(reps="9" * 100_000, weight="9" * 100_000),
    "fractions without end": _HEVY + _set(reps="8." + "0" * 100_000, weight="0." + "1" * 100_000),
    "words for numbers": _HEVY + "".join(_set(reps=each) for each in ("nan", "inf", "-1", "1e9", "٣", "0x8", "8 000")),
    "dates that are none": _HEVY
    + "".join(
        _set(start=each) for each in ("0000-01-01 10:00", "9999-12-31 23:59", "31 Feb 2026, 10:00", "", "1" * 1_000)
    ),
    "years at the ends": _HEVY
    + _set(start="9999-12-31 23:59", end="0001-01-01 00:00")
    + _set(start="0001-01-01 00:00"),
    "a quote that stays open": _HEVY + '"' + "a\n" * 50_000,
    "quotes in quotes": _HEVY + '"' + '""' * 60_000 + '",b\n',
    "a long cell": _HEVY + _set(name="a" * 200_000),
    "a long name": _HEVY + _set(name="\ufdfa" * 40_000),
    "many columns": _HEVY.strip() + ",a" * 100_000 + "\n" + _set(),
    "a long header": "," * 900_000 + "\n",
    "many bad lines": _HEVY + _set(reps="many") * 50_000,
    "many sessions": _HEVY
    + "".join(_set(start=f"2025-{n % 12 + 1:02}-{n % 28 + 1:02} 10:{n % 60:02}") for n in range(300)),
    "only a header": _HEVY,
    "another separator": _HEVY.replace(",", "\t") + _set().replace(",", "\t"),
    "nul in it": _HEVY + _set(name="a\0b"),
}
_LARGE_CSV: Mapping[str, Callable[[], bytes]] = {
    "19 MB of short lines": lambda: (_HEVY + "a,b\n" * 4_500_000).encode(),
    "19 MB of sets": lambda: (_HEVY + _set() * (19_000_000 // len(_set()))).encode(),
    "19 MB of bad sets": lambda: (_HEVY + _set(reps="x") * (19_000_000 // len(_set()))).encode(),
    "19 MB of commas": lambda: (_HEVY + "," * 19_000_000).encode(),
    "19 MB of columns": lambda: (_HEVY.strip() + "".join(f",{n}" for n in range(2_400_000)) + "\n" + _set()).encode(),
    "60 MB": lambda: (_HEVY + _set() * (60_000_000 // len(_set()))).encode(),
}
