"""The things around the body, each as a few boxes and rods at its true height."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import radians, sin
from typing import TypeAlias

from voice_coach.figures.model import Point

SEAT, COUNTER, TABLE, STEP, BED, MAT = 42.0, 90.0, 74.0, 17.0, 48.0, 3.0  # heights in centimetres
CHAIR_BACK, DOOR, POST = 86.0, 195.0, 155.0
_FAR = 55.0  # how far a counter or a wall goes on to either side


@dataclass(frozen=True, slots=True)
class Box:
    """A block between its lowest and its highest corner."""

    low: Point
    high: Point


@dataclass(frozen=True, slots=True)
class Rod:
    """A bar along points, so thick in the drawing; `dashed` for what is only a path on the floor."""

    points: tuple[Point, ...]
    width: float = 5.0
    dashed: bool = False


Solid: TypeAlias = "Box | Rod"


def _chair(x: float) -> tuple[Solid, ...]:
    back, front, side = x - 20, x + 20, 20
    legs = tuple(Rod(((at, 0, z), (at, SEAT - 4, z))) for at in (back + 2, front - 2) for z in (-side + 2, side - 2))
    rest = Box((back - 2, CHAIR_BACK - 26, -side), (back + 1, CHAIR_BACK, side))
    posts = tuple(Rod(((back, SEAT, z), (back, CHAIR_BACK - 10, z))) for z in (-side + 2, side - 2))
    return (*legs, *posts, rest, Box((back - 1, SEAT - 5, -side), (front, SEAT, side)))


def _counter(x: float) -> tuple[Solid, ...]:
    return (
        Box((x + 5, 0, -_FAR), (x + 45, COUNTER - 5, _FAR)),
        Box((x, COUNTER - 5, -_FAR), (x + 45, COUNTER, _FAR)),
    )


def _counter_left(z: float, half: float) -> tuple[Solid, ...]:
    return (
        Box((-half, 0, -z - 40), (half, COUNTER - 5, -z - 4)),
        Box((-half, COUNTER - 5, -z - 40), (half, COUNTER, -z)),
    )


def _table(x: float, deep: float) -> tuple[Solid, ...]:
    legs = tuple(Rod(((at, 0, z), (at, TABLE - 4, z))) for at in (x + 4, x + deep - 4) for z in (-40, 40))
    return (*legs, Box((x, TABLE - 5, -44), (x + deep, TABLE, 44)))


def _wall_ahead(x: float, top: float) -> tuple[Solid, ...]:
    return _wall(x, x + 8, top)


def _wall_behind(x: float, top: float) -> tuple[Solid, ...]:
    return _wall(x - 8, x, top)


def _wall(low: float, high: float, top: float) -> tuple[Solid, ...]:
    """A wall, hatched where it is cut through, as in a plan of a house."""
    hatch = tuple(Rod(((low, up, _FAR), (high, up + 8, _FAR)), 2.0) for up in range(4, int(top) - 8, 14))
    return (Box((low, 0, -_FAR), (high, top, _FAR)), *hatch)


def _stairs(x: float) -> tuple[Solid, ...]:
    rail, top = -26.0, 90.0
    return (
        Box((x, 0, -32), (x + 62, STEP, 32)),
        Box((x + 32, STEP, -32), (x + 62, 2 * STEP, 32)),
        Rod(((x - 12, 0, rail), (x - 12, top, rail))),
        Rod(((x + 52, 2 * STEP, rail), (x + 52, top + 2 * STEP, rail))),
        Rod(((x - 12, top, rail), (x + 52, top + 2 * STEP, rail))),
    )


def _bed(x: float) -> tuple[Solid, ...]:
    legs = tuple(Rod(((at, 0, z), (at, BED - 20, z))) for at in (x - 82, x + 82) for z in (-40, 40))
    return (*legs, Box((x - 92, BED - 20, -45), (x + 92, BED, 45)))


def _mat(x: float) -> tuple[Solid, ...]:
    return (Box((x - 80, 0, -35), (x + 80, MAT, 35)),)


def _pillow(x: float, y: float) -> tuple[Solid, ...]:
    return (Box((x - 20, y, -25), (x + 20, y + 7, 25)),)


def _door(x: float) -> tuple[Solid, ...]:
    return (Box((x, 0, -42), (x + 6, DOOR, 42)), Rod(((x - 4, 95, -30), (x, 95, -30))))


def _doorway(x: float) -> tuple[Solid, ...]:
    return (
        Box((x - 4, 0, 34), (x + 4, DOOR, 42)),
        Box((x - 4, 0, -42), (x + 4, DOOR, -34)),
        Box((x - 4, DOOR - 6, -42), (x + 4, DOOR, 42)),
    )


def _post_left(z: float, height: float) -> tuple[Solid, ...]:
    return (Box((-4, 0, -z - 8), (4, POST, -z)), Box((-3, height - 3, -z), (3, height + 3, -z + 3)))


def _eight(half: float) -> tuple[Solid, ...]:
    """Two markers and the way round them."""
    turns = [radians(step * 5) for step in range(73)]
    way = tuple((1.45 * half * sin(turn), 0.0, 0.75 * half * sin(2 * turn)) for turn in turns)
    markers = tuple(Box((x - 4, 0, -4), (x + 4, 20, 4)) for x in (-half, half))
    return (Rod(way, 3.0, dashed=True), *markers)


@dataclass(frozen=True, slots=True)
class Prop:
    """How a thing is made from its numbers, and what each of them says."""

    solids: Callable[..., tuple[Solid, ...]]
    numbers: tuple[str, ...] = ("how far forward",)


PROPS: Mapping[str, Prop] = {
    "chair": Prop(_chair, ("middle of the seat",)),
    "counter": Prop(_counter, ("its edge",)),
    "counter_left": Prop(_counter_left, ("its edge, out to the left", "half its length")),
    "table": Prop(_table, ("its edge", "how deep it is")),
    "wall_ahead": Prop(_wall_ahead, ("how far forward", "how much of its height is drawn")),
    "wall_behind": Prop(_wall_behind, ("how far forward", "how much of its height is drawn")),
    "stairs": Prop(_stairs, ("front of the first step",)),
    "bed": Prop(_bed, ("its middle",)),
    "mat": Prop(_mat, ("its middle",)),
    "pillow": Prop(_pillow, ("its middle", "up")),
    "door": Prop(_door),
    "doorway": Prop(_doorway),
    "post_left": Prop(_post_left, ("out to the left", "up")),
    "figure_eight": Prop(_eight, ("half the way between the markers",)),
}

# What a hand may hold, and along which line the bar of the weight lies.
AXES: Mapping[str, Point] = {
    "dumbbell": (1.0, 0.0, 0.0),
    "dumbbell_across": (0.0, 0.0, 1.0),
    "dumbbell_upright": (0.0, 1.0, 0.0),
}
