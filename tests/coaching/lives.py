"""Imagined people for `test_everybody`: who she is, what comes next, what she answers, does and meets with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from hypothesis import strategies as st

from tests.coaching.build import FAIR, LIBRARY, MONDAY, NO_TROUBLE, did, items, sets_of, standing, today
from voice_coach.coaching import Prescribed
from voice_coach.coaching.loads import BANDS, STRENGTH, Means, means
from voice_coach.person.model import (
    Answer,
    Answered,
    Decision,
    Effort,
    Form,
    Incident,
    Measured,
    Person,
    SetDone,
    Trained,
    Trouble,
    Weight,
)
from voice_coach.person.questions import Kind
from voice_coach.routine import Load
from voice_coach.safety.screening import next_question
from voice_coach.session.dose import variant

GAPS = (3, 4) * 6 + (7, 0, 1, 8, 14, 15, 28, 29, 90, -1, -3, -45)  # days to what comes next; below 0 the clock was set
KINDS = ("train",) * 14 + ("screen", "incident", "clearance", "weight", "measure", "shoes")
AT_THE_TOP = 16  # reps, more than any range has
TOO_HARD = -1  # instead of luck: each movement at an effort of 7 or 8, with one or two in reserve


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """One thing that comes next: what, after how many days, and what the details are made from."""

    kind: str
    days: int
    luck: int  # of ten, how well it goes: answers, effort, reps
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Somebody before the first plan, and what comes next."""

    weeks: int  # of two sessions, without a gap
    luck: int
    seed: int
    then: tuple[Next, ...]
    grown: str = ""  # a routine that she has done for months, at the top of its reps; "" for anybody


SEEDS, LUCK = st.integers(0, 2**32), st.sampled_from((10, 9, 10, 9, 10, 8, 5, 0))
NEXT = st.builds(Next, kind=st.sampled_from(KINDS), days=st.sampled_from(GAPS), luck=LUCK, seed=SEEDS)
ANYBODY = st.builds(
    Life,
    weeks=st.sampled_from((0, 0, 2, 5, 6, 8, 12, 13, 20)),
    luck=LUCK,
    seed=SEEDS,
    then=st.lists(NEXT, min_size=4, max_size=12).map(tuple),
)
STEADY = st.builds(
    Next,
    kind=st.just("train"),
    days=st.sampled_from((3, 4, 4, 3, 7, 16)),
    luck=st.sampled_from((10, 10, 10, 9, 5, TOO_HARD)),
    seed=SEEDS,
)
GROWN = st.builds(
    Life,
    weeks=st.sampled_from((7, 8, 13, 20)),
    luck=st.sampled_from((10, 10, 9)),
    seed=SEEDS,
    then=st.lists(STEADY, min_size=3, max_size=7).map(tuple),
    grown=st.sampled_from(("dumbbell_a", "dumbbell_b", "band_strength", "impact_ladder")),
)
LIVES = st.one_of(ANYBODY, ANYBODY, GROWN)


def _grown(weeks: int, luck: int, seed: int, routine: str, *steps: tuple[int, int, int]) -> Life:
    """Somebody who has trained for months, with days, luck and seed of each session that comes."""
    then = tuple(Next(kind="train", days=days, luck=well, seed=one) for days, well, one in steps)
    return Life(weeks=weeks, luck=luck, seed=seed, then=then, grown=routine)


