"""What a test is made of: a flow of steps, each answered before the next one comes. Plain values, no time in them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from voice_coach.routine.model import Ms
from voice_coach.session.lines import Key, Line


class Want(Enum):
    """What counts as an answer; "not sure" always does."""

    READY = "yes, done, or a key; or no"
    YES_NO = "yes or no"
    NUMBER = "a number"
    RIGHT = "yes, no, or the right number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Said to its end. Answered with None."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Said, then waited for. Answered with True or False, with a number, or with None for "not sure"."""

    lines: tuple[Line, ...]
    want: Want


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Counted in, then measured for `ms` at most. Answered with `Ran`, or with None where the try is void.

    With `ends`, "done", "stop" and the keys end it with a value; without, the keys are taps and "stop" makes it void.
    """

    ms: Ms
    ends: bool
    begin: Line
    calls: tuple[int, ...] = ()  # seconds from its beginning that are called out
    ten_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a run went: how long it lasted, and how often a key was pressed."""

    ms: Ms
    taps: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One try is done, and is to be kept at once. Answered with None."""

    value: int
    detail: str = ""


Step: TypeAlias = "Tell | Ask | Run | Score"
Answer: TypeAlias = "Ran | bool | int | None"
Flow: TypeAlias = Generator[Step, Answer, None]
Told: TypeAlias = Callable[[Sequence[Score]], tuple[Line, ...]]
"""What is said at the end to the tries that were done, oldest first: `voice_coach.measures.progress`."""


def line(name: str, *args: str | int) -> Line:
    """A sentence of this room."""
    return Line(Key.TALK, (f"measures.{name}", *args))


def lines(*names: str) -> tuple[Line, ...]:
    """Several of them."""
    return tuple(line(name) for name in names)
