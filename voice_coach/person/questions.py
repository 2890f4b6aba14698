"""What a question is. Its words are `script.talk`'s, under the question's id; its answers go into `Answered`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from voice_coach.person.model import Answer


class Kind(str, Enum):
    """What counts as an answer. "Not sure" always does, and "skip" leaves out what is `optional`."""

    YES_NO = "yes or no"
    NUMBER = "number"
    DIGITS = "digits"  # said one at a time, kept as text: a telephone number
    LOAD = "load"  # a weight in grams, or the colour of a band


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One idea, one answer. `args` fill its sentence; numbers outside of `least` to `most` are asked again."""

    id: str
    kind: Kind = Kind.YES_NO
    args: tuple[str | int, ...] = ()
    least: int = 0
    most: int = 10
    optional: bool = False


NextQuestion: TypeAlias = Callable[[Mapping[str, Answer]], "Question | None"]
"""Given what was answered so far, what to ask next; None when that is all."""
