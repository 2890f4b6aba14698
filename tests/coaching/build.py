"""An imagined woman: what she is prescribed she does, as well as she can, and what comes of it is a log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timezone

from voice_coach.coaching import Prescribed, prescribed
from voice_coach.paths import shipped
from voice_coach.person.model import Answer, Decision, Effort, Form, Person, SetDone, Trained, Weight
from voice_coach.routine import Exercise, Item, Load, Reps, Routine, Tier, list_routines
from voice_coach.routine.library import load_library
from voice_coach.routine.model import Hold, OwnPace
from voice_coach.safety.model import Standing
from voice_coach.safety.tiers import fitted
from voice_coach.session.dose import variant

FOLDERS = [shipped("routines")]
ROUTINES: Mapping[str, Routine] = {each.id: each for each in list_routines(FOLDERS)[0]}
LIBRARY: Mapping[str, Exercise] = load_library(FOLDERS).exercises
MONDAY = datetime(2026, 1, 5, 10, tzinfo=timezone.utc)

EASY = Effort(effort=4, reserve=4, pain=0)
FAIR = Effort(effort=5, reserve=3, pain=0)
HARD = Effort(effort=7, reserve=2, pain=0)

Answers = Callable[[Item], Effort]


def standing(tier: Tier = Tier.LOW, **more: object) -> Standing:
    """Somebody who was screened, and nothing ails her."""
    well = Standing(tier=tier, supported=tier is Tier.HIGH, attended=True, sore=False, floor=True)
    return replace(well, **more)  # type: ignore[arg-type]


def today(routine: str, person: Person, who: Standing, now: datetime) -> Prescribed:
    """As the program does it: first what is for her, then what is for today."""
    return prescribed(fitted(ROUTINES[routine], who, LIBRARY), person, who, now)


def items(routine: Routine) -> list[Item]:
    return [item for block in routine.blocks for item in block.items]


def item_of(routine: Routine, exercise: str) -> Item:
    return next(item for item in items(routine) if item.exercise.id == exercise)


def did(
    made: Prescribed, at: datetime, identity: str, answers: Answers | Effort = FAIR, *, missed: Callable[[Item], int]
) -> Trained:
    """The session as the log tells it, done to its end; `missed` says how many reps were missing in each set."""
    answer = answers if callable(answers) else lambda _item: answers
    rounds = [(block.rounds, item) for block in made.routine.blocks for item in block.items]
    return Trained(
        id=identity,
        began=at,
        routine=made.routine.id,
        ms=30 * 60_000,
        ended="completed",
        sets=tuple(one for count, item in rounds for _ in range(count) for one in sets_of(item, missed(item))),
        efforts={item.exercise.id: answer(item) for _, item in rounds if item.asks},
        phase=made.phase,
        deload=made.deload,
    )


def sets_of(item: Item, missed: int = 0) -> Iterator[SetDone]:
    """Every set of an item, one for each side."""
    chosen = variant(item, item.rung)
    amount = item.amount
    reps = amount.count if isinstance(amount, Reps) else amount.target if isinstance(amount, OwnPace) else 0
    ms = amount.ms if isinstance(amount, Hold) else 0
    for number in range(1, item.sets + 1):
        for side in ("left", "right") if item.each_side else (None,):
            yield SetDone(
                exercise=item.exercise.id,
                set=number,
                of=item.sets,
                side=side,
                target_reps=reps,
                done_reps=max(0, reps - missed),
                target_ms=ms,
                done_ms=ms,
                rung=item.rung,
                variant=chosen.say if chosen else "",
                load=item.load,
                completed=not missed,
            )


def trained(person: Person, session: Trained) -> Person:
    return replace(person, sessions=(*person.sessions, session))


def decided(person: Person, *decisions: Decision) -> Person:
    return replace(person, decisions=(*person.decisions, *decisions))


def told(person: Person, at: datetime, **loads: int | str) -> Person:
    """She says what she uses: grams, or the colour of a band."""
    weights = (
        Weight(at=at, exercise=name, load=Load(grams=load) if isinstance(load, int) else Load(label=load))
        for name, load in loads.items()
    )
    return replace(person, weights=(*person.weights, *weights))


NO_TROUBLE: Mapping[str, Answer] = {
    "screening.bones": 0,
    "screening.falls": 0,
    "screening.floor": "yes",
    "screening.near": "yes",
    "screening.bone": "yes",
}
SCREENING = Form.SCREENING
