"""Balance work: the next stance or walk after two steady days, and minutes a week (EVIDENCE 2.3, [P])."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from voice_coach.coaching.case import Case, Verdict, Way
from voice_coach.coaching.ladder import place_of, words_at
from voice_coach.coaching.loads import Means, means
from voice_coach.person.model import Person, SetDone
from voice_coach.person.questions import Question
from voice_coach.routine.model import Exercise, Ms
from voice_coach.safety.dates import days_since
from voice_coach.safety.model import Reason

STEADY: Ms = 10_000  # a hold that counts (EVIDENCE 2.3, [P])
HOLDS, WALKS, STEPS = 3, 4, 10  # "3 x 10 s (or 4 x 10 steps) with no touch on two days" (EVIDENCE 2.3, [P])
DAYS = 2  # EVIDENCE 2.3, [P]
FIRST_WEEK, AIM, ENCOURAGED = 30, 120, 180  # minutes: 3 x 10 in week one, then 120, more is welcome (EVIDENCE 2.3, [P])


def balance_verdict(case: Case) -> Verdict | None:
    """The next rung after two steady days. No touch: nobody can see it, so the question says it."""
    place = case.level.place + 1
    if place > len(case.exercise.harder) or len(steady_days(case)) < DAYS:
        return None
    words = words_at(case.exercise, place)
    ask, args = ("progress.ask_steady", (words,)) if words else ("progress.ask_steady_written", (case.exercise.name,))
    return Verdict(
        rule="up.balance",
        way=Way.UP,
        reason=Reason(say="progress.steady", args=(case.exercise.name, case.turn)),
        change={"rung": words, "at": place, "session": case.last.session},
        question=Question(id=ask, args=(*args, case.turn)),
        then=Reason(say="progress.now_rung", args=(words,)) if words else Reason(say="progress.now_written", args=args),
    )


def steady_days(case: Case) -> tuple[date, ...]:
    """The days since the last change on which enough of it was done to its end, on each side, at her rung or above."""
    days: dict[date, list[SetDone]] = defaultdict(list)
    for bout in case.bouts:
        if bout.hurt:
            return ()
        days[bout.began.date()] += [each for each in bout.sets if _steady(case, each)]
    return tuple(sorted(day for day, sets in days.items() if _enough(sets)))


def _steady(case: Case, done: SetDone) -> bool:
    place = place_of(case.exercise, done.variant)
    long = done.done_reps >= STEPS if done.target_reps else done.done_ms >= STEADY
    return done.completed and long and place is not None and place >= case.level.place


def _enough(sets: list[SetDone]) -> bool:
    needed = WALKS if sets and sets[0].target_reps else HOLDS
    sides = {each.side for each in sets}
    return len(sets) >= needed and (None in sides or len(sides) == 2)


def balance_ms(person: Person, library: Mapping[str, Exercise], now: datetime, days: int = 7) -> Ms:
    """About how long balance was practised in the last days, rests and talk included.

    An estimate: of each session's time the share of its sets that were balance work [P].
    """
    total = 0
    for session in person.sessions:
        if session.sets and 0 <= days_since(session.began, now) < days:
            share = sum(_is_balance(library.get(each.exercise)) for each in session.sets)
            total += session.ms * share // len(session.sets)
    return total


def _is_balance(exercise: Exercise | None) -> bool:
    return exercise is not None and means(exercise) is Means.BALANCE


def balance_goal(person: Person, now: datetime) -> int:
    """Minutes to aim for this week; what is more, up to `ENCOURAGED`, is welcome."""
    first = min((each.began for each in person.sessions), default=now)
    return FIRST_WEEK if days_since(first, now) < 7 else AIM
