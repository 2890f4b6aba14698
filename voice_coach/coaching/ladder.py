"""The rungs of a movement that are for her, found by their words: below 0 easier, 0 as written, above 0 harder."""

from __future__ import annotations

from dataclasses import replace

from voice_coach.routine.model import Block, Exercise, Item, Reps, Routine
from voice_coach.safety.model import Standing
from voice_coach.safety.tiers import fitted, refused


def hers(exercise: Exercise, standing: Standing) -> Exercise:
    """The movement with only those rungs that are for her, also on a day on which it is left out."""
    item = Item(exercise=exercise, sets=1, amount=Reps(count=1), tempo=None, rest=0, each_side=False)
    block = Block(name="", items=(item,))
    alone = Routine(id="", title="", aliases=(), purpose="", blocks=(block,), path="", digest="")
    usually = replace(standing, hold=(), gentle=False, avoided=frozenset())
    if refused(alone, usually):
        return replace(exercise, harder=())
    return fitted(alone, usually).blocks[0].items[0].exercise


def place_of(exercise: Exercise, words: str) -> int | None:
    """The place of a rung by its words, "" being the movement as written; None where it is no longer there."""
    places = range(-len(exercise.easier), len(exercise.harder) + 1)
    return next((place for place in places if words_at(exercise, place) == words), None)


def words_at(exercise: Exercise, place: int) -> str:
    """What the rung says; "" for the movement as written."""
    if place < 0:
        return exercise.easier[-place - 1].say
    return exercise.harder[place - 1].say if place else ""


def within(exercise: Exercise, place: int) -> int:
    """The place, or the nearest there is."""
    return max(-len(exercise.easier), min(len(exercise.harder), place))
