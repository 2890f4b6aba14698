"""What "pause", "resume", "stop", "skip", "back" and "done" do. One function an intent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from voice_coach.routine.model import Ms, OwnPace
from voice_coach.session import motion, segments, waiting
from voice_coach.session.events import (
    Command,
    Effect,
    Hush,
    Priority,
    Reason,
    Record,
    Say,
    Sound,
    Tone,
)
from voice_coach.session.lines import Key, Line
from voice_coach.session.plan import Phase, PlannedSet
from voice_coach.session.replies import AFTER_EARCON, refuse, reply
from voice_coach.session.state import Flow, State, Step, World
from voice_coach.session.still import silenced, stand_still
from voice_coach.session.timeline import Close, Playhead


def pause(world: World, state: State, command: Command) -> Step:
    """Silent at once; the plan stands still until "resume"."""
    timeline = waiting.paused(world.speech_ms, Line(Key.PAUSED))
    return silenced(stand_still(state, Flow.PAUSED, timeline), "paused", command)


def stop(world: World, state: State, command: Command) -> Step:
    """Silent at once, then the question whether to end; goes on only on "resume"."""
    return silenced(stand_still(state, Flow.STOPPED, waiting.stopped(world.speech_ms)), "stopped", command)


def resume(world: World, state: State, command: Command) -> Step:
    """On with the plan: a rest from the same second, a set from the same rep after a count-in."""
    if state.main is None:
        return refuse(world, state, command)
    effects: list[Effect] = [
        Hush(at=state.now),
        Sound(at=state.now, tone=Tone.HEARD),
        Record(at=state.now, kind="resumed", data={"via": command.via.value}),
    ]
    timeline = state.main.timeline
    point = timeline.resume_point(state.held)
    state = replace(state, flow=Flow.RUNNING, waiting=None, talk_until=state.now)
    if timeline.length is not None and state.held >= timeline.length:  # made so much shorter meanwhile that it is done
        state = replace(state, main=Playhead.at(timeline, now=state.now, offset=state.held), held=0)
        state, more = motion.finish(world, state, state.now)
        return state, effects + more
    at = state.now
    if world.segment(state).phase is not Phase.REST:
        lead, at = lead_in(world, state, Line(Key.RESUMING))
        effects += lead
    return replace(state, main=Playhead.at(timeline, now=at, offset=point), held=0, talk_until=at), effects


def lead_in(world: World, state: State, line: Line) -> tuple[list[Effect], Ms]:
    """A line, then before counted work "three, two, one". Returns the effects and when the segment goes on."""
    at = state.now + AFTER_EARCON
    effects: list[Effect] = [Say(at=at, line=line)]
    at += world.speech_ms(line) + segments.SENTENCE_GAP
    own_pace = isinstance(world.dose(state, world.segment(state).set.item).amount, OwnPace)
    if world.segment(state).phase is Phase.WORK and not own_pace:
        for number in segments.COUNT_IN:
            effects.append(Sound(at=at, tone=Tone.TICK))
            effects.append(Say(at=at, line=Line(Key.NUMBER, (number,)), priority=Priority.COUNT))
            at += segments.BEAT
    return effects, at


def yes(world: World, state: State, command: Command) -> Step:
    """Asked whether to end: yes. A set that was under way is logged."""
    state, effects = motion.leave_set(world, state, state.now)
    line = Line(Key.GOODBYE, (state.tally.sets,))
    state, more = motion.close(world, replace(state, main=None), state.now, line, Reason.ENDED)
    return state, [Hush(at=state.now), *effects, *more]


def no(world: World, state: State, command: Command) -> Step:
    """Asked whether to end: no. The session stays still until "resume"."""
    timeline = waiting.paused(world.speech_ms, Line(Key.STAY_PAUSED))
    return silenced(stand_still(state, Flow.PAUSED, timeline), "paused", command)


def close_now(world: World, state: State, command: Command) -> Step:
    """While the last words are said: end at once."""
    assert state.waiting is not None
    last = state.waiting.timeline.cues[-1].act
    assert isinstance(last, Close)
    state, effects = motion.end(world, state, state.now, last.reason)
    return state, [Hush(at=state.now), *effects]


def skip(world: World, state: State, command: Command) -> Step:
    """Leave out what is on: the rest, what is prepared, or what is left of a set that has begun.

    While an exercise is announced that is all of it in this round; later only the set, or its other side.
    """
    segment = world.segment(state)
    effects: list[Effect] = []
    if segment.phase is Phase.PREPARE:
        whole = segment.set.number == 1 and not segment.set.other_side
        target = _next_prepare(
            world, state.index + 1, lambda then: not then.other_side and (then.number == 1 or not whole)
        )
        for index in range(state.index, min(target, len(world.plan.segments))):
            if world.plan.segments[index].phase is Phase.WORK:
                effects += motion.skipped(world, state, index, state.now)
    elif segment.phase is Phase.WORK:
        begun = state.reps > 0 or _offset(state) >= motion.BARELY_BEGUN
        state, effects = motion.leave_set(world, state, state.now)
        target = state.index + 1 if begun else _next_prepare(world, state.index)
    else:
        target = _next_prepare(world, state.index)
    return _jump(world, state, target, Line(Key.SKIPPED), effects)


def back(world: World, state: State, command: Command) -> Step:
    """Do the current set again from its start; while one is prepared or rested for, the set before."""
    segment = world.segment(state)
    effects: list[Effect] = []
    before = state.index if segment.phase is Phase.PREPARE else state.index + 1
    done = [(i, then) for i, then in enumerate(world.plan.segments[:before]) if then.phase is Phase.PREPARE]
    prepares = [i for i, then in done if then.set.item.exercise.id not in state.left_out]
    if not prepares:
        return reply(world, state, Line(Key.FIRST_ALREADY))
    if segment.phase is Phase.WORK:
        state, effects = motion.leave_set(world, state, state.now)
    return _jump(world, state, prepares[-1], Line(Key.GOING_BACK), effects)


def done(world: World, state: State, command: Command) -> Step:
    """The set is over because she says so."""
    own_pace = isinstance(world.dose(state, world.segment(state).set.item).amount, OwnPace)
    state, effects = motion.record_set(world, state, state.now, completed=own_pace)
    state, more = motion.enter(world, replace(state, talk_until=state.now), state.index + 1, state.now)
    return state, [Hush(at=state.now), Sound(at=state.now, tone=Tone.HEARD), *effects, *more]


def _offset(state: State) -> Ms:
    if state.main is None:
        return 0
    return state.main.offset(state.now) if state.flow is Flow.RUNNING else state.held


def _next_prepare(world: World, start: int, wanted: Callable[[PlannedSet], bool] = lambda _: True) -> int:
    for index in range(start, len(world.plan.segments)):
        segment = world.plan.segments[index]
        if segment.phase is Phase.PREPARE and wanted(segment.set):
            return index
    return len(world.plan.segments)


def _jump(world: World, state: State, target: int, line: Line, effects: list[Effect]) -> Step:
    """Go to another segment after a short word; a session that stands still goes on standing there."""
    at = state.now + AFTER_EARCON
    say = Say(at=at, line=line)
    effects = [Hush(at=state.now), Sound(at=state.now, tone=Tone.HEARD), *effects, say]
    begins = at + world.speech_ms(line) + segments.SENTENCE_GAP
    was, still = state.flow, state.waiting
    state = replace(state, flow=Flow.RUNNING, waiting=None)
    state, more = motion.enter(world, state, target, begins, opening=False)
    state = replace(state, talk_until=begins)
    if was is Flow.PAUSED and state.flow is Flow.RUNNING:
        state = replace(state, flow=Flow.PAUSED, waiting=still, held=0)
    return state, effects + more
