"""A room, its clocks and a person, made by hand, with levers: what is heard, what is lost, what time it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone

import numpy as np

from voice_coach.audio.clip import BLOCK_MS, Pcm
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import DeviceLostError, NullRoom
from voice_coach.errors import AudioError
from voice_coach.observer import Observer
from voice_coach.routine.model import Ms
from voice_coach.session.engine import Session
from voice_coach.session.events import Command, Effect, Event, Intent, Record, Say
from voice_coach.speech.ears import Report, Utterance
from voice_coach.watch import Reading

PATIENCE_S = 2.0  # of a device that no longer answers, before it is lost
NOISE = np.random.default_rng(3).integers(-12, 13, (50, 320)).astype(np.int16)  # a quiet room, about -75 dBFS
NOON = datetime(2026, 3, 2, 12, tzinfo=timezone.utc).timestamp()


@dataclass
class Clocks:
    """The clocks of a machine. `wall` may be set; `steady` stands still in a sleep where it does not count sleep."""

    wall: float = NOON
    steady: float = 5_000.0
    counts_sleep: bool = True

    def __call__(self) -> Reading:
        return Reading(wall=self.wall, steady=self.steady, counts_sleep=self.counts_sleep)

    def now(self) -> datetime:
        """As the log is told."""
        return datetime.fromtimestamp(self.wall, timezone.utc)

    def passes(self, seconds: float) -> None:
        """Awake."""
        self.wall += seconds
        self.steady += seconds

    def sleeps(self, seconds: float) -> None:
        """Asleep."""
        self.wall += seconds
        self.steady += seconds if self.counts_sleep else 0.0


@dataclass
class Hall:
    """A sound card in a quiet room. Times are those of the mixer; from `begins` to `ends` its lever is pulled."""

    clocks: Clocks
    mixer: Mixer
    begins: Ms
    ends: Ms
    silent: int | None = None  # this value in every sample instead of the room
    away: bool = False  # no block comes; it is lost, and is not found before `ends`
    stumbles: bool = False  # every second a block is lost, in turn on the way in and on the way out
    leap: Callable[[Clocks], None] | None = None  # what happens to the clocks at `begins`, once
    dies: bool = False  # of that, too
    name: str = "hall"
    realtime: bool = True
    under: int = 0
    over: int = 0
    works: bool = True
    _turn: int = 0

    def pulled(self, at: Ms) -> bool:
        """Whether the lever is pulled then."""
        return self.begins <= at < self.ends

    def exchange(self, played: Pcm) -> Pcm:
        at = self.mixer.now_ms - BLOCK_MS  # of the first sample of the block, which the mixer has rendered by now
        self._turn += 1
        self.clocks.passes(BLOCK_MS / 1_000)
        if self.leap is not None and at >= self.begins:
            self.leap(self.clocks)
            self.leap = None
            self.works = not self.dies
        if self.away and self.pulled(at):
            self.works = False
        if not self.works:
            self.clocks.passes(PATIENCE_S)
            raise DeviceLostError("the hall no longer answers")
        if self.silent is not None and self.pulled(at):
            return np.full(len(played), self.silent, dtype=np.int16)
        if self.stumbles and self.pulled(at) and self._turn % 50 == 0:
            self.under, self.over = self.under + self._turn // 50 % 2, self.over + (self._turn // 50 + 1) % 2
            return np.zeros(len(played), dtype=np.int16)
        heard: Pcm = NOISE[self._turn % len(NOISE)][: len(played)]
        return heard

    def reopen(self) -> None:
        if self.away and self.pulled(self.mixer.now_ms):
            raise AudioError("there is no hall")
        self.works = True

    def close(self) -> None:
        """Nothing to give up."""


class Away(NullRoom):
    """What keeps the pace while the hall is lost."""

    realtime = True

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks

    def exchange(self, played: Pcm) -> Pcm:
        self._clocks.passes(BLOCK_MS / 1_000)
        return super().exchange(played)


AGAIN: Ms = 2_500  # she says it again when nothing has come of it


@dataclass
class Person(Observer):
    """Says "go on", or presses the key, as soon as all is well again and the coach stands still and has told her so."""

    hall: Hall
    by_key: bool
    session: Session | None = None
    events: list[Event] = field(default_factory=list)
    effects_: list[Effect] = field(default_factory=list)
    _talked: Ms = 0  # until when the coach talks
    _next: Ms = 0
    _saying: bool = False
    name = "a person"
    unknown_phrases: tuple[str, ...] = ()

    # As a keyboard
    def poll(self) -> list[str]:
        now = self.hall.mixer.now_ms
        session = self.session
        if session is None or not session.standing or self.hall.pulled(now) or now < max(self._next, self._talked):
            return []
        self._next = now + AGAIN
        if self.by_key:
            return ["r"]
        self._saying = True
        return []

    # As what is heard of her
    def accept(self, block: Pcm) -> list[Report]:
        said, self._saying = self._saying and bool(np.ptp(block.astype(int)) > 1), False
        now = self.hall.mixer.now_ms
        return [Utterance(text="go on", start_ms=now - 400, end_ms=now)] if said else []

    def flush(self) -> list[Utterance]:
        return []

    def listen_for(self, phrases: Sequence[str]) -> None:
        """She needs but two words."""

    def close(self) -> None:
        """Nothing to give up."""

    # As one who watches
    def event(self, event: Event) -> None:
        self.events.append(event)

    def effects(self, effects: list[Effect]) -> None:
        self.effects_ += effects
        spoken = [effect for effect in effects if isinstance(effect, Say)]
        if spoken and self.session is not None:
            last = max(effect.at + self.session.world.speech_ms(effect.line) for effect in spoken)
            self._talked = self.hall.mixer.now_ms - self.session.state.now + last + 300

    def unheard(self, at: Ms, text: str) -> None:
        """She says it again anyway."""

    def reached(self, now: Ms) -> None:
        """Of no interest."""

    def records(self, kind: str) -> list[Record]:
        """What the session decided, as it gave it."""
        return [effect for effect in self.effects_ if isinstance(effect, Record) and effect.kind == kind]

    @property
    def went_on(self) -> list[Ms]:
        """When she was obeyed."""
        return [e.at for e in self.events if isinstance(e, Command) and e.intent is Intent.RESUME]
