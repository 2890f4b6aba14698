"""What "easier", "harder", "slower", "faster", "louder", "quieter" and "more rest" do, now and for what is left."""

from __future__ import annotations

from dataclasses import replace

from voice_coach.routine.model import Item, Ms, OwnPace, Reps
from voice_coach.session import effort, motion, segments
from voice_coach.session.control import lead_in
from voice_coach.session.dose import Adjustment, easier, harder, repaced, rung
from voice_coach.session.events import Command, Effect, Hush, Intent, Record, Say, Sound, Tone, Volume
from voice_coach.session.lines import Key, Line
from voice_coach.session.plan import Phase, Segment
from voice_coach.session.replies import AFTER_EARCON, refuse, reply
from voice_coach.session.state import TROUBLED, Flow, Place, State, Step, World, amount_of, work_ahead
from voice_coach.session.timeline import Playhead

REST_STEP: Ms = 30_000
REST_MOST = 4  # so often may one rest be lengthened


def change_difficulty(world: World, state: State, command: Command) -> Step:
    """One rung easier or harder, from here on, for this exercise."""
    index = work_ahead(world, state)
    if index is None:
        return refuse(world, state, command)
    item = world.plan.segments[index].set.item
    before = world.adjustment(state, item)
    down = command.intent is Intent.EASIER
    after = easier(item, before) if down else harder(item, before)
    if after is None:
        return reply(world, state, Line(Key.EASIEST if down else Key.HARDEST))
    return _apply(world, state, command, item, before, after)


def change_pace(world: World, state: State, command: Command) -> Step:
    """Reps a quarter slower or quicker, from here on, for this exercise."""
    index = work_ahead(world, state)
    item = world.plan.segments[index].set.item if index is not None else None
    if item is None or not isinstance(item.amount, Reps):
        return refuse(world, state, command)
    before = world.adjustment(state, item)
    slower = command.intent is Intent.SLOWER
    after = repaced(before, 1 if slower else -1)
    if after is None:
        return reply(world, state, Line(Key.SLOWEST if slower else Key.FASTEST))
    return _apply(world, state, command, item, before, after)


def _apply(world: World, state: State, command: Command, item: Item, before: Adjustment, after: Adjustment) -> Step:
    state = replace(state, adjusted={**state.adjusted, item.exercise.id: after})
    record = adjusted(state, item, command.intent, before, after)
    line = _told(world, state, command.intent, item, before, after)
    match world.place(state):
        case Place.WORK:
            state, effects = _restart_set(world, state, line)
        case Place.PREPARE:
            state, effects = _prepare_again(world, state, line)
        case Place.PAUSED:
            state, effects = reply(world, rebuilt_while_held(world, state), line)
        case _:
            state, effects = reply(world, state, line)
    return state, [record, *effects]


def adjusted(state: State, item: Item, intent: Intent, before: Adjustment, after: Adjustment) -> Record:
    """The log entry of a change: what is in force of it from now on."""
    return Record(
        at=state.now,
        kind="adjusted",
        data={
            "exercise": item.exercise.id,
            "intent": intent.value,
            "rung": rung(item, after),
            "reps": after.reps,
            "ms": after.ms,
            "pace": after.pace,
            "rung_before": rung(item, before),
        },
    )


