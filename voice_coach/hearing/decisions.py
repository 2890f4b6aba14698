"""What hearing decides: frozen values, each with `at_ms`, the end of the block in which it was decided."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from voice_coach.commands import Match
from voice_coach.speech.ears import Utterance


class Why(str, Enum):
    """Why something that was heard is no command."""

    NO_PHRASE = "no phrase"
    OTHER_WORDS = "other words beside it"
    COACH = "the coach said it"
    ECHO = "only an echo of the coach"
    LONG = "too long"
    SHORT = "too short"
    SOFT = "too soft"
    UNSURE = "not sure enough"
    NO_NAME = "without the name"
    BEFORE = "begun before its words counted"


class Attention(Enum):
    """What the loudspeaker is to do while somebody speaks; nothing of what it plays is dropped."""

    NONE = "play"
    DUCK = "softer"
    MUTE = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A command, to be obeyed now. Of an utterance that goes on only what was said so far is in `utterance`."""

    match: Match
    utterance: Utterance
    at_ms: int
    early: bool  # before the recogniser's own end of the utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissed:
    """An utterance that is no command, and why."""

    utterance: Utterance
    why: Why
    at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """Something that may have been a command was not understood: the person may be told."""

    utterance: Utterance
    at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attend:
    """From now on the loudspeaker is to be so loud."""

    attention: Attention
    at_ms: int


Decision: TypeAlias = "Accepted | Dismissed | Unclear | Attend"
