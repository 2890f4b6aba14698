"""By what a movement grows (weights, bands, its ladder, time), and the steps that plates and bands allow."""

from __future__ import annotations

import re
from enum import Enum

from voice_coach.routine.model import Benefit, Exercise, Group, Load, Mode, Ms, Tag

PLATE, LARGE_PLATE, LARGE_FROM = 500, 1000, 10_000  # grams: half a kilo, a kilo from ten kilos on [P]
STEP_UPPER, STEP_LEGS, STEP_MOST = 5, 10, 10  # per cent at most (EVIDENCE 2.3; 2-10 % is ACSM 2009's, [V])
HEAVIEST = 50_000  # grams, as in routines
HELD: Ms = 5_000  # from here on a counted rep is a hold (EVIDENCE 2.3)
BANDS = ("yellow", "red", "green", "blue", "black")  # as most makers colour them, weakest first [R]


class Means(str, Enum):
    """What is made harder when a movement grows easy."""

    LOAD = "load"
    BAND = "band"
    BODY = "body"  # the next rung
    HELD = "held"  # holds of five seconds that are counted
    PLANK = "plank"  # one long hold
    BALANCE = "balance"
    IMPACT = "impact"
    NOTHING = "nothing"  # warm-up, mobility, and movements of her own that nobody has judged


STRENGTH = frozenset({Means.LOAD, Means.BAND, Means.BODY, Means.HELD, Means.PLANK})


def means(exercise: Exercise, load: Load | None = None) -> Means:
    """By what this movement grows, given what she holds or wears for it."""
    if Tag.IMPACT in exercise.tags:
        return Means.IMPACT
    if exercise.group is Group.BALANCE:
        return Means.BALANCE
    of_strength = exercise.group in (Group.LEGS, Group.UPPER, Group.SPINE) and Benefit.STRENGTH in exercise.benefits
    if not of_strength:
        return Means.NOTHING
    if exercise.mode is Mode.HOLD:
        return Means.PLANK
    if exercise.tempo and exercise.tempo.hold >= HELD:
        return Means.HELD
    if load:
        return Means.BAND if load.label else Means.LOAD
    needs = " ".join(exercise.equipment)
    if re.search(r"dumbbell|weight|bags", needs):
        return Means.LOAD
    return Means.BAND if "band" in needs else Means.BODY


def plate(grams: int) -> int:
    """The smallest step of a weight, in grams."""
    return LARGE_PLATE if grams >= LARGE_FROM else PLATE


def fits(grams: int) -> bool:
    """Whether the smallest step is within what may be added at once: else the range of reps grows first."""
    return plate(grams) * 100 <= STEP_MOST * grams


def heavier(grams: int, group: Group | None) -> int:
    """One step up: as many plates as the group's per cent hold, and one at least."""
    step = plate(grams)
    most = grams * (STEP_LEGS if group is Group.LEGS else STEP_UPPER) // 100
    return min(HEAVIEST, grams + max(step, most // step * step))


def lighter(load: Load, percent: int) -> Load:
    """So much less, in whole plates and less by one at least; a band goes one colour down, two from half on.

    The lightest stays as it is.
    """
    if load.label:
        down = banded(load.label, -2 if percent >= 50 else -1) or banded(load.label, -1)
        return Load(label=down or load.label)
    if load.grams <= PLATE:
        return load
    return Load(grams=max(PLATE, load.grams * (100 - percent) // 100 // PLATE * PLATE))


def banded(label: str, step: int) -> str | None:
    """The band so many colours on ("red band" and 1 is "green band"); None where it is not known, or the last."""
    found = re.search("|".join(rf"\b{colour}\b" for colour in BANDS), label)
    place = BANDS.index(found[0]) + step if found else -1
    if not found or not 0 <= place < len(BANDS):
        return None
    return label[: found.start()] + BANDS[place] + label[found.end() :]


def weight_of(load: Load | None) -> int | None:
    """A number that orders loads of one kind: grams, or the place of a band's colour; None where it is not known."""
    if load is None:
        return None
    if load.grams:
        return load.grams
    found = [place for place, colour in enumerate(BANDS) if colour in load.label.split()]
    return found[0] if found else None


def as_heavy(done: Load, wanted: Load) -> bool:
    """Whether a load is at least another one: the same, or of the same kind and known to be no lighter."""
    if done == wanted:
        return True
    used, least = weight_of(done), weight_of(wanted)
    return bool(done.label) == bool(wanted.label) and used is not None and least is not None and used >= least
