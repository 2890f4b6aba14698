"""The coach without clock, sound or files: events go in, effects come out, time is an argument."""

from __future__ import annotations

from dataclasses import replace

from voice_coach.routine.model import Ms
from voice_coach.session import misses, motion, play
from voice_coach.session.events import (
    Command,
    DeviceBack,
    DeviceLost,
    Effect,
    Event,
    HeldUp,
    SpeechMs,
    Start,
    Unheard,
)
from voice_coach.session.outside import outside
from voice_coach.session.plan import Plan
from voice_coach.session.replies import refuse
from voice_coach.session.state import Flow, Place, State, Step, World
from voice_coach.session.table import TABLE


class Session:
    """One session of one plan.

    `receive` takes an event (one that lies in the past counts as now), `advance` lets time pass; both return the
    effects in the order in which they came about. The same events at the same times give the same effects, however
    the time between them is cut up. Nothing here raises: what makes no sense is refused and recorded. `emergency` is
    the number that she has told for an emergency, as digits.
    """

    def __init__(self, plan: Plan, speech_ms: SpeechMs, emergency: str = "") -> None:
        self._world = World(plan=plan, speech_ms=speech_ms, emergency=emergency)
        self._state = State(adjusted=dict(plan.adjusted))

    @property
    def state(self) -> State:
        """Where the session stands."""
        return self._state

    @property
    def world(self) -> World:
        """What does not change while it lasts; together with `state` all that there is to know."""
        return self._world

    @property
    def place(self) -> Place:
        """Where the session stands, in one word."""
        return self._world.place(self._state)

    @property
    def standing(self) -> bool:
        """Whether it stands still and "resume" would go on."""
        return self._state.flow in (Flow.PAUSED, Flow.STOPPED)

    @property
    def over(self) -> bool:
        """Whether the session has ended."""
        return self._state.flow is Flow.OVER

    @property
    def deadline(self) -> Ms | None:
        """Session time at which something happens next without an event; None when nothing does."""
        playing = self._state.playing
        return playing.deadline if playing else None

    def advance(self, to: Ms) -> list[Effect]:
        """Let session time pass up to and including `to`."""
        self._state, effects = play.advance(self._world, self._state, to)
        return effects

    def receive(self, event: Event) -> list[Effect]:
        """Let time pass up to the event, then let it happen."""
        effects = self.advance(max(event.at, self._state.now))
        self._state, more = self._handle(event)
        return effects + more

    def _handle(self, event: Event) -> Step:
        world, state = self._world, self._state
        match event:
            case Start():
                if state.flow is not Flow.NEW:
                    return state, []
                return motion.enter(world, replace(state, flow=Flow.RUNNING, started=state.now), 0, state.now)
            case Command():
                handler = TABLE.get((world.place(state), event.intent), refuse)
                return handler(world, misses.understood(state), event)
            case Unheard():
                return misses.unheard(world, state)
            case DeviceLost() | DeviceBack() | HeldUp():
                return outside(world, state, event)

    def remaining(self) -> Ms:
        """How long is left when nobody interrupts."""
        return motion.left_ms(self._world, self._state)

    def exercise(self) -> str:
        """The id of the exercise that is on, or was last."""
        return self._world.segment(self._state).set.item.exercise.id
