"""Reading the log back: every line that can be read, grouped by session, and what could not be read as data."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from voice_coach.errors import LogError
from voice_coach.journal.format import VERSION, Fields, fault


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log as it was parsed, checked as `format` says; `line` is its number in the file, from 1."""

    line: int
    fields: Fields


@dataclass(frozen=True, slots=True)
class Damage:
    """A line that is no line of the log, most often torn by a crash; and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """A line in a version of the format that is not known here."""

    line: int
    version: str


@dataclass(frozen=True)
class SessionLog:
    """The lines of one session in the order in which they were written, those that could be read."""

    id: str
    entries: Sequence[Entry]

    @cached_property
    def unbroken(self) -> Sequence[Entry]:
        """The lines up to the first one that is missing: all that can be played again."""
        for count, entry in enumerate(self.entries):
            if entry.fields["n"] != count:
                return self.entries[:count]
        return self.entries

    @property
    def start(self) -> Fields | None:
        """The line with the plan; None where it was lost."""
        return self._only("start", self.entries[0])

    @property
    def end(self) -> Fields | None:
        """The line that says how it ended; None for a session that broke off."""
        return self._only("end", self.entries[-1])

    @staticmethod
    def _only(kind: str, entry: Entry) -> Fields | None:
        return entry.fields if entry.fields["type"] == kind else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """A whole log: its sessions from the oldest to the newest, and the lines that belong to none.

    `person` are the lines about the person, as they were written.
    """

    path: Path
    sessions: Sequence[SessionLog]
    person: Sequence[Entry] = ()
    damage: Sequence[Damage] = ()
    foreign: Sequence[Foreign] = ()

    def find(self, name: str) -> SessionLog:
        """The session called "last", by its number (1 is the newest; three digits at most), or by how its id begins."""
        if not self.sessions:
            raise LogError(f"There is no session in the log {self.path} yet.")
        number = 1 if name == "last" else int(name) if name.isascii() and name.isdigit() and len(name) < 4 else 0
        if 1 <= number <= len(self.sessions):
            return self.sessions[-number]
        found = [session for session in self.sessions if name and session.id.startswith(name)]
        if len(found) == 1:
            return found[0]
        raise LogError(
            (f"{len(found)} sessions begin with" if found else "No session is called")
            + f" {name!r} in the log {self.path}: the newest is {self.sessions[-1].id!r};"
            + f" a number will do too, from 1 (the newest) to {min(len(self.sessions), 999)}."
        )


def parse(raw: bytes, line: int) -> Entry | Damage | Foreign:
    """What one line of the file, with its newline, is. Never raises."""
    try:
        fields = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        return Damage(line, "it is no JSON" if raw.endswith(b"\n") else "it is cut off")
    version = fields.get("v") if isinstance(fields, dict) else None
    if type(version) is not int:
        return Damage(line, "it is no line of a session log")
    if version != VERSION:
        return Foreign(line, str(version))
    why = fault(fields)
    return Damage(line, why) if why else Entry(line, fields)


def read(path: Path, *, lean: bool = False) -> Iterator[Entry | Damage | Foreign]:
    """Every line of the log that is not blank, in order. Raises `LogError` where the file cannot be read.

    `lean` leaves out, unparsed, what only a replay and the view of one session need: most of the lines.
    """
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, start=1):
                if raw.strip() and not (lean and _for_a_replay(raw)):
                    yield parse(raw, number)
    except FileNotFoundError:
        raise LogError(f"There is no log at {path} yet: it begins with the first session.") from None
    except OSError as error:
        raise LogError(f"The log {path} cannot be read ({error.strerror or error}).") from None


def _for_a_replay(raw: bytes) -> bool:
    """Whether a line as `Journal` writes it is one of those. Quotes inside of texts are escaped, so none looks like it.

    Written in any other way, with spaces say, it is parsed like every line, which costs time and changes nothing.
    """
    return raw.startswith(_REPLAY_ONLY, max(0, raw.find(b'"type":"')))


_REPLAY_ONLY = (b'"type":"event"', b'"type":"speech"', b'"type":"note"', b'"type":"record","kind":"refused"')


def load(path: Path, *, lean: bool = False) -> Log:
    """The whole log in memory. Raises `LogError` where the file cannot be read.

    A `lean` one has no events, lengths of sentences, notes and refusals: enough for what is known of the person, in a
    fraction of the time. Whether lines are missing cannot be told from it.
    """
    with _no_garbage_collection():
        return _grouped(path, read(path, lean=lean))


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Hundreds of thousands of small dicts, none of them garbage: looking through them takes half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _grouped(path: Path, lines: Iterable[Entry | Damage | Foreign]) -> Log:
    sessions: list[tuple[str, list[Entry]]] = []
    latest: dict[str, list[Entry]] = {}
    person: list[Entry] = []
    damage: list[Damage] = []
    foreign: list[Foreign] = []
    for found in lines:
        match found:
            case Entry(fields=fields) if fields["type"] == "person":
                person.append(found)
            case Entry(fields=fields):
                name = fields["session"]
                if name not in latest or fields["n"] == 0:
                    latest[name] = []
                    sessions.append((name, latest[name]))
                latest[name].append(found)
            case Damage():
                damage.append(found)
            case Foreign():
                foreign.append(found)
    return Log(
        path=path,
        sessions=tuple(SessionLog(name, tuple(entries)) for name, entries in sessions),
        person=tuple(person),
        damage=tuple(damage),
        foreign=tuple(foreign),
    )
