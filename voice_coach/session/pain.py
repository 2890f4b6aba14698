"""Pain: where it is, how strong, and what follows for the movement that is on (EVIDENCE 1.4).

Each step leads to the careful side where nothing is answered: a pain without a place is taken for one of the back, one
of a joint without a number for a strong one. Nothing goes on by itself.
"""

from __future__ import annotations

from dataclasses import replace

from voice_coach.session import change, motion, waiting
from voice_coach.session.dose import easier, rung
from voice_coach.session.events import Command, Hush, Intent, Reason, Record, Trouble
from voice_coach.session.lines import Key, Line
from voice_coach.session.plan import Phase
from voice_coach.session.replies import refuse
from voice_coach.session.state import Flow, State, Step, World
from voice_coach.session.still import advise, pause_after, stand_still

WORST = 10
STRONG = 6  # the movement ends (EVIDENCE 1.4, "joint pain 6+")
NOTABLE = 4  # it is made easier (the same, "joint pain 4-5")
JOINTS = ("knee", "hip", "shoulder", "wrist", "ankle", "elbow")


def exercise(world: World, state: State) -> str:
    """The id of the movement that is on; "" when all is done."""
    return world.segment(state).set.item.exercise.id if state.main else ""


def ask_where(world: World, state: State, phrase: str) -> State:
    """Pain without a place: one short question."""
    timeline = waiting.question(world.speech_ms, Key.ASK_WHERE)
    return replace(stand_still(state, Flow.WHERE, timeline), distress=Intent.PAIN)


def ask_strength(world: World, state: State, phrase: str) -> State:
    """Pain of a joint, which `phrase` may name: how strong?"""
    timeline = waiting.question(world.speech_ms, Key.ASK_STRENGTH)
    named = next((joint for joint in JOINTS if joint in phrase.split()), "joint")
    return replace(stand_still(state, Flow.STRENGTH, timeline), distress=Intent.JOINT_PAIN, hurts=named)


def ask_again(world: World, state: State, command: Command) -> Step:
    """ "Repeat" and "help": the same question."""
    key = Key.ASK_WHERE if state.flow is Flow.WHERE else Key.ASK_STRENGTH
    return stand_still(state, state.flow, waiting.question(world.speech_ms, key)), [Hush(at=state.now)]


def joint(world: World, state: State, command: Command) -> Step:
    """Asked where: in a joint."""
    return ask_strength(world, state, command.phrase), [Hush(at=state.now)]


def back(world: World, state: State, command: Command) -> Step:
    """Asked where: in the back, or she is not sure, or it is none of the three."""
    state, effects = _advised(world, state, "back" if command.intent is Intent.MY_BACK else None)
    return state, [Hush(at=state.now), *effects]


def strength(world: World, state: State, command: Command) -> Step:
    """Asked how strong: a number."""
    if command.value > WORST:
        return refuse(world, state, command)
    state, effects = _felt(world, state, command.value)
    return state, [Hush(at=state.now), *effects]


def sharp(world: World, state: State, command: Command) -> Step:
    """Asked how strong: sharp, or she cannot say."""
    state, effects = _felt(world, state, None)
    return state, [Hush(at=state.now), *effects]


def unanswered(world: World, state: State) -> Step:
    """Nobody has answered the question."""
    if state.flow is Flow.WHERE:
        return _advised(world, state, None)
    return _felt(world, state, None)


def end(world: World, state: State, command: Command) -> Step:
    """End the session without another word, and without an answer."""
    trouble = Trouble.BACK_PAIN if state.flow is Flow.WHERE else Trouble.SHARP_PAIN
    record = _record(world, state, state.hurts, None, trouble, "ended")
    state, effects = motion.end(world, state, state.now, Reason.DISTRESS)
    return state, [Hush(at=state.now), record, *effects]


def _record(
    world: World, state: State, place: str | None, level: int | None, trouble: Trouble | None, action: str
) -> Record:
    data = {"exercise": exercise(world, state), "place": place, "level": level}
    return Record(
        at=state.now, kind="pain", data={**data, "trouble": trouble.value if trouble else None, "action": action}
    )


def _advised(world: World, state: State, place: str | None) -> Step:
    """The advice for a pain of the back; there is no more training today."""
    record = _record(world, state, place, None, Trouble.BACK_PAIN, "advice")
    return advise(world, state, Intent.BACK_PAIN), [record]


def _felt(world: World, state: State, level: int | None) -> Step:
    """What follows from the strength of a pain in a joint; None is no number, or sharp."""
    if level is None or level >= STRONG:
        trouble: Trouble | None = Trouble.SHARP_PAIN
        action = "left out"
    elif level >= NOTABLE:
        trouble, action = Trouble.JOINT_PAIN, "easier" if _can_ease(world, state) else "left out"
    else:
        trouble, action = None, "paused"
    record = _record(world, state, state.hurts, level, trouble, action)
    if state.main is None:  # it came during the last words
        state, effects = motion.last_words(world, state)
    elif action == "left out":
        state, effects = _leave_out(world, state)
    elif action == "easier":
        state, effects = _ease(world, state)
    else:
        state, effects = pause_after(world, state, Line(Key.PAIN_RESTING)), []
    return state, [record, *effects]


def _can_ease(world: World, state: State) -> bool:
    """Whether there is an easier rung, and it was not taken for pain already."""
    if state.main is None:
        return False
    item = world.segment(state).set.item
    lowest = -len(item.exercise.easier)
    return item.exercise.id not in state.eased and rung(item, world.adjustment(state, item)) > lowest


def _ease(world: World, state: State) -> Step:
    """One rung easier from here on; paused."""
    item = world.segment(state).set.item
    before = world.adjustment(state, item)
    after = easier(item, before)
    assert after is not None
    state = replace(
        state,
        adjusted={**state.adjusted, item.exercise.id: after},
        eased=state.eased | {item.exercise.id},
    )
    record = change.adjusted(state, item, Intent.JOINT_PAIN, before, after)
    variant = world.dose(state, item).variant
    line = Line(Key.PAIN_EASIER, (variant.say if variant else "",))
    return pause_after(world, change.rebuilt_while_held(world, state), line), [record]


def _leave_out(world: World, state: State) -> Step:
    """No more of this movement today: on to what follows it, and paused there."""
    phase = world.segment(state).phase
    out = exercise(world, state)
    state, effects = motion.leave_set(world, state, state.now)  # the set that was on; the others as they are passed
    begin = state.index + (phase is Phase.WORK)
    state = replace(state, left_out=state.left_out | {out}, flow=Flow.RUNNING, waiting=None, to_ask="")
    state, more = motion.enter(world, state, begin, state.now, opening=False)
    if state.flow is Flow.RUNNING:
        state = replace(pause_after(world, state, Line(Key.PAIN_LEFT_OUT)), held=0)
    return replace(state, distress=None, hurts=None), [*effects, *more]
