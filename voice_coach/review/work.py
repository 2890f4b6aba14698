"""The sets of a stretch of time, counted: bone-loading work per site, reps and loads per movement, balance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from voice_coach.person.model import SetDone, Trained
from voice_coach.routine.model import Benefit, BoneSite, Exercise, Group, Ms, Tag

LOADING_EFFORT = 6  # from this effort on a set counts as bone-loading work (EVIDENCE 5, bone-loading count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bone:
    """Work that loads a site of the skeleton. What came of it nobody knows from here."""

    sets: int = 0  # with an effort of six and more; left and right are one
    impacts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """What was done of a movement with one kind of equipment; nothing is added across equipment (EVIDENCE 5)."""

    exercise: str
    name: str
    label: str  # the band, "weights", the rung in words, or "as written"
    sets: int  # left and right are one
    reps: int  # of both sides
    grams: int  # reps times load, summed; 0 without a weight
    ms: Ms  # at work


def bone(sessions: Iterable[Trained], exercises: Mapping[str, Exercise]) -> tuple[dict[BoneSite, Bone], int]:
    """Per site what loaded it, and how many sets would have counted had she told how hard they were."""
    sets: Counter[BoneSite] = Counter()
    impacts: Counter[BoneSite] = Counter()
    unrated = 0
    for session in sessions:
        for identity, rows in by_exercise(session.sets).items():
            exercise = exercises.get(identity)
            if exercise is None or not exercise.bone_sites:
                continue
            if Tag.IMPACT.value in exercise.tags:
                impacts.update(dict.fromkeys(exercise.bone_sites, sum(row.done_reps for row in rows)))
            elif loads_bone(exercise):
                told = session.efforts.get(identity)
                effort = told.effort if told else None
                unrated += counted(rows) if effort is None else 0
                if effort is not None and effort >= LOADING_EFFORT:
                    sets.update(dict.fromkeys(exercise.bone_sites, counted(rows)))
    return {site: Bone(sets=sets[site], impacts=impacts[site]) for site in BoneSite}, unrated


def loads_bone(exercise: Exercise) -> bool:
    """Whether its sets can count: strength work that the library says loads bone (EVIDENCE 3, by mechanics, [P])."""
    return Benefit.BONE in exercise.benefits and Benefit.STRENGTH in exercise.benefits


def lifted(sets: Iterable[SetDone], exercises: Mapping[str, Exercise]) -> tuple[Lifted, ...]:
    """Every strength movement by what it was done with, in the order of the library."""
    groups: dict[tuple[str, str], list[SetDone]] = defaultdict(list)
    for row in sets:
        groups[row.exercise, _label(row)].append(row)
    return tuple(
        Lifted(
            exercise=identity,
            name=exercise.name,
            label=label,
            sets=counted(rows),
            reps=sum(row.done_reps for row in rows),
            grams=sum(row.done_reps * row.load.grams for row in rows if row.load),
            ms=sum(row.done_ms for row in rows),
        )
        for identity, exercise in exercises.items()
        if Benefit.STRENGTH in exercise.benefits
        for (of, label), rows in groups.items()
        if of == identity
    )


def balance_ms(sessions: Iterable[Trained], exercises: Mapping[str, Exercise]) -> Ms:
    """An estimate of the time for balance: of each session the part that its work had, preparing and resting included.

    The goals of EVIDENCE 2.3 (minutes a week) are of practice as a whole, so work alone would tell too little ([P]).
    """
    return sum(one.ms * _worked(one, exercises, _is_balance) // max(1, _at_work(one)) for one in sessions)


def is_strength(session: Trained, exercises: Mapping[str, Exercise]) -> bool:
    """Whether more than half of its time at work was strength movements. What is in no library is none."""
    return _worked(session, exercises, _is_strength) * 2 > _at_work(session)


def counted(rows: Sequence[SetDone]) -> int:
    """How many sets they are, left and right taken together."""
    if not any(row.side for row in rows):
        return len(rows)
    sides = Counter(row.side for row in rows)
    both = sides.pop(None, 0)
    return both + max(sides.values(), default=0)


def by_exercise(sets: Iterable[SetDone]) -> dict[str, list[SetDone]]:
    """The sets of each movement, in the order in which they were done."""
    found: dict[str, list[SetDone]] = defaultdict(list)
    for row in sets:
        found[row.exercise].append(row)
    return found


def _label(row: SetDone) -> str:
    if row.load is not None:
        return row.load.label or "weights"
    return row.variant or "as written"


def _at_work(session: Trained) -> Ms:
    return sum(row.done_ms for row in session.sets)


def _worked(session: Trained, exercises: Mapping[str, Exercise], of: Callable[[Exercise], bool]) -> Ms:
    """Time at work in movements of a kind; what is in no library is of none."""
    known = ((row.done_ms, exercises.get(row.exercise)) for row in session.sets)
    return sum(ms for ms, exercise in known if exercise and of(exercise))


def _is_strength(exercise: Exercise) -> bool:
    return Benefit.STRENGTH in exercise.benefits


def _is_balance(exercise: Exercise) -> bool:
    return exercise.group is Group.BALANCE
