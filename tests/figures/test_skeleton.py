"""The body: limbs never change length, joints bend the way human ones do, hands and feet are where they are put."""

from __future__ import annotations

from dataclasses import replace
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.bodies import POSES, angle
from voice_coach.figures.model import Figure, Limb, Pose
from voice_coach.figures.skeleton import (
    FOREARM,
    HAND,
    LOWER_BACK,
    SHIN,
    SIDES,
    THIGH,
    UPPER_ARM,
    UPPER_BACK,
    OutOfReach,
    joints,
)

LENGTHS = {("hips", "waist"): LOWER_BACK, ("waist", "chest"): UPPER_BACK} | {
    (f"{side}_{one}", f"{side}_{other}"): length
    for side in SIDES
    for one, other, length in (
        ("shoulder", "elbow", UPPER_ARM),
        ("elbow", "wrist", FOREARM),
        ("wrist", "hand", HAND),
        ("hip", "knee", THIGH),
        ("knee", "ankle", SHIN),
    )
}
STANDING = Pose(
    hips=(0.0, 84.9, 0.0),
    arms=dict.fromkeys(SIDES, Limb()),
    legs=dict.fromkeys(SIDES, Limb(place=(0.0, 0.0, 9.0))),
)

every_pose = pytest.mark.parametrize(("figure", "pose"), [each[1:] for each in POSES], ids=[each[0] for each in POSES])


def _lengths_hold(pose: Pose) -> None:
    found = joints(pose)
    for (one, other), length in LENGTHS.items():
        assert dist(found[one], found[other]) == pytest.approx(length, abs=1e-6), (one, other)


@every_pose
def test_limbs_keep_their_length(figure: Figure, pose: Pose) -> None:
    _lengths_hold(pose)


@given(
    forward=st.floats(-150, 150),
    up=st.floats(0, 220),
    out=st.floats(-60, 80),
    bend=st.floats(-90, 90),
    lean=st.floats(-90, 90),
)
def test_a_hand_is_where_it_is_put_or_the_arm_is_too_short(
    forward: float, up: float, out: float, bend: float, lean: float
) -> None:
    pose = replace(STANDING, back=(lean, lean), arms=dict.fromkeys(SIDES, Limb(place=(forward, up, out), bend=bend)))
    shoulder = joints(replace(pose, arms=STANDING.arms))["right_shoulder"]
    far = dist(shoulder, (forward, up, out))
    if 1.0 < far <= UPPER_ARM + FOREARM + HAND:
        assert joints(pose)["right_hand"] == pytest.approx((forward, up, out))
        _lengths_hold(pose)
    elif far > UPPER_ARM + FOREARM + HAND:
        with pytest.raises(OutOfReach, match=r"hand is \d+\.\d cm out of reach"):
            joints(pose)


def test_standing_she_is_160_cm_tall() -> None:
    found = joints(replace(STANDING, hips=(0.0, 85.0, 0.0)))
    assert found["head"][1] + 10.5 == pytest.approx(160, abs=1)
    assert found["right_heel"][1] == found["right_toe"][1] == 3.5


def test_a_raised_heel_leaves_the_ball_on_the_floor_and_raised_toes_the_heel() -> None:
    on_toes = joints(
        replace(STANDING, hips=(4.0, 89.0, 0.0), legs=dict.fromkeys(SIDES, Limb(place=(0, 0, 9), tilt=-36)))
    )
    assert on_toes["right_ball"] == pytest.approx((10, 3.5, 9))
    assert on_toes["right_heel"][1] > 10
    on_heels = joints(replace(STANDING, legs=dict.fromkeys(SIDES, Limb(place=(0, 0, 9), tilt=25))))
    assert on_heels["left_heel"] == pytest.approx((-5, 3.5, -9))
    assert on_heels["left_toe"][1] > 10


@every_pose
def test_joints_stay_inside_the_human_range(figure: Figure, pose: Pose) -> None:
    """Ranges of a healthy adult, rounded from the American Academy of Orthopaedic Surgeons (1965)."""
    found = joints(pose)
    assert abs(pose.head[0]) <= 45, "the neck"
    assert abs(pose.head[1]) <= 10, "the head"
    for side in SIDES:
        shoulder, elbow, wrist, hand, hip, knee, ankle, ball, heel = (
            found[f"{side}_{joint}"]
            for joint in ("shoulder", "elbow", "wrist", "hand", "hip", "knee", "ankle", "ball", "heel")
        )
        assert angle(hip, knee, ankle) >= 40, "the knee bends 140"
        assert angle(shoulder, elbow, wrist) >= 30, "the elbow bends 150"
        assert angle(elbow, wrist, hand) >= 85, "the wrist bends to a right angle under her weight"
        foot = tuple(a + b - h for a, b, h in zip(ankle, ball, heel, strict=True))
        level = angle(knee, ankle, (foot[0], foot[1], foot[2]))
        assert 52 <= level <= 150.1, "the foot: 38 up, as in a lunge (Bennell 1998), 60 down"
        thigh_forward = angle((hip[0] + found["chest"][0] - found["hips"][0], *_up(found, hip)), hip, knee)
        assert thigh_forward >= 60, "the hip bends 120"
        # The knee lies in front of the line from hip to ankle, never behind it.
        ahead = (knee[0] - hip[0]) * (hip[1] - ankle[1]) - (knee[1] - hip[1]) * (hip[0] - ankle[0])
        assert ahead >= -1, "the knee bends backwards"


def _up(found: dict[str, tuple[float, float, float]], hip: tuple[float, float, float]) -> tuple[float, float]:
    return hip[1] + found["chest"][1] - found["hips"][1], hip[2]
