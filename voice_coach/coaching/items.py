"""One item of a routine as it is done today, and each difference with its rule and its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from voice_coach.coaching.amounts import dose_of, wanted_reps
from voice_coach.coaching.gaps import Gap, gap_now
from voice_coach.coaching.ladder import within, words_at
from voice_coach.coaching.level import Level, fewer_sets, level
from voice_coach.coaching.loads import STRENGTH, Means, lighter, means
from voice_coach.coaching.phases import FIRST_WEEK, Phase, is_lighter, phase_in, week
from voice_coach.person.model import Person
from voice_coach.routine.model import Item, Ms, OwnPace, Reps
from voice_coach.safety.model import Reason, Standing

SHORT_LESS = 10  # per cent less after a short gap, and where a joint was sore (EVIDENCE 2.3, [P])
TALK: Ms = 10_000  # of a rest: what is said before the next set is rest, too; the shipped routines leave out as much


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference from the written routine, with the rule it comes from and the reason in words."""

    exercise: str  # id
    rule: str
    what: str  # "sets", "reps", "rest", "load", "rung", "asks", "harder" (rungs taken away) or "left out"
    before: str | int
    after: str | int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What a day asks of every item."""

    person: Person
    standing: Standing
    now: datetime
    strength: bool  # a strength session of the programme: sets, reps and rests go by its phase
    phase: Phase
    week: int  # of training
    gap: Gap
    deload: bool
    level: Level  # of the movement in hand


def today_of(person: Person, standing: Standing, now: datetime, *, strength: bool) -> Today:
    """The day, looked up once."""
    number = week(person, standing, now)
    return Today(
        person=person,
        standing=standing,
        now=now,
        strength=strength,
        phase=phase_in(number, standing),
        week=number,
        gap=gap_now(person, now),
        deload=is_lighter(number),
        level=Level(),
    )


def todays(item: Item, today: Today) -> tuple[Item, tuple[Change, ...]]:
    """The item as it is done today, and what differs. Warm-up, mobility, cool-down stay as written."""
    kind = means(item.exercise, item.load)
    steps = _STRENGTH if kind in STRENGTH else (_agreed,) if kind is Means.BALANCE else ()
    if steps:
        today = replace(today, level=level(today.person, item.exercise, today.now))
    changes: list[Change] = []
    for step in steps:
        made, rule, say = step(item, today)
        changes += differences(item, made, rule, Reason(say=say))
        item = made
    return item, tuple(changes)


def differences(before: Item, after: Item, rule: str, reason: Reason) -> Iterator[Change]:
    """One change for each field that differs."""
    old, new = _fields(before), _fields(after)
    for what in old:
        if old[what] != new[what]:
            yield Change(
                exercise=before.exercise.id, rule=rule, what=what, before=old[what], after=new[what], reason=reason
            )


def _fields(item: Item) -> dict[str, str | int]:
    return {
        "sets": item.sets,
        "reps": count_of(item),
        "rest": item.rest,
        "load": (item.load.label or item.load.grams) if item.load else 0,
        "rung": words_at(item.exercise, item.rung),
        "asks": int(item.asks),
        "harder": len(item.exercise.harder),
    }


def count_of(item: Item) -> int:
    """Its reps; 0 for a hold."""
    if isinstance(item.amount, Reps):
        return item.amount.count
    return item.amount.target if isinstance(item.amount, OwnPace) else 0


def with_reps(item: Item, count: int) -> Item:
    """The item with so many reps; a hold stays as it is."""
    if isinstance(item.amount, Reps):
        return replace(item, amount=Reps(count=count))
    return replace(item, amount=OwnPace(target=count)) if isinstance(item.amount, OwnPace) else item


_Made: TypeAlias = "tuple[Item, str, str]"  # the item, the rule, the id of the reason


def _agreed(item: Item, today: Today) -> _Made:
    """The load she told or agreed to, and the rung."""
    found = today.level
    made = replace(item, load=found.load or item.load, rung=within(item.exercise, found.place))
    return made, "agreed", "progress.why_agreed"


def _by_phase(item: Item, today: Today) -> _Made:
    """Sets, reps and rest of the phase: no more sets than written, and in the high tier no more of anything."""
    rule, say = f"phase.{today.phase.value}", f"progress.why_{today.phase.value}"
    if not today.strength:
        return item, rule, say
    dose = dose_of(item.exercise.id, today.phase)
    kind = means(item.exercise, item.load)
    beginning = today.phase is Phase.CAREFUL and today.week < FIRST_WEEK[Phase.FOUNDATION]
    sets = min(item.sets, 1 if beginning else dose.sets)
    made = replace(item, sets=sets)
    if written := count_of(item):
        wanted = wanted_reps(kind, replace(today.level, load=item.load), today.phase, item.exercise.id)
        if today.phase is Phase.CAREFUL:
            wanted = min(written, dose.high)
        made = with_reps(made, min(written, wanted) if today.phase is Phase.LEARN else wanted)
    if kind is Means.LOAD and sets > 1:
        made = replace(made, rest=max(item.rest, dose.rest - TALK))
    return made, rule, say


def _after_a_gap(item: Item, today: Today) -> _Made:
    """10 % less and one set fewer, once; longer gaps are in the level and in the phase."""
    made = _less(item) if today.gap is Gap.SHORT else item
    return made, "gap.short", "progress.why_gap"


def _lighter_week(item: Item, today: Today) -> _Made:
    """Half the sets, the same load."""
    halved = replace(item, sets=(item.sets + 1) // 2) if today.strength and today.deload else item
    return halved, "deload", "progress.why_deload"


def _backed_off(item: Item, today: Today) -> _Made:
    """One set fewer after a back off."""
    fewer = fewer_sets(today.person, item.exercise.id)
    return replace(item, sets=max(1, item.sets - fewer)), "back_off", "progress.why_fewer"


def _eased(item: Item, today: Today) -> _Made:
    """A joint was sore: 10 % or one rung less, and one set fewer today; everything where no movement was named."""
    standing = today.standing
    sore = item.exercise.id in standing.eased or (standing.lighter and not standing.eased)
    if not sore:
        return item, "eased", "progress.why_eased"
    lower = item if item.load else replace(item, rung=within(item.exercise, item.rung - 1))
    return _less(lower), "eased", "progress.why_eased"


def _asked(item: Item, today: Today) -> _Made:
    """She is asked how hard it was, in strength sessions only."""
    return replace(item, asks=item.asks or today.strength), "asks", "progress.why_asks"


def _less(item: Item) -> Item:
    load = item.load and lighter(item.load, SHORT_LESS)
    return replace(item, load=load, sets=max(1, item.sets - 1))


_STRENGTH: tuple[Callable[[Item, Today], _Made], ...] = (
    _agreed,
    _by_phase,
    _after_a_gap,
    _lighter_week,
    _backed_off,
    _eased,
    _asked,
)
