"""What a routine and an exercise are. Frozen values, no input or output; times are integer milliseconds (`Ms`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

Ms: TypeAlias = int


class Mode(str, Enum):
    """How an exercise is measured when an item does not say otherwise."""

    REPS = "reps"  # counted on the beat
    HOLD = "hold"  # one position, counted down
    TIME = "time"  # keep moving for a time (marching, breathing), counted down more sparsely


class Side(str, Enum):
    """The side that works, for exercises done one side at a time."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo:
    """Lift, hold, lower of one rep, each in milliseconds. 2-1-3 seconds is the library's default pace."""

    lift: Ms
    hold: Ms
    lower: Ms

    @property
    def rep(self) -> Ms:
        """Length of one whole rep."""
        return self.lift + self.hold + self.lower


@dataclass(frozen=True, slots=True, kw_only=True)
class Reps:
    """So many repetitions, counted on the beat by the coach."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Stay, or keep moving, for so long. `moving` is true for marching, breathing and the like."""

    ms: Ms
    moving: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPace:
    """The person counts for herself and says "done"; `target` reps are announced."""

    target: int


Amount: TypeAlias = "Reps | Hold | OwnPace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is held or worn: a weight in grams, or a band by its colour (`label`). Exactly one of the two is set."""

    grams: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One rung of an exercise's ladder: what changes, as the coach says it ("Push up with one hand.")."""

    say: str
    tempo: Tempo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One movement. `easier` and `harder` are its ladder, each starting with the nearest rung."""

    id: str
    name: str
    start: str
    cues: tuple[str, ...]
    mode: Mode
    tempo: Tempo | None = None  # set for Mode.REPS
    words: tuple[str, str, str] = ("up", "hold", "down")  # what the three parts of a rep are called aloud
    easier: tuple[Variant, ...] = ()
    harder: tuple[Variant, ...] = ()
    each_side: bool = False
    support: bool = False  # a hand on, or close to, the counter is part of the exercise
    equipment: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An exercise as this routine wants it: how much, how often, how fast, with what rest."""

    exercise: Exercise
    sets: int
    amount: Amount
    tempo: Tempo | None  # already resolved: the item's own, else the exercise's; None for holds
    rest: Ms
    each_side: bool
    load: Load | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of a routine (warm-up, main, balance, cool-down); `rounds` above 1 makes it a circuit."""

    name: str
    items: tuple[Item, ...]
    rounds: int = 1
    round_rest: Ms = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A whole session as it was written. `digest` is the SHA-256 of the routine and the exercises it uses."""

    id: str
    title: str
    aliases: tuple[str, ...]
    purpose: str
    blocks: tuple[Block, ...]
    path: str
    digest: str
