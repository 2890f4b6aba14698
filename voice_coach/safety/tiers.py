"""A routine as somebody of a tier may do it: what is not for her is not there, so that no "harder" can lead to it."""

from __future__ import annotations

from dataclasses import replace

from voice_coach.routine.model import Exercise, Item, Routine, Tier, Variant

CAREFUL = Tier.HIGH
"""Who nothing is known of trains like this: with broken bones in her spine, perhaps; two in three were never told so
(Brooke-Wavell and others, Br J Sports Med 2022;56:837-846, as reported by its authors)."""


def unsuited(routine: Routine, tier: Tier) -> tuple[str, ...]:
    """The names of the movements in a routine that are not for this tier, each once, in their order.

    A movement that nobody has judged (a person's own) is hers to judge.
    """
    names = [
        item.exercise.name for block in routine.blocks for item in block.items if not _for(item.exercise.tiers, tier)
    ]
    return tuple(dict.fromkeys(names))


def fitted(routine: Routine, tier: Tier) -> Routine:
    """The routine with only those rungs that are for the tier, and said as it does the movements.

    ValueError for a routine with movements that are not for it: ask `unsuited` first.
    """
    if names := unsuited(routine, tier):
        raise ValueError(f"not for the tier {tier.value}: {', '.join(names)}")
    return replace(
        routine,
        blocks=tuple(
            replace(block, items=tuple(_item(item, tier) for item in block.items)) for block in routine.blocks
        ),
    )


def _item(item: Item, tier: Tier) -> Item:
    note = item.exercise.high_note if tier is Tier.HIGH else ""
    return replace(item, exercise=_exercise(item.exercise, tier), note=" ".join(filter(None, (item.note, note))))


def _exercise(exercise: Exercise, tier: Tier) -> Exercise:
    return replace(exercise, easier=_rungs(exercise.easier, tier), harder=_rungs(exercise.harder, tier))


def _rungs(ladder: tuple[Variant, ...], tier: Tier) -> tuple[Variant, ...]:
    return tuple(rung for rung in ladder if _for(rung.tiers, tier))


def _for(tiers: tuple[Tier, ...], tier: Tier) -> bool:
    return not tiers or tier in tiers
