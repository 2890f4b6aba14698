"""What a day of the week can be for, and which routine serves it: the names of EVIDENCE 2.3 and 4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from voice_coach.coaching.phases import Phase
from voice_coach.coaching.prescribe import is_strength
from voice_coach.person.model import Trained
from voice_coach.routine.model import Group, Routine, Tag, Tier


class Kind(str, Enum):
    """What a day is for."""

    STRENGTH = "strength"
    BALANCE = "balance"
    IMPACT = "impact"
    POSTURE = "posture"
    SNACK = "bone snack"
    MOBILITY = "gentle mobility"
    BREATHING = "quiet breathing"
    REST = "rest"


FULL = frozenset({Kind.STRENGTH, Kind.BALANCE, Kind.IMPACT})  # a full session; a snack is for days without one

# Monday is 0 (EVIDENCE 2.3, "Weekly shape"). What is not named is free, and posture fits into any day.
SHAPES: Mapping[Tier, Mapping[int, tuple[Kind, ...]]] = {
    Tier.HIGH: {0: (Kind.STRENGTH,), 2: (Kind.BALANCE,), 4: (Kind.STRENGTH,)},
    Tier.MODERATE: {0: (Kind.STRENGTH,), 2: (Kind.BALANCE,), 3: (Kind.STRENGTH,), 5: (Kind.BALANCE,)},
    Tier.LOW: {
        0: (Kind.STRENGTH,),
        1: (Kind.IMPACT,),
        3: (Kind.STRENGTH,),
        4: (Kind.IMPACT, Kind.BALANCE),
        6: (Kind.MOBILITY,),
    },
}

# The strength sessions of a phase, which take turns (EVIDENCE 4: R1 in the first two weeks, R2 and R3 "alternate",
# R5 and R6 "from week 7", R7 "one of the two days of strength, from week 13", R4 for the high tier).
STRENGTH: Mapping[Phase, tuple[str, ...]] = {
    Phase.LEARN: ("first_week_chair",),
    Phase.FOUNDATION: ("foundation_a", "foundation_b"),
    Phase.BUILD: ("dumbbell_a", "dumbbell_b"),
    Phase.LOAD: ("dumbbell_a", "hip_spine_bone"),
    Phase.CAREFUL: ("band_strength",),
}
ALWAYS = ("band_strength", "first_week_chair")  # where none of them is for her
_KNOWN: Mapping[str, Kind] = {
    **{name: Kind.STRENGTH for names in STRENGTH.values() for name in names},
    "steady_balance": Kind.BALANCE,
    "impact_ladder": Kind.IMPACT,
    "posture_back": Kind.POSTURE,
    "gentle_mobility": Kind.MOBILITY,
    "bone_snack_10": Kind.SNACK,
    "first_taste": Kind.SNACK,
    "easy_breath": Kind.BREATHING,
}


def kind_of(routine: Routine) -> Kind:
    """What a routine is for: by its name where it is one of ours, by what is in it where it is her own."""
    if routine.id in _KNOWN:
        return _KNOWN[routine.id]
    exercises = [item.exercise for block in routine.blocks for item in block.items]
    if any(Tag.IMPACT.value in exercise.tags for exercise in exercises):
        return Kind.IMPACT
    groups = {exercise.group for exercise in exercises}
    if is_strength(routine) or not groups <= {Group.BALANCE, Group.MARCHING, Group.MOBILITY, Group.SPINE}:
        return Kind.STRENGTH  # what nobody has judged counts as heavy
    if Group.BALANCE in groups:
        return Kind.BALANCE
    return Kind.POSTURE if Group.SPINE in groups else Kind.MOBILITY


def kind_of_session(session: Trained, routines: Sequence[Routine]) -> Kind:
    """What a session was for. One of a routine that is gone counts as strength: that asks for the longer rest."""
    if session.routine in _KNOWN:
        return _KNOWN[session.routine]
    found = next((routine for routine in routines if routine.id == session.routine), None)
    return Kind.STRENGTH if found is None or session.phase else kind_of(found)
