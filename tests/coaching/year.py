"""A simulated year, printed as a table: `python -m tests.coaching.year`. Three sessions a week, and what life brings.

The woman is imagined: she could do some reps of each movement on the first day, gains a little with each session of
it, and loses a little on each idle day after a week. What she is asked for is what the real rules say; the screening
is the real one, too.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.coaching.build import LIBRARY, MONDAY, NO_TROUBLE, ROUTINES, decided, did, told, trained
from voice_coach import script
from voice_coach.coaching import decision, phase, prescribed, proposals
from voice_coach.coaching.impact import step
from voice_coach.coaching.ladder import words_at
from voice_coach.coaching.level import level
from voice_coach.coaching.loads import weight_of
from voice_coach.coaching.progress import Proposal, considered
from voice_coach.person.model import Answered, Effort, Form, Incident, Measured, Person, Trouble
from voice_coach.routine import Exercise, Item, Reps
from voice_coach.safety.impact import impact_allowed
from voice_coach.safety.model import Reason, Standing
from voice_coach.safety.screening import next_question
from voice_coach.safety.standing import standing
from voice_coach.safety.tiers import fitted, refused
from voice_coach.script.words import kilos
from voice_coach.session.lines import Key, Line

WEEKS = 52
ILL = range(25 * 7, 25 * 7 + 10)  # days without a session, after she said that she was unwell
AWAY = range(35 * 7, 40 * 7)  # five weeks on a journey
SORE_KNEE = 17 * 7  # the day on which her knee hurts in the squat
DECLINES = range(9 * 7, 10 * 7)  # days on which she says no
STRENGTH = {
    "learn": ("first_week_chair", "first_week_chair"),
    "foundation": ("foundation_a", "foundation_b"),
    "build": ("dumbbell_a", "foundation_a"),
    "load": ("hip_spine_bone", "dumbbell_a"),
    "careful": ("band_strength", "band_strength"),
}
SHOWN = ("chair_stand", "goblet_squat", "db_row", "heel_raise")


@dataclass(slots=True, kw_only=True)
class Body:
    """How many reps she could do of each movement at its written rung and first load."""

    gained: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    first_grams: dict[str, int] = field(default_factory=dict)

    def left(self, item: Item) -> int:
        """Reps she could still do after the last one that was asked for."""
        could = 13.0 + self.gained[item.exercise.id] - 2.5 * item.rung
        if item.load and item.load.grams:
            first = self.first_grams.setdefault(item.exercise.id, item.load.grams)
            could -= 16 * math.log2(item.load.grams / first)
        elif item.load:
            could -= 3 * ((weight_of(item.load) or 0) - 1)
        asked = item.amount.count if isinstance(item.amount, Reps) else 9
        return math.floor(could) - asked - (item.sets > 2)

    def answer(self, item: Item) -> Effort:
        left = self.left(item)
        return Effort(effort=max(3, min(10, 9 - left)), reserve=max(0, min(4, left)), pain=0)

    def trained(self, item: Item) -> None:
        self.gained[item.exercise.id] += 0.6 / (1 + self.gained[item.exercise.id] / 8)

    def idle(self, days: int) -> None:
        for name in self.gained:
            self.gained[name] = max(0.0, self.gained[name] - 0.08 * max(0, days - 7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One session: who she was before it, what she was to do, and what the rules said after it."""

    number: int  # days since the first
    routine: str
    phase: str
    deload: bool
    standing: Standing
    items: tuple[Item, ...]
    said: tuple[Reason, ...]
    before: Person
    after: Person
    proposals: tuple[Proposal, ...]
    answers: tuple[bool | None, ...]
    held: tuple[tuple[str, str], ...]  # movement and rule of what stayed
    at: datetime


def days() -> Iterator[Day]:
    """Every session of the year."""
    person, body, last = Person(consented=MONDAY), Body(), 0
    for number in range(WEEKS * 7):
        now = MONDAY + timedelta(days=number)
        if number == ILL.start:
            person = _happened(person, now, Trouble.UNWELL)
        if number % 7 not in (0, 2, 4) or number in ILL or number in AWAY:
            continue
        person = _asked(person, now)
        who = standing(person, now)
        routine = ROUTINES[_routine(number, phase(person, who, now).value, who)]
        if refused(routine, who):
            continue
        person = _loads(person, routine.id, now)
        body.idle(number - last)
        last = number
        before, made = person, prescribed(fitted(routine, who, LIBRARY), person, who, now)
        done = did(
            made, now, f"s{number}", body.answer, missed=lambda item: max(0, -body.left(item)) if item.asks else 0
        )
        person = trained(person, done)
        chosen = tuple(item for block in made.routine.blocks for item in block.items)
        for item in chosen:
            body.trained(item)
        if number == SORE_KNEE:
            hurt = "goblet_squat" if any(item.exercise.id == "goblet_squat" for item in chosen) else "chair_stand"
            person = _happened(person, now, Trouble.JOINT_PAIN, f"s{number}", hurt)
        later = now + timedelta(minutes=45)
        after = standing(person, later)
        offered = proposals(person, after, LIBRARY, later)
        held = tuple((name, each.rule) for name, each in considered(person, after, LIBRARY, later))
        answers = tuple((number not in DECLINES) if each.needs_yes else None for each in offered)
        person = decided(person, *(decision(each, yes, later) for each, yes in zip(offered, answers, strict=True)))
        yield Day(
            number=number,
            routine=routine.id,
            phase=made.phase,
            deload=made.deload,
            standing=who,
            items=chosen,
            said=made.say,
            before=before,
            after=person,
            proposals=offered,
            answers=answers,
            held=held,
            at=now,
        )


