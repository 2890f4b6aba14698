"""Ears in a process of their own: whatever becomes of the recogniser, the session goes on, and hears again.

In rooms of files every block waits for its answer, so what is heard, and in which block, is what the ears in this
process would have told. With a sound card a block waits a moment only; a later answer comes with a later block.

Ears that have ended, that answer nonsense, or nothing for a while, are ended and begun anew with the same model and the
phrases of now. What is said meanwhile is kept for them, also where the phrases change: every set of them has the words
of distress. What the old ones had in their hands is lost, since it may be what they died of, and with it what somebody
was saying just then. After the third time within some minutes nothing listens any more (`Trouble.lasting`).
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from voice_coach.audio.clip import FRAMES_PER_MS, Pcm
from voice_coach.errors import EngineError
from voice_coach.speech import ears_wire as wire
from voice_coach.speech.ears import Partial, Report, Trouble, Utterance
from voice_coach.speech.ears_link import Ended, Link, ProcessLink

LAG_MS = 300  # a text comes about so long after its words began


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long what may last."""

    start_s: float = 60.0  # a large model on a slow disk; the shipped one takes half a second
    restart_s: float = 10.0  # the same model a second time
    answer_s: float = 20.0  # in rooms of files: a machine may be busy
    wait_s: float = 0.010  # beside a sound card, of the 20 ms of a block; 1 to 5 ms are usual
    stall_ms: int = 1_500  # of sound without an answer, and as long by the clock
    kept_ms: int = 2_000  # of sound that waits for new ears: older commands come too late
    failures: int = 3  # so many of them
    within_ms: int = 300_000  # in so much sound end it


@dataclass(frozen=True, slots=True)
class _Asked:
    """A message that has no answer yet."""

    kind: bytes
    frames: int  # of the ears' own sound before it
    at_s: float


class EarsEndedError(EngineError):
    """The ears ended, or did not answer. `crashed`: by a fault of their own code, as with a damaged model."""

    def __init__(self, why: str, *, crashed: bool = False) -> None:
        self.crashed = crashed
        super().__init__(why)


