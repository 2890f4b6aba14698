"""How loud the microphone is, block by block: what is quiet, what stands out, and what is only the coach's own echo."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import deque
from collections.abc import Iterable

import numpy as np

from voice_coach.audio.clip import FRAMES_PER_MS, Pcm

SILENCE_DB = -90.0  # what digital silence counts as
FAINTEST_DB = -62.0  # softer than this nothing stands out, however quiet the room
RISE_DB = 8.0  # so far above the room's own noise a voice stands out
FALL_DB = 22.0  # a word is over when the level has fallen so far below its loudest; a room's tail may still sound then
MEMORY_MS = 4_000
FLOOR_SHARE = 0.15  # the level below which the room is for this share of the time is its own noise
GAP_MS = 250  # a shorter quiet stretch belongs to the word: the closed lips of "stop it", a breath in a phrase
BESIDE_MS = 100  # the recogniser's times are that exact
PLAYED_DB = -55.0  # the loudspeaker counts as playing above this
TAIL_MS = 400  # the room and a slow device go on sounding for so long after the loudspeaker was told
ECHO_DB = 8.0  # so far above what is usually left of the echo somebody else stands out
ECHO_STEP = 0.5  # dB a block; how fast what is left of the echo is learnt: 20 dB a second up, 5 down
ECHO_SHARE = 0.8  # this share of the blocks lies below what counts as left of the echo
ECHO_AT_FIRST = -15.0  # against what is played, until it is known better: a canceller needs a second to begin


def level_db(block: Pcm) -> float:
    """The level of a block in dBFS (RMS; full scale is 0)."""
    if not len(block):
        return SILENCE_DB
    samples = block.astype(np.float64)
    power = float(samples @ samples) / len(samples) / 32768.0**2
    return max(SILENCE_DB, 10 * math.log10(power)) if power > 0 else SILENCE_DB


class Loudness:
    """Follows the microphone (after the canceller) and the loudspeaker; all times are those of the blocks taken."""

    def __init__(self) -> None:
        self.now_ms = 0
        self.level = SILENCE_DB
        self.echo = ECHO_AT_FIRST  # what is left of the coach at the microphone, in dB against what is played
        # The loudest that the loudspeaker was during the last moment, in dBFS; None while it is silent.
        self.playing: float | None = None
        self._past: deque[tuple[int, float]] = deque()  # (end of the block, its level)
        self._sorted: list[float] = []  # the levels of the past, in their order
        self._before: deque[tuple[int, float]] = deque()  # the same before the canceller
        self._bursts: deque[list[int]] = deque(maxlen=16)  # [begin, end] of what stood out, gaps closed
        self._peak = SILENCE_DB
        self._played: deque[tuple[int, float]] = deque()

    def take(self, near: Pcm, played: Pcm, *, learn: bool, mic: Pcm | None = None) -> None:
        """The next block, and `mic`, before the canceller. `learn`: nobody but the coach is known to speak."""
        begin = self.now_ms
        self.now_ms += len(near) // FRAMES_PER_MS
        self.level = level_db(near)
        self._remember(level_db(played), self.level if mic is None else level_db(mic))
        expected = self.expected_echo
        if learn and expected is not None and self.playing is not None:
            off = self.level - self.playing - self.echo
            self.echo += ECHO_STEP * (ECHO_SHARE if off > 0 else ECHO_SHARE - 1.0)
        quiet = max(FAINTEST_DB, self.floor + RISE_DB, self._peak - FALL_DB)
        if expected is not None:
            quiet = max(quiet, expected + ECHO_DB)
        if self.level <= quiet:
            if self.quiet_ms > GAP_MS:
                self._peak = SILENCE_DB
            return
        self._peak = max(self._peak, self.level)
        if self._bursts and begin - self._bursts[-1][1] <= GAP_MS:
            self._bursts[-1][1] = self.now_ms
        else:
            self._bursts.append([begin, self.now_ms])

    @property
    def floor(self) -> float:
        """The room's own noise, in dBFS, from the last seconds."""
        return self._sorted[int(FLOOR_SHARE * len(self._sorted))] if self._sorted else SILENCE_DB

    @property
    def expected_echo(self) -> float | None:
        """About how loud what is left of the coach is now, in dBFS; None while it is silent."""
        return None if self.playing is None else self.playing + self.echo

    @property
    def burst(self) -> tuple[int, int] | None:
        """Begin and end so far of the last sound that stood out, short gaps closed; None where there was none yet."""
        return (self._bursts[-1][0], self._bursts[-1][1]) if self._bursts else None

    @property
    def quiet_ms(self) -> int:
        """For how long nothing has stood out."""
        return self.now_ms - self._bursts[-1][1] if self._bursts else self.now_ms

    def stood_out(self, start_ms: int, end_ms: int) -> bool:
        """Whether anything stood out from the room and the echo in this stretch, or a moment beside it."""
        return any(begin <= end_ms + BESIDE_MS and end >= start_ms - BESIDE_MS for begin, end in self._bursts)

    def peak_between(self, start_ms: int, end_ms: int) -> float:
        """The loudest block that ended in this stretch, in dBFS."""
        return _loudest(self._past, start_ms, end_ms)

    def taken_between(self, start_ms: int, end_ms: int) -> float:
        """How many dB the canceller took from this stretch: much where it was the coach alone."""
        return _loudest(self._before, start_ms - TAIL_MS, end_ms) - self.peak_between(start_ms, end_ms)

    def _remember(self, played: float, before: float) -> None:
        self._past.append((self.now_ms, self.level))
        insort(self._sorted, self.level)
        self._before.append((self.now_ms, before))
        while self._past and self._past[0][0] <= self.now_ms - MEMORY_MS:
            _, gone = self._past.popleft()
            del self._sorted[bisect_left(self._sorted, gone)]
            self._before.popleft()
        self._played.append((self.now_ms, played))
        while self._played and self._played[0][0] <= self.now_ms - TAIL_MS:
            self._played.popleft()
        loudest = max(level for _, level in self._played)
        self.playing = loudest if loudest > PLAYED_DB else None


def _loudest(levels: Iterable[tuple[int, float]], start_ms: int, end_ms: int) -> float:
    return max((level for end, level in levels if start_ms < end <= end_ms + 20), default=SILENCE_DB)
