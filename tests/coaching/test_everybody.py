"""Whoever she is and whatever has happened: what is planned and proposed keeps within what she may do.

Hypothesis makes up people (screening, age, what befell them, weeks of training) and what comes next (sessions, gaps, a
clock set back, yes and no), and every shipped routine is asked for. `VOICE_COACH_PEOPLE` says how many of them, so
for an acceptance: `VOICE_COACH_PEOPLE=10000 python -m pytest -rP tests/coaching/test_everybody.py`, which also says how
often each rule fired. Every rule has to fire, or its caps were held by nobody. The same in every run.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from hypothesis import HealthCheck, given, settings

from tests.coaching.build import LIBRARY, ROUTINES
from tests.coaching.holds import offered_to, plan_of, stands
from tests.coaching.lives import (
    EXAMPLES,
    LIVES,
    Life,
    Next,
    born,
    incident_of,
    measures_of,
    screening_of,
    session_of,
    shoes_of,
    weight_of,
)
from voice_coach.coaching import decision, proposals
from voice_coach.coaching.case import Way
from voice_coach.coaching.phases import Phase
from voice_coach.coaching.progress import considered
from voice_coach.person.model import Clearance, Matter, Person
from voice_coach.safety import refused

NEIGHBOURS = 60  # of somebody with whom a rule fires, in turn, until one fires it
PEOPLE = int(os.environ.get("VOICE_COACH_PEOPLE", "150"))
UP = ("reps", "reps.plate", "load", "band", "rung", "regain", "balance", "impact")
BACK_OFF = ("effort", "reserve", "pain", "missed", "ceiling", "impact")
HOLD = ("learn", "light", "unanswered", "enough", "once_more", "top", "today", "spared", "declined")
OF_A_DAY = ("agreed", "gap.short", "deload", "back_off", "eased", "asks", "impact")
RULES = {
    *(f"up.{each}" for each in UP),
    *(f"back_off.{each}" for each in BACK_OFF),
    *(f"hold.{each}" for each in HOLD),
    *(f"phase.{each.value}" for each in Phase),
    *OF_A_DAY,
}
"""Every rule there is, of a session's plan and of what is proposed after it."""


def _trains(person: Person, step: Next, now: datetime, number: int, grown: str, fired: Counter[str]) -> Person:
    dice = Random(step.seed)
    if grown:
        person = replace(person, forms=(*person.forms, shoes_of(dice, step.luck, now)))
    who = stands(person, now)
    open_ones = [each for each in ROUTINES.values() if not refused(each, who)]
    if not open_ones:
        fired["nothing for her"] += 1
        return person
    usual = [each for each in open_ones if each.id == (grown or "dumbbell_a")]  # or nothing grows
    usual = usual if dice.random() < (0.9 if grown else 0.6) else []
    made = plan_of(dice.choice(usual or open_ones), person, who, now)
    assert made is not None
    fired.update({each.rule for each in made.changes})
    done = session_of(made, dice, step.luck, now, f"s{number}")
    person = replace(person, sessions=(*person.sessions, done))
    if dice.random() < 0.05:
        person = replace(person, incidents=(*person.incidents, incident_of(dice, now, person)))
    later = now + timedelta(minutes=45)
    after = stands(person, later)
    offered = offered_to(person, after, later)
    answers = [dice.choice((True, True, True, False, None)) for _ in offered]
    told = [decision(each, yes, later) for each, yes in zip(offered, answers, strict=True)]
    fired.update(each.rule for each in offered)
    fired.update(each.rule for _, each in considered(person, after, LIBRARY, later) if each.way is Way.HOLD)
    person = replace(person, decisions=(*person.decisions, *told))
    agreed = sum(bool(yes) and each.needs_yes for each, yes in zip(offered, answers, strict=True))
    again = proposals(person, after, LIBRARY, later)
    assert agreed + sum(each.needs_yes for each in again) <= 2
    return person


def _goes_on(person: Person, step: Next, now: datetime, number: int, grown: str, fired: Counter[str]) -> Person:
    """What comes next, written as the log would tell it."""
    dice = Random(step.seed)
    if step.kind == "train":
        return _trains(person, step, now, number, grown, fired)
    if step.kind in ("screen", "shoes"):
        made = (screening_of if step.kind == "screen" else shoes_of)(dice, step.luck, now)
        return replace(person, forms=(*person.forms, made))
    if step.kind == "incident":
        return replace(person, incidents=(*person.incidents, incident_of(dice, now, person)))
    if step.kind == "clearance":
        word = Clearance(at=now, matter=dice.choice(list(Matter)), given=dice.random() < 0.8)
        return replace(person, clearances=(*person.clearances, word))
    if step.kind == "weight":
        return replace(person, weights=(*person.weights, weight_of(dice, now)))
    return replace(person, measures=(*person.measures, *measures_of(dice, step.luck, now)))


def _lived(life: Life, fired: Counter[str]) -> Iterable[tuple[Person, datetime]]:
    person, now = born(life)
    for number, step in enumerate(life.then):
        now += timedelta(days=step.days, minutes=1)
        person = _goes_on(person, step, now, number, life.grown, fired)
    yield person, now
    yield person, now + timedelta(days=1)


def _holds(life: Life, fired: Counter[str]) -> None:
    """All that has to, in a whole life."""
    fired["people"] += 1
    for person, now in _lived(life, fired):
        who = stands(person, now)
        for routine in ROUTINES.values():
            plan_of(routine, person, who, now)


def _neighbours(life: Life) -> Iterator[Counter[str]]:
    for seed in range(life.seed, life.seed + NEIGHBOURS):
        fired: Counter[str] = Counter()
        _holds(replace(life, seed=seed), fired)
        yield fired


def test_nobody_is_asked_for_what_is_not_for_her_and_every_rule_is_among_what_happens() -> None:
    fired: Counter[str] = Counter()

    @given(life=LIVES)
    @settings(max_examples=PEOPLE, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    def everybody(life: Life) -> None:
        _holds(life, fired)

    everybody()
    for rule, life in EXAMPLES.items():
        fired += next((one for one in _neighbours(life) if one[rule]), Counter())
    print(sorted(fired.items()))
    assert set(fired) - {"people", "nothing for her"} == RULES