class ProcessEars:
    """The parent's side. It begins at once, in the background; `wait_until_open` must come before anything else.

    `realtime` (whether sound comes from a card, at its own pace) may be set until then.
    """

    def __init__(
        self,
        wanted: wire.Wanted,
        *,
        realtime: bool = False,
        link: Callable[[], Link] = ProcessLink,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.realtime = realtime
        self.name = ""
        self._wanted, self._limits = wanted, limits or Limits()
        self._new_link, self._clock = link, clock
        self._opened_for: tuple[str, ...] = ()  # the phrases that the ears of now were begun with
        self._unknown: tuple[str, ...] = ()
        self._feed = 1
        self._frames = 0  # accepted
        self._fed = 0  # of them since the ears last looked
        self._unsent = b""
        self._base_ms = 0  # of the ears' own sound, when the process that listens now began
        self._heard_to = 0  # frames that were answered, and came to an end, by ears that have ended since
        self._saying_ms: int | None = None  # when what somebody is saying came to be a text
        self._asked: deque[_Asked] = deque()
        self._found: list[Report] = []
        self._troubles: list[Trouble] = []
        self._failures: list[int] = []  # when, in ms
        self._deaf = False
        self._link = self._begin()

    @property
    def pid(self) -> int | None:
        """Of the process that listens now."""
        return self._link.pid

    @property
    def listening(self) -> bool:
        """Whether somebody takes what is said now; else it waits, or is lost."""
        return not self._deaf and not self._opening

    @property
    def unknown_phrases(self) -> tuple[str, ...]:
        """Phrases of the grammar that hold a word the model does not know. Waits for the answer to `listen_for`."""
        self._settle(wire.PHRASES)
        return self._unknown

    def wait_until_open(self) -> None:
        """EngineError where these ears cannot be had; they are closed then."""
        answer = self._link.answer(self._limits.start_s)
        problem = EarsEndedError(f"it could not be loaded within {self._limits.start_s:g} seconds")
        if isinstance(answer, Ended):
            problem = EarsEndedError(answer.why, crashed=answer.crashed)
        elif answer is not None:
            opened = _opened(answer)
            if not opened.why:
                self._asked.popleft()
                self._take_up(opened)
                return
            self.close()
            raise EngineError(opened.why)
        self.close()
        raise problem

    def accept(self, block: Pcm) -> list[Report]:
        """Listen to a block of any length; what is new. Beside a sound card it may come with a later block."""
        self._frames += len(block)
        if self._deaf:
            return []
        self._unsent += block.astype("<i2", copy=False).tobytes()
        self._fed += len(block)
        ready = self._fed >= self._feed and self.listening
        if ready:
            self._fed %= self._feed
            self._send_sound()
        self._collect(patient=not self.realtime, moment=ready and len(self._asked) == 1)
        self._watch()
        found, self._found = self._found, []
        return found

    def flush(self) -> list[Utterance]:
        """Nothing more will come: what was being said. Always waits."""
        self._settle(wire.OPEN)
        if not self._deaf:
            self._send_sound()
            self._ask(wire.FLUSH, b"")
            self._settle(wire.FLUSH)
        self._fed = 0
        found, self._found = self._found, []
        return [report for report in found if isinstance(report, Utterance)]

    def listen_for(self, phrases: Sequence[str]) -> None:
        """From now on other phrases; waits for nothing. Where none is known, the old ones still count."""
        self._wanted = replace(self._wanted, phrases=tuple(phrases))
        if self.listening:
            self._send_sound()
            self._fed = 0
            self._ask(wire.PHRASES, wire.pack(self._wanted.phrases))

    def troubles(self) -> list[Trouble]:
        """What has gone wrong since the last look."""
        found, self._troubles = self._troubles, []
        return found

    def close(self) -> None:
        """End the process; a second call does nothing."""
        self._deaf = True
        self._asked.clear()
        self._link.close()

    # One process after the other.

    @property
    def _opening(self) -> bool:
        return bool(self._asked) and self._asked[0].kind == wire.OPEN

    def _begin(self) -> Link:
        self._asked.clear()
        self._link = self._new_link()
        self._opened_for = self._wanted.phrases
        self._ask(wire.OPEN, wire.pack(self._wanted))
        return self._link

    def _take_up(self, opened: wire.Opened) -> None:
        """New ears listen, from the first block that waits for them."""
        self.name, self._unknown, self._feed = opened.name, opened.unknown, opened.feed
        self._fed = len(self._unsent) // 2
        begun = self._frames - self._fed
        self._base_ms = begun // FRAMES_PER_MS - opened.heard_ms
        if self._failures:
            missed = (begun - self._heard_to) // FRAMES_PER_MS
            told = f"{self.name} listens again; {missed / 1000:.1f} seconds were not listened to."
            self._troubles.append(Trouble(told=told, missed_ms=missed))
        if self._wanted.phrases != self._opened_for:
            self._ask(wire.PHRASES, wire.pack(self._wanted.phrases))

    def _fail(self, why: str) -> None:
        """These ears are of no use any more."""
        self._link.kill()
        if not self._opening:
            self._heard_to = self._asked[0].frames if self._asked else self._frames - len(self._unsent) // 2
            if self._saying_ms is not None:
                self._heard_to = min(self._heard_to, max(0, self._saying_ms - LAG_MS) * FRAMES_PER_MS)
                self._saying_ms = None
        now = self._frames // FRAMES_PER_MS
        self._failures = [at for at in self._failures if now - at < self._limits.within_ms] + [now]
        if len(self._failures) < self._limits.failures:
            self._troubles.append(Trouble(told=f"{self.name} has failed ({why}) and is started again."))
            self._begin()
        else:
            told = f"{self.name} has failed too often ({why}). Please use the keys: space pauses and goes on."
            self._troubles.append(Trouble(told=told, lasting=True))
            self._deaf = True
            self._asked.clear()
            self._unsent = b""

    # Messages and their answers.

    def _send_sound(self) -> None:
        if self._unsent:
            self._ask(wire.SOUND, self._unsent)
            self._unsent = b""

    def _ask(self, kind: bytes, payload: bytes) -> None:
        self._asked.append(_Asked(kind, self._frames - len(self._unsent) // 2, self._clock()))
        self._link.send(kind, payload)

    def _settle(self, kind: bytes) -> None:
        """Wait until nothing of that kind waits for its answer."""
        while any(asked.kind in (kind, wire.OPEN) for asked in self._asked):
            self._one(self._limits.restart_s if self._opening else self._limits.answer_s, late="nothing came of it")

    def _collect(self, *, patient: bool, moment: bool) -> None:
        """All answers that are there; with patience those that are not there yet, else one for a moment."""
        if patient:
            for kind in (wire.OPEN, wire.PHRASES, wire.SOUND):
                self._settle(kind)
            return
        while self._asked and self._one(self._limits.wait_s if moment else 0.0):
            moment = False

    def _one(self, within_s: float, late: str = "") -> bool:
        """Take the next answer; False where there is none yet. With `late`, that is a failure."""
        answer = self._link.answer(within_s)
        if answer is None:
            if late:
                self._fail(late)
            return False
        try:
            if isinstance(answer, Ended):
                raise wire.WireError(answer.why)
            self._answered(self._asked[0], answer)
        except wire.WireError as error:
            self._fail(str(error))
        return True

    def _answered(self, asked: _Asked, answer: bytes) -> None:
        if asked.kind == wire.OPEN:
            opened = wire.unpack_opened(answer)
            if opened.why:
                raise wire.WireError(opened.why)
            self._asked.popleft()
            self._take_up(opened)
            return
        if asked.kind == wire.PHRASES:
            told = wire.unpack_opened(answer)
            self._unknown, self._saying_ms = told.unknown, None
            if told.why:
                self._troubles.append(Trouble(told=f"{self.name}: {told.why}."))
        else:
            found = wire.unpack_reports(answer, self._base_ms)
            self._follow(found)
            self._found += found
        self._asked.popleft()

    def _follow(self, reports: Sequence[Report]) -> None:
        """Since when somebody is saying something."""
        for report in reports:
            if not isinstance(report, Partial) or not report.text:
                self._saying_ms = None
            elif self._saying_ms is None:
                self._saying_ms = report.at_ms

    def _watch(self) -> None:
        """Whether they still answer; while they are opened, what is old is forgotten."""
        if not self._asked or not self.realtime:
            return
        oldest, waited = self._asked[0], self._clock() - self._asked[0].at_s
        if self._opening:
            self._unsent = self._unsent[-2 * self._limits.kept_ms * FRAMES_PER_MS :]
            if waited > self._limits.restart_s:
                self._fail("it did not start")
        elif (
            self._frames - oldest.frames > self._limits.stall_ms * FRAMES_PER_MS
            and 1000 * waited > self._limits.stall_ms
        ):
            self._fail("it does not answer")


def _opened(answer: bytes) -> wire.Opened:
    try:
        return wire.unpack_opened(answer)
    except wire.WireError as error:
        return wire.Opened(why=str(error))
