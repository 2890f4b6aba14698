"""Who may watch a session: the log, the transcript, the director of a rehearsal."""

from __future__ import annotations

from typing import Protocol

from voice_coach.routine.model import Ms
from voice_coach.session.events import Effect, Event


class Observer(Protocol):
    """Sees everything a session takes in and gives out, in the order in which it happens."""

    def event(self, event: Event) -> None:
        """Something goes in."""

    def effects(self, effects: list[Effect]) -> None:
        """Something came out."""

    def unheard(self, at: Ms, text: str) -> None:
        """Words that meant nothing."""

    def reached(self, now: Ms) -> None:
        """Session time has come so far."""