# What seldom happens: somebody with whom it does, found by trying seeds. Her neighbours are tried after her. Together
# every rule fires with them, whomever Hypothesis makes up.
EXAMPLES: Mapping[str, Life] = {
    "back_off.ceiling": _grown(20, 10, 555, "band_strength", (4, -1, 95), (4, -1, 82), (7, -1, 36)),
    "back_off.effort": _grown(7, 10, 792, "dumbbell_a", (4, -1, 25), (7, -1, 84), (4, 5, 41)),
    "back_off.missed": _grown(20, 10, 769, "dumbbell_a", (4, 5, 44), (4, 5, 4), (3, 10, 39)),
    "back_off.reserve": _grown(13, 10, 397, "dumbbell_a", (3, 5, 34), (3, 10, 47), (16, 5, 98)),
    "back_off.impact": _grown(13, 10, 109, "impact_ladder", (3, 10, 16), (3, 8, 90), (8, 10, 91), (3, 8, 83)),
    "deload": _grown(5, 10, 724, "dumbbell_a", (3, 8, 2), (4, 5, 21)),
    "eased": _grown(14, 10, 109, "impact_ladder", (3, 10, 81), (4, 8, 12), (3, 8, 12), (4, 10, 37)),
    "hold.spared": _grown(13, 10, 386, "dumbbell_a", (3, 10, 61), (3, 10, 37), (3, 10, 51)),
    "hold.top": _grown(20, 10, 344, "dumbbell_b", (3, 10, 51), (3, 10, 98), (4, 10, 65)),
    "impact": _grown(13, 10, 109, "impact_ladder", (7, 10, 9), (7, 10, 22), (4, 10, 40)),
    "phase.careful": _grown(13, 8, 305, "dumbbell_b", (3, 10, 40), (4, 10, 69), (4, 10, 23)),
    "up.band": _grown(20, 8, 320, "band_strength", (3, 5, 91), (3, 10, 94), (16, 10, 82)),
    "up.load": _grown(13, 10, 397, "dumbbell_a", (3, 5, 34), (3, 10, 47), (16, 5, 98)),
    "up.regain": _grown(8, 10, 343, "band_strength", (3, 10, 49), (16, 10, 50), (16, 10, 12)),
    "up.reps.plate": _grown(13, 10, 294, "dumbbell_a", (4, 10, 27), (7, -1, 37), (4, 10, 44)),
}
_PAST: Mapping[str, tuple[Prescribed, Trained]] = {
    name: (made, did(made, MONDAY, name, FAIR, missed=lambda _item: 0))
    for name in ("foundation_a", "dumbbell_a", "hip_spine_bone")
    for made in [today(name, Person(), standing(), MONDAY)]
}


# What she answers and what happens to her.


def screening_of(dice: Random, luck: int, at: datetime) -> Answered:
    """Answers to what is asked, most of them good with `luck`; now and then broken off."""
    answers: dict[str, Answer] = {}
    complete = True
    while question := next_question(answers):
        good = NO_TROUBLE.get(question.id, "no")
        if dice.random() < (0.005 if luck else 0.05):
            complete = False
            break
        if dice.random() < 1 - 0.1 * luck and dice.random() < 0.35:
            number = question.kind is Kind.NUMBER
            good = (
                dice.randint(0, question.most)
                if number and dice.random() < 0.8
                else dice.choice(("yes", "no", "not sure"))
            )
        answers[question.id] = good
    return Answered(at=at, form=Form.SCREENING, answers=answers, complete=complete)


def measures_of(dice: Random, luck: int, at: datetime) -> tuple[Measured, ...]:
    return (
        Measured(at=at, test="chair_stand", value=dice.randint(luck, 10 + luck)),
        Measured(at=at, test="four_stage", value=dice.randint(1 if luck < 7 else 3, 4)),
    )


def shoes_of(dice: Random, luck: int, at: datetime) -> Answered:
    answers: dict[str, Answer] = {"impact.shoes": "yes", "impact.bladder": "no"}
    if dice.randint(0, 9) >= luck:
        answers = {f"impact.{each}": dice.choice(("yes", "no", "not sure")) for each in ("shoes", "bladder", "anyway")}
    return Answered(at=at, form=Form.DAILY, answers=answers)


def weight_of(dice: Random, at: datetime) -> Weight:
    exercise = dice.choice(sorted(LIBRARY))
    load = Load(grams=dice.choice((500, 1000, 2000, 4500, 9500, 10_000, 24_000, 50_000)))
    return Weight(at=at, exercise=exercise, load=dice.choice((load, Load(label=f"{dice.choice(BANDS)} band"))))


