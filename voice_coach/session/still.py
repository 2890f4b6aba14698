"""Holding the plan where it is, while something else plays: a pause, a question, advice."""

from __future__ import annotations

from dataclasses import replace

from voice_coach.session import waiting
from voice_coach.session.events import Command, Hush, Intent, Record
from voice_coach.session.lines import Line
from voice_coach.session.state import TROUBLED, Flow, State, Step, World
from voice_coach.session.timeline import Playhead, Timeline


def stand_still(state: State, flow: Flow, timeline: Timeline) -> State:
    """Hold the plan where it is and let `timeline` play instead."""
    held = state.held
    if state.flow is Flow.RUNNING:
        assert state.main is not None
        held = state.main.offset(state.now)
    return replace(
        state,
        flow=flow,
        held=held,
        waiting=Playhead(timeline=timeline, began=state.now),
        talk_until=state.now,
        distress=state.distress if flow in TROUBLED else None,
        hurts=state.hurts if flow is Flow.STRENGTH else None,
    )


def pause_after(world: World, state: State, line: Line) -> State:
    """Paused after pain or a false alarm: what that led to, and the keys where she can no longer be heard."""
    lines = (line, Line(state.deaf)) if state.deaf else (line,)
    return stand_still(state, Flow.PAUSED, waiting.paused(world.speech_ms, *lines))


def silenced(state: State, kind: str, command: Command) -> Step:
    """Silence, and a record of whose command it was."""
    record = Record(at=state.now, kind=kind, data={"intent": command.intent.value, "via": command.via.value})
    return state, [Hush(at=state.now), record]


def advise(world: World, state: State, intent: Intent) -> State:
    """The fixed advice of a distress word plays."""
    timeline = waiting.distress(world.speech_ms, intent, world.emergency)
    return replace(stand_still(state, Flow.DISTRESS, timeline), distress=intent)
