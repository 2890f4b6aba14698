"""What the world outside does to a session: a device goes or comes back, a microphone falls silent, a sleep.

What was said into lost sound is said again when it is back: advice, a question about pain, what a pain led to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from voice_coach.routine.model import Ms
from voice_coach.session import motion, waiting
from voice_coach.session.events import EARS, DeviceBack, DeviceLost, HeldUp, Hitch, Hush, Reason, Record
from voice_coach.session.lines import Key, Line
from voice_coach.session.replies import reply
from voice_coach.session.state import TROUBLED, Flow, State, Step, World
from voice_coach.session.still import stand_still

# After so long the muscles are cold, and how she is has to be asked anew: as long as a session that was broken off is
# offered again [P]. She begins another one, with its questions; what she did is kept.
TOO_LATE: Ms = 3 * 3_600_000
STANDS = (Flow.RUNNING, Flow.PAUSED, Flow.STOPPED)


def outside(world: World, state: State, event: DeviceLost | DeviceBack | HeldUp) -> Step:
    """The plan stands still until "resume"; closing goes on as it is, and distress until lost sound is back.

    Somebody who has gone on with the keys meanwhile is not interrupted when a device is back.
    """
    record = _record(state, event)
    if state.flow is Flow.OVER:
        return state, [record]
    unheard = state.silent
    state = _noted(state, event)
    if state.flow in TROUBLED and unheard and not state.silent:
        assert state.waiting is not None
        return stand_still(state, state.flow, state.waiting.timeline), [Hush(at=state.now), record]
    lines = _lines(state, event)
    if state.flow not in STANDS:
        return state, [record]
    if state.flow is Flow.RUNNING and isinstance(event, DeviceBack):
        state, effects = reply(world, state, lines[0])
        return state, [record, *effects]
    if isinstance(event, HeldUp) and event.ms >= TOO_LATE:
        state, effects = motion.leave_set(world, state, state.now)
        goodbye = Line(Key.GOODBYE, (state.tally.sets,))
        state, more = motion.close(world, replace(state, main=None), state.now, goodbye, Reason.NO_ANSWER)
        return state, [Hush(at=state.now), record, *effects, *more]
    timeline = waiting.paused(world.speech_ms, *lines)
    return stand_still(state, Flow.PAUSED, timeline), [Hush(at=state.now), record]


def _noted(state: State, event: DeviceLost | DeviceBack | HeldUp) -> State:
    """Whether she can hear and be heard from now on. Ears that have failed for good do not come back."""
    match event:
        case DeviceLost():
            return replace(state, silent=True)
        case HeldUp(hitch=Hitch.EARS):
            return replace(state, deaf=Key.KEYS_ONLY)
        case HeldUp(hitch=Hitch.DEAF) if state.deaf is None:
            return replace(state, deaf=Key.NOTHING_HEARD)
        case DeviceBack(what=what) if what != EARS:
            return replace(state, silent=False, deaf=None if state.deaf is Key.NOTHING_HEARD else state.deaf)
    return state


def _lines(state: State, event: DeviceLost | DeviceBack | HeldUp) -> tuple[Line, ...]:
    """What is said of it, the news first; then what a pause was for, which she may not have heard."""
    kept = waiting.reasons(state.waiting) if state.flow is Flow.PAUSED else ()
    paused = (*kept, Line(state.deaf)) if state.deaf else kept or (Line(Key.PAUSED),)
    match event:
        case DeviceLost(what=what):
            return Line(Key.DEVICE_LOST, (what,)), *kept
        case DeviceBack(what=what) if what == EARS:
            return Line(Key.NOT_LISTENED), *paused
        case DeviceBack(what=what):
            return Line(Key.DEVICE_BACK, (what,)), *paused
        case HeldUp(hitch=Hitch.DEAF):
            return Line(Key.NOTHING_HEARD), *kept
        case HeldUp(hitch=Hitch.EARS):
            return Line(Key.KEYS_ONLY), *kept
        case HeldUp():
            return Line(Key.HELD_UP), *paused


def _record(state: State, event: DeviceLost | DeviceBack | HeldUp) -> Record:
    data: Mapping[str, str | int | bool | None]
    match event:
        case HeldUp(hitch=hitch, ms=ms):
            kind, data = "held up", {"by": hitch.value, "ms": ms}
        case DeviceLost(what=what):
            kind, data = "device lost", {"what": what}
        case DeviceBack(what=what):
            kind, data = "device back", {"what": what}
    return Record(at=state.now, kind=kind, data=data)
