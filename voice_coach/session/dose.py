"""How much of an exercise is done today: the routine's amount, moved by "easier", "harder", "slower" and "faster"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from voice_coach.routine.model import Amount, Hold, Item, Ms, OwnPace, Reps, Tempo, Variant

REPS_STEP = 2  # without a ladder, "easier" takes two reps off (EVIDENCE 2.3 moves the range by two)
REPS_FEWEST = 3
REPS_MOST_ABOVE = 4  # "first extend the range by 2 reps … to +4" (EVIDENCE 2.3)
HOLD_STEP: Ms = 5_000
HOLD_SHORTEST: Ms = 5_000
HOLD_MOST_ABOVE: Ms = 10_000
PACES = (75, 100, 125, 150)  # per cent of the written tempo; [P] never quicker than three quarters


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """What was changed on request. `rung` counts from where the item begins: -1 one step easier, +1 one harder."""

    rung: int = 0
    reps: int = 0
    ms: Ms = 0
    pace: int = 100  # length of a rep in per cent of the written tempo


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """What is really asked for: amount, tempo (None for holds) and the variant in force (None: as written)."""

    amount: Amount
    tempo: Tempo | None
    variant: Variant | None


def rung(item: Item, adjustment: Adjustment) -> int:
    """The rung of the ladder that is in force: 0 as written, below 0 easier; the nearest there is.

    A ladder that was made shorter for somebody may no longer have the rung on which the item was to begin.
    """
    return _within(item, _within(item, item.rung) + adjustment.rung)


def _within(item: Item, rung: int) -> int:
    return max(-len(item.exercise.easier), min(rung, len(item.exercise.harder)))


def _moved_to(item: Item, now: Adjustment, rung: int) -> Adjustment:
    return replace(now, rung=rung - _within(item, item.rung))


def variant(item: Item, rung: int) -> Variant | None:
    """The ladder's variant at a rung; None at 0."""
    if rung < 0:
        return item.exercise.easier[-rung - 1]
    return item.exercise.harder[rung - 1] if rung > 0 else None


def dose(item: Item, adjustment: Adjustment) -> Dose:
    """The item with its adjustment applied."""
    chosen = variant(item, rung(item, adjustment))
    amount = item.amount
    if isinstance(amount, Reps):
        amount = Reps(count=_moved(amount.count, adjustment.reps, REPS_FEWEST))
    elif isinstance(amount, OwnPace):
        amount = OwnPace(target=_moved(amount.target, adjustment.reps, REPS_FEWEST))
    else:
        amount = replace(amount, ms=_moved(amount.ms, adjustment.ms, HOLD_SHORTEST))
    tempo = (chosen.tempo if chosen and chosen.tempo and item.tempo else None) or item.tempo
    return Dose(amount=amount, tempo=tempo and _paced(tempo, adjustment.pace), variant=chosen)


def _moved(written: int, by: int, least: int) -> int:
    """An amount moved, but not below the least: the same exercise may come with a smaller amount elsewhere."""
    return max(written + by, min(written, least))


def _paced(tempo: Tempo, pace: int) -> Tempo:
    return Tempo(lift=tempo.lift * pace // 100, hold=tempo.hold * pace // 100, lower=tempo.lower * pace // 100)


def easier(item: Item, now: Adjustment) -> Adjustment | None:
    """One step easier, or None where there is nothing easier."""
    if item.exercise.easier or item.exercise.harder:
        lowest, here = -len(item.exercise.easier), rung(item, now)
        return _moved_to(item, now, here - 1) if here > lowest else None
    if isinstance(item.amount, Hold):
        shorter = now.ms - HOLD_STEP
        return replace(now, ms=shorter) if item.amount.ms + shorter >= HOLD_SHORTEST else None
    fewer = now.reps - REPS_STEP
    return replace(now, reps=fewer) if _count(item) + fewer >= REPS_FEWEST else None


def harder(item: Item, now: Adjustment) -> Adjustment | None:
    """One step harder, or None where the written exercise allows no more."""
    if item.exercise.easier or item.exercise.harder:
        highest, here = len(item.exercise.harder), rung(item, now)
        return _moved_to(item, now, here + 1) if here < highest else None
    if isinstance(item.amount, Hold):
        longer = now.ms + HOLD_STEP
        return replace(now, ms=longer) if longer <= HOLD_MOST_ABOVE else None
    more = now.reps + REPS_STEP
    return replace(now, reps=more) if more <= REPS_MOST_ABOVE else None


def repaced(now: Adjustment, step: int) -> Adjustment | None:
    """The next slower (+1) or faster (-1) pace, or None at the end of the scale."""
    index = PACES.index(now.pace) + step
    return replace(now, pace=PACES[index]) if 0 <= index < len(PACES) else None


def _count(item: Item) -> int:
    assert not isinstance(item.amount, Hold)
    return item.amount.count if isinstance(item.amount, Reps) else item.amount.target
