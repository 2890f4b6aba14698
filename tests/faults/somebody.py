"""Somebody who trains all day: now and then she says something, with a seed, as `demo.Person` does from a script."""

from __future__ import annotations

import random
import statistics
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from voice_coach.audio.clip import Clip
from voice_coach.audio.room import RehearsalRoom
from voice_coach.commands import Vocabulary
from voice_coach.demo import PATIENCE, Person, Wish
from voice_coach.routine.model import Ms, OwnPace
from voice_coach.session.engine import Session
from voice_coach.session.events import Command, Event, Intent, Via
from voice_coach.session.state import Place

ASKS = (
    "how long",
    "how many left",
    "what's next",
    "repeat",
    "easier",
    "harder",
    "slower",
    "faster",
    "louder",
    "quieter",
)
PAUSE, RESUME = "pause", "resume"
SAYS = (*ASKS, PAUSE, RESUME)
SELDOM: tuple[Ms, Ms] = (20_000, 60_000)  # between two things she says
RESTS_MS: Ms = 5_000  # after "pause"
GIVEN_UP_MS: Ms = 60_000  # then she says "resume" whatever became of it
OWN_PACE_MS: Ms = 25_000  # then a set at her own pace is done
SAYINGS = 200  # in one session, at most


@dataclass(slots=True, kw_only=True)
class Told:
    """What became of all that was said, over many sessions."""

    said: int = 0
    heard: int = 0
    pressed: int = 0  # keys
    mistaken: int = 0  # commands that were taken and that she had not given
    answers_ms: deque[Ms] = field(default_factory=lambda: deque(maxlen=100))  # from her last sample to the command

    def answer_ms(self) -> float:
        """The median."""
        return statistics.median(self.answers_ms) if self.answers_ms else 0.0


class Somebody(Person):
    """One person in one session. What she did is added to `told`."""

    def __init__(
        self,
        session: Session,
        room: RehearsalRoom,
        clip: Callable[[str], Clip],
        words: Vocabulary,
        seed: int,
        told: Told,
    ) -> None:
        super().__init__(session, room, clip, _nothing, tuple(_wishes(words, random.Random(seed))))
        self._told = told
        self._done: tuple[int, Ms] | None = None  # the segment at her own pace that she was last done with, and when

    def poll(self) -> list[str]:
        """The keys she pressed; one of them when a set at her own pace is done."""
        keys = super().poll()
        self._told.pressed += len(keys)
        state = self._session.state
        if keys or self._session.place is not Place.WORK or state.main is None:
            return keys
        own = isinstance(self._session.world.plan.segments[state.index].set.item.amount, OwnPace)
        return ["d"] if own and state.main.offset(state.now) > OWN_PACE_MS else []

    def event(self, event: Event) -> None:
        """Whether it was what she meant, and how long that took."""
        heard, mistaken, waits = self.heard, self.mistaken, self._waits_until
        super().event(event)
        if isinstance(event, Command) and event.via is Via.VOICE:
            self._told.heard += self.heard - heard
            self._told.mistaken += self.mistaken - mistaken
            if self.heard > heard and waits is not None:
                self._told.answers_ms.append(event.at - (waits - PATIENCE))

    def reached(self, now: Ms) -> None:
        """Speak when the moment has come."""
        said = self.said
        super().reached(now)
        self._told.said += self.said - said


def _wishes(words: Vocabulary, chance: random.Random) -> Iterator[Wish]:
    """What she says, one after the other, each some time after the one before."""
    at: Ms = 0
    for _ in range(SAYINGS):
        at += chance.randint(*SELDOM)
        said = chance.choice((*ASKS, PAUSE))
        yield Wish(words=said, intent=_meant(words, said), when=_from(at))
        if said == PAUSE:
            yield Wish(words=RESUME, intent=_meant(words, RESUME), when=_paused(at + GIVEN_UP_MS))


def _meant(words: Vocabulary, said: str) -> Intent:
    match = words.match(said)
    if match is None:
        raise AssertionError(f"{said!r} is no command")
    return match.intent


def _from(at: Ms) -> Callable[[Session, Ms], bool]:
    return lambda session, now: now >= at and session.place in (Place.WORK, Place.REST)


def _paused(at_most: Ms) -> Callable[[Session, Ms], bool]:
    """A moment after the session has paused; at last also where it has not."""

    def when(session: Session, now: Ms) -> bool:
        waiting = session.state.waiting
        rested = session.place is Place.PAUSED and waiting is not None and waiting.offset(now) >= RESTS_MS
        return rested or now >= at_most

    return when


def _nothing(_at: Ms, _what: str) -> None:
    """Nobody reads it."""
