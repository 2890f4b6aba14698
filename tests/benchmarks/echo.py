"""A room in which the coach's voice reaches the microphone through a measured response, and a person speaks in it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tests.benchmarks.stage import room_noise
from voice_coach.audio.clip import BLOCK, FRAMES_PER_MS, Pcm, Samples, to_pcm, to_samples

QUIETEST = 1e-3  # of the response's peak (-60 dB): what is softer at its end is left out
LONGEST_MS = 30 * 60_000
_TAPS = 16  # of the interpolation between two samples
_PHASES = 512  # positions between two samples that are told apart

Spectra = npt.NDArray[np.complex128]


class EchoRoom:
    """A room for the product's own loop: blocks of 20 ms, never waiting.

    The loudspeaker's sound arrives `delay_ms` after it was handed over, through `response` (its own delay is cut, its
    energy made `gain` squared). With `drift_ppm` the loudspeaker's crystal runs so much faster than the microphone's.
    The person's sounds are added where they were placed; there is a faint noise, the same for the same seed.
    """

    name = "a measured room"
    realtime = False

    def __init__(
        self,
        response: Pcm,
        *,
        gain: float,
        delay_ms: float = 0.0,
        drift_ppm: float = 0.0,
        said: Sequence[tuple[int, Samples]] = (),
        seed: int = 0,
    ) -> None:
        self._far = _Far(delay_ms, drift_ppm)
        self._echo = _Echo(unit(response) * np.float32(gain))
        self._said = list(said)
        self._seed = seed
        self._clock = 0

    def exchange(self, played: Pcm) -> Pcm:
        """What the microphone hears while a block of 20 ms is played."""
        noise = room_noise(BLOCK, seed=self._seed + self._clock // BLOCK)
        mic = self._echo.next(self._far.next(to_samples(played))) + noise
        for start, samples in self._said:
            low, high = max(start, self._clock), min(start + len(samples), self._clock + BLOCK)
            if low < high:
                mic[low - self._clock : high - self._clock] += samples[low - start : high - start]
        self._clock += BLOCK
        return to_pcm(mic)

    def close(self) -> None:
        """Nothing to give up."""


def unit(response: Pcm) -> Samples:
    """The response from its direct sound to where it has fallen by 60 dB, with an energy of one."""
    impulse = to_samples(response)
    size = np.abs(impulse)
    first, last = int(size.argmax()), int(np.flatnonzero(size > QUIETEST * size.max())[-1])
    kept = impulse[first : last + 1]
    whole: Samples = (kept / np.sqrt(np.square(kept, dtype=np.float64).sum())).astype(np.float32)
    return whole


class _Far:
    """The loudspeaker's sound as the microphone's crystal sees it: later, and perhaps a little faster."""

    def __init__(self, delay_ms: float, drift_ppm: float) -> None:
        self._delay = delay_ms * FRAMES_PER_MS
        self._speed = 1.0 + drift_ppm * 1e-6
        self._past: Samples = np.zeros(0, dtype=np.float32)
        self._dropped = 0  # frames of the past that were forgotten
        self._clock = 0
        self._table = _kernel()

    def next(self, played: Samples) -> Samples:
        """The next block; ValueError when the drift has eaten the delay up."""
        self._past = np.concatenate([self._past, played])
        at = (np.arange(self._clock, self._clock + len(played)) - self._delay) * self._speed
        self._clock += len(played)
        if at[-1] + _TAPS > self._dropped + len(self._past) and self._speed != 1.0:
            raise ValueError("the loudspeaker's clock has run past the microphone's; choose a longer delay")
        first = np.floor(at).astype(np.int64)
        phase = np.rint((at - first) * _PHASES).astype(np.int64)
        taps = first[:, None] + np.arange(_TAPS)[None, :] - _TAPS // 2 + 1
        sound: Samples = (self._look(taps) * self._table[phase]).sum(axis=1, dtype=np.float32)
        self._forget(int(first[0]) - _TAPS)
        return sound

    def _look(self, at: npt.NDArray[np.int64]) -> Samples:
        inside = (at >= self._dropped) & (at < self._dropped + len(self._past))
        found: Samples = np.where(inside, self._past[np.clip(at - self._dropped, 0, len(self._past) - 1)], 0)
        return found.astype(np.float32)

    def _forget(self, before: int) -> None:
        gone = max(0, before - self._dropped)
        self._past, self._dropped = self._past[gone:], self._dropped + gone


class _Echo:
    """Convolution block after block, the response cut into partitions of a block (overlap and save)."""

    def __init__(self, impulse: Samples) -> None:
        parts = math.ceil(len(impulse) / BLOCK)
        padded = np.zeros(parts * BLOCK, dtype=np.float32)
        padded[: len(impulse)] = impulse
        self._response: Spectra = np.fft.rfft(padded.reshape(parts, BLOCK), 2 * BLOCK, axis=1)
        self._past: Spectra = np.zeros_like(self._response)
        self._last: Samples = np.zeros(BLOCK, dtype=np.float32)

    def next(self, sound: Samples) -> Samples:
        self._past = np.roll(self._past, 1, axis=0)
        self._past[0] = np.fft.rfft(np.concatenate([self._last, sound]))
        self._last = sound
        whole = np.fft.irfft((self._past * self._response).sum(axis=0), 2 * BLOCK)
        block: Samples = whole[BLOCK:].astype(np.float32)
        return block


def _kernel() -> Samples:
    """Windowed sinc for every phase, shape (phases + 1, taps)."""
    offsets = np.arange(_TAPS)[None, :] - _TAPS // 2 + 1 - np.arange(_PHASES + 1)[:, None] / _PHASES
    window = np.cos(np.pi * offsets / (_TAPS + 1)) ** 2
    table: Samples = (np.sinc(offsets) * window).astype(np.float32)
    return table
