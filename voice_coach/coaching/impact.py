"""The impact ladder: soft heel drops, firm ones, stomps, small jumps; 50 a day at most (EVIDENCE 1.2 and 2.3, [P]).

Beside strength work only: jumps alone did nothing for older women (Bassey and others, JBMR 1998;13:1805-1813, [V]).
The gate is `safety.impact`; here is the way behind it, one step at a time, each with an explicit yes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from voice_coach.coaching.case import Verdict, Way
from voice_coach.coaching.gaps import Gap, gap_now, gaps, set_back
from voice_coach.coaching.ladder import within
from voice_coach.coaching.level import BACK_OFF
from voice_coach.coaching.loads import Means, means
from voice_coach.coaching.phases import Phase, phase
from voice_coach.person.model import Decision, Person, Trained, Trouble
from voice_coach.person.questions import Question
from voice_coach.routine.model import Exercise, Item, Reps, Tier
from voice_coach.safety.dates import days_since
from voice_coach.safety.impact import impact_allowed
from voice_coach.safety.model import Reason, Standing
from voice_coach.safety.training import strength_sessions

MOST_IMPACTS = 50  # a day (EVIDENCE 1.2, [S]; as a ceiling [P])
A_SET = 10
AT_A_STEP = timedelta(days=7)  # "+1 set each pain-free week"
TIMES_AT_A_STEP = 2  # sessions with it, [P]
AFTER_PAIN = timedelta(weeks=2)  # "any pain after impact: back one rung for two weeks"
IMPACTS = ("heel_drop", "mini_jump")
_PAINS = frozenset({Trouble.BACK_PAIN, Trouble.SHARP_PAIN, Trouble.JOINT_PAIN})
_NEXT_DAY = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: the movement, its rung, and how many sets of ten at most."""

    exercise: str
    place: int
    sets: int


# EVIDENCE 2.3, "Impact ladder", [P]
STEPS: tuple[Step, ...] = (
    *(Step(exercise="heel_drop", place=place, sets=2) for place in range(3)),  # soft, firm, stomps
    *(Step(exercise="mini_jump", place=0, sets=sets) for sets in range(1, 6)),
    *(Step(exercise="mini_jump", place=place, sets=5) for place in range(1, 4)),  # fingertips, hovering, directions
)


def step(person: Person, now: datetime) -> int:
    """How many steps of `STEPS` she has agreed to, less what pain and gaps have taken; 0 is none: marching only."""
    ended = zip((each.began for each in strength_sessions(person)), gaps(person), strict=True)
    told = ((each.at, each) for each in person.decisions if each.accepted and _step_in(each) is not None)
    events: list[tuple[datetime, Decision | Gap]] = [*told, *ended]
    found = 0
    for event in (*(each for _, each in sorted(events, key=lambda pair: pair[0])), gap_now(person, now)):
        if isinstance(event, Decision):
            found = _step_in(event) or 0
        elif event is Gap.RESTART:
            found = 0
        elif event is Gap.LONG:
            found = max(0, found - 1)
    return found


def _step_in(decision: Decision) -> int | None:
    found = decision.change.get("impact")
    return found if isinstance(found, int) and 0 <= found <= len(STEPS) else None


def impacts_on(person: Person, library: Mapping[str, Exercise], day: date) -> int:
    """Impacts done on a day, in all its sessions."""
    done = (each for session in person.sessions if session.began.date() == day for each in session.sets)
    return sum(each.done_reps for each in done if _is_impact(library.get(each.exercise), each.exercise))


def _is_impact(exercise: Exercise | None, identity: str) -> bool:
    return identity in IMPACTS if exercise is None else means(exercise) is Means.IMPACT


