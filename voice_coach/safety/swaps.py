"""Which movement stands for another that is not for her: the milder ones that EVIDENCE 3 and 4 name beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from voice_coach.routine.model import Exercise, Hold, Item, Mode

# Id of a movement: that of the one instead. "P": ours, where the evidence base names a version and not a movement.
SWAPS: Mapping[str, str] = MappingProxyType(
    {
        "goblet_squat": "chair_stand",
        "db_deadlift": "hinge_drill",
        "bridge": "hip_extension",  # P: "standing seat squeezes at the counter"
        "step_up": "step_taps",
        "split_squat": "counter_squat",
        "overhead_press": "band_chest_press",  # R5
        "db_row": "band_row",
        "prone_chest_lift": "seated_chest_lift",  # R5
        "bird_dog": "hip_extension",  # P: "standing at the counter, one leg back"
        "heel_drop": "heel_raise",  # R12, where the gate decides between the two
        "mini_jump": "heel_raise",
    }
)


def instead(item: Item, library: Mapping[str, Exercise]) -> Item | None:
    """The item with the movement that stands for its own; None where there is none, or it is measured another way."""
    other = library.get(SWAPS.get(item.exercise.id, ""))
    if other is None or not _measured_alike(item, other):
        return None
    swapped = replace(item, exercise=other, tempo=other.tempo, each_side=other.each_side)
    return replace(swapped, load=None, note="", rung=0)  # they were the other's


def _measured_alike(item: Item, other: Exercise) -> bool:
    if isinstance(item.amount, Hold):
        return other.mode is (Mode.TIME if item.amount.moving else Mode.HOLD)
    return other.mode is Mode.REPS  # counted by the coach, or by her
