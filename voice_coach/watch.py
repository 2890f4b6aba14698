"""What a session must notice by itself: the machine slept, the microphone gives nothing, the sound stumbles.

All of it is pure: values of one block go in, a verdict comes out. Session time is counted in blocks, so a machine that
slept would count on in an empty room; and who cannot be heard cannot say "stop".
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from voice_coach.audio.clip import BLOCK_MS, Pcm

HELD_UP_S = 12.0  # a device that wakes up may take 10 s for its first block; whoever waits longer has lost the count
SET_S = 60.0  # a time server corrects by less; by more somebody set the clock, or an empty battery did

# A block in which all samples are the same, or two neighbours: no real microphone is so quiet for long, its own noise
# moves it by three steps of 16 bits and more (-90 dBFS). A constant that is not zero is a driver that is stuck.
FLAT_STEPS = 1
GATE_MS = 1_000  # so long flat, and then not: a noise gate, or noise suppression that gives zeros in a quiet room
KNOWN_MS = 20_000  # heard for so long, the coach being silent, and never flat: there is no gate
DEAD_MS = 8_000  # a Bluetooth link drops out for one to three seconds; a set lasts half a minute
CARRIED_MS = 10_000  # the coach's voice was in the microphone for so long: its echo is part of what comes in,
CARRIED_SHARE = 0.8  # if so much of it was
UNCARRIED_MS = 5_000  # of the coach's voice without any of it: some three sentences, or ten counts
AFTER_MS = 1_000  # an echo comes up to 700 ms after the sound, and its room some tenths later
PLAYED = 50  # a louder sample is played sound
NEVER_MS = 20_000  # of the coach's voice into a microphone that has never given anything

# In a minute. One in five seconds is heard; and with a block lost each second the canceller takes 23 dB off the coach's
# voice instead of 37, and 7 to 10 where a lost block moves the echo (measured in a room of numbers).
STUMBLES = 12
MINUTE_MS = 60_000
TOLD_EVERY_MS = 600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Two clocks at one moment, in seconds.

    `steady` is never set by anybody; `counts_sleep` says whether it goes on while the machine sleeps.
    """

    wall: float
    steady: float
    counts_sleep: bool


def clocks() -> Callable[[], Reading]:
    """The clocks of this machine: Linux has one for it, macOS' other one and that of Windows go on in sleep, too."""
    if sys.platform == "win32":
        return lambda: Reading(wall=time.time(), steady=time.monotonic(), counts_sleep=True)
    boot: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    if boot is None and sys.platform == "darwin":
        boot = time.CLOCK_MONOTONIC  # time.monotonic() is mach_absolute_time() there, and that one stands still
    steady = time.monotonic if boot is None else lambda: time.clock_gettime(boot)
    return lambda: Reading(wall=time.time(), steady=steady(), counts_sleep=boot is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What happened between two blocks, in seconds; 0 where nothing did."""

    held_up: float = 0.0
    set_by: float = 0.0  # below 0: back


class ClockWatch:
    """Compares two readings, one after each block: a block takes 20 ms."""

    def __init__(self) -> None:
        self._last: Reading | None = None

    def look(self, now: Reading) -> Passed:
        """What happened since the last look; nothing at the first.

        Where no clock counts sleep, a wall clock that leaps ahead may have been set, or the machine slept: the careful
        side is the pause. One that leaps back was set, and nobody waits for anything.
        """
        last, self._last = self._last, now
        if last is None:
            return Passed()
        steady, wall = now.steady - last.steady, now.wall - last.wall
        elapsed = steady if now.counts_sleep else max(steady, wall)
        leapt = wall - elapsed
        return Passed(
            held_up=elapsed if elapsed > HELD_UP_S else 0.0,
            set_by=leapt if abs(leapt) > SET_S else 0.0,
        )


class Hears(str, Enum):
    """What comes from the microphone."""

    SOMETHING = "something"
    NOTHING = "nothing"  # although it did, and would
    NEVER = "never"  # nothing yet; it may be an ear beside no loudspeaker, so nobody is held up by it


class SilenceWatch:
    """Finds out that a microphone was switched off, or its driver died.

    Zeros alone do not tell: a noise gate gives them in any quiet room, and so does the monitor of a sound server. It
    is deaf where it has not once been flat for a second while the room was quiet, and now is for `DEAD_MS`; or where it
    has carried the coach's own voice, and then nothing of it for `UNCARRIED_MS`.
    """

    def __init__(self) -> None:
        self._alive = False  # anything came, ever
        self._gated = False
        self._known = 0  # ms heard while the coach was silent
        self._carried = self._dropped = 0  # ms of the coach's voice that came with sound in the microphone, and without
        self._flat = self._missed = 0  # ms of this flat stretch, and of the coach's voice in it
        self._after_play = 0
        self._deaf = False

    def take(self, mic: Pcm, played: Pcm) -> Hears:
        """The next block of both."""
        loud = int(played.max()) > PLAYED or int(played.min()) < -PLAYED
        self._after_play = AFTER_MS if loud else max(0, self._after_play - BLOCK_MS)
        if int(mic.max()) - int(mic.min()) > FLAT_STEPS:
            self._sound(loud=loud)
            return Hears.SOMETHING
        self._flat += BLOCK_MS
        self._missed += BLOCK_MS * loud
        if not self._alive:
            return Hears.NEVER if self._missed >= NEVER_MS else Hears.SOMETHING
        self._deaf = self._deaf or (self._flat >= DEAD_MS and (self._has_no_gate() or self._lost_the_coach()))
        return Hears.NOTHING if self._deaf else Hears.SOMETHING

    def _has_no_gate(self) -> bool:
        return not self._gated and self._known >= KNOWN_MS

    def _lost_the_coach(self) -> bool:
        share = self._carried / max(1, self._carried + self._dropped)
        return self._carried >= CARRIED_MS and share >= CARRIED_SHARE and self._missed >= UNCARRIED_MS

    def _sound(self, *, loud: bool) -> None:
        if self._deaf:  # whatever it was: what is known of it has to be learnt anew
            self._known = self._carried = self._dropped = 0
        elif self._alive:
            self._gated = self._gated or self._flat >= GATE_MS
            if self._missed <= AFTER_MS:  # that long an echo may take
                self._carried += self._missed
            else:
                self._dropped += self._missed
        self._alive, self._deaf = True, False
        self._flat = self._missed = 0
        self._carried += BLOCK_MS * loud
        self._known += BLOCK_MS * (not self._after_play)


class StumbleWatch:
    """Finds out that blocks are lost so often that it is heard."""

    def __init__(self) -> None:
        self._counts: deque[tuple[int, int]] = deque()  # (ms, lost so far) of the last minute
        self._told: int | None = None

    def look(self, at: int, lost: int) -> bool:
        """Whether it is to be told now: `lost` blocks so far at millisecond `at`; looked at once a second or so."""
        self._counts.append((at, lost))
        while self._counts[0][0] < at - MINUTE_MS:
            self._counts.popleft()
        often = lost - self._counts[0][1] > STUMBLES
        if not often or (self._told is not None and at - self._told < TOLD_EVERY_MS):
            return False
        self._told = at
        return True
