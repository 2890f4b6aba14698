"""What "how many left", "how long", "what's next", "how do I do it", "repeat" and "help" answer. Nothing moves."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from voice_coach.routine.model import Hold, Ms, Reps
from voice_coach.session import motion
from voice_coach.session.events import Command, Hush, Intent, Sound, Tone
from voice_coach.session.lines import Key, Line
from voice_coach.session.plan import Phase
from voice_coach.session.replies import AFTER_EARCON, gap, refuse, reply
from voice_coach.session.state import Flow, Place, State, Step, World, work_ahead
from voice_coach.session.timeline import Playhead

HELP = {
    Place.PREPARE: Key.HELP_PREPARE,
    Place.WORK: Key.HELP_WORK,
    Place.REST: Key.HELP_REST,
    Place.PAUSED: Key.HELP_PAUSED,
    Place.STOPPED: Key.ASK_END,
}


def how_many_left(world: World, state: State, command: Command) -> Step:
    """Reps or seconds left in this set and sets after it; between sets, how many sets are to come.

    What is told is true when it is heard, not when it was asked: a rep that has begun by then is no longer left.
    """
    ahead = work_ahead(world, state)
    if ahead is None:
        return reply(world, state, Line(Key.NEXT_END))
    planned = world.plan.segments[ahead].set
    sets_after = planned.of - planned.number
    if world.segment(state).phase is not Phase.WORK:
        return reply(world, state, Line(Key.SETS_LEFT, (sets_after + 1,)))
    match world.dose(state, planned.item).amount:
        case Reps(count=count):
            begun = _reps_begun(world, state, Line(Key.REPS_LEFT, (count, sets_after)))
            return reply(world, state, Line(Key.REPS_LEFT, (max(0, count - begun), sets_after)))
        case Hold(ms=ms):
            offset = _offset_when_told(world, state, Line(Key.TIME_LEFT, (ms // 1000, sets_after)))
            return reply(world, state, Line(Key.TIME_LEFT, (max(1, (ms - offset) // 1000), sets_after)))
    return reply(world, state, Line(Key.SETS_LEFT, (sets_after + 1,)))


def _offset_when_told(world: World, state: State, answer: Line) -> Ms:
    """Where the work will stand when such an answer begins; while paused, where it stands."""
    assert state.main is not None
    if state.flow is not Flow.RUNNING:
        return state.held
    return state.main.offset(gap(state, world.speech_ms(answer)))


def _reps_begun(world: World, state: State, answer: Line) -> int:
    """How many reps have begun when such an answer is told; while paused, how many are complete."""
    assert state.main is not None
    if state.flow is not Flow.RUNNING:
        return state.reps
    return bisect_right(state.main.timeline.points or (), _offset_when_told(world, state, answer))


def how_long(world: World, state: State, command: Command) -> Step:
    """Minutes left of the session."""
    return reply(world, state, Line(Key.SESSION_LEFT, (motion.minutes(motion.left_ms(world, state)),)))


def whats_next(world: World, state: State, command: Command) -> Step:
    """What follows the current set."""
    return reply(world, state, motion.following(world, min(state.index, len(world.plan.segments) - 1)))


def how_to(world: World, state: State, command: Command) -> Step:
    """At work one cue, another each rep; else the position and the cues in full."""
    ahead = work_ahead(world, state)
    if ahead is None:
        return refuse(world, state, command)
    exercise = world.plan.segments[ahead].set.item.exercise
    cues = exercise.cues or (exercise.start,)
    if world.place(state) is Place.WORK:
        return reply(world, state, Line(Key.TEXT, (cues[state.reps % len(cues)],)))
    return reply(world, state, Line(Key.TEXT, (" ".join((exercise.start, *exercise.cues)),)))


def repeat(world: World, state: State, command: Command) -> Step:
    """The last sentence again; while a set is prepared, all of its preparation."""
    if world.place(state) is Place.PREPARE:
        main = Playhead(timeline=motion.build(world, state, state.index), began=state.now + AFTER_EARCON)
        state = replace(state, main=main, talk_until=state.now)
        return state, [Hush(at=state.now), Sound(at=state.now, tone=Tone.HEARD)]
    if state.repeatable is None:
        return refuse(world, state, command)
    return reply(world, state, state.repeatable)


def name(world: World, state: State, command: Command) -> Step:
    """Whether commands must begin with the coach's name. Hearing sees to it; the session only says so."""
    return reply(world, state, Line(Key.NAME_ONLY if command.intent is Intent.NAME else Key.NAME_OR_NOT))


def help_(world: World, state: State, command: Command) -> Step:
    """What can be said now."""
    return reply(world, state, Line(HELP[world.place(state)]))