def born(life: Life) -> tuple[Person, datetime]:
    """Her first day, and the weeks she has trained since."""
    dice = Random(life.seed)
    now = MONDAY + timedelta(weeks=life.weeks)
    about = Answered(at=MONDAY, form=Form.ABOUT, answers={"about.age": str(dice.choice((45, 60, 70, 84, 96)))})
    phases = ["learn"] * 2 + ["foundation"] * 4 + ["build"] * 6 + ["load"] * 20
    past = [
        replace(_PAST[dice.choice(sorted(_PAST))][1], id=f"past{week}.{day}", phase=phases[week],
                began=MONDAY + timedelta(weeks=week, days=day))
        for week in range(life.weeks)
        for day in (0, 3)
    ]  # fmt: skip
    form = [screening_of(dice, life.luck, now - timedelta(days=1))] if dice.random() < 0.97 else []
    loads = {"goblet_squat": 3000, "db_row": 2000, "db_deadlift": 12_000, "overhead_press": 1000, "biceps_curl": 500}
    told = [Weight(at=MONDAY, exercise=name, load=Load(grams=grams)) for name, grams in loads.items()]
    if life.grown:
        banded = [name for name, each in LIBRARY.items() if means(each) is Means.BAND]
        told += [Weight(at=MONDAY, exercise=name, load=Load(label="red band")) for name in banded]
    person = Person(
        consented=MONDAY,
        forms=(about, *form),
        sessions=tuple(past),
        weights=tuple(told) if life.grown or dice.random() < 0.7 else (),
        decisions=_reps_so_far(past[-1], dice.choice((10, AT_THE_TOP))) if life.grown else (),
        measures=measures_of(dice, life.luck, now) if dice.random() < 0.8 else (),
    )
    return person, now


def _reps_so_far(last: Trained, reps: int) -> tuple[Decision, ...]:
    """She has agreed to so many reps, or as many as there are, so that weights, bands and rungs are next."""
    change: Mapping[str, Answer] = {"reps": reps, "session": last.id}
    names = sorted(name for name, each in LIBRARY.items() if means(each) in STRENGTH)
    return tuple(Decision(at=last.began, exercise=each, rule="up.reps", change=change, accepted=True) for each in names)


def session_of(made: Prescribed, dice: Random, luck: int, at: datetime, identity: str) -> Trained:
    """What she does of a plan: all, less, harder or easier than asked for, lighter, or not to its end."""
    done: list[SetDone] = []
    luck = 10 if (hard := luck == TOO_HARD) else luck
    whole = dice.randint(0, 9) < luck + 3
    for item in items(made.routine):
        if not whole and dice.random() < 0.2:
            break
        usual = dice.randint(0, 9) < luck + 2
        rung = 0 if usual else dice.randint(-1, 1)
        place = max(-len(item.exercise.easier), min(len(item.exercise.harder), item.rung + rung))
        chosen = variant(item, place)
        for each in sets_of(item, 0 if usual else dice.choice((0, 0, 1, 3, 20))):
            done.append(replace(each, rung=place, variant=chosen.say if chosen else "", completed=usual or whole))
    felt = TOO_HARD if hard else luck
    efforts = {item.exercise.id: _effort(dice, felt) for item in items(made.routine) if item.asks}
    ended = "completed" if whole else dice.choice((None, "stopped", "quit"))
    return Trained(
        id=identity, began=at, routine=made.routine.id, ms=dice.randint(1, 3_000_000), ended=ended, sets=tuple(done),
        efforts=efforts, phase=made.phase, deload=made.deload,
    )  # fmt: skip


def _effort(dice: Random, luck: int) -> Effort:
    if luck == TOO_HARD:
        return Effort(effort=dice.randint(7, 8), reserve=dice.randint(1, 2), pain=0)
    if dice.randint(0, 9) < luck:
        return Effort(effort=dice.randint(3, 6), reserve=dice.choice((3, 4, 4)), pain=0)
    any_of = (None, *range(11))
    return Effort(effort=dice.choice(any_of), reserve=dice.choice((None, 0, 1, 2, 3, 4)), pain=dice.choice(any_of))


def incident_of(dice: Random, at: datetime, person: Person) -> Incident:
    last = person.sessions[-1].id if person.sessions and dice.random() < 0.5 else ""
    exercise = dice.choice(("", *sorted(LIBRARY))) if dice.random() < 0.6 else ""
    return Incident(
        at=at, trouble=dice.choice(list(Trouble)), session=last, exercise=exercise, level=dice.randint(0, 10)
    )
