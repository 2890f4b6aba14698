"""Balance work: the next stance or walk after two steady days (EVIDENCE 2.3, [P])."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from voice_coach.coaching.case import Case, Verdict, Way
from voice_coach.coaching.ladder import place_of, words_at
from voice_coach.person.model import SetDone
from voice_coach.person.questions import Question
from voice_coach.routine.model import Ms
from voice_coach.safety.model import Reason

STEADY: Ms = 10_000  # a hold that counts (EVIDENCE 2.3, [P])
HOLDS, WALKS, STEPS = 3, 4, 10  # "3 x 10 s (or 4 x 10 steps) with no touch on two days" (EVIDENCE 2.3, [P])
DAYS = 2  # EVIDENCE 2.3, [P]


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
