"""Whoever she is and whatever has happened: what is planned and proposed keeps within what she may do.

Hypothesis makes up people (screening, age, what befell them, weeks of training) and what comes next (sessions, gaps, a
clock set back, yes and no), and every shipped routine is asked for. `VOICE_COACH_PEOPLE` says how many of them, so
for an acceptance: `VOICE_COACH_PEOPLE=10000 python -m pytest tests/coaching/test_everybody.py`. The same in every run.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.coaching.build import FAIR, LIBRARY, MONDAY, NO_TROUBLE, ROUTINES, did, items, sets_of, standing, today
from voice_coach.coaching import Prescribed, Proposal, decision, prescribed, proposals
from voice_coach.coaching.impact import IMPACTS, impacts_on
from voice_coach.coaching.items import count_of
from voice_coach.coaching.level import level
from voice_coach.coaching.loads import BANDS, STRENGTH, means
from voice_coach.person.model import (
    Answer,
    Answered,
    Clearance,
    Effort,
    Form,
    Incident,
    Matter,
    Measured,
    Person,
    SetDone,
    Trained,
    Trouble,
    Weight,
)
from voice_coach.person.questions import Kind
from voice_coach.routine import Exercise, Group, Item, Load, Routine, Tier
from voice_coach.safety import fitted, refused
from voice_coach.safety.impact import impact_allowed
from voice_coach.safety.model import Reason, Standing
from voice_coach.safety.screening import next_question
from voice_coach.safety.standing import standing as standing_of
from voice_coach.script.talk import words
from voice_coach.session.dose import variant

PEOPLE = int(os.environ.get("VOICE_COACH_PEOPLE", "150"))
GAPS = (
    3,
    4,
    3,
    4,
    3,
    4,
    3,
    4,
    3,
    4,
    3,
    4,
    7,
    0,
    1,
    8,
    14,
    15,
    28,
    29,
    90,
    -1,
    -3,
    -45,
)  # days to what comes next; below 0 the clock was set
KINDS = ("train",) * 14 + ("screen", "incident", "clearance", "weight", "measure", "shoes")
LOCKS = {Trouble.EMERGENCY, Trouble.BACK_PAIN, Trouble.FALL, Trouble.FRACTURE, Trouble.HOSPITAL}
HOLDS = ("supervised", "chest", "faint", "breath", "pressure", "recent", "back")  # a yes to one is no training
CEILING = {Tier.LOW: 8, Tier.MODERATE: 7, Tier.HIGH: 6}  # effort (EVIDENCE 1.2, [P])
MOST_REPS, MOST_HELD = 16, 8  # 12 and four more where a plate is a large step; holds of five seconds (EVIDENCE 2.3)
HEAVIEST = 50_000  # grams


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


SEEDS, LUCK = st.integers(0, 2**32), st.sampled_from((10, 9, 10, 9, 10, 8, 5, 0))
NEXT = st.builds(Next, kind=st.sampled_from(KINDS), days=st.sampled_from(GAPS), luck=LUCK, seed=SEEDS)
LIVES = st.builds(
    Life,
    weeks=st.sampled_from((0, 0, 2, 5, 6, 8, 12, 13, 20)),
    luck=LUCK,
    seed=SEEDS,
    then=st.lists(NEXT, min_size=4, max_size=12).map(tuple),
)
_PAST: Mapping[str, tuple[Prescribed, Trained]] = {
    name: (made, did(made, MONDAY, name, FAIR, missed=lambda _item: 0))
    for name in ("foundation_a", "dumbbell_a", "hip_spine_bone")
    for made in [today(name, Person(), standing(), MONDAY)]
}


# What she answers and what happens to her.


def _screening(dice: Random, luck: int, at: datetime) -> Answered:
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


def _measures(dice: Random, luck: int, at: datetime) -> tuple[Measured, ...]:
    return (
        Measured(at=at, test="chair_stand", value=dice.randint(luck, 10 + luck)),
        Measured(at=at, test="four_stage", value=dice.randint(1 if luck < 7 else 3, 4)),
    )


def _shoes(dice: Random, luck: int, at: datetime) -> Answered:
    answers: dict[str, Answer] = {"impact.shoes": "yes", "impact.bladder": "no"}
    if dice.randint(0, 9) >= luck:
        answers = {f"impact.{each}": dice.choice(("yes", "no", "not sure")) for each in ("shoes", "bladder", "anyway")}
    return Answered(at=at, form=Form.DAILY, answers=answers)


def _weight(dice: Random, at: datetime) -> Weight:
    exercise = dice.choice(sorted(LIBRARY))
    load = Load(grams=dice.choice((500, 1000, 2000, 4500, 9500, 10_000, 24_000, 50_000)))
    return Weight(at=at, exercise=exercise, load=dice.choice((load, Load(label=f"{dice.choice(BANDS)} band"))))


def _born(life: Life) -> tuple[Person, datetime]:
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
    form = [_screening(dice, life.luck, now - timedelta(days=1))] if dice.random() < 0.97 else []
    loads = {"goblet_squat": 3000, "db_row": 2000, "db_deadlift": 12_000, "overhead_press": 1000, "biceps_curl": 500}
    told = [Weight(at=MONDAY, exercise=name, load=Load(grams=grams)) for name, grams in loads.items()]
    person = Person(
        consented=MONDAY,
        forms=(about, *form),
        sessions=tuple(past),
        weights=tuple(told) if dice.random() < 0.7 else (),
        measures=_measures(dice, life.luck, now) if dice.random() < 0.8 else (),
    )
    return person, now


def _session(made: Prescribed, dice: Random, luck: int, at: datetime, identity: str) -> Trained:
    """What she does of a plan: all, less, harder or easier than asked for, lighter, or not to its end."""
    done: list[SetDone] = []
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
    efforts = {item.exercise.id: _effort(dice, luck) for item in items(made.routine) if item.asks}
    ended = "completed" if whole else dice.choice((None, "stopped", "quit"))
    return Trained(
        id=identity, began=at, routine=made.routine.id, ms=dice.randint(1, 3_000_000), ended=ended, sets=tuple(done),
        efforts=efforts, phase=made.phase, deload=made.deload,
    )  # fmt: skip


def _effort(dice: Random, luck: int) -> Effort:
    if dice.randint(0, 9) < luck:
        return Effort(effort=dice.randint(3, 6), reserve=dice.choice((3, 4, 4)), pain=0)
    any_of = (None, *range(11))
    return Effort(effort=dice.choice(any_of), reserve=dice.choice((None, 0, 1, 2, 3, 4)), pain=dice.choice(any_of))


def _incident(dice: Random, at: datetime, person: Person) -> Incident:
    last = person.sessions[-1].id if person.sessions and dice.random() < 0.5 else ""
    exercise = dice.choice(("", *sorted(LIBRARY))) if dice.random() < 0.6 else ""
    return Incident(
        at=at, trouble=dice.choice(list(Trouble)), session=last, exercise=exercise, level=dice.randint(0, 10)
    )


# What has to hold.


def _said(*reasons: Reason | None) -> None:
    """Each is there, and its sentence can be said."""
    for reason in reasons:
        assert reason is not None
        assert words(reason.say, *reason.args).strip(), reason


def _stands(person: Person, now: datetime) -> Standing:
    """Her standing: what has to forbid training does, and all of it can be said."""
    who = standing_of(person, now)
    _said(*who.reasons, *who.hold, *who.advice, *([who.due.reason] if who.due else []))
    assert all(words(each.id, *each.args) for each in who.asks)
    form = next((each for each in reversed(person.forms) if each.form is Form.SCREENING), None)
    if not any(each.given for each in person.clearances):
        locked = any(each.trouble in LOCKS for each in person.incidents)
        unwell = form is None or any(form.answers.get(f"screening.{row}") != "no" for row in HOLDS)
        assert who.hold or not (locked or unwell)
    assert who.tier is Tier.HIGH or not who.due
    return who


def _plan(routine: Routine, person: Person, who: Standing, now: datetime) -> Prescribed | None:
    """Today's plan of a routine, with everything checked that it may not hold; None where it is refused."""
    if reason := refused(routine, who):
        _said(reason)
        return None
    fit = fitted(routine, who, LIBRARY)
    made = prescribed(fit, person, who, now)
    for each in (fit, made.routine):
        _only_hers(each, person, who, now)
    _within_caps(routine, fit, made, person, who)
    _said(*made.say, *(each.reason for each in made.changes))
    assert len(made.say) <= 3
    landed = sum(
        _amount(item) * block.rounds * (2 if item.each_side else 1)
        for block in made.routine.blocks for item in block.items if "impact" in item.exercise.tags
    )  # fmt: skip
    assert not landed or landed + impacts_on(person, LIBRARY, now.date()) <= 50
    return made