def _routine(number: int, now: str, who: Standing) -> str:
    if number % 7 == 2:
        return "steady_balance"
    return STRENGTH[now][number % 7 == 4] if not who.gentle else "gentle_mobility"


def _happened(person: Person, at: datetime, trouble: Trouble, session: str = "", exercise: str = "") -> Person:
    one = Incident(at=at, trouble=trouble, session=session, exercise=exercise, level=4)
    return replace(person, incidents=(*person.incidents, one))


def _asked(person: Person, now: datetime) -> Person:
    """What is asked before a session: the screening when it is due, the tests with it, shoes and bladder."""
    if standing(person, now).due:
        answers: dict[str, str | int] = {}
        while question := next_question(answers):
            answers[question.id] = NO_TROUBLE.get(question.id, "no")
        person = replace(person, forms=(*person.forms, Answered(at=now, form=Form.SCREENING, answers=answers)))
        about: dict[str, str | int] = {"about.age": "68"}
        person = replace(person, forms=(*person.forms, Answered(at=now, form=Form.ABOUT, answers=about)))
        tests = (Measured(at=now, test="chair_stand", value=13), Measured(at=now, test="four_stage", value=4))
        person = replace(person, measures=(*person.measures, *tests))
    if asks := impact_allowed(person, standing(person, now), now).asks:
        good = {each.id: "no" if each.id == "impact.bladder" else "yes" for each in asks}
        person = replace(person, forms=(*person.forms, Answered(at=now, form=Form.DAILY, answers=good)))
    return person


def _loads(person: Person, routine: str, now: datetime) -> Person:
    first: dict[str, int | str] = {
        "goblet_squat": 3000, "db_row": 2000, "db_deadlift": 4000, "overhead_press": 1000, "biceps_curl": 1500,
        "carry": 3000, "band_row": "red band", "band_pulldown": "red band",
    }  # fmt: skip
    known = {each.exercise for each in person.weights}
    used = {item.exercise.id for block in ROUTINES[routine].blocks for item in block.items}
    return told(person, now, **{name: load for name, load in first.items() if name in used - known})


def _text(reason: Reason) -> str:
    return script.text(Line(Key.TALK, (reason.say, *reason.args)))


def _shown(person: Person, exercise: Exercise, now: datetime) -> str:
    found = level(person, exercise, now)
    load = kilos(found.load.grams) if found.load and found.load.grams else found.load.label if found.load else ""
    return " ".join(filter(None, (load, f"{found.place:+d}" if found.place else "", f"x{found.reps or '-'}")))


def rows() -> Iterator[tuple[str, ...]]:
    """One row a week."""
    weekly: dict[int, list[Day]] = defaultdict(list)
    for day in days():
        weekly[day.number // 7].append(day)
    for number in range(WEEKS):
        week = weekly[number]
        if not week:
            yield (str(number + 1), "away", *[""] * 8)
            continue
        last = week[-1]
        strength = [day for day in week if day.phase]
        sets = [item.sets for day in strength for item in day.items if item.exercise.id in (*SHOWN, "band_row")]
        rules = [f"{each.exercise}:{each.rule}{_yes(yes)}" for day in week for each, yes in _answered(day)]
        said = [_text(reason) for day in week for reason in day.said]
        told_them = [_text(each.reason) for day in week for each in day.proposals]
        yield (
            str(number + 1),
            f"{strength[-1].phase if strength else '-'}{' (lighter)' if last.deload else ''}",
            last.standing.tier.value,
            *(_shown(last.after, LIBRARY[name], last.at) for name in SHOWN),
            str(max(sets, default=0)),
            str(step(last.after, last.at)),
            "; ".join(rules) or "hold",
            " ".join(dict.fromkeys((*said, *told_them[:1]))),
        )


def _answered(day: Day) -> Iterator[tuple[Proposal, bool | None]]:
    yield from zip(day.proposals, day.answers, strict=True)


def _yes(answer: bool | None) -> str:
    return {None: "", True: " yes", False: " NO"}[answer]


def table() -> str:
    """The year as Markdown."""
    head = (
        "week",
        "phase",
        "tier",
        "chair stand",
        "goblet squat",
        "row",
        "heel raise",
        "sets",
        "impact",
        "rule",
        "said",
    )
    lines = [head, ("---",) * len(head), *rows()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    print(table())
    print(f"\nHeel raise, its rungs: {[words_at(LIBRARY['heel_raise'], place) for place in range(-2, 5)]}")
