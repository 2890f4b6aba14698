"""How far somebody has come with a movement: a fold of what she told, what she agreed to, and the gaps between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from voice_coach.coaching.gaps import Gap, gap_now, gaps
from voice_coach.coaching.history import bouts
from voice_coach.coaching.ladder import place_of, within
from voice_coach.coaching.loads import HEAVIEST, as_heavy, lighter
from voice_coach.person.model import Answer, Decision, Person, Weight
from voice_coach.routine.model import Exercise, Load
from voice_coach.safety.dates import is_ahead
from voice_coach.safety.training import strength_sessions

LONG_LESS, RESTART_LESS = 25, 50  # per cent less after a gap (EVIDENCE 2.3, [P])
REPS_BOUNDS = range(3, 21)
BACK_OFF = "back_off"  # what the rules of backing off begin with
FEWER_FOR = 2  # sessions with one set fewer after a back off [P]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What a movement is done with from now on; `load` and `reps` are None where nothing was ever said or agreed."""

    load: Load | None = None
    place: int = 0  # on the ladder of the exercise it was asked for
    reps: int | None = None
    held: Level | None = None  # what gaps have taken away, until it is regained or was too much


def level(person: Person, exercise: Exercise, now: datetime) -> Level:
    """The level of a movement today; its place is one of `exercise`'s own rungs."""
    found = Level()
    for at, event in _events(person, exercise.id, now):
        if isinstance(event, Gap):
            if event is not Gap.SHORT:  # that one is for one session only
                load = found.load or _last_held(person, exercise.id, at)
                found = _after(event, replace(found, load=load), exercise)
        elif isinstance(event, Weight):
            found = replace(found, load=event.load, held=None)
        else:
            found = _kept(event, _decided(event.change, found, exercise), found.held)
    return found


_Event: TypeAlias = "Weight | Decision | Gap"


def _events(person: Person, exercise: str, now: datetime) -> Iterator[tuple[datetime, _Event]]:
    """What changed the level, by its time; a gap lies at the session that ended it."""
    accepted = [each for each in person.decisions if each.exercise == exercise and each.accepted]
    told = [each for each in person.weights if each.exercise == exercise]
    facts: list[Weight | Decision] = [*told, *accepted]
    begun = [each.at for each in facts] or [each.began for each in bouts(person, exercise) if each.load]
    if not begun:
        return
    first = min(begun)
    ended = zip((each.began for each in strength_sessions(person)), gaps(person), strict=True)
    dated: list[tuple[datetime, _Event]] = [(at, gap) for at, gap in ended if gap is not Gap.NONE and at >= first]
    dated += [(each.at, each) for each in facts]
    yield from sorted(dated, key=lambda pair: pair[0])
    if (now_gap := gap_now(person, now)) is not Gap.NONE:  # today comes last, also by a clock that was set back
        yield now, now_gap


def _last_held(person: Person, exercise: str, before: datetime) -> Load | None:
    """What she held last: a load that is written in the routine, where she was never asked for one."""
    loads = [each.load for each in bouts(person, exercise) if each.began < before or is_ahead(each.began, before)]
    return loads[-1] if loads else None


def _after(gap: Gap, before: Level, exercise: Exercise) -> Level:
    """What a long gap or a restart leaves, until progress makes up for it.

    Gaps that come before she has regained what the first of them took never take more together than one long gap over
    all that time would have: half of what she did before it, [P].
    """
    former = before.held or replace(before, reps=None)
    made, least = _less(gap, before, exercise), _less(Gap.RESTART, former, exercise)
    made = replace(made, place=max(made.place, least.place))
    if made.load and least.load and not as_heavy(made.load, least.load):
        made = replace(made, load=least.load)
    return replace(made, held=former)


def _less(gap: Gap, before: Level, exercise: Exercise) -> Level:
    restart = gap is Gap.RESTART
    if before.load:
        return Level(load=lighter(before.load, RESTART_LESS if restart else LONG_LESS), place=before.place)
    place = before.place // 2 if restart and before.place > 0 else before.place - 1
    return Level(place=within(exercise, place))


def _kept(decision: Decision, found: Level, held: Level | None) -> Level:
    """The level with what is still to be regained: nothing once she is there, or where something was too much."""
    if held is None or decision.rule.startswith(BACK_OFF) or bool(held.load) != bool(found.load):
        return found
    if held.load and found.load:
        there = bool(held.load.label) != bool(found.load.label) or as_heavy(found.load, held.load)
    else:
        there = found.place >= held.place
    return found if there else replace(found, held=held)


def _decided(change: Mapping[str, Answer], before: Level, exercise: Exercise) -> Level:
    """What was agreed to; a value that nobody can have agreed to is left out."""
    load, place, reps = before.load, before.place, before.reps
    grams, label, words, at = (change.get(name) for name in ("grams", "label", "rung", "at"))
    if isinstance(grams, int) and 0 < grams <= HEAVIEST:
        load = Load(grams=grams)
    elif isinstance(label, str) and label:
        load = Load(label=label)
    if isinstance(words, str):
        known = place_of(exercise, words)
        # A rung that is gone was easier or harder: what is left of that is easier, or as written.
        place = known if known is not None else within(exercise, min(0, at if isinstance(at, int) else 0))
    if isinstance(more := change.get("reps"), int) and more in REPS_BOUNDS:
        reps = more
    return Level(load=load, place=place, reps=reps)


def fewer_sets(person: Person, exercise: str) -> bool:
    """Whether one set is left out after a back off: for the two sessions that follow it."""
    told = [each for each in person.decisions if each.exercise == exercise and each.accepted]
    if not told or not told[-1].rule.startswith(BACK_OFF):
        return False
    since = [each for each in sessions_since(person, told[-1]) if _has(person, each, exercise)]
    return len(since) < FEWER_FOR


def sessions_since(person: Person, decision: Decision) -> tuple[str, ...]:
    """The sessions after the one that a decision was made in, by the order of the log.

    Where it names none they go by time, and the newest is always one of them: what was decided after that names it, so
    a clock that was set back hides nothing.
    """
    ids = [each.id for each in person.sessions]
    within_one = decision.change.get("session")
    if within_one in ids:
        last = len(ids) - 1 - ids[::-1].index(str(within_one))
        return tuple(ids[last + 1 :])
    return tuple(each.id for each in person.sessions if each.began > decision.at or each.id == ids[-1])


def _has(person: Person, session: str, exercise: str) -> bool:
    return any(each.id == session and any(done.exercise == exercise for done in each.sets) for each in person.sessions)
