"""A linear model of the room, from loudspeaker to microphone, that takes the echo away and leaves the person whole.

A partitioned Kalman filter in the frequency domain (Enzner and Vary, Signal Processing 86, 2006; Kuech et al., ICASSP
2014): it knows how uncertain it still is, and learns less the more somebody else is heard, so that nobody has to decide
who is speaking. What it may have left is then made softer, frequency by frequency, where it can be as loud as the rest.
Full scale is 1.0; one partition is one block of 20 ms.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from voice_coach.audio.clip import BLOCK, BLOCK_MS, Pcm, Samples

REACH_MS = 320  # the room's response that is modelled: by then most living rooms have fallen by 30 dB
_PARTS = REACH_MS // BLOCK_MS
_BINS = BLOCK + 1
STAYS = 0.9998  # of the model from block to block: rooms change when somebody walks
FALLS = 0.75  # how much less the next partition is expected to hold, in power: 60 dB in 0.9 s
NEAR = 0.5  # of the last estimate of what is not echo stays in the next
DOUBT = 8.0  # the model is more wrong than it believes: its neighbouring frequencies are not as independent as assumed
LEFT = 10 ** (-25 / 10)  # and its echo is never known better than so
FADES = 0.6  # what may be left of the echo falls off so fast, from block to block
FLOOR = 10 ** (-40 / 20)
MASK = 10 ** (-66 / 20)  # noise in the place of what was made softer: a recogniser turns the faintest rest into words
_TAPS = 129  # of the filter that makes softer: 4 ms late
_TINY = 1e-10
_EVERY = 4  # blocks in which each partition is cut once

Spectra = npt.NDArray[np.complex64]


class RoomModel:
    """Takes blocks of 20 ms of the microphone, and of the loudspeaker as late as it is heard there."""

    def __init__(self) -> None:
        self._far: Spectra = np.zeros((_PARTS, _BINS), dtype=np.complex64)
        self._power: Samples = np.zeros((_PARTS, _BINS), dtype=np.float32)  # of `_far`
        self._last: Samples = np.zeros(BLOCK, dtype=np.float32)
        self._near: Samples = np.full(_BINS, 1e-6, dtype=np.float32)
        self._open: Samples = np.repeat(FALLS ** np.arange(_PARTS, dtype=np.float32)[:, None], _BINS, axis=1)
        self._softener = _Softener()
        self._silent = _PARTS  # blocks for which the loudspeaker has been silent
        self._moved = 0  # blocks until the memory of the loudspeaker is again as late as the model
        self._turn = 0
        self._model: Spectra = np.zeros((_PARTS, _BINS), dtype=np.complex64)
        self._doubt = self._open.copy()

    def shift(self, frames: int) -> None:
        """From now on the loudspeaker's blocks come so much later, though the room is the same."""
        frames = min(frames, _PARTS * BLOCK)
        taps = np.fft.irfft(self._model, axis=1)[:, :BLOCK].reshape(-1)
        kept = np.zeros_like(taps)
        kept[: len(taps) - frames] = taps[frames:]
        whole = np.zeros((_PARTS, 2 * BLOCK), dtype=np.float32)
        whole[:, :BLOCK] = kept.reshape(_PARTS, BLOCK)
        self._model = np.fft.rfft(whole, axis=1).astype(np.complex64)
        parts = frames // BLOCK
        self._doubt[: _PARTS - parts] = self._doubt[parts:].copy()
        self._doubt[_PARTS - parts :] = self._open[_PARTS - parts :]
        self._moved = _PARTS

    def reopen(self) -> None:
        """Something may have changed: keep what was learnt, and be ready to learn it anew."""
        self._doubt = np.maximum(self._doubt, 0.1 * self._open)
        self._moved = _PARTS

    def process(self, mic: Pcm, far: Pcm) -> Pcm:
        """The block without the echo, 4 ms later."""
        heard = mic.astype(np.float32) / np.float32(32768.0)
        self._silent = 0 if far.any() else self._silent + 1
        if self._silent <= _PARTS:
            rest, left = self._without(heard, far.astype(np.float32) / np.float32(32768.0))
        else:
            rest, left = heard, None
            self._hear(rest)
        softened = self._softener.soften(rest, left) * np.float32(32768.0)
        cleaned: Pcm = np.clip(np.rint(softened), -32768, 32767).astype(np.int16)
        return cleaned

    def _without(self, heard: Samples, played: Samples) -> tuple[Samples, Samples]:
        """What is heard without the echo, and the power of what may be left of it, frequency by frequency."""
        for memory in (self._far, self._power):
            memory[1:] = memory[:-1]
        self._far[0] = np.fft.rfft(np.concatenate([self._last, played]))
        self._power[0] = np.abs(self._far[0]) ** 2
        self._last = played
        echo = np.einsum("pk,pk->k", self._far, self._model)
        rest: Samples = heard - np.fft.irfft(echo)[BLOCK:].astype(np.float32)
        error = self._hear(rest)
        unsure: Samples = np.einsum("pk,pk->k", self._power, self._doubt)
        if self._moved:
            self._moved -= 1
        else:
            self._learn(error, unsure)
        return rest, DOUBT * 0.5 * unsure + LEFT * np.abs(echo) ** 2

    def _hear(self, rest: Samples) -> npt.NDArray[np.complex64]:
        """The spectrum of what is not echo, which is also how loud somebody else may be."""
        error = np.fft.rfft(rest, 2 * BLOCK)  # half a turn off: the block ought to lie in the second half
        error[1::2] *= -1
        self._near = (NEAR * self._near + (1 - NEAR) * np.abs(error) ** 2).astype(np.float32)
        return error.astype(np.complex64)

    def _learn(self, error: npt.NDArray[np.complex64], unsure: Samples) -> None:
        """One step of the filter. Every block another part of it is cut to the length of its partitions again."""
        gain = self._doubt / (unsure + 2 * self._near + np.float32(_TINY))
        self._model += gain * self._far.conj() * error
        part = slice(self._turn, None, _EVERY)
        self._turn = (self._turn + 1) % _EVERY
        taps = np.fft.irfft(self._model[part], axis=1)
        taps[:, BLOCK:] = 0.0
        self._model[part] = np.fft.rfft(taps, axis=1)
        gain *= self._power
        self._doubt *= np.clip(STAYS**2 * (1 - 0.5 * gain), 0.0, 1.0)
        self._doubt += np.float32(1 - STAYS**2) * (self._model.real**2 + self._model.imag**2)


