"""A routine as somebody may do it: what is not for her is not there, so that no "harder" can lead to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import overload

from voice_coach.routine.model import Block, Exercise, Group, Item, Routine, Tag, Tier, Variant
from voice_coach.routine.rules import NOT_FOR_HIGH
from voice_coach.safety.model import Reason, Standing
from voice_coach.safety.swaps import instead

CAREFUL = Tier.HIGH
"""Who nothing is known of trains like this: with broken bones in her spine, perhaps; two in three were never told so
(Brooke-Wavell and others, Br J Sports Med 2022;56:837-846, as reported by its authors)."""

BREATHING = frozenset({"easy_breath"})  # ids of what is left in a hold (EVIDENCE 1.1)
GENTLE = frozenset({"gentle_mobility"})  # ids of routines for a day on which she is unwell (EVIDENCE 1.4)
_NOBODYS = (Tag.SPINAL_FLEXION_LOADED, Tag.TWISTING)
_NOT_FOR: Mapping[Tier, tuple[Tag, ...]] = {Tier.LOW: (), Tier.MODERATE: (), Tier.HIGH: NOT_FOR_HIGH}
# A rung has no tags. Toes may be on the floor; who kneels, lies or sits there, or has her hands there, is down on it.
_DOWN = re.compile(r"\bkneel|\b(?:lie|sit|get|go|hands|knees|elbows)\b[^.]*\b(?:floor|mat)\b", re.IGNORECASE)


def suits(exercise: Exercise, who: Tier | Standing) -> bool:
    """Whether a movement is for this tier, or for her."""
    if isinstance(who, Tier):
        return _for_tier(exercise, who)
    if who.hold:
        return exercise.id in BREATHING
    hidden = set(exercise.tags) & who.hidden
    allowed = not hidden or (bool(exercise.override) and hidden <= {tag.value for tag in _NOBODYS})
    return allowed and exercise.id not in who.avoided and _for_tier(exercise, _as(exercise, who))


def unsuited(routine: Routine, who: Tier | Standing) -> tuple[str, ...]:
    """The names of the movements in a routine that are not for this tier, or for her, each once, in their order.

    A movement that nobody has judged (a person's own) is hers to judge, as far as its tags do not.
    """
    items = (item for block in routine.blocks for item in block.items)
    return tuple(dict.fromkeys(item.exercise.name for item in items if not suits(item.exercise, who)))


def refused(routine: Routine, standing: Standing) -> Reason | None:
    """Why there is nothing for her in this routine today; None where there is, perhaps without some movements."""
    suiting = [item.exercise for block in routine.blocks for item in block.items if suits(item.exercise, standing)]
    if standing.hold:
        return None if suiting and _breathes(routine) else Reason(say="standing.only_breathing")
    if standing.gentle and routine.id not in GENTLE and not _breathes(routine):
        return Reason(say="standing.only_gentle")
    if (routine.tiers and standing.tier not in routine.tiers) or not suiting:
        return Reason(say="standing.not_for_now")
    return None


@overload
def fitted(routine: Routine, who: Tier) -> Routine: ...
@overload
def fitted(routine: Routine, who: Standing, library: Mapping[str, Exercise] = ...) -> Routine: ...
def fitted(routine: Routine, who: Tier | Standing, library: Mapping[str, Exercise] | None = None) -> Routine:
    """The routine with only what is for her, and said as she does the movements.

    For a tier, ValueError where a movement is not for it: ask `unsuited` first. For a standing, such a movement gives
    way to one from the library that stands for it (`swaps`), or is left out; ValueError where `refused` has a reason.
    """
    if isinstance(who, Standing):
        if reason := refused(routine, who):
            raise ValueError(f"{routine.id} is not for her: {reason.say}")
    elif names := unsuited(routine, who):
        raise ValueError(f"not for the tier {who.value}: {', '.join(names)}")
    blocks = (replace(block, items=tuple(_items(block, who, library or {}))) for block in routine.blocks)
    return replace(routine, blocks=tuple(block for block in blocks if block.items))


def _items(block: Block, who: Tier | Standing, library: Mapping[str, Exercise]) -> Iterator[Item]:
    """Those of a block that are for her. What stands instead of another is not done twice in it."""
    there = {item.exercise.id for item in block.items}
    for item in block.items:
        suiting = item if suits(item.exercise, who) else instead(item, library)
        if suiting is item or (suiting and suiting.exercise.id not in there and suits(suiting.exercise, who)):
            yield _item(suiting, who)
            there.add(suiting.exercise.id)


def _item(item: Item, who: Tier | Standing) -> Item:
    tier = _as(item.exercise, who)
    note = item.exercise.high_note if tier is Tier.HIGH else ""
    floorless = isinstance(who, Standing) and Tag.FLOOR_TRANSFER.value in who.hidden
    exercise = replace(
        item.exercise,
        easier=_rungs(item.exercise.easier, tier, floorless=floorless),
        harder=_rungs(item.exercise.harder, tier, floorless=floorless),
    )
    return replace(item, exercise=exercise, note=" ".join(filter(None, (item.note, note))))


def _rungs(ladder: tuple[Variant, ...], tier: Tier, *, floorless: bool) -> tuple[Variant, ...]:
    kept = (rung for rung in ladder if not rung.tiers or tier in rung.tiers)
    return tuple(rung for rung in kept if not (floorless and _DOWN.search(rung.say)))


def _for_tier(exercise: Exercise, tier: Tier) -> bool:
    """By its own tiers; where nobody has judged it, by what its tags forbid this tier."""
    if exercise.tiers:
        return tier in exercise.tiers
    return bool(exercise.override) or not set(exercise.tags) & {tag.value for tag in (*_NOT_FOR[tier], *_NOBODYS)}


def _as(exercise: Exercise, who: Tier | Standing) -> Tier:
    """The tier whose way of doing it is hers: in balance work the most careful, where her hand is to stay put."""
    if isinstance(who, Tier):
        return who
    return Tier.HIGH if who.supported and exercise.group is Group.BALANCE else who.tier


def _breathes(routine: Routine) -> bool:
    return all(item.exercise.id in BREATHING for block in routine.blocks for item in block.items)
