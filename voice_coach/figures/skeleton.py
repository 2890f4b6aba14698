"""A body of fixed limb lengths: from a pose to where every joint is. Pure.

The trunk cannot twist: there is no way to write it, shoulders and hips always face forward.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, dist, radians, sin, sqrt

from voice_coach.figures.model import Angles, Limb, Point, Pose

# A woman of 160 cm; fractions of height from Drillis and Contini (1966), as in Winter, Biomechanics and Motor Control.
LOWER_BACK, UPPER_BACK = 20.0, 26.0  # hips to waist, waist to the middle of the shoulders
NECK = 19.0  # the middle of the shoulders to the middle of the head
HEAD = 10.5  # half the height of the head
UPPER_ARM, FOREARM, HAND = 30.0, 24.0, 7.0  # a hand is measured to the middle of the palm
THIGH, SHIN = 39.0, 39.0
ANKLE = 7.0  # above the sole
SHOULDER_OUT, HIP_OUT = 16.0, 9.0  # of the joint, from the middle of the body
HEEL, BALL, TOE = -5.0, 10.0, 16.0  # along the sole, from below the ankle
SOLE = 3.5  # half as thick as a foot is drawn

SIDES: Mapping[str, int] = {"right": 1, "left": -1}


class OutOfReach(ValueError):
    """A hand or a foot is put where the limb cannot take it; the text says by how much."""


def joints(pose: Pose) -> dict[str, Point]:
    """Where every joint is, by name: "hips", "waist", "chest", "head", "nose", "right_elbow", "left_toe" and so on.

    Raises OutOfReach for a hand or foot that is further away than the limb is long, or too near.
    """
    hips = pose.hips
    waist = _add(hips, _up(pose.back[0]), LOWER_BACK)
    chest = _add(waist, _up(pose.back[1]), UPPER_BACK)
    nod = pose.back[1] + pose.head[0]
    head = _add(_add(chest, _up(nod), NECK), _ahead(nod), pose.head[1])
    found = {"hips": hips, "waist": waist, "chest": chest, "head": head}
    found["breastbone"] = _add(chest, _ahead(pose.back[1]), 10.0)
    found["nose"] = _add(head, _ahead(nod), HEAD)
    found["bun"] = _add(_add(head, _ahead(nod), -0.7 * HEAD), _up(nod), 0.8 * HEAD)
    eyes = _add(_add(head, _ahead(nod), 0.6 * HEAD), _up(nod), 0.15 * HEAD)
    for name, side in SIDES.items():
        shoulder = (chest[0], chest[1], chest[2] + side * SHOULDER_OUT)
        hip = (hips[0], hips[1], hips[2] + side * HIP_OUT)
        found[f"{name}_eye"] = (eyes[0], eyes[1], eyes[2] + side * 0.4 * HEAD)
        found[f"{name}_shoulder"], found[f"{name}_hip"] = shoulder, hip
        found |= {f"{name}_{joint}": at for joint, at in _arm(shoulder, pose.arms[name], side, name).items()}
        found |= {f"{name}_{joint}": at for joint, at in _leg(hip, pose.legs[name], side, name).items()}
    return found


def _arm(shoulder: Point, arm: Limb, side: int, name: str) -> dict[str, Point]:
    if arm.place is None:
        elbow = _add(shoulder, _pointing(arm.upper, side), UPPER_ARM)
        wrist = _add(elbow, _pointing(arm.lower, side), FOREARM)
        hand = _add(wrist, _pointing((arm.lower[0] + arm.tilt, arm.lower[1]), side), HAND)
        return {"elbow": elbow, "wrist": wrist, "hand": hand}
    hand = (arm.place[0], arm.place[1], side * arm.place[2])
    if arm.points is not None:
        wrist = _add(hand, _pointing((arm.points, 0.0), side), -HAND)
        elbow = _bent(shoulder, wrist, (UPPER_ARM, FOREARM), (-1, arm.bend, side), f"{name} hand")
    else:
        elbow = _bent(shoulder, hand, (UPPER_ARM, FOREARM + HAND), (-1, arm.bend, side), f"{name} hand")
        wrist = _add(elbow, _scaled(_minus(hand, elbow), 1 / (FOREARM + HAND)), FOREARM)
    return {"elbow": elbow, "wrist": wrist, "hand": hand}


def _leg(hip: Point, leg: Limb, side: int, name: str) -> dict[str, Point]:
    if leg.place is None:
        knee = _add(hip, _pointing(leg.upper, side), THIGH)
        ankle = _add(knee, _pointing(leg.lower, side), SHIN)
        level = leg.lower[0] + leg.tilt
        sole = _add(ankle, _pointing((level, leg.lower[1]), side), ANKLE - SOLE)
        return {"knee": knee, "ankle": ankle} | _foot(sole, level)
    x, y, out = leg.place
    turn_at = BALL if leg.tilt < 0 else HEEL
    pivot = (x + turn_at, y + SOLE, side * out)
    sole = _add(pivot, _ahead(-leg.tilt), -turn_at)
    ankle = _add(sole, _up(-leg.tilt), ANKLE - SOLE)
    knee = _bent(hip, ankle, (THIGH, SHIN), (1, leg.bend, side), f"{name} foot")
    foot = _foot(sole, leg.tilt)
    if leg.tilt < 0:  # the toes bend at the ball and stay on the ground
        foot["toe"] = _add(foot["ball"], _ahead(0.0), TOE - BALL)
    return {"knee": knee, "ankle": ankle} | foot


def _foot(sole: Point, level: float) -> dict[str, Point]:
    along = _ahead(-level)
    return {"heel": _add(sole, along, HEEL), "ball": _add(sole, along, BALL), "toe": _add(sole, along, TOE)}


def _bent(top: Point, end: Point, lengths: tuple[float, float], bend: tuple[int, float, int], what: str) -> Point:
    """The elbow or the knee between two ends: in the plane in which the joint bends, turned out by `bend` degrees."""
    upper, lower = lengths
    far = dist(top, end)
    if not abs(upper - lower) < far <= upper + lower:
        wrong = far - upper - lower
        raise OutOfReach(f"the {what} is {wrong:.1f} cm out of reach" if wrong > 0 else f"the {what} is too near")
    along = _scaled(_minus(end, top), 1 / far)
    way, turned, side = bend
    # A knee bends forward of the leg, an elbow backward. A limb straight out to the side has no such plane: level then.
    natural = _unit((-way * along[1], way * along[0], 0.0)) if abs(along[2]) < 0.999 else (float(way), 0.0, 0.0)
    outward = _crossed(along, natural)
    outward = _scaled(outward, side if outward[2] >= 0 else -side)
    aside = tuple(cos(radians(turned)) * n + sin(radians(turned)) * o for n, o in zip(natural, outward, strict=True))
    reach = (far**2 + upper**2 - lower**2) / (2 * far)
    off = sqrt(max(upper**2 - reach**2, 0.0))
    return _add(_add(top, along, reach), _unit((aside[0], aside[1], aside[2])), off)


def _up(lean: float) -> Point:
    return sin(radians(lean)), cos(radians(lean)), 0.0


def _ahead(lean: float) -> Point:
    return cos(radians(lean)), -sin(radians(lean)), 0.0


def _pointing(angles: Angles, side: int) -> Point:
    forward, out = radians(angles[0]), radians(angles[1])
    return sin(forward) * cos(out), -cos(forward) * cos(out), side * sin(out)


def _add(start: Point, way: Point, length: float) -> Point:
    return start[0] + way[0] * length, start[1] + way[1] * length, start[2] + way[2] * length


def _minus(one: Point, other: Point) -> Point:
    return one[0] - other[0], one[1] - other[1], one[2] - other[2]


def _crossed(one: Point, other: Point) -> Point:
    (a, b, c), (d, e, f) = one, other
    return b * f - c * e, c * d - a * f, a * e - b * d


def _scaled(point: Point, by: float) -> Point:
    return point[0] * by, point[1] * by, point[2] * by


def _unit(point: Point) -> Point:
    length = sqrt(sum(each**2 for each in point))
    return _scaled(point, 1 / length)
