"""Tests of progress that can be done at home by voice: what they are, who may do them, what a value says."""

from voice_coach.measures.battery import (
    CHAIR_STAND,
    FOUR_STAGE,
    MEASURES,
    ONE_LEG,
    WITH_HANDS,
    Measure,
    due,
    measured_today,
    unsuited,
)
from voice_coach.measures.flows import flow
from voice_coach.measures.norms import shown
from voice_coach.measures.progress import Compared, compared

__all__ = [
    "CHAIR_STAND",
    "FOUR_STAGE",
    "MEASURES",
    "ONE_LEG",
    "WITH_HANDS",
    "Compared",
    "Measure",
    "compared",
    "due",
    "flow",
    "measured_today",
    "shown",
    "unsuited",
]
