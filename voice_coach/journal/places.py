"""Where each session lies in the log: found in one pass, which can be gone on with when the log has grown.

A session is read from the file when it is looked at, so that a log of ten years needs no room in memory.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from voice_coach.errors import LogError
from voice_coach.journal import quick
from voice_coach.journal.logfile import LogFile
from voice_coach.journal.reader import (
    BLOCK,
    Damage,
    Entry,
    Foreign,
    Kept,
    Log,
    SessionLog,
    Sessions,
    parse,
    reading,
    session_of,
)


@dataclass(slots=True, kw_only=True)
class Place:
    """The bytes of the file from `begin` until before `end`, in which the lines of one session lie."""

    name: str
    begin: int
    end: int
    line: int  # the number of its first one
    told: list[int] = field(default_factory=list)  # which of the lines about the person name it
    lean: list[Kept] | None = field(default_factory=list)  # what tells of her, as in a lean log; None: to be read


@dataclass(slots=True, kw_only=True)
class Places:
    """What lies in the first `size` bytes of a log, which are whole lines; `check` is their CRC-32.

    A CRC misses none of the changes within four bytes, and one of four thousand million others.
    """

    size: int = 0
    check: int = 0
    lines: int = 0
    sessions: list[Place] = field(default_factory=list)
    person: list[tuple[int, bytes]] = field(default_factory=list)  # by their numbers
    damage: list[Damage] = field(default_factory=list)
    foreign: list[Foreign] = field(default_factory=list)
    latest: dict[str, int] = field(default_factory=dict)  # of each name the session that is being written
    touched: set[int] = field(default_factory=set)  # sessions of which something was read since it was last emptied
    less: quick.Lean = field(default_factory=quick.Lean)

    def begins(self, file: LogFile) -> bool:
        """Whether the file still begins with exactly these bytes. It stands behind them then."""
        left, check = self.size, 0
        while left and (block := file.read(min(BLOCK, left))):
            left, check = left - len(block), zlib.crc32(block, check)
        return left == 0 and check == self.check

    def go_on(self, file: LogFile) -> bytes:
        """Read on to the last whole line; what stands behind that, a torn line or nothing, is given back."""
        while block := file.whole_lines(BLOCK):
            torn = b"" if block[-1].endswith(b"\n") else block.pop()
            self.check = zlib.crc32(b"".join(block), self.check)
            for raw in block:
                self.take(raw)
            if torn:
                return torn
        return b""

    def take(self, raw: bytes) -> None:
        """Take the next line in."""
        self.lines += 1
        self.size += len(raw)
        if head := quick.head(raw):
            self._keep(head.session, head.n, raw, head)
        elif raw.strip():
            self._take_apart(raw)

    def _take_apart(self, raw: bytes) -> None:
        match parse(raw, self.lines):
            case Entry(fields=fields) if fields["type"] == "person":
                about = fields["data"].get("session")
                if isinstance(about, str) and about in self.latest:
                    self.sessions[self.latest[about]].told.append(len(self.person))
                    self.touched.add(self.latest[about])
                self.person.append((self.lines, raw))
            case Entry(fields=fields):
                self._keep(fields["session"], fields["n"], raw, None)
            case Damage() as damage:
                self.damage.append(damage)
            case Foreign() as foreign:
                self.foreign.append(foreign)

    def _keep(self, session: str, n: int, raw: bytes, head: quick.Head | None) -> None:
        """A line of a session, which begins with the line number 0 or with what is left of it."""
        index = self.latest.get(session)
        if n == 0 or index is None:
            index = self.latest[session] = len(self.sessions)
            self.sessions.append(Place(name=session, begin=self.size - len(raw), end=self.size, line=self.lines))
        place = self.sessions[index]
        place.end = self.size
        self.touched.add(index)
        if place.lean is not None and not quick.is_replay_only(raw):
            place.lean.append((self.lines, self.less.line(head, raw) if head else raw))

    def log(self, path: Path) -> Log:
        """The log at `path`, in which all of this lies."""
        person = self.entries()
        return Log(
            path=path,
            sessions=Sessions(
                [(each.name, Lying(path, each), [person[at] for at in each.told]) for each in self.sessions]
            ),
            person=person,
            damage=tuple(self.damage),
            foreign=tuple(self.foreign),
        )

    def entries(self) -> tuple[Entry, ...]:
        """The lines about the person."""
        return tuple(Entry(number, quick.values(raw)) for number, raw in self.person)

    def lean(self, path: Path, index: int, person: Sequence[Entry]) -> SessionLog | None:
        """A session as in a lean log; None where none of its lines tells of her."""
        place = self.sessions[index]
        lines = place.lean if place.lean is not None else list(self._read_lean(path, place))
        return session_of(place.name, lines, [person[at] for at in place.told]) if lines else None

    def _read_lean(self, path: Path, place: Place) -> Iterator[Kept]:
        for number, raw in Lying(path, place):
            if not quick.is_replay_only(raw):
                head = quick.head(raw)
                yield number, self.less.line(head, raw) if head else raw


@dataclass(frozen=True, slots=True)
class Lying:
    """The lines of a session with their numbers, read from the file each time they are asked for."""

    path: Path
    place: Place

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        with reading(self.path) as file:
            file.seek(self.place.begin)
            text = BytesIO(file.read(self.place.end - self.place.begin))
        found = False
        for number, raw in enumerate(text, start=self.place.line):
            if self._is_of_it(number, raw):
                found = True
                yield number, raw
        if not found:
            raise LogError(f"The log {self.path} was changed while it was read: try again.")

    def _is_of_it(self, number: int, raw: bytes) -> bool:
        if head := quick.head(raw):
            return head.session == self.place.name
        match parse(raw, number):
            case Entry(fields=fields):
                return fields["type"] != "person" and bool(fields["session"] == self.place.name)
        return False
