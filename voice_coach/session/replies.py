"""How the coach answers without losing its place: in a gap between counts, between two sentences, or at once."""

from __future__ import annotations

from dataclasses import replace

from voice_coach.routine.model import Ms
from voice_coach.session import segments
from voice_coach.session.events import Command, Effect, Hush, Intent, Record, Say, Sound, Tone
from voice_coach.session.lines import FLEETING, Key, Line
from voice_coach.session.state import TROUBLED, Place, State, Step, World
from voice_coach.session.timeline import Playhead

AFTER_EARCON: Ms = 250
BEFORE_COUNT: Ms = 150
LONGEST_WAIT: Ms = 8_000
# Someone who counts along, or says "no" to a visitor, must not be answered in words each time.
ANSWERED_BY_TONE = frozenset(
    {
        *(Intent.NUMBER, Intent.YES, Intent.NO, Intent.NOT_SURE, Intent.ROUTINE, Intent.FALSE_ALARM),
        *(Intent.MY_BACK, Intent.JOINT, Intent.SHARP),
    }
)


def reply(world: World, state: State, line: Line) -> Step:
    """Acknowledge with a short tone and say one line, where it does not collide with what must be said."""
    earcon = Sound(at=state.now, tone=Tone.HEARD)
    ms = world.speech_ms(line)
    place = world.place(state)
    if place in (Place.WORK, Place.REST):
        at = gap(state, ms)
        return _talked(state, line, at + ms), [earcon, Say(at=at, line=line)]
    at = state.now + AFTER_EARCON
    effects: list[Effect] = [Hush(at=state.now), earcon, Say(at=at, line=line)]
    state = replace(state, talk_until=state.now)
    if place is Place.PREPARE:
        state = go_on(state, at + ms + segments.SENTENCE_GAP)
    return _talked(state, line, at + ms), effects


def _talked(state: State, line: Line, until: Ms) -> State:
    repeatable = state.repeatable if line.key in FLEETING else line
    return replace(state, talk_until=max(state.talk_until, until), repeatable=repeatable)


def go_on(state: State, at: Ms) -> State:
    """The current segment taken up again at session time `at`, from where a sentence or a rep began."""
    assert state.main is not None
    timeline = state.main.timeline
    point = timeline.resume_point(state.main.offset(state.now))
    return replace(state, main=Playhead.at(timeline, now=at, offset=point))


def gap(state: State, ms: Ms) -> Ms:
    """The earliest time from now at which `ms` of speech fit between what is being said and the next counts."""
    at = max(state.now + AFTER_EARCON, state.talk_until + BEFORE_COUNT)
    assert state.main is not None
    for start, end in state.main.timeline.speech(state.main.cursor):
        if at + ms + BEFORE_COUNT <= state.main.began + start:
            break
        at = max(at, state.main.began + end + BEFORE_COUNT)
    return min(at, max(state.now, state.talk_until) + LONGEST_WAIT)


def refuse(world: World, state: State, command: Command) -> Step:
    """ "Not now": nothing changes, and the log says so."""
    place = world.place(state)
    record = Record(
        at=state.now,
        kind="refused",
        data={"intent": command.intent.value, "place": place.value, "value": command.value},
    )
    if place in (Place.NEW, Place.OVER, Place.CLOSING):
        return state, [record]
    if state.flow in TROUBLED:  # nothing but advice, and no answer to somebody who speaks to others now
        hint, at = Line(Key.FALSE_ALARM_HINT), state.now + AFTER_EARCON
        next_advice = state.playing.deadline if state.playing else None
        runs_into = next_advice is not None and at + world.speech_ms(hint) + BEFORE_COUNT > next_advice
        if command.intent in ANSWERED_BY_TONE or state.now < state.talk_until or runs_into:
            return state, [record]
        return state, [record, Say(at=at, line=hint)]
    tone = Sound(at=state.now, tone=Tone.NOT_NOW)
    if command.intent in ANSWERED_BY_TONE:
        return state, [record, tone]
    line = Line(Key.NOT_NOW)
    running = place in (Place.PREPARE, Place.WORK, Place.REST)
    at = gap(state, world.speech_ms(line)) if running else state.now + AFTER_EARCON
    return state, [record, tone, Say(at=at, line=line)]
