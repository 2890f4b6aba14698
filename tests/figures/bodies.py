"""What the tests measure on a body: angles of joints, the air between it and what carries it, where its weight is."""

from __future__ import annotations

from itertools import pairwise
from math import acos, degrees, dist, sqrt

from voice_coach.figures.draw import solids
from voice_coach.figures.model import Figure, Point, Pose
from voice_coach.figures.props import Box, Solid
from voice_coach.figures.skeleton import HEAD, SIDES, SOLE, joints
from voice_coach.figures.table import figures

POSES = [
    (f"{figure.id}-{name}", figure, pose)
    for figure in figures().values()
    for name, pose in zip(("start", "end"), figure.poses, strict=False)
]

# Part of the body: the joints that may touch, and how thick the body is around them, as it is drawn.
PARTS: dict[str, tuple[tuple[str, ...], float]] = {
    "hips": (("hips",), 9.5),
    "back": (("waist", "chest"), 9.5),
    "head": (("head",), HEAD),
} | {
    f"{side}_{part}": (tuple(f"{side}_{joint}" for joint in touching), thick)
    for side in SIDES
    for part, touching, thick in (
        ("hand", ("hand",), 5.0),
        ("forearm", ("elbow", "wrist"), 5.0),
        ("foot", ("heel", "ball", "toe"), SOLE),
        ("knee", ("knee",), 6.5),
    )
}
LYING = {"bed", "mat"}


def claims(pose: Pose) -> list[tuple[str, str]]:
    """Part of the body and what it is said to touch, "hands" as both hands."""
    return [
        (part, thing)
        for name, thing in pose.touches.items()
        for part in ([name] if name in PARTS else [f"{side}_{name.replace('feet', 'foots')[:-1]}" for side in SIDES])
    ]


def gap(figure: Figure, pose: Pose, part: str, thing: str) -> float:
    """Centimetres of air between a part of the body and what it is said to touch; below 0 it is inside."""
    names, thick = PARTS[part]
    found = joints(pose)
    if thing == "floor":
        return min(found[name][1] for name in names) - thick
    only = Figure(id="", title="", start=pose, props=tuple(prop for prop in figure.props if prop[0] == thing))
    assert only.props, f"{thing} is not in the picture"
    return min(away(found[name], solid) for name in names for solid in solids(only)) - thick


def away(point: Point, solid: Solid) -> float:
    """How far a point is from a box or a rod; inside a box it is below 0."""
    if isinstance(solid, Box):
        outside = [max(low - at, 0, at - high) for low, at, high in zip(solid.low, point, solid.high, strict=True)]
        inside = max(max(low - at, at - high) for low, at, high in zip(solid.low, point, solid.high, strict=True))
        return sqrt(sum(each**2 for each in outside)) if inside > 0 else inside
    return min(_from_line(point, one, other) for one, other in pairwise(solid.points))


def _from_line(point: Point, one: Point, other: Point) -> float:
    way = [b - a for a, b in zip(one, other, strict=True)]
    along = sum(w * (p - a) for w, p, a in zip(way, point, one, strict=True)) / sum(w * w for w in way)
    along = min(max(along, 0.0), 1.0)
    return dist(point, [a + along * w for a, w in zip(one, way, strict=True)])


def angle(one: Point, corner: Point, other: Point) -> float:
    """The angle at a joint: 180 is straight."""
    a = [x - y for x, y in zip(one, corner, strict=True)]
    b = [x - y for x, y in zip(other, corner, strict=True)]
    cosine = sum(x * y for x, y in zip(a, b, strict=True)) / (dist(one, corner) * dist(other, corner))
    return degrees(acos(max(-1.0, min(1.0, cosine))))


# Part of the weight and the two joints it lies between, in the middle: Winter, Biomechanics and Motor Control, rounded.
_WEIGHTS = [(0.50, "hips", "chest"), (0.08, "head", "head")] + [
    (weight, f"{side}_{one}", f"{side}_{other}")
    for side in SIDES
    for weight, one, other in (
        (0.028, "shoulder", "elbow"),
        (0.022, "elbow", "hand"),
        (0.100, "hip", "knee"),
        (0.047, "knee", "ankle"),
        (0.014, "heel", "toe"),
    )
]


def weight_over(found: dict[str, Point]) -> float:
    """How far forward the middle of her weight is."""
    total = sum(weight for weight, _, _ in _WEIGHTS)
    return sum(weight * (found[one][0] + found[other][0]) / 2 for weight, one, other in _WEIGHTS) / total
