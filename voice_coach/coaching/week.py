"""What shall I do today? Decided from what was really done, never counted as missed.

The shape of a week is that of EVIDENCE 2.3 for her tier, [P]. What was not done moves: strength is offered again as
soon as 48 hours and the shape allow it, balance comes every week for everybody, and rest is always an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from voice_coach.coaching.phases import Phase, phase
from voice_coach.coaching.phases import week as week_of_training
from voice_coach.coaching.week_history import (
    IMPACT_MOST,
    Done,
    count,
    days_since,
    history,
    on,
    strength_possible,
)
from voice_coach.coaching.week_kinds import ALWAYS, FULL, SHAPES, STRENGTH, Kind, kind_of
from voice_coach.person.model import Person
from voice_coach.routine.model import Routine, Tag
from voice_coach.safety.dates import is_today
from voice_coach.safety.model import Standing
from voice_coach.safety.tiers import refused
from voice_coach.session.lines import Key, Line

LEARNING = 2  # weeks of first_week_chair in the high tier, too (EVIDENCE 4, R1)
CATCH_UP = 4  # days without strength, from where it is offered on any day [P]: the longest gap within a shape
BALANCE_MOST = 3  # balance sessions in seven days (EVIDENCE 4, R9); more is welcome, but not proposed
CHOICES = 3  # beside rest; more is hard to keep in mind when heard [P]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something for today, and why. `routine` is an id, None for rest and for quiet breathing, which are none."""

    kind: Kind
    routine: str | None
    title: str
    reason: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What today is for: the first option is the one proposed, rest is always among them. `say` is the answer."""

    options: tuple[Option, ...]
    say: tuple[Line, ...]


def today(
    person: Person, standing: Standing, routines: Sequence[Routine], now: datetime, *, busy: bool = False
) -> Today:
    """The answer to "what shall I do today?", on a `busy` day with the shortest first."""
    done = history(person, routines, now)
    there = {kind: found for kind in Kind if (found := _routines(kind, standing, routines))}
    kinds = [kind for kind in dict.fromkeys(_order(person, standing, done, now, busy=busy)) if kind in there]
    if standing.hold:
        kinds = []
    chosen = [_pick(kind, there[kind], person, standing, done, now) for kind in kinds[:CHOICES]]
    options = [
        Option(kind=kind, routine=routine.id, title=routine.title, reason=_line(kind.name.lower()))
        for kind, routine in zip(kinds[:CHOICES], chosen, strict=True)
    ]
    if standing.hold:
        options.append(Option(kind=Kind.BREATHING, routine=None, title="Quiet breathing", reason=_line("hold")))
    rest = Option(kind=Kind.REST, routine=None, title="Rest", reason=_line("rest"))
    trained = any(each.kind in FULL for each in on(done, now.date()))
    options = [rest, *options] if trained and not standing.hold else [*options, rest]
    return Today(options=tuple(options), say=_said(person, standing, done, now, options))


def _order(person: Person, standing: Standing, done: Sequence[Done], now: datetime, *, busy: bool) -> Sequence[Kind]:
    """What is possible today, the best first."""
    if standing.gentle:
        return [Kind.MOBILITY]
    day = on(done, now.date())
    before = {each.kind for each in day}
    easy = [kind for kind in (Kind.BALANCE, Kind.POSTURE, Kind.MOBILITY, Kind.SNACK) if kind not in before]
    if standing.lighter:
        return [Kind.MOBILITY, *(kind for kind in easy if kind is not Kind.SNACK)]
    if before & FULL:
        return [kind for kind in easy if kind is not Kind.SNACK]
    slots = SHAPES[standing.tier].get(now.weekday(), ())
    heavy = not any(is_today(each.at, now) for each in person.measures)  # a test day is no heavy day (EVIDENCE 5)
    gone = days_since(done, Kind.STRENGTH, now.date())
    best: list[Kind] = [Kind.SNACK] if busy and Kind.SNACK not in before else []
    balance_due = gone is not None and not count(done, Kind.BALANCE, now.date())
    if heavy and strength_possible(done, now):
        if balance_due:
            best.append(Kind.BALANCE)  # every week, for everybody
        if Kind.STRENGTH in slots or gone is None or gone >= CATCH_UP:
            best.append(Kind.STRENGTH)
    best += [kind for kind in slots if kind is not Kind.STRENGTH and (heavy or kind is not Kind.IMPACT)]
    if count(done, Kind.IMPACT, now.date()) >= IMPACT_MOST:
        best = [kind for kind in best if kind is not Kind.IMPACT]
    if balance_due or (gone == 1 and count(done, Kind.BALANCE, now.date()) < BALANCE_MOST):
        best.append(Kind.BALANCE)
    return [*best, Kind.POSTURE, *easy]


def _routines(kind: Kind, standing: Standing, routines: Sequence[Routine]) -> tuple[Routine, ...]:
    """Those of a kind that have something for her."""
    if kind is Kind.IMPACT and Tag.IMPACT.value in standing.hidden:
        return ()
    return tuple(each for each in routines if kind_of(each) is kind and refused(each, standing) is None)


def _pick(
    kind: Kind, there: Sequence[Routine], person: Person, standing: Standing, done: Sequence[Done], now: datetime
) -> Routine:
    """The routine for it: of the strength sessions of her phase the one that was not the last."""
    if kind is not Kind.STRENGTH:
        return there[0]
    at = phase(person, standing, now)
    learning = at is Phase.CAREFUL and week_of_training(person, standing, now) <= LEARNING
    names = STRENGTH[Phase.LEARN if learning else at]
    last = next((each.routine for each in reversed(done) if each.kind is Kind.STRENGTH), "")
    turn = [*(name for name in names if name != last), *names, *ALWAYS]
    by_id = {each.id: each for each in there}
    return next((by_id[name] for name in turn if name in by_id), there[0])


def _said(
    person: Person, standing: Standing, done: Sequence[Done], now: datetime, options: Sequence[Option]
) -> tuple[Line, ...]:
    """Why, what is proposed, and that rest is an answer, too."""
    if standing.hold:
        return (_line("hold"),)
    first = options[0]
    if standing.gentle or standing.lighter:
        why = _line("gentle")
    elif any(each.kind in FULL for each in on(done, now.date())):
        why = _line("trained")
    elif days_since(done, Kind.STRENGTH, now.date()) == 1:
        why = _line("yesterday")
    else:
        why = first.reason
    if first.routine is None:
        return (why,)
    return (why, Line(Key.TALK, ("week.suggest", first.title)), _line("or_rest"))


def _line(name: str) -> Line:
    return Line(Key.TALK, (f"week.{name}",))
