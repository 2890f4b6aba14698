"""What was found out about a log, kept in a file of the cache: made again at any time, and never believed unchecked.

It holds for the beginning of one log, whose length and checksum it names, and for one state of the program: its own
digest is taken together with that of every source file from which what it holds can depend.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from voice_coach.journal import Damage, Foreign, Place, Places, quick
from voice_coach.person.model import Effort, Incident, SetDone, Trained, Trouble
from voice_coach.review.known import Folded

# All that review may import.
ROOMS = ("errors.py", "paths.py", "journal", "person", "review", "routine", "safety", "session")
_LENGTH = hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Where the sessions of a log lie, and what each of them tells; None of one that has to be read again."""

    places: Places
    folds: list[Folded | None]


def index_file(folder: Path, log: Path) -> Path:
    """The file in a cache folder that is for this log."""
    name = hashlib.sha256(os.fsencode(log.absolute())).hexdigest()[:16]
    return folder / "logs" / f"{name}.index"


def read_index(path: Path) -> Index | None:
    """What was kept; None where there is nothing, or it is damaged or from another state of the program."""
    stamp = _stamp()
    try:
        data = path.read_bytes() if stamp else b""
    except OSError:
        return None
    if not stamp or hashlib.sha256(stamp + data[_LENGTH:]).digest() != data[:_LENGTH]:
        return None
    try:
        return _unpacked(quick.unpack(data[_LENGTH:]))
    except ValueError:  # packed by another msgspec
        return None


def write_index(path: Path, index: Index) -> bool:
    """Keep it, for the owner's eyes only. False where that cannot be: then everything is read again the next time."""
    stamp = _stamp()
    half = ""
    try:
        if not stamp:
            return False
        data = quick.pack(_packed(index))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fd, half = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(fd, "wb") as file:
            file.write(hashlib.sha256(stamp + data).digest() + data)
        Path(half).replace(path)
    except (OSError, ValueError, OverflowError):  # no room or no rights; a text or number that cannot be packed
        if half:
            with suppress(OSError):
                Path(half).unlink()
        return False
    return True


@cache
def _stamp() -> bytes:
    """A digest of the state of the program; empty where its source cannot be read, and nothing is kept."""
    root, digest = Path(__file__).parents[1], hashlib.sha256(repr(sys.version_info).encode())
    try:
        for room in ROOMS:
            files = [root / room] if room.endswith(".py") else sorted((root / room).glob("*.py"))
            if not files:
                return b""
            for file in files:
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    except OSError:
        return b""
    return digest.digest()


def _packed(index: Index) -> list[Any]:
    """Lists and plain values. A set is done the same way many times, and written once."""
    places = index.places
    sets: dict[int, tuple[int, SetDone]] = {}
    sessions = [
        [[each.name, each.begin, each.end, each.line, each.told], _folded_to(folded, sets)]
        for each, folded in zip(places.sessions, index.folds, strict=True)
    ]
    return [
        [places.size, places.check, places.lines],
        quick.pack([row for _, row in sets.values()]),
        quick.pack([each.trained.efforts if each else {} for each in index.folds]),
        sessions,
        places.person,
        [[each.line, each.why] for each in places.damage],
        [[each.line, each.version] for each in places.foreign],
    ]


def _unpacked(packed: list[Any]) -> Index:
    (size, check, lines), rows, told, sessions, person, damage, foreign = packed
    sets, efforts = quick.unpack(rows, list[SetDone]), quick.unpack(told, list[dict[str, Effort]])
    places = Places(
        size=size,
        check=check,
        lines=lines,
        sessions=[
            Place(name=name, begin=begin, end=end, line=line, told=about, lean=None)
            for (name, begin, end, line, about), _ in sessions
        ],
        person=[(number, raw) for number, raw in person],
        damage=[Damage(*each) for each in damage],
        foreign=[Foreign(*each) for each in foreign],
        latest={place[0]: at for at, (place, _) in enumerate(sessions)},
    )
    folds = [_folded_from(each, sets, said) for (_, each), said in zip(sessions, efforts, strict=True)]
    return Index(places=places, folds=folds)


def _folded_to(folded: Folded | None, sets: dict[int, tuple[int, SetDone]]) -> list[Any] | None:
    """One that took its time from the session before it is not kept; neither are sets and efforts here."""
    if folded is None or not folded.dated:
        return None
    session = folded.trained
    for row in session.sets:
        sets.setdefault(id(row), (len(sets), row))
    trained = _plain(session) | {
        "began": session.began.isoformat(),
        "sets": [sets[id(row)][0] for row in session.sets],
        "efforts": None,
    }
    incidents = [
        [at, _plain(one) | {"at": one.at.isoformat(), "trouble": one.trouble.value}] for at, one in folded.incidents
    ]
    return [folded.line, trained, incidents, folded.resumes, folded.begins]


def _folded_from(packed: list[Any] | None, sets: Sequence[SetDone], efforts: Mapping[str, Effort]) -> Folded | None:
    if packed is None:
        return None
    line, trained, incidents, resumes, begins = packed
    return Folded(
        line=line,
        trained=Trained(
            **trained
            | {
                "began": datetime.fromisoformat(trained["began"]),
                "sets": tuple(sets[at] for at in trained["sets"]),
                "efforts": efforts,
            }
        ),
        incidents=tuple((at, _incident(one)) for at, one in incidents),
        resumes=resumes,
        begins=begins and (begins[0], begins[1]),
        dated=True,
    )


def _incident(one: Mapping[str, Any]) -> Incident:
    return Incident(**{**one, "at": datetime.fromisoformat(one["at"]), "trouble": Trouble(one["trouble"])})


def _plain(value: Trained | Incident) -> dict[str, Any]:
    """The fields of a value by their names."""
    return {each.name: getattr(value, each.name) for each in fields(value)}