def _amount(item: Item) -> int:
    return item.sets * count_of(item)


def _only_hers(routine: Routine, person: Person, who: Standing, now: datetime) -> None:
    assert not routine.tiers or who.tier in routine.tiers or who.hold
    names = {item.exercise.id for item in items(routine)}
    assert not who.hold or names <= {"easy_breath"}
    assert not who.gentle or routine.id == "gentle_mobility" or names <= {"easy_breath"}
    assert not names & who.avoided
    for item in items(routine):
        exercise, tags = item.exercise, set(item.exercise.tags)
        assert who.tier in exercise.tiers
        assert not tags & {*who.hidden, "spinal_flexion_loaded", "twisting"}
        assert who.tier is not Tier.HIGH or not tags & {"impact", "overhead", "prone"}
        assert who.floor or "floor_transfer" not in tags
        assert "impact" not in tags or impact_allowed(person, who, now).allowed
        tier = Tier.HIGH if who.supported and exercise.group is Group.BALANCE else who.tier
        for rung in (*exercise.easier, *exercise.harder):
            assert not rung.tiers or tier in rung.tiers, rung
            assert who.floor or "kneel" not in rung.say.casefold()
        assert -len(exercise.easier) <= item.rung <= len(exercise.harder)


def _within_caps(written: Routine, fit: Routine, made: Prescribed, person: Person, who: Standing) -> None:
    before = {item.exercise.id: item for item in items(fit)}
    assert Counter(item.exercise.id for item in items(made.routine)) <= Counter(item.exercise.id for item in items(fit))
    assert made.phase in ("", "careful") or who.tier is not Tier.HIGH
    assert made.phase != "load" or who.tier is Tier.LOW or Matter.LOAD in who.cleared
    for item in items(made.routine):
        old, name, kind = before[item.exercise.id], item.exercise.id, means(item.exercise, item.load)
        agreed = [each for each in person.decisions if each.exercise == name and each.accepted]
        if name in IMPACTS:
            continue  # the ceiling of impacts is held above
        most = max(each.sets for each in items(fit) if each.exercise.id == name)
        assert 1 <= item.sets <= most
        written_reps = max(count_of(each) for each in items(fit) if each.exercise.id == name)
        if who.tier is Tier.HIGH or kind not in STRENGTH or made.phase == "learn" or not made.phase:
            assert count_of(item) <= written_reps
        else:
            assert count_of(item) <= MOST_REPS
        rungs = [at for each in agreed if isinstance(at := each.change.get("at"), int)]
        assert item.rung <= max(0, old.rung, *rungs)
        _held(item, old, [each.load for each in person.weights if each.exercise == name], [e.change for e in agreed])
    assert all(block.rounds <= max(each.rounds for each in written.blocks) for block in made.routine.blocks)


