"""Rooms for the cancellers: a delay that stays, jumps or drifts, a response, a person, noise. All on virtual time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from voice_coach.audio.clip import BLOCK, FRAMES_PER_MS, RATE, Pcm, Samples, to_pcm, to_samples
from voice_coach.audio.room import room_response
from voice_coach.speech.canceller import Canceller


def echo(
    played: Pcm,
    *,
    delay_ms: float,
    drift_ppm: float = 0.0,
    jumps: Sequence[tuple[float, float]] = (),
    gain: float = 0.5,
    seed: int = 1,
    noise_dbfs: float = -66.0,
) -> Samples:
    """What a microphone hears of the loudspeaker; `jumps` are (second, delay in ms from then on).

    The direct sound of the room comes 8 ms after the delay.
    """
    frames = np.arange(len(played))
    late = np.full(len(played), float(delay_ms * FRAMES_PER_MS))
    for second, ms in jumps:
        late[round(second * RATE) :] = ms * FRAMES_PER_MS
    late += frames * drift_ppm * 1e-6
    # Read between two frames by the band-limited signal itself, eight times as dense, and a straight line.
    spectrum = np.fft.rfft(to_samples(played).astype(np.float64))
    dense = np.fft.irfft(np.concatenate([spectrum, np.zeros(7 * len(spectrum))]), 8 * len(played)) * 8
    delayed = np.interp((frames - late) * 8, np.arange(len(dense)), dense, left=0.0, right=0.0)
    response = room_response(np.random.default_rng(seed)) * gain
    size = 1 << (len(played) + len(response)).bit_length()
    heard = np.fft.irfft(np.fft.rfft(delayed, size) * np.fft.rfft(response, size), size)[: len(played)]
    noise = np.random.default_rng(seed + 9).standard_normal(len(played)) * 10 ** (noise_dbfs / 20)
    samples: Samples = (heard + noise).astype(np.float32)
    return samples


def cleaned(canceller: Canceller, mic: Pcm, played: Pcm) -> Samples:
    """All of it through a canceller, block after block."""
    blocks = range(0, len(mic) - BLOCK + 1, BLOCK)
    return to_samples(
        np.concatenate([canceller.process(mic[at : at + BLOCK], played[at : at + BLOCK]) for at in blocks])
    )


def db(samples: Samples) -> float:
    """The level."""
    return float(10 * np.log10(np.square(samples.astype(np.float64)).mean() + 1e-12))


def reduction_db(heard: Samples, left: Samples, start_s: float, end_s: float) -> float:
    """By how much the echo is softer between two moments."""
    part = slice(round(start_s * RATE), round(end_s * RATE))
    return db(heard[part]) - db(left[part])


def likeness_db(left: Samples, person: Samples) -> float:
    """How much of what is left is the person, against everything else, whatever its colour: 10 log coherence.

    `left` may be up to 25 ms later than `person`.
    """
    window = np.hanning(512)
    spoken = np.abs(person) > 0.01
    best = -99.0
    for late in range(0, 401, 64):
        pairs = [
            (np.fft.rfft(window * left[at + late : at + late + 512]), np.fft.rfft(window * person[at : at + 512]))
            for at in range(0, len(person) - 1_024, 512)
            if spoken[at : at + 512].any() and at + late + 512 <= len(left)
        ]
        out, her = (np.array(spectra)[:, 10:110] for spectra in zip(*pairs, strict=True))
        cross = np.abs((out * her.conj()).sum(axis=0)) ** 2
        power = (np.abs(her) ** 2).sum(axis=0)
        coherence = np.average(cross / ((np.abs(out) ** 2).sum(axis=0) * power + 1e-20), weights=power)
        best = max(best, float(10 * np.log10(coherence / (1 - coherence))))
    return best


def pcm(samples: Samples) -> Pcm:
    """As a microphone gives it."""
    return to_pcm(samples)
