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


class Tier(str, Enum):
    """How carefully somebody is to train: where she begins, never a risk of fracture (EVIDENCE 1.2, [P])."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"  # the most careful: after a broken spine or hip, or falls


class Group(str, Enum):
    """The part of the library an exercise belongs to."""

    LEGS = "legs"
    UPPER = "upper"
    SPINE = "spine"
    BALANCE = "balance"
    MARCHING = "marching"  # marching, heel drops and jumps
    MOBILITY = "mobility"


class BoneSite(str, Enum):
    """A site that gets notable load, by mechanics and not by trials of single exercises (EVIDENCE 3, [P])."""

    HIP = "hip"
    LUMBAR_SPINE = "lumbar_spine"
    WRIST = "wrist"


class Benefit(str, Enum):
    """What an exercise is good for: the promises of resistance training, in their order (EVIDENCE 0)."""

    BONE = "bone"  # loads it; that it gains is never claimed
    STRENGTH = "strength"
    JOINTS = "joints"
    METABOLISM = "metabolism"
    BALANCE = "balance"
    WELL_BEING = "well_being"


class Tag(str, Enum):
    """A property that decides who may do an exercise, or where."""

    IMPACT = "impact"
    OVERHEAD = "overhead"
    PRONE = "prone"
    FLOOR_TRANSFER = "floor_transfer"  # down to the floor and up again
    SINGLE_LEG = "single_leg"
    GRIP = "grip"
    SPINAL_FLEXION_LOADED = "spinal_flexion_loaded"  # no shipped exercise has this one or the next
    TWISTING = "twisting"


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
    tiers: tuple[Tier, ...] = ()  # who may do it; empty: whoever may do the exercise


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
    group: Group | None = None
    tiers: tuple[Tier, ...] = ()  # who may do it; empty: nobody has judged it
    high_note: str = ""  # what the high tier does differently, as the coach says it
    bone_sites: tuple[BoneSite, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    tags: tuple[str, ...] = ()  # values of `Tag`; text, because earlier logs hold words of people's own
    override: str = ""  # who agreed to a movement that is otherwise for nobody, and when, as its file says it


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
    rung: int = 0  # where on the ladder it begins: below 0 easier, above 0 harder than written
    asks: bool = False  # whether she is asked after the last set how hard it was


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
    tiers: tuple[Tier, ...] = ()  # who may do it; empty: nobody has judged it
    minutes: int | None = None  # how long it is meant to take, everything that is said included
    times_a_week: tuple[int, int] | None = None  # at least, at most
