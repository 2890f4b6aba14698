"""Rooms and what sounds in them besides the speaker: impulse responses, hiss and hum, music, knocks and clinks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from models.training.corpus import RATE
from models.training.features import Floats

_LONGEST = RATE // 2


def room(rng: np.random.Generator) -> Floats:
    """An impulse response, direct sound first: 0.15-0.8 s to -60 dB, treble dying sooner, from 0.3 to some 5 m.

    A few early reflections and then hiss that dies away; the nearer the speaker, the louder the direct sound.
    """
    ringing = rng.uniform(0.15, 0.8)
    direct_db = rng.uniform(-4, 16)  # above all the rest: 16 dB is an arm's length, -4 the far end of the room
    time = np.arange(_LONGEST) / RATE
    hiss = rng.normal(size=_LONGEST)
    dull = np.convolve(hiss, np.full(6, 1 / 6), "same")
    tail = hiss * np.exp(-6.9 * time / (0.6 * ringing)) + 1.5 * dull * np.exp(-6.9 * time / ringing)
    onset = rng.uniform(0.003, 0.02)
    tail *= np.minimum(1.0, time / onset) ** 2 * 0.5
    for delay in rng.uniform(0.001, 0.03, rng.integers(3, 9)):
        tail[int(delay * RATE)] += rng.uniform(-1, 1) * 12 * np.exp(-60 * delay)
    tail *= 10 ** (-direct_db / 20) / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    return tail.astype(np.float32)


def hiss(seconds: float, rng: np.random.Generator) -> Floats:
    """Coloured noise of level 1 whose colour and loudness wander: fans, traffic, rain, a fridge's hum."""
    count = int(seconds * RATE)
    spectrum = np.fft.rfft(rng.normal(size=count))
    hz = np.fft.rfftfreq(count, 1 / RATE) + 20.0
    spectrum *= (hz / 1000) ** rng.uniform(-1.2, 0.3)
    for _ in range(rng.integers(0, 4)):
        centre = np.exp(rng.uniform(np.log(80), np.log(6000)))
        spectrum *= 1 + rng.uniform(0, 6) * np.exp(-((np.log(hz / centre) / rng.uniform(0.05, 0.6)) ** 2))
    noise = np.fft.irfft(spectrum, count)
    if rng.random() < 0.4:
        time = np.arange(count) / RATE
        for harmonic in range(1, rng.integers(2, 8)):
            hum = rng.choice([50.0, 60.0, 100.0, rng.uniform(40, 300)]) * harmonic
            noise += noise.std() * rng.uniform(0, 0.8) / harmonic * np.sin(2 * np.pi * hum * time)
    if rng.random() < 0.5:
        knots = rng.uniform(0.1, 1, max(2, int(seconds * rng.uniform(0.5, 6))))
        noise *= np.interp(np.linspace(0, len(knots) - 1, count), np.arange(len(knots)), knots)
    return _even(noise)


def music(seconds: float, rng: np.random.Generator) -> Floats:
    """Chords, a tune, a bass and drums of level 1, all of them simple."""
    count = int(seconds * RATE)
    wave = np.zeros(count + 2 * RATE)
    beat = 60 / rng.uniform(60, 150)
    scale = 110 * 2 ** (rng.integers(0, 12) / 12) * 2 ** (np.array([0, 2, 4, 5, 7, 9, 11, 12]) / 12)
    brightness, sustain = rng.uniform(0.3, 0.9), rng.uniform(0.2, 1.2)
    drums, tune, chords = rng.random(3) < (0.6, 0.8, 0.7)
    for step in range(int(seconds / beat)):
        at = step * beat
        if chords and step % 4 == 0:
            root = rng.integers(0, 5)
            for note in (0, 2, 4):
                _note(wave, at, scale[(root + note) % 8], 3 * beat, 0.4, brightness, rng)
        if tune and rng.random() < 0.8:
            pitch = scale[rng.integers(0, 8)] * rng.choice([1, 2, 4])
            _note(wave, at + rng.choice([0, beat / 2]), pitch, sustain, 0.6, brightness, rng)
        if drums:
            wave_at = int(at * RATE)
            size = int(rng.uniform(0.03, 0.15) * RATE)
            wave[wave_at : wave_at + size] += rng.normal(size=size) * np.exp(-np.arange(size) / (size / 5)) * 0.5
    return _even(wave[:count])


def knock(rng: np.random.Generator) -> Floats:
    """One short sound of peak 1 that is not speech: a click, a clap of hiss, a clink, a squeak, a hum, 6-450 ms."""
    count = int(np.exp(rng.uniform(np.log(0.006), np.log(0.45))) * RATE)
    time = np.arange(count) / RATE
    kind = rng.integers(4)
    pitch = np.exp(rng.uniform(np.log(70), np.log(5000)))
    if kind == 0:
        wave = rng.normal(size=count)
    elif kind == 1:
        wave = rng.normal(size=count) * np.sin(2 * np.pi * pitch * time)
    elif kind == 2:
        wave = np.sin(2 * np.pi * pitch * (time + rng.uniform(-0.8, 2) * time**2))
    else:
        wave = sum(
            rng.uniform(0, 1) * np.sin(2 * np.pi * pitch * rng.uniform(0.98, 1.02) * harmonic * time)
            for harmonic in range(1, rng.integers(2, 8))
        )
    envelope = np.exp(-time * rng.choice([0, 4, 15, 40])) * np.minimum(1, np.arange(count, 0, -1) / 60)
    wave = np.asarray(wave) * envelope * np.minimum(1, np.arange(count) / rng.choice([1, 60, 800]))
    made: Floats = (wave / (np.abs(wave).max() + 1e-9)).astype(np.float32)
    return made


def _note(
    wave: npt.NDArray[np.float64],
    at: float,
    pitch: float,
    length: float,
    loudness: float,
    brightness: float,
    rng: np.random.Generator,
) -> None:
    start, count = int(at * RATE), int(min(length, 1.9) * RATE)
    time = np.arange(count) / RATE
    tone = sum(
        brightness**harmonic * np.sin(2 * np.pi * pitch * harmonic * time + rng.uniform(0, 6))
        for harmonic in range(1, 7)
        if pitch * harmonic < RATE / 2
    )
    end = min(len(wave), start + count)
    shape = np.exp(-time * rng.uniform(1, 6)) * np.minimum(1, time / 0.01) * loudness
    wave[start:end] += (tone * shape)[: end - start]


def _even(wave: npt.NDArray[np.float64]) -> Floats:
    made: Floats = (wave / (np.sqrt(np.mean(wave**2)) + 1e-9)).astype(np.float32)
    return made
