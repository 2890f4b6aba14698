"""One movement as the rules see it, and what they may answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from voice_coach.coaching.amounts import wanted_reps
from voice_coach.coaching.history import Bout, bouts
from voice_coach.coaching.ladder import place_of
from voice_coach.coaching.level import Level, level, sessions_since
from voice_coach.coaching.loads import Means, as_heavy, means
from voice_coach.coaching.phases import EFFORT_CEILING, Phase
from voice_coach.person.model import Answer, Person
from voice_coach.person.questions import Question
from voice_coach.routine.model import Exercise, Tier
from voice_coach.safety.model import Reason

ENOUGH_LEFT, ALL_LEFT = 3, 4  # reps in reserve: "3 or more", and the answer "more" (EVIDENCE 2.3)
HARD, VERY_HARD = 7, 9  # effort of ten: hold from here on, back off from here on (EVIDENCE 2.3)
EASY_HOLD = 5  # effort of a long hold, where no reps are left over; "medium, talking easily" [P]
FULL_REPS = 12  # below so many reps the high tier needs "more" in reserve, [P]
IN_A_ROW_DAYS = 14  # two sessions further apart are not in a row [P]


class Way(Enum):
    """Where a verdict leads."""

    UP = "up"
    DOWN = "down"
    HOLD = "hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one rule says of one movement. `then` is told when it is done, `question` is asked before."""

    rule: str
    way: Way
    reason: Reason
    change: Mapping[str, Answer] = field(default_factory=dict)
    question: Question | None = None
    then: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A movement after a session: how far she is with it, and what she did since that was last changed."""

    exercise: Exercise  # with the rungs of her tier only
    means: Means
    level: Level
    phase: Phase
    tier: Tier
    bouts: tuple[Bout, ...]  # since the last change, in the order of the log; the newest is of the newest session
    turn: int  # sessions so far: what wording goes by

    @property
    def last(self) -> Bout:
        """What was done in the newest session."""
        return self.bouts[-1]

    @property
    def wanted(self) -> int:
        """The reps of a full session."""
        return wanted_reps(self.means, self.level, self.phase, self.exercise.id)

    @property
    def ceiling(self) -> int:
        """The effort of ten that her tier goes up to."""
        return EFFORT_CEILING[self.tier]


def case_of(person: Person, exercise: Exercise, tier: Tier, phase: Phase, now: datetime) -> Case | None:
    """The case of a movement of the newest session; None where that was already decided upon, or it was not done."""
    decided = [each for each in person.decisions if each.exercise == exercise.id and each.accepted]
    since = sessions_since(person, decided[-1]) if decided else tuple(each.id for each in person.sessions)
    done = tuple(each for each in bouts(person, exercise.id) if each.session in since)
    if not done or done[-1].session != person.sessions[-1].id:
        return None
    found = level(person, exercise, now)
    load = found.load or done[-1].load
    return Case(
        exercise=exercise,
        means=means(exercise, load),
        level=replace(found, load=load),
        phase=phase,
        tier=tier,
        bouts=done,
        turn=len(person.sessions),
    )


def in_a_row(case: Case) -> int:
    """The newest full sessions that went well, one after the other."""
    count, later = 0, case.last.began
    for bout in reversed(case.bouts):
        if not bout.counts and bout is not case.last:
            if too_much(bout):
                break
            continue  # a short session or a lighter week tells nothing
        if not (bout.counts and at_level(case, bout) and went_well(case, bout)):
            break
        if abs((later - bout.began).days) > IN_A_ROW_DAYS:
            break
        count, later = count + 1, bout.began
    return count


def at_level(case: Case, bout: Bout) -> bool:
    """Whether it was done as heavy, as hard and as often as is wanted now, or more so."""
    place = place_of(case.exercise, bout.last.variant)
    return (
        place is not None
        and place >= case.level.place
        and (case.level.load is None or (bout.load is not None and as_heavy(bout.load, case.level.load)))
        and (not bout.last.target_reps or bout.last.target_reps >= case.wanted or case.tier is Tier.HIGH)
    )


def went_well(case: Case, bout: Bout) -> bool:
    """All of it done, nothing hurt, and both answers say that more would have gone well. No answer is no yes."""
    effort, reserve = bout.effort.effort, bout.effort.reserve
    if not bout.whole or bout.missed or bout.hurt or effort is None or effort >= HARD:
        return False
    if not bout.last.target_reps:
        return effort <= EASY_HOLD if reserve is None else reserve >= ENOUGH_LEFT
    needed = ALL_LEFT if case.tier is Tier.HIGH and bout.reps < FULL_REPS else ENOUGH_LEFT
    return reserve is not None and reserve >= needed


def too_much(bout: Bout) -> bool:
    """Whether it was clearly more than she should do."""
    effort, reserve = bout.effort.effort, bout.effort.reserve
    return bout.hurt or (effort is not None and effort >= VERY_HARD) or reserve == 0
