"""Kaldi's MFCC in numpy: 25 ms frames every 10 ms, 40 mel bins, 40 cepstra, no energy, snip-edges.

The steps are those of Kaldi's feature-window.cc, mel-computations.cc and feature-mfcc.cc; CONF says the same
to libvosk, which adds Gaussian dither of one step before; training does so too, in `augment`.
"""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt

from models.training.corpus import RATE

Floats = npt.NDArray[np.float32]

COEFFICIENTS = 40
HOP = RATE // 100
FRAME = RATE // 40
LOW_HZ, HIGH_HZ = 20.0, 7600.0
CONF = f"""\
--sample-frequency={RATE}
--use-energy=false
--num-mel-bins={COEFFICIENTS}
--num-ceps={COEFFICIENTS}
--low-freq={LOW_HZ:.0f}
--high-freq={HIGH_HZ:.0f}
--allow-downsample=true
"""

_FFT = 512
_PREEMPHASIS = 0.97
_LIFTER = 22.0
_WARP_EDGE_HZ = 4800.0  # above it the warped axis bends so as to end where the plain one does


def mfcc(samples: Floats, warp: float = 1.0) -> Floats:
    """Features (frames, 40) of samples in the 16-bit range; there are none for less than 25 ms.

    `warp` above 1 hears the formants that much lower, as from a longer vocal tract; it is rounded to hundredths.
    """
    if len(samples) < FRAME:
        return np.zeros((0, COEFFICIENTS), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, FRAME)[::HOP].astype(np.float32)
    frames = frames - frames.mean(axis=1, keepdims=True)
    windowed = frames * _povey()
    windowed[:, 1:] -= _PREEMPHASIS * frames[:, :-1] * _povey()[1:]
    windowed[:, 0] -= _PREEMPHASIS * frames[:, 0] * _povey()[0]
    spectrum = np.fft.rfft(windowed, _FFT)
    power = (spectrum.real**2 + spectrum.imag**2)[:, :-1]
    mel = np.log(np.maximum(power @ _mel_bins(round(100 * warp)).T, np.finfo(np.float32).eps))
    cepstra: Floats = mel @ _cosines().T
    return cepstra


def frame_count(samples: int) -> int:
    """How many whole frames there are in so many samples."""
    return 0 if samples < FRAME else 1 + (samples - FRAME) // HOP


@functools.cache
def _povey() -> Floats:
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FRAME) / (FRAME - 1))
    window: Floats = (hann**0.85).astype(np.float32)
    return window


@functools.cache
def _mel_bins(warp_percent: int) -> Floats:
    """Triangles, equally spaced and equally wide in mel, as (mel bin, FFT bin)."""

    def mel(hz: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return 1127.0 * np.log1p(hz / 700.0)

    low, high = mel(np.array([LOW_HZ, HIGH_HZ]))
    width = (high - low) / (COEFFICIENTS + 1)
    centres = low + width * np.arange(1, COEFFICIENTS + 1)[:, None]
    hz = np.arange(_FFT // 2) * RATE / _FFT
    factor = warp_percent / 100
    edge = _WARP_EDGE_HZ / max(factor, 1.0)
    hz = np.interp(hz, [0.0, edge, HIGH_HZ, RATE / 2], [0.0, edge * factor, HIGH_HZ, RATE / 2])
    bins = mel(hz)[None, :]
    triangles: Floats = np.maximum(0.0, 1.0 - np.abs(bins - centres) / width).astype(np.float32)
    return triangles


@functools.cache
def _cosines() -> Floats:
    """Orthonormal DCT-II with Kaldi's liftering, as (cepstrum, mel bin)."""
    row = np.arange(COEFFICIENTS)[:, None]
    dct = np.sqrt(2.0 / COEFFICIENTS) * np.cos(np.pi / COEFFICIENTS * (np.arange(COEFFICIENTS) + 0.5) * row)
    dct[0] = np.sqrt(1.0 / COEFFICIENTS)
    lifted: Floats = ((1.0 + 0.5 * _LIFTER * np.sin(np.pi * row / _LIFTER)) * dct).astype(np.float32)
    return lifted