def _held(item: Item, old: Item, told: list[Load], agreed: list[Mapping[str, Answer]]) -> None:
    """No load but what is written, told or agreed to, or less."""
    if item.load is None:
        return
    grams = [each.grams for each in (*told, *([old.load] if old.load else []))]
    grams += [each for change in agreed if isinstance(each := change.get("grams"), int)]
    bands = [_band(each.label) for each in told] + [_band(str(change.get("label", ""))) for change in agreed]
    if item.load.label:
        assert _band(item.load.label) <= max(bands, default=-1) or (old.load and item.load.label == old.load.label)
    else:
        assert 0 < item.load.grams <= min(HEAVIEST, max(grams, default=0))


def _band(label: str) -> int:
    return next((place for place, colour in enumerate(BANDS) if colour in label.split()), -1)


def _offered(person: Person, who: Standing, now: datetime) -> tuple[Proposal, ...]:
    """What is proposed after the newest session, with every cap checked."""
    offered, session = proposals(person, who, LIBRARY, now), person.sessions[-1]
    raised = [each for each in offered if each.needs_yes]
    assert len(raised) <= 2
    assert not raised or not (who.hold or who.due or who.gentle or who.lighter)
    assert not raised or all(each.session != session.id for each in person.incidents)
    assert len({each.exercise for each in offered}) == len(offered)
    for each in offered:
        _said(each.reason, *([each.then] if each.then else []))
        assert each.needs_yes == (each.question is not None)
        if each.question:
            assert words(each.question.id, *each.question.args)
        if exercise := LIBRARY.get(each.exercise):
            (_raised if each.needs_yes else _taken_back)(each, exercise, person, who, now)
        elif each.needs_yes:
            assert not impact_allowed(person, who, now).missing
    if not who.hold:
        back = {each.exercise for each in offered if not each.needs_yes}
        assert set(_too_much(session)) <= back
    return offered


def _too_much(session: Trained) -> Iterator[str]:
    """Movements of strength that were clearly more than she should do."""
    for name in {each.exercise for each in session.sets}:
        effort = session.efforts.get(name, Effort())
        over = (effort.effort or 0) >= 9 or effort.reserve == 0 or (effort.pain or 0) >= 4
        if over and means(LIBRARY[name]) in STRENGTH:
            yield name


