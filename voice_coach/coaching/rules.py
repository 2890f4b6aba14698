"""The rules of progress of one movement, each with its reason; the first that applies decides (EVIDENCE 2.3, [P]).

Two for two with double progression is from secondary texts [S]: two sessions in a row at the top of the range, with
three or more in reserve. Reps grow first, then the load or the rung, with which the reps fall back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from voice_coach.coaching.amounts import EXTRA_STEP, most_reps, reps_range
from voice_coach.coaching.case import HARD, VERY_HARD, Case, Verdict, Way, in_a_row
from voice_coach.coaching.ladder import within, words_at
from voice_coach.coaching.level import BACK_OFF
from voice_coach.coaching.loads import Means, banded, fits, heavier, lighter
from voice_coach.coaching.phases import Phase
from voice_coach.person.model import Answer
from voice_coach.person.questions import Question
from voice_coach.routine.model import Load, Mode, Tier
from voice_coach.safety.model import Reason

TWO = 2  # sessions in a row (EVIDENCE 2.3, [S])
BACK_OFF_LESS = 10  # per cent (EVIDENCE 2.3, [P])


def verdict(case: Case) -> Verdict:
    """What the newest session says of a movement: back off, hold, or go up."""
    found = (rule(case) for rule in (*_BACKING_OFF, *_HOLDING, *_RAISING))
    return next((each for each in found if each), _hold(case, "hold.top", "progress.at_the_top"))


def very_hard(case: Case) -> Verdict | None:
    """Effort 9 or 10."""
    hard = (case.last.effort.effort or 0) >= VERY_HARD
    return _down(case, "effort", "progress.very_hard") if hard else None


def none_left(case: Case) -> Verdict | None:
    """Not one more could have been done well."""
    return _down(case, "reserve", "progress.none_left") if case.last.effort.reserve == 0 else None


def hurt(case: Case) -> Verdict | None:
    """A joint hurt 4 or more."""
    return _down(case, "pain", "progress.hurt") if case.last.hurt else None


def missed_twice(case: Case) -> Verdict | None:
    """Reps were missed two sessions running."""
    running = case.bouts[-TWO:]
    missed = len(running) == TWO and all(each.missed for each in running)
    return _down(case, "missed", "progress.missed") if missed else None


def above_the_ceiling(case: Case) -> Verdict | None:
    """More effort than her tier goes up to, two sessions running [P]."""
    running = case.bouts[-TWO:]
    above = len(running) == TWO and all((each.effort.effort or 0) > case.ceiling for each in running)
    return _down(case, "ceiling", "progress.above") if above else None


def learn_first(case: Case) -> Verdict | None:
    """Technique first, load later (EVIDENCE 1.2, [S])."""
    return _hold(case, "hold.learn", "progress.learning") if case.phase is Phase.LEARN else None


def lighter_session(case: Case) -> Verdict | None:
    """A short session, a lighter week: it tells nothing."""
    return None if case.last.counts else _hold(case, "hold.light", "progress.light_day")


def not_answered(case: Case) -> Verdict | None:
    """Nothing is raised that nobody said was easy."""
    silent = case.last.effort.effort is None or (case.last.effort.reserve is None and case.last.last.target_reps > 0)
    return _hold(case, "hold.unanswered", "progress.not_answered") if silent else None


def hard_enough(case: Case) -> Verdict | None:
    """Effort 7 or 8, or one or two in reserve."""
    effort, reserve = case.last.effort.effort, case.last.effort.reserve
    enough = (effort or 0) >= HARD or reserve in (1, 2)
    return _hold(case, "hold.enough", "progress.hard_enough") if enough else None


def not_all(case: Case) -> Verdict | None:
    """Cut short, made easier, or with reps missing."""
    return None if in_a_row(case) else _hold(case, "hold.once_more", "progress.all_first")


def regained(case: Case) -> Verdict | None:
    """A step back to what a gap took: after one good session, without more reps first, never past what it was.

    Two for two and the longer range are there because nobody knows how a new load will go; this one was held before,
    and what was trained comes back sooner than it came (after Yang, EVIDENCE 2.1), [P]. A plate or a colour at most,
    with three in reserve and her yes; what was too much ends it (`level`). Not in the high tier.
    """
    load, former = case.level.load, case.level.held
    held = former.load if former else None
    if case.tier is Tier.HIGH or load is None or held is None:
        return None
    grams = min(heavier(load.grams, case.exercise.group), held.grams) if load.grams else 0
    label = (banded(load.label, 1) or "") if load.label else ""
    if grams <= load.grams and not label:
        return None
    change = {**_held(Load(grams=grams, label=label)), **_fewest(case)}
    found = _up(case, "regain", change, "progress.ask_load", (grams, label), "progress.now_load")
    return replace(found, reason=Reason(say="progress.had_more", args=(case.exercise.name, case.turn)))


def more_reps(case: Case) -> Verdict | None:
    """Two more within the range; past it only where the smallest plate would be over 10 %. Never in the high tier."""
    if case.means not in (Means.LOAD, Means.BAND, Means.BODY, Means.HELD) or case.tier is Tier.HIGH or _timed(case):
        return None
    top = reps_range(case.means, case.phase, case.exercise.id)[1]
    most = most_reps(case.means, case.level, case.phase, case.exercise.id)
    if case.wanted >= most or (case.wanted == top and in_a_row(case) < TWO):
        return None
    reps = min(case.wanted + EXTRA_STEP, top if case.wanted < top else most)
    rule = "reps" if case.wanted < top else "reps.plate"
    return _up(case, rule, {"reps": reps}, "progress.ask_reps", (reps,), "progress.now_reps")


def once_more(case: Case) -> Verdict | None:
    """One good session is not yet two."""
    return _hold(case, "hold.once_more", "progress.once_more") if in_a_row(case) < TWO else None


def next_load(case: Case) -> Verdict | None:
    """A heavier weight: 2-5 % upper body, 5-10 % legs, or one plate after the range was extended."""
    load = case.level.load
    if case.means is not Means.LOAD or load is None or not load.grams:
        return None
    if not fits(load.grams) and _timed(case):
        return None  # there are no reps that could be extended first
    grams = heavier(load.grams, case.exercise.group)
    if grams == load.grams:
        return None
    return _up(case, "load", {"grams": grams, **_fewest(case)}, "progress.ask_load", (grams, ""), "progress.now_load")


def next_band(case: Case) -> Verdict | None:
    """The next colour."""
    load = case.level.load
    label = banded(load.label, 1) if case.means is Means.BAND and load else None
    if label is None:
        return None
    return _up(case, "band", {"label": label, **_fewest(case)}, "progress.ask_load", (0, label), "progress.now_load")


def next_rung(case: Case) -> Verdict | None:
    """The next rung of the ladder that is hers; with weights and bands only where what she holds was never told."""
    by_rung = case.means in (Means.BODY, Means.HELD, Means.PLANK) or (case.means is Means.BAND and not case.level.load)
    place = case.level.place + 1
    if not by_rung or place > len(case.exercise.harder):
        return None
    words = words_at(case.exercise, place)
    if not words:
        asked = ("progress.ask_written", (case.exercise.name,), "progress.now_written")
    else:
        asked = ("progress.ask_rung", (words,), "progress.now_rung")
    return _up(case, "rung", {"rung": words, "at": place, **_fewest(case)}, *asked)


_Rule = Callable[[Case], "Verdict | None"]
_BACKING_OFF: tuple[_Rule, ...] = (hurt, very_hard, none_left, missed_twice, above_the_ceiling)
_HOLDING: tuple[_Rule, ...] = (learn_first, lighter_session, not_answered, hard_enough, not_all)
_RAISING: tuple[_Rule, ...] = (regained, more_reps, once_more, next_load, next_band, next_rung)


def _timed(case: Case) -> bool:
    return case.exercise.mode is not Mode.REPS


def _fewest(case: Case) -> dict[str, Answer]:
    """With a new load or rung the reps fall to the bottom of the range."""
    if _timed(case) or case.tier is Tier.HIGH:
        return {}
    return {"reps": reps_range(case.means, case.phase, case.exercise.id)[0]}


def _hold(case: Case, rule: str, say: str) -> Verdict:
    return Verdict(rule=rule, way=Way.HOLD, reason=Reason(say=say, args=(case.exercise.name,)))


def _up(
    case: Case, rule: str, change: Mapping[str, Answer], ask: str, args: tuple[str | int, ...], then: str
) -> Verdict:
    return Verdict(
        rule=f"up.{rule}",
        way=Way.UP,
        reason=Reason(say="progress.went_well", args=(case.exercise.name, case.turn)),
        change={**change, "session": case.last.session},
        question=Question(id=ask, args=(*args, case.turn)),
        then=Reason(say=then, args=args),
    )


def _down(case: Case, rule: str, say: str) -> Verdict:
    """10 % or one rung less, and one set fewer for two sessions; where nothing is lighter, the set alone."""
    change: dict[str, Answer] = {"fewer": 1, "session": case.last.session}
    then = Reason(say="progress.now_fewer")
    load, less = case.level.load, case.level.load and lighter(case.level.load, BACK_OFF_LESS)
    place = within(case.exercise, case.level.place - 1)
    if less and less != load:
        change |= _held(less)
        then = Reason(say="progress.now_lighter", args=(less.grams, less.label))
    elif place != case.level.place and not load:
        words = words_at(case.exercise, place)
        change |= {"rung": words, "at": place}
        then = Reason(say="progress.now_easier", args=(words,)) if words else Reason(say="progress.back_to_written")
    return Verdict(
        rule=f"{BACK_OFF}.{rule}",
        way=Way.DOWN,
        reason=Reason(say=say, args=(case.exercise.name,)),
        change=change,
        then=then,
    )


def _held(load: Load) -> dict[str, Answer]:
    return {"label": load.label} if load.label else {"grams": load.grams}
