"""How a session goes into a segment and out of it: what is laid out, what is logged of a set, and how it all ends."""

from __future__ import annotations

from dataclasses import replace

from voice_coach.routine.model import Item, Ms, OwnPace, Reps
from voice_coach.session import effort, segments, waiting
from voice_coach.session.dose import rung
from voice_coach.session.events import Effect, End, Reason, Record
from voice_coach.session.lines import Key, Line
from voice_coach.session.plan import Phase, PlannedSet
from voice_coach.session.state import Flow, State, Step, Tally, World, amount_of
from voice_coach.session.timeline import Playhead, Timeline

OWN_PACE_REP: Ms = 5_000  # estimate for the time that is left; the person decides
BARELY_BEGUN: Ms = 3_000  # a hold, or a set at her own pace, that is left this early counts as skipped, not as done


def build(world: World, state: State, index: int, *, opening: bool = True) -> Timeline:
    """The timeline of a segment with today's adjustments; the first one begins with the opening."""
    segment = world.plan.segments[index]
    planned, dosage = segment.set, world.dose(state, segment.set.item)
    if segment.phase is Phase.PREPARE:
        first = _opening(world, state) if opening and index == 0 else ()
        return segments.prepare(planned, dosage, world.speech_ms, first, asks=effort.due(world, state, index))
    if segment.phase is Phase.WORK:
        return segments.work(planned, dosage, world.speech_ms)
    return build_rest(world, state, index, segment.ms)


def build_rest(world: World, state: State, index: int, ms: Ms) -> Timeline:
    """A rest of `ms`. What is told at its beginning lies at the same offsets however long it has become."""
    segment = world.plan.segments[index]
    due = effort.due(world, state, index)
    second = state.asked is not None and state.asked.key is Key.ASK_RESERVE
    return segments.rest(
        ms,
        world.speech_ms,
        following(world, index, state.left_out),
        told=segment.ms,
        ask_reps=isinstance(world.dose(state, segment.set.item).amount, OwnPace),
        praise=effort.praise(world, state, index) if due else None,
        asks=due and not second,
    )


def _opening(world: World, state: State) -> tuple[Line, ...]:
    """What is said before the first exercise."""
    return Line(Key.OPENING, (world.plan.title, minutes(total_ms(world, state)))), Line(Key.ROOM_CHECK)


def opening_ms(world: World) -> Ms:
    """How long the opening takes."""
    return sum(world.speech_ms(line) + segments.SENTENCE_GAP for line in _opening(world, State()))


def length(world: World, state: State, index: int) -> Ms:
    """How long a segment lasts, an estimate where the person ends it; an opening is not counted."""
    segment = world.plan.segments[index]
    amount = world.dose(state, segment.set.item).amount
    if segment.phase is Phase.REST:
        return segment.ms
    if segment.phase is Phase.PREPARE:
        dosage = world.dose(state, segment.set.item)
        return segments.prepare(segment.set, dosage, world.speech_ms).length or 0
    if isinstance(amount, OwnPace):
        return amount.target * OWN_PACE_REP
    return segments.work(segment.set, world.dose(state, segment.set.item), world.speech_ms).length or 0


def total_ms(world: World, state: State) -> Ms:
    """How long the whole plan lasts when nobody interrupts it."""
    return sum(length(world, state, index) for index in range(len(world.plan.segments)))


def left_ms(world: World, state: State) -> Ms:
    """How long is left from here."""
    if state.index >= len(world.plan.segments) or state.main is None:
        return 0
    offset = state.main.offset(state.now) if state.flow is Flow.RUNNING else state.held
    whole = state.main.timeline.length  # a rest that was made longer; None at her own pace
    if whole is None:
        whole = length(world, state, state.index)
    current = max(0, whole - offset)
    to_come = range(state.index + 1, len(world.plan.segments))
    return current + sum(length(world, state, index) for index in to_come if not _left_out(world, state, index))


def _left_out(world: World, state: State, index: int) -> bool:
    return world.plan.segments[index].set.item.exercise.id in state.left_out


def minutes(ms: Ms) -> int:
    """Whole minutes as they are told, never 0."""
    return max(1, round(ms / 60_000))


def following(world: World, index: int, left_out: frozenset[str] = frozenset()) -> Line:
    """What comes after the set of segment `index`, as it is announced."""
    now = world.plan.segments[index].set
    for segment in world.plan.segments[index + 1 :]:
        if segment.phase is Phase.PREPARE and segment.set.item.exercise.id not in left_out:
            return _preview(now, segment.set)
    return Line(Key.NEXT_END)


def _preview(now: PlannedSet, then: PlannedSet) -> Line:
    if then.item.exercise.id != now.item.exercise.id or then.round != now.round:
        return Line(Key.NEXT_EXERCISE, (then.item.exercise.name,))
    if then.other_side and then.side:
        return Line(Key.NEXT_SIDE, (then.side.value,))
    return Line(Key.NEXT_SET, (then.number, then.of))


