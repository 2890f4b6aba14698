"""A routine laid out flat: PREPARE, WORK and REST segments in the order in which they happen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from voice_coach.routine.model import Item, Ms, Routine, Side
from voice_coach.session.dose import Adjustment


class Phase(str, Enum):
    """What a segment is for."""

    PREPARE = "prepare"
    WORK = "work"
    REST = "rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSet:
    """One set of one exercise on one side, with its place in the routine. Numbers count from 1."""

    item: Item
    block: str
    number: int
    of: int
    round: int = 1
    rounds: int = 1
    side: Side | None = None
    opens_block: bool = False  # the block's name is announced
    opens_round: bool = False  # a later round of a circuit begins, and its number is announced
    introduces: bool = False  # name, position and cues are told in full
    other_side: bool = False  # the second side of the same set: only the change is announced


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of the session. `set` is the set it prepares, is, or follows; `ms` is the length of a REST."""

    phase: Phase
    set: PlannedSet
    ms: Ms = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All segments of a session, in order, with where they came from.

    `adjusted` is what she had changed before it was broken off, by the id of the exercise, where it goes on.
    """

    routine: str  # the routine's id
    title: str
    digest: str
    segments: tuple[Segment, ...]
    adjusted: tuple[tuple[str, Adjustment], ...] = ()


def make_plan(routine: Routine) -> Plan:
    """The plan of a routine as it was written. The last rest is left out: nothing follows it."""
    segments: list[Segment] = []
    for block in routine.blocks:
        for number in range(1, block.rounds + 1):
            for index, item in enumerate(block.items):
                for planned in _sets(item, block.name, number, block.rounds, first=index == 0):
                    segments += _segments(planned)
            if block.round_rest and number < block.rounds:
                segments = _with_rest(segments, block.round_rest)
    while segments and segments[-1].phase is Phase.REST:
        segments.pop()
    return Plan(routine=routine.id, title=routine.title, digest=routine.digest, segments=tuple(segments))


def _sets(item: Item, block: str, number: int, rounds: int, *, first: bool) -> list[PlannedSet]:
    sides: tuple[Side | None, ...] = (Side.LEFT, Side.RIGHT) if item.each_side else (None,)
    return [
        PlannedSet(
            item=item,
            block=block,
            number=count,
            of=item.sets,
            round=number,
            rounds=rounds,
            side=side,
            opens_block=first and number == 1 and count == 1 and side is sides[0],
            opens_round=first and number > 1 and count == 1 and side is sides[0],
            introduces=number == 1 and count == 1 and side is sides[0],
            other_side=side is Side.RIGHT,
        )
        for count in range(1, item.sets + 1)
        for side in sides
    ]


def _segments(planned: PlannedSet) -> list[Segment]:
    made = [Segment(phase=Phase.PREPARE, set=planned), Segment(phase=Phase.WORK, set=planned)]
    first_of_two = planned.side is Side.LEFT  # the change of sides is rest enough
    if planned.item.rest and not first_of_two:
        made.append(Segment(phase=Phase.REST, set=planned, ms=planned.item.rest))
    return made


def _with_rest(segments: list[Segment], ms: Ms) -> list[Segment]:
    """The same segments ending in the rest between two rounds, instead of the last item's own."""
    if segments and segments[-1].phase is Phase.REST:
        segments = segments[:-1]
    return [*segments, Segment(phase=Phase.REST, set=segments[-1].set, ms=ms)]
