"""What a pose and a figure are, as frozen values.

Places are (forward, up, out) in centimetres: forward of the middle, up from the floor, out to the person's right.
Angles are degrees: 0 hangs straight down, 90 points straight forward, 180 straight up, whatever the trunk does; a
second angle turns the limb out to its own side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Point: TypeAlias = "tuple[float, float, float]"
Angles: TypeAlias = "tuple[float, float]"  # forward, out


@dataclass(frozen=True, slots=True, kw_only=True)
class Limb:
    """An arm or a leg, given either by where it ends (`place`) or by how its parts point (`upper`, `lower`)."""

    place: Point | None = None  # the middle of the palm, or the sole below the ankle; `out` is from the middle
    bend: float = 0.0  # with `place`: how far the elbow or the knee is turned out of its natural plane
    upper: Angles = (0.0, 0.0)
    lower: Angles = (0.0, 0.0)
    points: float | None = None  # with `place`, of a flat hand: where its fingers point; None: on from the forearm
    tilt: float = 0.0  # of a foot, toes up (a placed one turns on its ball or its heel); of a hand not placed, forward


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """One position of the body."""

    hips: Point
    back: tuple[float, float] = (0.0, 0.0)  # how far the lower and the upper back lean forward
    head: tuple[float, float] = (0.0, 0.0)  # nods forward from the line of the upper back; slides forward, in cm
    arms: Mapping[str, Limb] = field(default_factory=dict)  # "right" and "left"
    legs: Mapping[str, Limb] = field(default_factory=dict)
    touches: Mapping[str, str] = field(default_factory=dict)  # part of the body: the floor or the prop it is on


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The drawing of one exercise: one or two poses, seen from one place, with the things around them."""

    id: str
    title: str  # the text alternative: one sentence
    start: Pose
    end: Pose | None = None  # None: one position, held
    view: tuple[float, float] = (0.0, 0.0)  # how far she is turned to us (90: she faces us), how far we look down
    zoom: tuple[float, float, float] | None = None  # how many times larger; what is in the middle: across, up
    props: tuple[tuple[str, tuple[float, ...]], ...] = ()  # name, numbers (see `props.PROPS`)
    holds: Mapping[str, str] = field(default_factory=dict)  # "right_hand": a weight
    band: tuple[str | Point, ...] = ()  # from joint or place to joint or place
    arrows: Mapping[str, tuple[float, float]] = field(default_factory=dict)  # joint: how far aside its arrow is drawn

    @property
    def poses(self) -> tuple[Pose, ...]:
        """Start and end, or the one position."""
        return (self.start,) if self.end is None else (self.start, self.end)

    @property
    def loaded(self) -> bool:
        """Whether a weight or a band is in her hands."""
        return bool(self.holds or self.band)
