"""The same commands in noise, in music, and in other rooms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from tests.benchmarks.pack import Entry
from tests.benchmarks.stage import Stage, active_rms, stage
from voice_coach.audio.clip import Pcm, Samples, to_pcm, to_samples

NOISE_DBFS = -45.0
SNRS_DB = (20, 10, 5)
LOUDEST = 0.95

Clips = Sequence[tuple[Entry, Pcm]]


def some(clips: Clips, many: int, seed: int = 0) -> Clips:
    """So many of the clips, the same for the same seed, in their order."""
    if len(clips) <= many:
        return clips
    chosen = np.sort(np.random.default_rng(seed).choice(len(clips), many, replace=False))
    return [clips[number] for number in chosen]


def conditions(clips: Clips, noises: Clips, music: Clips, rooms: Clips) -> Iterator[tuple[str, Stage]]:
    """Each with its name: as they are, with noise and with music at 20, 10 and 5 dB, through every room."""
    yield "as recorded", stage(clips)
    for name, sounds in (("noise", noises), ("music", music)):
        if sounds:
            background = together([sound for _, sound in sounds])
            for snr in SNRS_DB:
                yield f"{name} at {snr} dB", in_noise(clips, background, snr)
    for entry, response in rooms:
        yield f"room {entry.transcript or entry.name}", stage([(e, in_room(sound, response)) for e, sound in clips])


def together(sounds: Sequence[Pcm]) -> Samples:
    """One background of all sounds one after another, all equally loud (root mean square -45 dBFS)."""
    level = 10 ** (NOISE_DBFS / 20)
    parts = []
    for sound in sounds:
        samples = to_samples(sound)
        rms = float(np.sqrt(np.square(samples, dtype=np.float64).mean()))
        parts.append(samples * np.float32(level / max(rms, 1e-6)))
    background: Samples = np.concatenate(parts)
    return background


def in_noise(clips: Clips, background: Samples, snr_db: float) -> Stage:
    """All clips over a background at -45 dBFS, the speech in each so many dB above it."""
    wanted = 10 ** ((NOISE_DBFS + snr_db) / 20)
    return stage([(entry, _scaled(sound, wanted / active_rms(sound))) for entry, sound in clips], noise=background)


def in_room(sound: Pcm, response: Pcm) -> Pcm:
    """The sound as it arrives through a room with this impulse response, as loud as before and no later.

    The tail is kept for as long as it is within 60 dB.
    """
    impulse = to_samples(response)
    first = int(np.argmax(np.abs(impulse)))
    there = np.flatnonzero(np.abs(impulse) > 0.001 * np.abs(impulse).max())
    wet = convolved(to_samples(sound), impulse[first : there[-1] + 1])
    return _scaled(to_pcm(wet / np.float32(max(1.0, float(np.abs(wet).max())))), 1.0, like=sound)


def convolved(samples: Samples, impulse: Samples) -> Samples:
    """By Fourier transform; the whole length, tail included."""
    length = len(samples) + len(impulse) - 1
    size = 1 << (length - 1).bit_length()
    spectrum = np.fft.rfft(samples, size) * np.fft.rfft(impulse, size)
    return np.asarray(np.fft.irfft(spectrum, size)[:length], dtype=np.float32)


def _scaled(sound: Pcm, gain: float, like: Pcm | None = None) -> Pcm:
    """At another level (or at that of `like`), but never clipped: softer then."""
    if like is not None:
        gain = active_rms(like) / active_rms(sound)
    samples = to_samples(sound)
    peak = float(np.abs(samples).max(initial=0.0)) * gain
    return to_pcm(samples * np.float32(gain * min(1.0, LOUDEST / peak if peak else 1.0)))
