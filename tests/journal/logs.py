"""Session logs for tests: real sessions on virtual time, written through the real journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from tests import sessions
from voice_coach.errors import LogError
from voice_coach.journal import Journal, LogKeeper, SessionLog, Setup
from voice_coach.routine.model import Ms
from voice_coach.session.engine import Session
from voice_coach.session.events import Effect, Event, Record, SpeechMs, Start
from voice_coach.session.lines import Line
from voice_coach.session.plan import Plan

BEGAN = datetime(2026, 3, 1, 17, 30, tzinfo=timezone(timedelta(hours=1)))
SETUP = Setup(program="0.1.0", voice="test voice", ears="keyboard", microphone="none", speaker="none", mode="test")
FOREVER: Ms = 3_600_000
NAMES = ("block", "exercise", "round", "set", "side")  # which set of a plan it is


def sets_of(effects: Iterable[Effect]) -> list[Record]:
    """The sets that were finished."""
    return [effect for effect in effects if isinstance(effect, Record) and effect.kind == "set"]


def logged_sets(*sessions: SessionLog) -> list[Mapping[str, Any]]:
    """What the log has of each set of these sessions."""
    entries = (entry.fields for session in sessions for entry in session.entries)
    return [fields["data"] for fields in entries if fields.get("kind") == "set"]


class Asked:
    """Sentence lengths, and which were asked for since the last look."""

    def __init__(self, speech_ms: SpeechMs) -> None:
        self._speech_ms = speech_ms
        self._known: dict[Line, Ms] = {}
        self._new: list[tuple[Line, Ms]] = []

    def __call__(self, line: Line) -> Ms:
        if line not in self._known:
            self._known[line] = self._speech_ms(line)
            self._new.append((line, self._known[line]))
        return self._known[line]

    def fresh(self) -> list[tuple[Line, Ms]]:
        new, self._new = self._new, []
        return new


class Watched:
    """A session with its log keeper: what goes in and comes out is logged around each call."""

    def __init__(
        self, journal: Journal, plan: Plan, lengths: SpeechMs = sessions.speech_ms, emergency: str = ""
    ) -> None:
        asked = Asked(lengths)
        self.session = Session(plan, asked, emergency)
        self.errors: list[LogError] = []
        self.keeper = LogKeeper(journal, self.session, asked.fresh, self.errors.append)

    def receive(self, event: Event) -> list[Effect]:
        self.keeper.event(event)
        effects = self.session.receive(event)
        self.keeper.effects(effects)
        return effects

    def advance(self, to: Ms) -> list[Effect]:
        effects = self.session.advance(to)
        if effects:  # as the loop does it
            self.keeper.effects(effects)
        return effects


def write_session(
    path: Path,
    plan: Plan,
    events: Sequence[Event] = (),
    *,
    name: str = "2026-03-01T17-30-00-test",
    step: Ms = 1_000,
    late: Ms = 0,
    limit: Ms = FOREVER,
    began: datetime = BEGAN,
    setup: Setup = SETUP,
) -> list[Effect]:
    """Append a whole session to the log at `path`; it is interrupted when it is not over at `limit`.

    Events happen `late` milliseconds after their time, which they keep: they lie in the past when they come.
    """
    with Journal.open(path, name, lambda: began) as journal:
        journal.start(plan, setup)
        watched = Watched(journal, plan, emergency=setup.emergency)
        effects = watched.receive(Start(at=0))
        waiting = sorted(events, key=lambda event: event.at)
        while not watched.session.over and watched.session.state.now < limit:
            end = min(watched.session.state.now + step, limit)
            while waiting and waiting[0].at + late <= end:
                effects += watched.receive(waiting.pop(0))
            effects += watched.advance(end)
        if watched.session.over:  # nothing that comes now may count
            for event in waiting:
                watched.receive(event)
        else:
            watched.keeper.interrupted("interrupted")
        assert not watched.errors
    return effects