class _Softener:
    """A filter that changes from block to block without a seam."""

    def __init__(self) -> None:
        self._window = np.sqrt(np.hanning(2 * BLOCK + 1)[:-1]).astype(np.float32)
        self._taper = np.hanning(_TAPS + 2)[1:-1].astype(np.float32)
        self._ramp = np.linspace(0.0, 1.0, BLOCK, dtype=np.float32)
        self._noise = np.random.default_rng(0)
        self._before: Samples = np.zeros(BLOCK, dtype=np.float32)
        self._through = self._design(np.ones(_BINS, dtype=np.float32))
        self._rest()

    def _rest(self) -> None:
        self._left: Samples = np.zeros(_BINS, dtype=np.float32)
        self._gains: Samples = np.ones(_BINS, dtype=np.float32)
        self._masked = np.float32(0.0)
        self._filter = self._through

    def soften(self, rest: Samples, left: Samples | None) -> Samples:
        """`rest` without what may be `left` of the echo in it (power per frequency); None: nothing is, for long."""
        both = np.concatenate([self._before, rest])
        if left is None:
            self._before = rest
            self._rest()
            return both[BLOCK - _TAPS // 2 : -(_TAPS // 2)]
        self._left = np.maximum(left, FADES * self._left).astype(np.float32)
        power = np.abs(np.fft.rfft(self._window * both)) ** 2
        wanted = np.clip(1.0 - self._left / (power + _TINY), FLOOR, 1.0).astype(np.float32)
        self._gains = np.where(wanted < self._gains, 0.5 * (self._gains + wanted), wanted)
        before, self._filter = self._filter, self._design(self._gains)
        recent = both[BLOCK - _TAPS + 1 :]
        old, new = (np.convolve(recent, taps, mode="valid") for taps in (before, self._filter))
        self._before = rest
        masked, self._masked = self._masked, np.float32(MASK) * np.sqrt(1.0 - np.square(self._gains).mean())
        noise = self._noise.standard_normal(BLOCK, dtype=np.float32) * (masked + (self._masked - masked) * self._ramp)
        softened: Samples = (old + (new - old) * self._ramp + noise).astype(np.float32)
        return softened

    def _design(self, gains: Samples) -> Samples:
        """Taps with these gains, symmetric about their middle."""
        response = np.fft.irfft(gains)
        half = _TAPS // 2
        taps: Samples = (np.concatenate([response[-half:], response[: half + 1]]) * self._taper).astype(np.float32)
        return taps
