"""What every recogniser looks like from outside, and the two that need none: a scripted one and none at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from voice_coach.audio.clip import FRAMES_PER_MS, Pcm

UNKNOWN = "[unk]"  # what a recogniser gives for speech that is none of the phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Words between two silences. Times are milliseconds of the ears' own sound: the first frame accepted is 0."""

    text: str
    start_ms: int
    end_ms: int


class Ears(Protocol):
    """A recogniser that is fed block after block and answers whenever somebody has finished speaking."""

    @property
    def name(self) -> str:
        """Engine and model, for the log."""

    @property
    def unknown_phrases(self) -> tuple[str, ...]:
        """Phrases of the grammar that hold a word the model does not know; they cannot be heard."""

    def accept(self, block: Pcm) -> list[Utterance]:
        """Listen to a block of any length; the utterances that ended in it."""

    def flush(self) -> list[Utterance]:
        """Nothing more will come: what was being said."""

    def close(self) -> None:
        """Give up memory; a second call does nothing."""


class NoEars:
    """Hears nothing: keyboard only."""

    name = "keyboard only"
    unknown_phrases: tuple[str, ...] = ()

    def accept(self, block: Pcm) -> list[Utterance]:
        """Nothing."""
        return []

    def flush(self) -> list[Utterance]:
        """Nothing."""
        return []

    def close(self) -> None:
        """Nothing to give up."""


class TextEars:
    """Hears a script: (end of the words in ms, words). Takes the same path as a recogniser, for tests."""

    name = "text"
    unknown_phrases: tuple[str, ...] = ()
    SPOKEN_MS = 400

    def __init__(self, script: Iterable[tuple[int, str]]) -> None:
        self._script = sorted(script)
        self._frames = 0

    def accept(self, block: Pcm) -> list[Utterance]:
        """The words whose time came with this block."""
        self._frames += len(block)
        now = self._frames // FRAMES_PER_MS
        due = [entry for entry in self._script if entry[0] <= now]
        self._script = self._script[len(due) :]
        return [Utterance(text=text, start_ms=max(0, at - self.SPOKEN_MS), end_ms=at) for at, text in due]

    def flush(self) -> list[Utterance]:
        """Nothing: what was not due was not said."""
        return []

    def close(self) -> None:
        """Nothing to give up."""
