"""Reading the log back: every line that can be read, grouped by session, and what could not be read as data.

Every line is checked, and a session is taken apart only when it is looked at: ten years are some hundred megabytes of
text, and many times that as Python's values.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeAlias, overload

from voice_coach.errors import LogError
from voice_coach.journal import quick
from voice_coach.journal.format import VERSION, Fields, fault
from voice_coach.journal.logfile import LogFile, open_log

BLOCK = 1 << 20  # bytes that are read at once
Kept: TypeAlias = "tuple[int, bytes | Fields]"  # a line of a session by its number: as it stands, or taken apart


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
    """The lines of one session in the order in which they were written, those that could be read.

    `told` are the lines about the person that name it, written during it or at any time afterwards.
    """

    id: str
    entries: Sequence[Entry]
    told: Sequence[Entry] = ()

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


class Sessions(Sequence[SessionLog]):
    """The sessions of a log. Each is taken apart when it is asked for, and anew when it is asked for again."""

    def __init__(self, kept: Sequence[tuple[str, Iterable[Kept], Sequence[Entry]]]) -> None:
        self._kept = kept

    def __len__(self) -> int:
        return len(self._kept)

    @overload
    def __getitem__(self, index: int) -> SessionLog: ...
    @overload
    def __getitem__(self, index: slice) -> Sessions: ...
    def __getitem__(self, index: int | slice) -> SessionLog | Sessions:
        if isinstance(index, slice):
            return Sessions(self._kept[index])
        return session_of(*self._kept[index])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(SessionLog.__eq__, self, other))

    @property
    def names(self) -> Sequence[str]:
        """The id of each, without a look at any."""
        return [name for name, *_ in self._kept]


def session_of(name: str, lines: Iterable[Kept], told: Sequence[Entry]) -> SessionLog:
    """A session of these lines, taken apart."""
    return SessionLog(name, tuple(Entry(number, _fields(line)) for number, line in lines), tuple(told))


def _fields(line: bytes | Fields) -> Fields:
    if not isinstance(line, bytes):
        return line
    fields: Fields = quick.values(line)
    return fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """A whole log: its sessions from the oldest to the newest, and the lines that belong to none.

    `person` are the lines about the person, as they were written.
    """

    path: Path
    sessions: Sessions
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
        names = self.sessions.names
        found = [index for index, each in enumerate(names) if name and each.startswith(name)]
        if len(found) == 1:
            return self.sessions[found[0]]
        raise LogError(
            (f"{len(found)} sessions begin with" if found else "No session is called")
            + f" {name!r} in the log {self.path}: the newest is {names[-1]!r};"
            + f" a number will do too, from 1 (the newest) to {min(len(self.sessions), 999)}."
        )


def parse(raw: bytes, line: int) -> Entry | Damage | Foreign:
    """What one line of the file, with its newline, is. Never raises."""
    try:
        fields = quick.values(raw)
    except (ValueError, RecursionError):
        return Damage(line, "it is no JSON" if raw.endswith(b"\n") else "it is cut off")
    version = fields.get("v") if isinstance(fields, dict) else None
    if type(version) is not int:
        return Damage(line, "it is no line of a session log")
    if version != VERSION:
        return Foreign(line, str(version))
    why = fault(fields)
    return Damage(line, why) if why else Entry(line, fields)


def read(path: Path) -> Iterator[Entry | Damage | Foreign]:
    """Every line of the log that is not blank, in order. Raises `LogError` where the file cannot be read."""
    for number, raw in _lines(path):
        if raw.strip():
            yield parse(raw, number)


def load(path: Path, *, lean: bool = False) -> Log:
    """The whole log in memory. Raises `LogError` where the file cannot be read.

    A `lean` one has no events, lengths of sentences, notes and refusals, which are not looked at, and no plans: enough
    for what is known of the person, in a fraction of the time. Whether lines are missing cannot be told from it. Of its
    records those with equal data have one and the same.
    """
    found, less = _Found(), quick.Lean()
    with no_garbage_collection():
        for number, raw in _lines(path, lean=lean):
            if head := quick.head(raw):
                found.keep(head.session, head.n, (number, less.line(head, raw) if lean else raw))
            elif raw.strip():
                found.take_apart(number, raw)
    return Log(
        path=path,
        sessions=Sessions(found.sessions),
        person=tuple(found.person),
        damage=tuple(found.damage),
        foreign=tuple(found.foreign),
    )


def whole(path: Path, lean: SessionLog) -> SessionLog:
    """A session of a lean log with all of its lines. Raises `LogError` where the file cannot be read."""
    first = lean.entries[0].line
    found = (parse(raw, number) for number, raw in _lines(path) if number >= first and raw.strip())
    lines = (each for each in found if isinstance(each, Entry) and each.fields["type"] != "person")
    entries = tuple(each for each in lines if each.fields["session"] == lean.id)
    return SessionLog(lean.id, entries or lean.entries, lean.told)


def _lines(path: Path, *, lean: bool = False) -> Iterator[tuple[int, bytes]]:
    """The lines with their newlines, numbered from 1; the `lean` ones without those that only a replay needs."""
    count = 1
    with reading(path) as file:
        while block := file.whole_lines(BLOCK):
            numbered = enumerate(block, start=count)
            if lean:
                yield from [pair for pair in numbered if not quick.is_replay_only(pair[1])]
            else:
                yield from numbered
            count += len(block)


@contextmanager
def reading(path: Path) -> Iterator[LogFile]:
    """The log, open for reading. Raises `LogError` where it is not there, or cannot be read."""
    try:
        with open_log(path) as file:
            yield file
    except FileNotFoundError:
        raise LogError(f"There is no log at {path} yet: it begins with the first session.") from None
    except OSError as error:
        raise LogError(f"The log {path} cannot be read ({error.strerror or error}).") from None


@dataclass(slots=True)
class _Found:
    """What was read so far."""

    sessions: list[tuple[str, list[Kept], list[Entry]]] = field(default_factory=list)
    person: list[Entry] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)
    foreign: list[Foreign] = field(default_factory=list)
    # Of each name the session that is being read: its lines, and those about the person that name it.
    latest: dict[str, tuple[list[Kept], list[Entry]]] = field(default_factory=dict)

    def keep(self, session: str, n: int, line: Kept) -> None:
        """A line of a session, which begins with the line number 0 or with what is left of it."""
        if n == 0 or session not in self.latest:
            self.latest[session] = ([], [])
            self.sessions.append((session, *self.latest[session]))
        self.latest[session][0].append(line)

    def take_apart(self, number: int, raw: bytes) -> None:
        """Any line at all."""
        match parse(raw, number):
            case Entry(fields=fields) as entry if fields["type"] == "person":
                self.person.append(entry)
                about = fields["data"].get("session")
                if isinstance(about, str) and about in self.latest:
                    self.latest[about][1].append(entry)
            case Entry(fields=fields):
                self.keep(fields["session"], fields["n"], (number, raw))
            case Damage() as damage:
                self.damage.append(damage)
            case Foreign() as foreign:
                self.foreign.append(foreign)


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Hundreds of thousands of small objects, none of them garbage: looking through them takes half of the time.

    It is for what ends soon: reading a log, and the commands that show one and are over.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
