"""A talk before or after the session as the screen shows it: what is asked, and what it can be answered with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from voice_coach.commands import Vocabulary
from voice_coach.routine.model import Ms
from voice_coach.screen import words
from voice_coach.screen.shown import Scene, Shown
from voice_coach.session.events import DISTRESS, Command

_TALK = Shown(scene=Scene.TALK, headline="Your coach")


@runtime_checkable
class Asks(Protocol):
    """A machine to which only a few words mean anything at a time; `live.Asking` as far as the screen needs it."""

    @property
    def vocabulary(self) -> Vocabulary:
        """What is listened for now."""

    @property
    def asking(self) -> bool:
        """Whether an answer is waited for."""


class TalkView:
    """One talk. The sentence that is asked comes from what is said, not from here."""

    def __init__(self, machine: object) -> None:
        self._machine = machine
        self._vocabulary: Vocabulary | None = None
        self._asked = _TALK

    def now(self) -> Callable[[Ms], Shown]:
        """How it looks as it stands now, at any time."""
        shown = self._look()
        return lambda _at: shown

    def _look(self) -> Shown:
        machine = self._machine
        urgent = getattr(machine, "urgent", None)
        if isinstance(urgent, Command) and urgent.intent in DISTRESS:
            headline = words.in_distress(urgent.intent)
            return Shown(scene=Scene.DISTRESS, headline=headline, can_say=("false alarm", "end session"))
        if not isinstance(machine, Asks) or not machine.asking:
            return _TALK
        if machine.vocabulary is not self._vocabulary:
            self._vocabulary = machine.vocabulary
            self._asked = Shown(scene=Scene.QUESTION, headline="Question", can_say=words.answers(self._vocabulary))
        return self._asked
