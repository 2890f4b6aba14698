"""What a tier may not do is not in its routines, however often somebody says "harder"."""

from __future__ import annotations

import pytest

from voice_coach.paths import shipped
from voice_coach.routine import Routine, list_routines
from voice_coach.routine.model import Tag, Tier
from voice_coach.routine.rules import NOT_FOR_HIGH
from voice_coach.safety import CAREFUL, fitted, unsuited
from voice_coach.session.plan import make_plan

SHIPPED = {routine.id: routine for routine in list_routines([shipped("routines")])[0]}
EVERYBODYS = [routine for routine in SHIPPED.values() if not unsuited(routine, CAREFUL)]


def ids(routine: Routine) -> str:
    return routine.id


def rungs(routine: Routine) -> int:
    return sum(len(item.exercise.harder) for block in routine.blocks for item in block.items)


@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize("routine", SHIPPED.values(), ids=ids)
def test_a_routine_is_for_a_tier_as_it_says_and_then_holds_nothing_else(routine: Routine, tier: Tier) -> None:
    names = unsuited(routine, tier)
    assert bool(names) <= (tier not in routine.tiers)
    if names:
        with pytest.raises(ValueError, match=names[0]):
            fitted(routine, tier)
        return
    for segment in make_plan(fitted(routine, tier)).segments:
        exercise = segment.set.item.exercise
        assert tier in exercise.tiers
        assert all(not rung.tiers or tier in rung.tiers for rung in (*exercise.easier, *exercise.harder))


def test_the_careful_tier_has_routines_and_none_with_impact_or_overhead_work() -> None:
    assert {"first_week_chair", "gentle_mobility", "bone_snack_10", "posture_back"} <= {r.id for r in EVERYBODYS}
    for routine in EVERYBODYS:
        for block in routine.blocks:
            for item in block.items:
                assert not set(item.exercise.tags) & {Tag(tag).value for tag in NOT_FOR_HIGH}
    assert "impact_ladder" not in {routine.id for routine in EVERYBODYS}


def test_rungs_that_are_not_for_her_are_gone_and_the_others_stay() -> None:
    routine = SHIPPED["first_week_chair"]
    for block, careful, free in zip(
        routine.blocks, fitted(routine, Tier.HIGH).blocks, fitted(routine, Tier.LOW).blocks, strict=True
    ):
        for item, hers, all_of_it in zip(block.items, careful.items, free.items, strict=True):
            assert hers.exercise.easier == tuple(r for r in item.exercise.easier if not r.tiers or Tier.HIGH in r.tiers)
            assert all_of_it.exercise.harder == item.exercise.harder
    assert rungs(fitted(routine, Tier.HIGH)) < rungs(routine)


def test_what_the_careful_tier_does_another_way_is_said_with_the_note() -> None:
    noted = [
        (item.exercise.high_note, hers.note)
        for routine in EVERYBODYS
        for block, other in zip(routine.blocks, fitted(routine, Tier.HIGH).blocks, strict=True)
        for item, hers in zip(block.items, other.items, strict=True)
        if item.exercise.high_note
    ]
    assert noted
    assert all(note.endswith(high_note) for high_note, note in noted)
