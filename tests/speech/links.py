"""A process that listens, by hand, with levers to fail; and the clock that it and the ears share."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field

from voice_coach.speech import ears_wire as wire
from voice_coach.speech.ears import Partial
from voice_coach.speech.ears_link import Ended

FEED = 640


@dataclass(slots=True)
class Bench:
    """Where such processes are started, one after the other; what is set here is true of all that follow."""

    now_s: float = 0.0
    dumb: bool = False  # they take what is sent and never answer
    dying: bool = False  # they end at the first sound
    begun: list[Hand] = field(default_factory=list)

    def link(self) -> Hand:
        """Start one."""
        hand = Hand(self, dumb=self.dumb)
        self.begun.append(hand)
        return hand

    def clock(self) -> float:
        """Seconds; only waiting moves it."""
        return self.now_s

    @property
    def last(self) -> Hand:
        """The one that was started last."""
        return self.begun[-1]


@dataclass(slots=True)
class Hand:
    """One of them. It tells, of every piece of sound, how many milliseconds it has heard by then."""

    bench: Bench
    dumb: bool = False
    sent: list[tuple[bytes, bytes]] = field(default_factory=list)
    ready: deque[bytes | Ended] = field(default_factory=deque)
    waits: list[float] = field(default_factory=list)
    heard: int = 0  # frames
    killed: bool = False
    pid: int | None = None

    def send(self, kind: bytes, payload: bytes) -> None:
        self.sent.append((kind, payload))
        if not self.dumb:
            self.speak(kind, payload)

    def speak(self, kind: bytes, payload: bytes) -> None:
        """Answer a message."""
        if kind == wire.OPEN:
            self.ready.append(wire.pack(wire.Opened(name="a hand", feed=FEED)))
        elif kind == wire.PHRASES:
            self.ready.append(wire.pack(wire.Opened(unknown=tuple(p for p in json.loads(payload) if "zorblax" in p))))
        elif kind == wire.SOUND and self.bench.dying:
            self.ready.append(Ended(why="it ended with -11", crashed=True))
        elif kind == wire.SOUND:
            self.heard += len(payload) // 2
            self.ready.append(wire.pack_reports([Partial(text="so far", at_ms=self.heard // 16)]))
        else:
            self.ready.append(b"")

    def wake(self) -> None:
        """Answer all that was sent meanwhile."""
        self.dumb = False
        for kind, payload in self.sent:
            self.speak(kind, payload)

    def answer(self, within_s: float) -> bytes | Ended | None:
        if self.ready:
            return self.ready.popleft()
        if within_s:
            self.waits.append(within_s)
            self.bench.now_s += within_s
        return None

    def kill(self) -> None:
        self.killed = True

    def close(self) -> None:
        self.killed = True

    def kinds(self) -> bytes:
        """The letters of what was sent."""
        return b"".join(kind for kind, _ in self.sent)
