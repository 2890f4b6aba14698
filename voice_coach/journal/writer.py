"""One session on its way into the log: what went in, what was decided, and a digest of all that came out."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from voice_coach.errors import LogError
from voice_coach.journal import codec
from voice_coach.journal.file import AppendOnly, Sync, Write
from voice_coach.journal.format import VERSION, Scalar
from voice_coach.routine.model import Ms
from voice_coach.session.events import Effect, End, Event, Record
from voice_coach.session.lines import Line
from voice_coach.session.plan import Plan

# ASCII only, so that a device's name with bytes in it that are no text can be written too.
_ENCODE = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


LASTING = frozenset({"set", "distress", "pain"})  # records that outlast a power cut: what was done, what happened
IMPORTED = "imported from "  # what `mode` begins with where another program tells of a session


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What this session ran with, in words that can be shown later."""

    program: str  # version of voice-coach
    voice: str = ""  # engine and voice
    ears: str = ""  # engine and model, or "keyboard"
    microphone: str = ""  # a device's name or a file
    speaker: str = ""
    mode: str = ""  # "run", "demo", "simulate", …
    emergency: str = ""  # the number that the session was given to tell in an emergency, as digits
    tier: str = ""  # whose movements and rungs the plan has; "" in logs from before there were any
    phase: str = ""  # of the programme the session belongs to; "" where it belongs to none
    deload: bool = False  # whether it is one of the week with half of the sets
    resumes: str = ""  # the session that was broken off, where it goes on from there


def session_id(now: datetime, salt: str) -> str:
    """The name of a session: when it began, by the clock on the wall, and a few random letters."""
    return f"{now:%Y-%m-%dT%H-%M-%S}-{salt}"


class Journal:
    """Writes the lines of one session to the log it shares with all sessions before it.

    First comes `start`, which fails before the session begins where the log cannot be written. An event is to be logged
    before its effects, and the lengths of sentences before the records that rest on them: then a log that is cut off
    anywhere can be played again. Any method raises `LogError` as long as the file cannot be written; its lines wait in
    memory and go first when it can. Writes are unbuffered; a set and the end wait for the disk.
    """

    def __init__(self, file: AppendOnly, session: str, wall: Callable[[], datetime]) -> None:
        self._file = file
        self._session = session
        self._wall = wall
        self._n = 0
        self._at: Ms = 0
        self._trace = codec.Trace()
        self._ended = False
        self._about = 0

    @classmethod
    def open(
        cls,
        path: Path,
        session: str,
        wall: Callable[[], datetime],
        *,
        write: Write = os.write,
        sync: Sync = os.fsync,
    ) -> Journal:
        """The log at `path` (made if missing, for its owner's eyes only), locked against a second session.

        `wall` gives the time with its offset from UTC.
        """
        return cls(AppendOnly(path, write=write, sync=sync), session, wall)

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def ended(self) -> bool:
        """Whether the end was logged. What is handed over afterwards is not: the session is over."""
        return self._ended

    @property
    def behind(self) -> bool:
        """Whether some of what was handed over could not be written so far."""
        return self._file.behind

    def start(self, plan: Plan, setup: Setup, *, spare: bool = True) -> None:
        """Log how the session begins, and wait until that is on the disk; `spare` keeps room for what follows."""
        fields = asdict(setup)
        self._line(
            "start",
            0,
            program=fields.pop("program"),
            routine=plan.routine,
            title=plan.title,
            digest=plan.digest,
            plan=codec.pack_plan(plan),
            setup=fields,
        )
        try:
            self._file.sync()
        except LogError:
            self._file.forget()  # there is no session: nothing of it may be written later
            raise
        if spare:
            self._file.keep_room()

    def speech(self, lengths: Sequence[tuple[Line, Ms]]) -> None:
        """Log how long sentences take that the session has just asked for."""
        if lengths:
            self._line("speech", self._at, lines=codec.speech_to(lengths))
            self._file.flush()

    def event(self, event: Event, *, now: Ms) -> None:
        """Log what goes into the session, which stands at `now`: an event that lies in the past counts as now."""
        self._line("event", max(event.at, now), event=codec.event_to(event))
        self._file.flush()

    def effects(self, effects: Iterable[Effect]) -> None:
        """Take everything that came out into the trace, and log the records and the end."""
        lasting = False
        for effect in effects:
            if self._ended:
                break
            self._trace.add(effect)
            match effect:
                case Record(at=at, kind=kind, data=data):
                    self._line("record", at, kind=kind, data=dict(data))
                    lasting |= kind in LASTING
                case End(at=at, reason=reason):
                    self._last_line(at, reason.value)
                    lasting = True
        if lasting:
            self._file.sync()
        else:
            self._file.flush()

    def note(self, at: Ms, kind: str, data: Mapping[str, Scalar]) -> None:
        """Log what the session itself does not know. Review shows the kind `UNHEARD`."""
        self._line("note", at, kind=kind, data=dict(data))
        self._file.flush()

    def about(self, kind: str, data: Mapping[str, Any]) -> None:
        """Log what is known of the person now, before a session, after it or without one, and wait for the disk.

        These lines have a count of their own and belong to no session: a replay does not see them.
        """
        self._add("person", self._about, 0, kind=kind, data=dict(data))
        self._about += 1
        self._file.sync()

    def end(self, at: Ms, reason: str) -> None:
        """Log that the session, which stands at `at`, is over. An `End` among the effects does this by itself."""
        self._last_line(at, reason)
        self._file.sync()

    def close(self) -> None:
        """Let go of the log. Without an end before it the session will be seen to have broken off."""
        self._file.close()

    def _last_line(self, at: Ms, reason: str) -> None:
        trace = self._trace
        self._line("end", at, reason=reason, trace=trace.hexdigest(), effects=trace.effects, records=trace.records)
        self._ended = True

    def _line(self, type_: str, at: Ms, /, **fields: Any) -> None:
        if self._ended:
            return
        self._at = max(self._at, at)
        self._add(type_, self._n, at, **fields)
        self._n += 1

    def _add(self, type_: str, n: int, at: Ms, /, **fields: Any) -> None:
        wall = self._wall().isoformat(timespec="milliseconds")
        head = {"v": VERSION, "session": self._session, "n": n, "at": at, "wall": wall, "type": type_}
        self._file.add(_ENCODE(head | fields).encode("ascii"))