def impact_verdict(
    person: Person, standing: Standing, library: Mapping[str, Exercise], now: datetime
) -> Verdict | None:
    """What the newest session says of the impact ladder: back after any pain, on after a week without it."""
    reached, session = step(person, now), person.sessions[-1]
    decided = [each for each in person.decisions if each.accepted and _step_in(each) is not None]
    newest = decided[-1] if decided else None
    if reached and pain_after_impact(person, session, library) and not (newest and _of(newest, session)):
        return Verdict(
            rule=f"{BACK_OFF}.impact",
            way=Way.DOWN,
            reason=Reason(say="progress.impact_hurt"),
            change={"impact": reached - 1, "session": session.id},
            then=Reason(say="progress.impact_back"),
        )
    if phase(person, standing, now) is Phase.LEARN:  # after an illness or a long gap strength comes first
        return None
    up = reached + 1
    if up > len(STEPS) or impact_allowed(person, standing, now).missing or not _is_hers(STEPS[up - 1], standing):
        return None
    if newest and not _settled(person, newest, STEPS[reached - 1] if reached else None, now):
        return None
    asked = Question(id="progress.ask_impact", args=(up, len(person.sessions)))
    return Verdict(
        rule="up.impact",
        way=Way.UP,
        reason=Reason(say="progress.impact_went_well" if reached else "progress.impact_ready"),
        change={"impact": up, "session": session.id},
        question=asked,
        then=Reason(say="progress.impact_next", args=(up,)),
    )


def pain_after_impact(person: Person, session: Trained, library: Mapping[str, Exercise]) -> bool:
    """Any pain in a session with impact, or told within two days of it; numbers of her answers from one on."""
    there = {each.exercise for each in session.sets if _is_impact(library.get(each.exercise), each.exercise)}
    if not there:
        return False
    if any((session.efforts[each].pain or 0) > 0 for each in there if each in session.efforts):
        return True
    hurt = (each for each in person.incidents if each.trouble in _PAINS)
    return any(each.session == session.id or timedelta() <= each.at - session.began <= _NEXT_DAY for each in hurt)


def _of(decision: Decision, session: Trained) -> bool:
    return decision.change.get("session") == session.id


def _is_hers(wanted: Step, standing: Standing) -> bool:
    """Heel drops only for the moderate tier, the ladder for the low one (EVIDENCE 1.2, [P])."""
    return standing.tier is Tier.LOW or (standing.tier is Tier.MODERATE and wanted == STEPS[0])


def _settled(person: Person, newest: Decision, at: Step | None, now: datetime) -> bool:
    """Whether the step she is at was done twice over a week, or the weeks after pain are over."""
    if set_back(person, now):
        return False
    wait = AFTER_PAIN if newest.rule.startswith(BACK_OFF) else AT_A_STEP
    since = [each for each in person.sessions if each.began > newest.at]
    done = sum(at is not None and any(each.exercise == at.exercise for each in one.sets) for one in since)
    return days_since(newest.at, now) >= wait.days and (at is None or done >= TIMES_AT_A_STEP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much impact there is left for today."""

    step: int  # of the ladder; 0 where impact is not for her today
    left: int  # impacts


def room_today(person: Person, standing: Standing, library: Mapping[str, Exercise], now: datetime) -> Room:
    """What she has agreed to, where the gate is open, and what is left of the day's ceiling."""
    allowed = impact_allowed(person, standing, now).allowed
    done = impacts_on(person, library, now.date())
    return Room(step=step(person, now) if allowed else 0, left=max(0, MOST_IMPACTS - done))


def impact_item(item: Item, room: Room, *, rounds: int, jumps: bool) -> Item | None:
    """The item as her step allows it, within the ceiling; None where it is left out.

    Nothing harder stays within reach of a spoken "harder". `jumps`: whether small jumps follow in this routine.
    """
    now = STEPS[room.step - 1] if room.step else None
    if now is None or not isinstance(item.amount, Reps):
        return None
    place, sets, reps = 0, item.sets, item.amount.count
    if item.exercise.id in IMPACTS:
        if IMPACTS.index(item.exercise.id) > IMPACTS.index(now.exercise):
            return None  # not there yet
        before = item.exercise.id != now.exercise
        kept = now.sets * A_SET if before and jumps else 0
        place = STEPS[2].place if before else now.place
        sets = min(2 if before else now.sets, (room.left - kept) // (A_SET * rounds))
        item = replace(item, amount=Reps(count=A_SET))
    else:  # a movement of her own: as written, within the ceiling
        sets = min(sets, room.left // (reps * rounds * (2 if item.each_side else 1)))
    if sets < 1:
        return None
    place = within(item.exercise, place)
    within_reach = replace(item.exercise, harder=item.exercise.harder[: max(0, place)])
    return replace(item, exercise=within_reach, sets=sets, rung=place, asks=True)