def _raised(each: Proposal, exercise: Exercise, person: Person, who: Standing, now: datetime) -> None:
    assert exercise.id not in who.avoided | who.eased
    assert not set(exercise.tags) & (who.hidden | who.light)
    told = person.sessions[-1].efforts.get(exercise.id, Effort())
    if means(exercise) in STRENGTH:
        assert told.effort is not None
        assert told.effort <= min(CEILING[who.tier], 6)
        assert told.reserve is None or told.reserve >= 3
        assert (told.pain or 0) < 4
    held = level(person, exercise, now).load or _last(person, exercise).load
    change = each.change
    if isinstance(grams := change.get("grams"), int):
        assert held is not None
        plate = 1000 if held.grams >= 10_000 else 500
        percent = 10 if exercise.group is Group.LEGS else 5
        assert 0 < grams - held.grams <= max(plate, held.grams * percent // 100)
        assert grams <= HEAVIEST
    if isinstance(label := change.get("label"), str):
        assert held is not None
        assert _band(label) == _band(held.label) + 1
    if isinstance(reps := change.get("reps"), int):
        assert who.tier is not Tier.HIGH
        assert reps <= (MOST_HELD if means(exercise).value == "held" else MOST_REPS)
    if isinstance(words_of := change.get("rung"), str) and words_of:
        rung = next(one for one in (*exercise.easier, *exercise.harder) if one.say == words_of)
        assert not rung.tiers or who.tier in rung.tiers


def _taken_back(each: Proposal, exercise: Exercise, person: Person, _who: Standing, now: datetime) -> None:
    held = level(person, exercise, now).load or _last(person, exercise).load
    if isinstance(grams := each.change.get("grams"), int):
        assert held is not None
        assert 0 < grams < held.grams
    if isinstance(label := each.change.get("label"), str):
        assert held is not None
        assert _band(label) == _band(held.label) - 1
    assert "reps" not in each.change


def _last(person: Person, exercise: Exercise) -> SetDone:
    return [each for each in person.sessions[-1].sets if each.exercise == exercise.id][-1]


# A life, step by step.


def _trains(person: Person, step: Next, now: datetime, number: int) -> Person:
    dice = Random(step.seed)
    who = _stands(person, now)
    open_ones = [each for each in ROUTINES.values() if not refused(each, who)]
    if not open_ones:
        event("nothing for her")
        return person
    usual = [each for each in open_ones if each.id == "dumbbell_a" and dice.random() < 0.6]  # or nothing grows
    made = _plan(dice.choice(usual or open_ones), person, who, now)
    assert made is not None
    event(f"trains in {made.phase or 'no'} phase, tier {who.tier.value}")
    done = _session(made, dice, step.luck, now, f"s{number}")
    person = replace(person, sessions=(*person.sessions, done))
    if dice.random() < 0.05:
        person = replace(person, incidents=(*person.incidents, _incident(dice, now, person)))
    later = now + timedelta(minutes=45)
    after = _stands(person, later)
    offered = _offered(person, after, later)
    answers = [dice.choice((True, True, True, False, None)) for _ in offered]
    told = [decision(each, yes, later) for each, yes in zip(offered, answers, strict=True)]
    for each in offered:
        event(f"proposed {each.rule}")
    person = replace(person, decisions=(*person.decisions, *told))
    agreed = sum(bool(yes) and each.needs_yes for each, yes in zip(offered, answers, strict=True))
    again = proposals(person, _stands(person, later), LIBRARY, later)
    assert agreed + sum(each.needs_yes for each in again) <= 2
    return person


def _goes_on(person: Person, step: Next, now: datetime, number: int) -> Person:
    """What comes next, written as the log would tell it."""
    dice = Random(step.seed)
    if step.kind == "train":
        return _trains(person, step, now, number)
    if step.kind in ("screen", "shoes"):
        made = (_screening if step.kind == "screen" else _shoes)(dice, step.luck, now)
        return replace(person, forms=(*person.forms, made))
    if step.kind == "incident":
        return replace(person, incidents=(*person.incidents, _incident(dice, now, person)))
    if step.kind == "clearance":
        word = Clearance(at=now, matter=dice.choice(list(Matter)), given=dice.random() < 0.8)
        return replace(person, clearances=(*person.clearances, word))
    if step.kind == "weight":
        return replace(person, weights=(*person.weights, _weight(dice, now)))
    return replace(person, measures=(*person.measures, *_measures(dice, step.luck, now)))


def _lived(life: Life) -> Iterable[tuple[Person, datetime]]:
    person, now = _born(life)
    for number, step in enumerate(life.then):
        now += timedelta(days=step.days, minutes=1)
        person = _goes_on(person, step, now, number)
    yield person, now
    yield person, now + timedelta(days=1)


@given(life=LIVES)
@settings(max_examples=PEOPLE, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_nobody_is_asked_for_what_is_not_for_her(life: Life) -> None:
    for person, now in _lived(life):
        who = _stands(person, now)
        for routine in ROUTINES.values():
            _plan(routine, person, who, now)
