"""A session on virtual time that is watched as the loop watches it, block by block, and what the screen showed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.sessions import speech_ms
from voice_coach.audio.clip import BLOCK_MS
from voice_coach.live import Machine
from voice_coach.routine.model import Ms
from voice_coach.screen.shown import Scene, Shown
from voice_coach.screen.watching import Watching
from voice_coach.session.engine import Session
from voice_coach.session.events import Effect, Event, Start
from voice_coach.session.plan import Plan


@dataclass
class Seen:
    """Every value that was shown, with how much sound had been handed over by then; and all effects."""

    values: list[tuple[Ms, Shown]] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)

    def at(self, ms: Ms) -> Shown:
        """What the page showed when so much had been handed over."""
        return [shown for at, shown in self.values if at <= ms][-1]

    def first(self, wanted: Callable[[Shown], bool]) -> tuple[Ms, Shown]:
        """The first value of its kind, and when it came."""
        return next((at, shown) for at, shown in self.values if wanted(shown))

    def scene(self, scene: Scene) -> Shown:
        """The first value of a scene."""
        return self.first(lambda shown: shown.scene is scene)[1]

    @property
    def last(self) -> Shown:
        return self.values[-1][1]


def watch(
    machine: Machine, events: Sequence[Event], until: Ms, late: Ms = 0, unheard: Sequence[tuple[Ms, str]] = ()
) -> Seen:
    """Drive a machine until it is over, or so far."""
    seen, now = Seen(), 0
    watching = Watching(
        machine, lambda exercise: bool(exercise.id), lambda shown: seen.values.append((now, shown)), lambda: late
    )
    waiting, words = sorted(events, key=lambda event: event.at), sorted(unheard)
    while not machine.over and now < until:
        while waiting and waiting[0].at < now + BLOCK_MS:
            event = waiting.pop(0)
            watching.event(event)
            _perform(watching, seen, machine.receive(event))
        while words and words[0][0] < now + BLOCK_MS:
            watching.unheard(*words.pop(0))
        _perform(watching, seen, machine.advance(now + BLOCK_MS - 1))
        now += BLOCK_MS
        watching.reached(now)
    return seen


def _perform(watching: Watching, seen: Seen, effects: list[Effect]) -> None:
    if effects:
        seen.effects += effects
        watching.effects(effects)


def session(plan: Plan, *events: Event, until: Ms = 600_000, late: Ms = 0, emergency: str = "") -> Seen:
    """A session of this plan."""
    return watch(Session(plan, speech_ms, emergency), [Start(at=0), *events], until, late)
