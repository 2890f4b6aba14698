"""How a session moves by itself from cue to cue."""

from __future__ import annotations

from dataclasses import replace

from voice_coach.routine.model import Ms
from voice_coach.session import effort, motion, pain
from voice_coach.session.events import Effect, Priority, Say, Sound, Tone
from voice_coach.session.lines import FLEETING
from voice_coach.session.state import TROUBLED, Flow, State, Step, World
from voice_coach.session.timeline import Close, Cue, Mark, RepDone, Speak


def advance(world: World, state: State, to: Ms) -> Step:
    """Play every cue up to and including session time `to`."""
    effects: list[Effect] = []
    while state.playing and (due := state.playing.deadline) is not None and due <= to:
        cue = state.playing.timeline.cues[state.playing.cursor]
        state, more = _play(world, _moved_on(state), cue, due)
        effects += more
    return replace(state, now=max(state.now, to)), effects


def _moved_on(state: State) -> State:
    if state.flow is Flow.RUNNING:
        assert state.main is not None
        return replace(state, main=state.main.moved_on())
    assert state.waiting is not None
    return replace(state, waiting=state.waiting.moved_on())


def _play(world: World, state: State, cue: Cue, at: Ms) -> Step:
    match cue.act:
        case Speak(line=line, ms=ms, priority=priority):
            if priority is Priority.TALK:
                state = replace(state, talk_until=max(state.talk_until, at + ms))
                if line.key not in FLEETING:
                    state = replace(state, repeatable=line)
            if line.key in effort.QUESTIONS:
                state = effort.opened(state, line.key, at + ms)
            if state.flow in TROUBLED:
                priority = Priority.SAFETY
            return state, [Say(at=at, line=line, priority=priority)]
        case Tone() as tone:
            return state, [Sound(at=at, tone=tone)]
        case RepDone(count=count):
            return replace(state, reps=count), []
        case Close(reason=reason):
            return motion.end(world, state, at, reason)
        case Mark.UNANSWERED:
            return pain.unanswered(world, replace(state, now=at))
        case Mark.FINISH:
            return motion.finish(world, state, at)
