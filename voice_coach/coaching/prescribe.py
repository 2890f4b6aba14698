"""The routine as she does it today: a copy with every difference named. The file it came from is never rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from voice_coach.coaching.gaps import Gap
from voice_coach.coaching.impact import MOST_IMPACTS, impact_item, room_today
from voice_coach.coaching.items import Change, Today, count_of, differences, today_of, todays
from voice_coach.coaching.loads import Means, means
from voice_coach.person.model import Person
from voice_coach.routine.model import Block, Exercise, Item, Routine, Tier
from voice_coach.safety.model import Reason, Standing

JUMP = "mini_jump"
A_SESSION = (4, 15)  # movements of strength, minutes: from here on a routine is a strength session [P]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescribed:
    """Today's routine, what differs from the written one and why, and what is told before it begins."""

    routine: Routine
    changes: tuple[Change, ...]
    phase: str  # a value of `Phase`; "" where the routine is no strength session of the programme
    deload: bool
    say: tuple[Reason, ...]


def prescribed(routine: Routine, person: Person, standing: Standing, now: datetime) -> Prescribed:
    """The routine, already `safety.fitted`, with today's sets, reps, rests, loads and rungs."""
    strength = is_strength(routine)
    today = today_of(person, standing, now, strength=strength)
    used = {item.exercise.id: item.exercise for block in routine.blocks for item in block.items}
    room = room_today(person, standing, used, now)
    changes: list[Change] = []
    blocks: list[Block] = []
    for block in routine.blocks:
        items: list[Item] = []
        for item in block.items:
            if means(item.exercise) is Means.IMPACT:
                done = impact_item(item, room, rounds=block.rounds, jumps=JUMP in used)
                changes += _impact_changes(item, done)
                room = replace(room, left=room.left - (impacts(done) * block.rounds if done else 0))
            else:
                done, differs = todays(item, today)
                changes += differs
            items += [done] if done else []
        blocks += [replace(block, items=tuple(items))] if items else []
    made = replace(routine, blocks=tuple(blocks))
    _check(routine, made, standing)
    return Prescribed(
        routine=made,
        changes=tuple(changes),
        phase=today.phase.value if strength else "",
        deload=strength and today.deload,
        say=tuple(_told(today, changes)),
    )


def _impact_changes(before: Item, after: Item | None) -> Iterator[Change]:
    if after:
        yield from differences(before, after, "impact", Reason(say="progress.why_impact"))
        return
    reason = Reason(say="progress.why_no_impact")
    yield Change(
        exercise=before.exercise.id, rule="impact", what="left out", before=before.sets, after=0, reason=reason
    )


def is_strength(routine: Routine) -> bool:
    """Whether a routine is a strength session: movements of strength are enough, and more than what is balance."""
    items = [item for block in routine.blocks for item in block.items]
    kinds = [(means(item.exercise), item.sets) for item in items]
    of_strength = [sets for kind, sets in kinds if kind in (Means.LOAD, Means.BAND, Means.BODY)]
    balance = sum(sets for kind, sets in kinds if kind is Means.BALANCE)
    least, minutes = A_SESSION
    long = routine.minutes is None or routine.minutes >= minutes
    return long and len(of_strength) >= least and sum(of_strength) > balance


def loads_to_ask(routine: Routine, person: Person) -> tuple[Exercise, ...]:
    """The movements with weights or a band whose load is neither written nor was ever told."""
    told = {each.exercise for each in person.weights}
    items = [item for block in routine.blocks for item in block.items if item.load is None]
    held = dict.fromkeys(item.exercise for item in items if means(item.exercise) in (Means.LOAD, Means.BAND))
    return tuple(each for each in held if each.id not in told)


def _told(today: Today, changes: list[Change]) -> list[Reason]:
    """At most three: after a gap, in a lighter week, and where something was made easier for today."""
    said: list[Reason] = []
    if today.gap in (Gap.SHORT, Gap.LONG):
        said.append(Reason(say="progress.welcome_back"))
    elif today.gap is Gap.RESTART:
        said.append(Reason(say="progress.welcome_back_to_learn"))
    if today.strength and today.deload:
        said.append(Reason(say="progress.lighter_week"))
    if any(each.rule == "eased" for each in changes):
        said.append(Reason(say="progress.eased"))
    return said


def _check(written: Routine, made: Routine, standing: Standing) -> None:
    """Caps that hold whatever the rules decided; AssertionError is a bug of ours."""
    steady = [_calm(item for block in each.blocks for item in block.items) for each in (written, made)]
    for old, new in zip(*steady, strict=True):
        assert old.exercise == new.exercise
        assert 1 <= new.sets <= old.sets
        assert new.rest >= old.rest
        assert -len(new.exercise.easier) <= new.rung <= len(new.exercise.harder)
        assert standing.tier is not Tier.HIGH or count_of(new) <= count_of(old)
    total = sum(
        impacts(item) * block.rounds
        for block in made.blocks
        for item in block.items
        if means(item.exercise) is Means.IMPACT
    )
    assert total <= MOST_IMPACTS


def _calm(items: Iterator[Item]) -> list[Item]:
    return [item for item in items if means(item.exercise) is not Means.IMPACT]


def impacts(item: Item) -> int:
    """How often she lands in one round of an item."""
    return item.sets * count_of(item) * (2 if item.each_side else 1)
