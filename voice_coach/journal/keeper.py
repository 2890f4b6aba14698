"""The observer that keeps the log of a session, in the order a replay needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from voice_coach.errors import LogError
from voice_coach.journal.format import UNHEARD, Scalar
from voice_coach.journal.writer import Journal
from voice_coach.routine.model import Ms
from voice_coach.session.engine import Session
from voice_coach.session.events import Effect, Event
from voice_coach.session.lines import Line


class LogKeeper:
    """Watches one session for its `Journal`, which has been started.

    `event` is to be called before the session receives it, `effects` with all that each call of the session gave.
    `fresh` gives the lengths of sentences that the session has asked for since the last look. A log that fails does
    not stop the session, since "stop" must be obeyed all the same: `failed` is told at once, and only once until
    everything is written after all.
    """

    def __init__(
        self,
        journal: Journal,
        session: Session,
        fresh: Callable[[], Sequence[tuple[Line, Ms]]],
        failed: Callable[[LogError], None],
    ) -> None:
        self._journal = journal
        self._session = session
        self._fresh = fresh
        self._failed = failed
        self._works = True

    def event(self, event: Event) -> None:
        """Something goes in."""
        self._try(lambda: self._journal.event(event, now=self._session.state.now))

    def effects(self, effects: list[Effect]) -> None:
        """Something came out. Lengths go first: what was decided may rest on them."""
        self._try(lambda: self._journal.speech(self._fresh()))
        self._try(lambda: self._journal.effects(effects))

    def unheard(self, at: Ms, text: str) -> None:
        """Words that meant nothing."""
        self.note(UNHEARD, {"words": text})

    def reached(self, now: Ms) -> None:
        """Session time has come so far; the log has no use for it."""

    def note(self, kind: str, data: dict[str, Scalar]) -> None:
        """Log something the session does not know, at the time at which it stands."""
        self._try(lambda: self._journal.note(self._session.state.now, kind, data))

    def interrupted(self, reason: str) -> None:
        """Log that the session is left where it stands. Nothing happens when its end is logged already."""
        self._try(lambda: self._journal.speech(self._fresh()))
        self._try(lambda: self._journal.end(self._session.state.now, reason))

    def _try(self, log: Callable[[], None]) -> None:
        try:
            log()
        except LogError as error:
            if self._works:
                self._works = False
                self._failed(error)
        else:
            self._works = self._works or not self._journal.behind
