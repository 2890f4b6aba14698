"""Resampling of an endless stream in blocks of a fixed length, for sound cards that refuse 16 kHz."""

from __future__ import annotations

from typing import Any

import numpy as np

from voice_coach.audio.clip import BLOCK_MS, Pcm


class BlockResampler:
    """Turns blocks of 20 ms at one rate into blocks of 20 ms at another.

    A resampler hands out its frames late and in uneven portions. A reserve of silence at the start makes up for that,
    so that every call gives exactly one block. Equal rates pass untouched and undelayed.
    """

    def __init__(self, source: int, target: int) -> None:
        self._frames = target * BLOCK_MS // 1000
        self._stream: Any = None
        self._ready: Pcm = np.zeros(0, dtype=np.int16)
        if source != target:
            self._stream = _stream(source, target)
            self._ready = np.zeros(_shortfall(source, target), dtype=np.int16)
        self._reserve = len(self._ready)

    @property
    def delay_ms(self) -> int:
        """By how much the sound comes out later than it went in."""
        return round(self._reserve * BLOCK_MS / self._frames)

    def convert(self, block: Pcm) -> Pcm:
        """The next block at the other rate."""
        if self._stream is None:
            return block
        ready = np.concatenate([self._ready, self._stream.resample_chunk(block)])
        missing = self._frames - len(ready)
        if missing > 0:  # further behind than in the trial: a longer reserve from now on
            ready = np.concatenate([np.zeros(missing, dtype=np.int16), ready])
            self._reserve += missing
        self._ready = ready[self._frames :]
        out: Pcm = ready[: self._frames]
        return out


def _stream(source: int, target: int) -> Any:
    import soxr

    return soxr.ResampleStream(source, target, 1, dtype="int16", quality=soxr.LQ)


def _shortfall(source: int, target: int) -> int:
    """The most frames by which a resampler between these rates is ever behind, found by running one for 10 s."""
    trial = _stream(source, target)
    silence = np.zeros(source * BLOCK_MS // 1000, dtype=np.int16)
    behind = most = 0
    for _ in range(10_000 // BLOCK_MS):
        behind += target * BLOCK_MS // 1000 - len(trial.resample_chunk(silence))
        most = max(most, behind)
    return most