def enter(world: World, state: State, index: int, at: Ms, *, opening: bool = True) -> Step:
    """Begin segment `index` exactly at `at`, or close the session when the plan is through.

    What is left out today is passed over, and its sets are logged as such.
    """
    effects: list[Effect] = []
    while index < len(world.plan.segments) and _left_out(world, state, index):
        if world.plan.segments[index].phase is Phase.WORK:
            effects += skipped(world, state, index, at)
        index += 1
    state = replace(state, index=index, reps=0, rest_added=0, held=0, asked=None)
    if index >= len(world.plan.segments):
        state = replace(state, main=None)
        line = Line(Key.SUMMARY, (len(state.tally.exercises), state.tally.sets, minutes(at - state.started)))
        state, last = close(world, state, at, line, Reason.COMPLETED)
        return state, effects + last
    return replace(state, main=Playhead(timeline=build(world, state, index, opening=opening), began=at)), effects


def close(world: World, state: State, at: Ms, line: Line, reason: Reason) -> Step:
    """Say the last sentence and end."""
    timeline = waiting.closing(world.speech_ms, line, reason)
    return replace(state, flow=Flow.CLOSING, waiting=Playhead(timeline=timeline, began=at)), []


def finish(world: World, state: State, at: Ms) -> Step:
    """The segment is over by itself: a WORK counts as completed; the next segment begins.

    It waits for an answer that is still being spoken, except after a count-in, which leads straight into the work.
    """
    effects: list[Effect] = []
    phase = world.segment(state).phase
    if phase is Phase.WORK:
        state, effects = record_set(world, state, at, completed=True)
    begins = at if phase is Phase.PREPARE else max(at, state.talk_until)
    state, more = enter(world, state, state.index + 1, begins)
    return state, effects + more


def last_words(world: World, state: State) -> Step:
    """Goodbye once more, where distress has cut the last words."""
    line = Line(Key.GOODBYE, (state.tally.sets,))
    reason = Reason.COMPLETED if state.index >= len(world.plan.segments) else Reason.ENDED
    return close(world, replace(state, distress=None, hurts=None), state.now, line, reason)


def end(world: World, state: State, at: Ms, reason: Reason) -> Step:
    """The session is over; a set that was under way is logged."""
    state, effects = leave_set(world, state, at)
    return replace(state, flow=Flow.OVER, waiting=None, main=None), [*effects, End(at=at, reason=reason)]


def skipped(world: World, state: State, index: int, at: Ms) -> list[Effect]:
    """The log entry of a set of which nothing is done."""
    return record_set(world, replace(state, index=index, main=None, reps=0), at, completed=False)[1]


def leave_set(world: World, state: State, at: Ms) -> Step:
    """The log entry of a set that is left before its end; nothing where no set is under way."""
    if state.main is None or world.segment(state).phase is not Phase.WORK:
        return state, []
    return record_set(world, state, at, completed=False)


def record_set(world: World, state: State, at: Ms, *, completed: bool) -> Step:
    """Log the current WORK as planned and as done, and count it for the summary if anything was done."""
    planned = world.segment(state).set
    dosage = world.dose(state, planned.item)
    reps, _ = amount_of(dosage)
    own_pace = isinstance(dosage.amount, OwnPace)
    worked = _worked_ms(state, at)
    done_reps = None if own_pace or not reps else max(state.reps, reps if completed else 0)
    counted = isinstance(dosage.amount, Reps)
    did_something = completed or state.reps > 0 or (not counted and worked >= BARELY_BEGUN)
    entry = set_entry(planned, world, state)
    entry |= {"done_reps": done_reps, "done_ms": worked, "completed": completed, "skipped": not did_something}
    if did_something:
        tally, exercise = state.tally, planned.item.exercise.id
        state = replace(
            state,
            tally=Tally(sets=tally.sets + 1, exercises=tally.exercises | {exercise}),
            whole=completed,
            to_ask=exercise if planned.item.asks else "",
        )
    return state, [Record(at=at, kind="set", data=entry)]


def _worked_ms(state: State, at: Ms) -> Ms:
    if state.main is None:
        return 0
    return state.main.offset(at) if state.flow is Flow.RUNNING else state.held


def set_entry(planned: PlannedSet, world: World, state: State) -> dict[str, str | int | bool | None]:
    """The planned half of a set's log entry: plain values, see README for their meaning."""
    item: Item = planned.item
    dosage = world.dose(state, item)
    reps, ms = amount_of(dosage)
    tempo = dosage.tempo
    return {
        "exercise": item.exercise.id,
        "name": item.exercise.name,
        "block": planned.block,
        "set": planned.number,
        "of": planned.of,
        "round": planned.round,
        "side": planned.side.value if planned.side else None,
        "planned_reps": amount_of(world.dose(replace(state, adjusted={}), item))[0] or None,
        "planned_ms": amount_of(world.dose(replace(state, adjusted={}), item))[1] or None,
        "target_reps": reps or None,
        "target_ms": ms or None,
        "own_pace": isinstance(dosage.amount, OwnPace),
        "tempo": f"{tempo.lift}-{tempo.hold}-{tempo.lower}" if tempo else None,
        "rung": rung(item, world.adjustment(state, item)),
        "variant": dosage.variant.say if dosage.variant else None,
        "load_g": item.load.grams or None if item.load else None,
        "load": item.load.label or None if item.load else None,
    }
