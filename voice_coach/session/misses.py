"""What was said and not understood: a soft tone now and then, and after two in a row, once, how to use the key."""

from __future__ import annotations

from dataclasses import replace

from voice_coach.routine.model import Ms
from voice_coach.session.events import Say, Sound, Tone
from voice_coach.session.lines import Key, Line
from voice_coach.session.replies import AFTER_EARCON, gap
from voice_coach.session.state import Flow, Place, State, Step, World

TOLD_EVERY: Ms = 10_000  # a tone more often would nag somebody who talks to a visitor
IN_A_ROW: Ms = 20_000
TONE_MS: Ms = 150
RUNNING = frozenset({Place.PREPARE, Place.WORK, Place.REST})
WAITING = frozenset({Place.PAUSED, Place.STOPPED})


def unheard(world: World, state: State) -> Step:
    """Nothing moves. In distress and after the end there is no answer at all."""
    place = world.place(state)
    if place not in RUNNING | WAITING:
        return state, []
    again = state.missed_at is not None and state.now - state.missed_at <= IN_A_ROW
    told = state.told_at
    state = replace(state, missed_at=state.now)
    if again and not state.key_offered:
        line = Line(Key.MISSED if place in RUNNING else Key.MISSED_WAITING)
        at = _quiet(world, state, world.speech_ms(line))
        return replace(state, key_offered=True, told_at=state.now), [Say(at=at, line=line)]
    if told is not None and state.now - told < TOLD_EVERY:
        return state, []
    return replace(state, told_at=state.now), [Sound(at=_quiet(world, state, TONE_MS), tone=Tone.UNCLEAR)]


def understood(state: State) -> State:
    """A command was heard, be it one that means nothing here: what was missed before it is forgotten."""
    return state if state.missed_at is None or state.flow is Flow.OVER else replace(state, missed_at=None)


def _quiet(world: World, state: State, ms: Ms) -> Ms:
    """When so much sound collides with nothing that is said."""
    if world.place(state) in RUNNING:
        return gap(state, ms)
    return max(state.now, state.talk_until) + AFTER_EARCON
