"""A routine for a standing: what is not for her is replaced or gone, and nothing leads to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.safety.people import NOW, incident, person, screening
from voice_coach.paths import shipped
from voice_coach.person.model import NO, YES, Trouble
from voice_coach.routine import Routine, Tier, list_routines
from voice_coach.routine.library import load_library
from voice_coach.safety import Standing, fitted, refused, standing, unsuited
from voice_coach.safety.swaps import SWAPS

SHIPPED = {routine.id: routine for routine in list_routines([shipped("routines")])[0]}
LIBRARY = load_library([shipped("routines")]).exercises
MIDDLE = Standing(tier=Tier.MODERATE, floor=True, supported=False, hidden=frozenset({"impact"}))


def ids(routine: Routine) -> list[str]:
    return [item.exercise.id for block in routine.blocks for item in block.items]


def test_what_is_hidden_is_replaced_where_something_stands_for_it_and_else_gone() -> None:
    who = replace(MIDDLE, hidden=frozenset({"overhead", "floor_transfer", "impact"}))
    routine = SHIPPED["dumbbell_a"]
    assert set(ids(fitted(routine, who))) == set(ids(routine)) - {"overhead_press", "prone_chest_lift"}
    swapped = ids(fitted(routine, who, LIBRARY))
    assert {"band_chest_press", "seated_chest_lift"} <= set(swapped)
    assert unsuited(routine, who) == (LIBRARY["overhead_press"].name, LIBRARY["prone_chest_lift"].name)


@pytest.mark.parametrize("routine", SHIPPED.values(), ids=lambda routine: routine.id)
@pytest.mark.parametrize("tier", Tier)
def test_no_shipped_routine_holds_what_is_hidden_or_avoided(routine: Routine, tier: Tier) -> None:
    who = Standing(tier=tier, hidden=frozenset({"floor_transfer", "impact"}), avoided=frozenset({"chair_stand"}))
    if refused(routine, who):
        with pytest.raises(ValueError, match=routine.id):
            fitted(routine, who, LIBRARY)
        return
    for block in fitted(routine, who, LIBRARY).blocks:
        for item in block.items:
            assert not set(item.exercise.tags) & who.hidden
            assert item.exercise.id != "chair_stand"
            assert tier in item.exercise.tiers
            rungs = (*item.exercise.easier, *item.exercise.harder)
            assert all(not rung.tiers or tier in rung.tiers for rung in rungs)
            assert not any("kneel" in rung.say.casefold() for rung in rungs)


def test_with_nobody_near_balance_is_done_as_in_the_most_careful_tier() -> None:
    def rungs(who: Standing) -> int:
        fit = fitted(SHIPPED["steady_balance"], who)
        return sum(len(item.exercise.harder) for block in fit.blocks for item in block.items)

    assert rungs(replace(MIDDLE, supported=True)) < rungs(MIDDLE)


def test_a_hold_refuses_every_shipped_routine() -> None:
    held = standing(person(screening(1, chest=YES)), NOW)
    reasons = {reason.say for routine in SHIPPED.values() if (reason := refused(routine, held))}
    assert reasons == {"standing.only_breathing"}
    block = SHIPPED["gentle_mobility"].blocks[-1]
    breathing = tuple(item for item in block.items if item.exercise.id == "easy_breath")
    only = replace(SHIPPED["gentle_mobility"], blocks=(replace(block, items=breathing),))
    assert ids(fitted(only, held)) == ["easy_breath"]


def test_a_gentle_day_offers_gentle_movement_alone() -> None:
    ill = standing(person(screening(1, floor=NO), incidents=[incident(Trouble.UNWELL)]), NOW)
    assert [name for name, routine in SHIPPED.items() if refused(routine, ill) is None] == ["gentle_mobility"]


def test_what_stands_for_another_is_in_the_library_and_milder() -> None:
    order = [Tier.LOW, Tier.MODERATE, Tier.HIGH]
    for name, other in SWAPS.items():
        assert set(LIBRARY[name].tiers) <= set(LIBRARY[other].tiers) <= set(order)


def test_a_movement_of_her_own_is_judged_by_its_tags() -> None:
    item = SHIPPED["bone_snack_10"].blocks[-1].items[0]
    own = replace(item.exercise, id="mine/press", tiers=(), tags=("overhead",))
    block = replace(SHIPPED["bone_snack_10"].blocks[-1], items=(replace(item, exercise=own), item))
    routine = replace(SHIPPED["bone_snack_10"], blocks=(block,))
    assert unsuited(routine, Tier.HIGH) == (own.name,)
    assert unsuited(routine, Tier.LOW) == ()
