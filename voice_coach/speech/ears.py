"""What every recogniser looks like from outside, and the two that need none: a scripted one and none at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from voice_coach.rate import FRAMES_PER_MS

if TYPE_CHECKING:  # the process that listens has no use for numpy, which takes longer to load than the model
    from voice_coach.audio.clip import Pcm

UNKNOWN = "[unk]"  # what a recogniser gives for speech that is none of the phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of an utterance: when it was said, and how sure the recogniser is of it among its own guesses (0-1)."""

    text: str
    start_ms: int
    end_ms: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Words between two silences. Times are milliseconds of the ears' own sound: the first frame accepted is 0."""

    text: str
    start_ms: int
    end_ms: int
    words: tuple[Word, ...] = ()  # the same words one by one, where the recogniser tells


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """What somebody who is still speaking seems to have said so far; may be taken back. Empty: taken back entirely."""

    text: str
    at_ms: int  # of the ears' own sound, when the text came to be this one
    sure: bool = True  # whether it can be acted upon; else it only shows that somebody speaks


Report: TypeAlias = "Partial | Utterance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that went wrong with ears, as a sentence for the screen.

    Where they listen again, `missed_ms` of sound was lost to them; with `lasting` they never will.
    """

    told: str
    missed_ms: int = 0
    lasting: bool = False


class Ears(Protocol):
    """A recogniser that is fed block after block; it tells what is being said, and what was said, in their order."""

    @property
    def name(self) -> str:
        """Engine and model, for the log."""

    @property
    def unknown_phrases(self) -> tuple[str, ...]:
        """Phrases of the grammar that hold a word the model does not know; they cannot be heard."""

    def accept(self, block: Pcm) -> list[Report]:
        """Listen to a block of any length; what is new. A partial comes only when its text has changed."""

    def flush(self) -> list[Utterance]:
        """Nothing more will come: what was being said."""

    def listen_for(self, phrases: Sequence[str]) -> None:
        """From now on other phrases; what was being said is dropped, and time goes on. Those that hold a word the
        model does not know are left out, as at first."""

    def close(self) -> None:
        """Give up memory; a second call does nothing."""


@runtime_checkable
class Mortal(Protocol):
    """Ears that may fail in the middle of a session, and tell so."""

    def troubles(self) -> Sequence[Trouble]:
        """What has gone wrong since the last look."""


def troubles_of(ears: Ears) -> Sequence[Trouble]:
    """What has gone wrong with them since the last look; nothing with those that cannot fail."""
    return ears.troubles() if isinstance(ears, Mortal) else ()


class NoEars:
    """Hears nothing: keyboard only."""

    name = "keyboard only"
    unknown_phrases: tuple[str, ...] = ()

    def accept(self, block: Pcm) -> list[Report]:
        """Nothing."""
        return []

    def flush(self) -> list[Utterance]:
        """Nothing."""
        return []

    def listen_for(self, phrases: Sequence[str]) -> None:
        """Still nothing."""

    def close(self) -> None:
        """Nothing to give up."""


class TextEars:
    """Hears a script: (end of the words in ms, words). Takes the same path as a recogniser, for tests.

    `partials` are told before: (when the text came to be this one, the text so far).
    """

    name = "text"
    unknown_phrases: tuple[str, ...] = ()
    SPOKEN_MS = 400

    def __init__(self, script: Iterable[tuple[int, str]], partials: Iterable[tuple[int, str]] = ()) -> None:
        spoken = [(at, 1, text) for at, text in script]
        self._script = sorted([*spoken, *((at, 0, text) for at, text in partials)], key=lambda entry: entry[:2])
        self._frames = 0

    def accept(self, block: Pcm) -> list[Report]:
        """The words whose time came with this block."""
        self._frames += len(block)
        now = self._frames // FRAMES_PER_MS
        due = [entry for entry in self._script if entry[0] <= now]
        self._script = self._script[len(due) :]
        return [
            Utterance(text=text, start_ms=max(0, at - self.SPOKEN_MS), end_ms=at)
            if whole
            else Partial(text=text, at_ms=at)
            for at, whole, text in due
        ]

    def flush(self) -> list[Utterance]:
        """Nothing: what was not due was not said."""
        return []

    def listen_for(self, phrases: Sequence[str]) -> None:
        """The script stays as it is."""

    def close(self) -> None:
        """Nothing to give up."""