def _told(world: World, state: State, intent: Intent, item: Item, before: Adjustment, after: Adjustment) -> Line:
    if after.pace != before.pace:
        return Line(Key.SLOWER if intent is Intent.SLOWER else Key.FASTER)
    if rung(item, after) != rung(item, before):
        variant = world.dose(state, item).variant
        if variant is None:
            return Line(Key.AS_WRITTEN)
        return Line(Key.EASIER if intent is Intent.EASIER else Key.HARDER, (variant.say,))
    reps, ms = amount_of(world.dose(state, item))
    return Line(Key.REPS_NOW, (reps,)) if reps else Line(Key.SECONDS_NOW, (ms // 1000,))


def _position(world: World, state: State, offset: Ms) -> Ms:
    """Where on the changed WORK timeline the same work goes on: the same rep, or the same second of a hold."""
    dosage = world.dose(state, world.segment(state).set.item)
    if isinstance(dosage.amount, Reps) and dosage.tempo:
        return state.reps * dosage.tempo.rep
    return offset


def _restart_set(world: World, state: State, line: Line) -> Step:
    """Silence, the change in a sentence, a count-in, and on from the same rep or second."""
    assert state.main is not None
    dosage = world.dose(state, world.segment(state).set.item)
    if isinstance(dosage.amount, OwnPace):
        return reply(world, state, line)
    timeline = motion.build(world, state, state.index)
    position = _position(world, state, state.main.offset(state.now))
    effects: list[Effect] = [Hush(at=state.now), Sound(at=state.now, tone=Tone.HEARD)]
    if timeline.length is not None and position >= timeline.length:  # so few are asked now that it is done
        state, more = motion.finish(world, replace(state, talk_until=state.now), state.now)
        if state.flow is not Flow.RUNNING:  # that was the whole session: nothing but the summary
            return state, effects + more
        state, said = reply(world, state, line)
        return state, [*effects, *more, *(effect for effect in said if isinstance(effect, Say))]
    lead, at = lead_in(world, state, line)
    main = Playhead.at(timeline, now=at, offset=position)
    return replace(state, main=main, talk_until=at, repeatable=line), effects + lead


def _prepare_again(world: World, state: State, line: Line) -> Step:
    """The change, then what has to be told again: all of it early on, only the start when most was heard."""
    assert state.main is not None
    segment = world.segment(state)
    whole = state.main.timeline.length or 0
    planned = segment.set
    if state.main.offset(state.now) * 2 > whole:
        planned = replace(planned, introduces=False)
    timeline = segments.prepare(
        replace(planned, opens_block=False), world.dose(state, planned.item), world.speech_ms, (line,)
    )
    effects: list[Effect] = [Hush(at=state.now), Sound(at=state.now, tone=Tone.HEARD)]
    main = Playhead(timeline=timeline, began=state.now + AFTER_EARCON)
    return replace(state, main=main, talk_until=state.now), effects


def rebuilt_while_held(world: World, state: State) -> State:
    """Standing still: the segment is laid out anew, and will go on from the same rep, second, or beginning."""
    assert state.main is not None
    segment: Segment = world.segment(state)
    if segment.phase is Phase.REST:
        return state
    timeline = motion.build(world, state, state.index)
    held = 0 if segment.phase is Phase.PREPARE else _position(world, state, state.held)
    return replace(state, main=Playhead(timeline=timeline, began=state.now), held=held)


def volume(world: World, state: State, command: Command) -> Step:
    """Turn the voice up or down, and say so at the new loudness; in distress without a word."""
    louder = command.intent is Intent.LOUDER
    turn = Volume(at=state.now, step=1 if louder else -1)
    if state.flow in (*TROUBLED, Flow.CLOSING):
        return state, [turn]
    state, effects = reply(world, state, Line(Key.LOUDER if louder else Key.QUIETER))
    return state, [turn, *effects]


def more_rest(world: World, state: State, command: Command) -> Step:
    """Half a minute more of this rest."""
    assert state.main is not None
    if state.rest_added >= REST_MOST:
        return reply(world, state, Line(Key.ENOUGH_REST))
    ms = (state.main.timeline.length or 0) + REST_STEP
    timeline = motion.build_rest(world, state, state.index, ms)
    offset = state.main.offset(state.now)
    state = replace(
        state,
        main=Playhead.at(timeline, now=state.now, offset=offset),
        rest_added=state.rest_added + 1,
    )
    record = Record(at=state.now, kind="more rest", data={"added_ms": REST_STEP, "rest_ms": ms})
    state, effects = reply(world, state, Line(Key.MORE_REST, (REST_STEP // 1000,)))
    return state, [record, *effects]


def number(world: World, state: State, command: Command) -> Step:
    """The answer to a question how hard it was; or, at rest after a set at her own pace, how many reps it had.

    After a set that the coach counted it is refused: a number is the word most easily misheard, and the log would
    then be wrong without anybody noticing.
    """
    if effort.is_open(state):
        return effort.answer(world, state, command)
    segment = world.segment(state)
    if segment.phase is not Phase.REST or not isinstance(segment.set.item.amount, OwnPace):
        return refuse(world, state, command)
    record = Record(
        at=state.now,
        kind="reps reported",
        data={
            "exercise": segment.set.item.exercise.id,
            "set": segment.set.number,
            "round": segment.set.round,
            "side": segment.set.side.value if segment.set.side else None,
            "done_reps": command.value,
        },
    )
    state, effects = reply(world, state, Line(Key.REPS_NOTED, (command.value,)))
    return state, [record, *effects]
