"""How far somebody has come with a movement: a fold of what she told, what she agreed to, and the gaps between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from voice_coach.coaching.gaps import Gap, gap_now, gaps, programme
from voice_coach.coaching.ladder import place_of, within
from voice_coach.coaching.loads import HEAVIEST, lighter
from voice_coach.person.model import Answer, Decision, Person, Weight
from voice_coach.routine.model import Exercise, Load

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


def level(person: Person, exercise: Exercise, now: datetime) -> Level:
    """The level of a movement today; its place is one of `exercise`'s own rungs."""
    found = Level()
    for event in _events(person, exercise.id, now):
        if isinstance(event, Gap):
            found = _after(event, found, exercise)
        elif isinstance(event, Weight):
            found = replace(found, load=event.load)
        else:
            found = _decided(event.change, found, exercise)
    return found


def _events(person: Person, exercise: str, now: datetime) -> Iterator[Weight | Decision | Gap]:
    """What changed the level, by its time; a gap lies at the session that ended it."""
    accepted = [each for each in person.decisions if each.exercise == exercise and each.accepted]
    told = [each for each in person.weights if each.exercise == exercise]
    facts: list[Weight | Decision] = [*told, *accepted]
    dated: list[tuple[datetime, Weight | Decision | Gap]] = [(each.at, each) for each in facts]
    if not dated:
        return
    first = min(at for at, _ in dated)
    ended = zip((each.began for each in programme(person)), gaps(person), strict=True)
    dated += [(at, gap) for at, gap in ended if gap is not Gap.NONE and at >= first]
    yield from (event for _, event in sorted(dated, key=lambda pair: pair[0]))
    if (now_gap := gap_now(person, now)) is not Gap.NONE:  # today comes last, also by a clock that was set back
        yield now_gap


def _after(gap: Gap, before: Level, exercise: Exercise) -> Level:
    """A long gap and a restart stay until progress makes up for them; a short one is for one session only."""
    if gap is Gap.SHORT:
        return before
    restart = gap is Gap.RESTART
    load = before.load and lighter(before.load, RESTART_LESS if restart else LONG_LESS)
    place = before.place // 2 if restart and before.place > 0 else before.place - 1
    return Level(load=load, place=before.place if load else within(exercise, place))


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
    """The sessions after the one that a decision was made in, by the order of the log; by time where it names none."""
    ids = [each.id for each in person.sessions]
    within_one = decision.change.get("session")
    if within_one in ids:
        last = len(ids) - 1 - ids[::-1].index(str(within_one))
        return tuple(ids[last + 1 :])
    return tuple(each.id for each in person.sessions if each.began > decision.at)


def _has(person: Person, session: str, exercise: str) -> bool:
    return any(each.id == session and any(done.exercise == exercise for done in each.sets) for each in person.sessions)
