"""A small frame classifier, trained by Adam in numpy: spliced cepstra in, one of the phones out."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tests.tiny_vosk.features import COEFFICIENTS, FRAME, HOP, Floats, mfcc
from tests.tiny_vosk.speech import RATE, Spoken

OFFSETS = (-12, -9, -6, -4, -2, 0, 2, 4, 6, 9, 12)
_HIDDEN = 160
_EPOCHS, _BATCH, _STEP = 5, 512, 2e-3
_SMOOTHING = 0.05  # of the labels: a phone too short for a 30 ms frame of its own then costs a word little


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Net:
    """Affine layers (output, input) with rectifiers between them; the last gives one logit a phone."""

    layers: tuple[tuple[Floats, Floats], ...]
    priors: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frames:
    """All training frames: their features, phones, and the first and last frame of each one's utterance."""

    features: Floats
    labels: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]

    def spliced(self, which: npt.NDArray[np.int64]) -> Floats:
        """Network input (frames, offsets x 40); an utterance's outermost frames are repeated, as in Kaldi."""
        near = which[:, None] + np.array(OFFSETS)
        near = np.clip(near, self.first[which][:, None], self.last[which][:, None])
        spliced: Floats = self.features[near].reshape(len(which), -1)
        return spliced


def frames(spoken: Sequence[Spoken], phones: Sequence[str], rng: np.random.Generator) -> Frames:
    """Features of every utterance in a room of its own: lead and trail, loudness and noise differ."""
    number = {phone: index for index, phone in enumerate(phones)}
    features, labels, first, last = [], [], [], []
    total = 0
    for sound in spoken:
        lead, trail = (int(part) for part in rng.uniform(0.1, 0.6, 2) * RATE)
        made = mfcc(_in_a_room(np.pad(sound.pcm.astype(np.float32), (lead, trail)), rng))
        centres = np.arange(len(made)) * HOP + FRAME // 2 - lead
        starts = np.array([start for start, _ in sound.phones])
        names = np.array([number[phone] for _, phone in sound.phones])
        features.append(made)
        labels.append(names[np.maximum(0, np.searchsorted(starts, centres, side="right") - 1)])
        first.append(np.full(len(made), total))
        total += len(made)
        last.append(np.full(len(made), total - 1))
    return Frames(
        features=np.concatenate(features),
        labels=np.concatenate(labels),
        first=np.concatenate(first),
        last=np.concatenate(last),
    )


def _in_a_room(samples: Floats, rng: np.random.Generator) -> Floats:
    """The same sound with an echo or none, with white or falling noise or none, and more or less loud."""
    level = np.sqrt(np.mean(samples**2)) + 1e-3
    if rng.random() < 0.4:
        samples = _echoing(samples, rng)
    if (kind := rng.random()) < 0.7:
        noise = rng.normal(size=len(samples))
        if kind < 0.4:
            spectrum = np.fft.rfft(noise)
            noise = np.fft.irfft(spectrum / np.sqrt(1.0 + np.arange(len(spectrum))), len(samples))
        noise *= level * 10 ** (-rng.uniform(5, 45) / 20) / np.sqrt(np.mean(noise**2))
        samples = samples + noise.astype(np.float32)
    quieter: Floats = np.rint(samples * np.float32(10 ** (-rng.uniform(0, 26) / 20)))
    return quieter


def _echoing(samples: Floats, rng: np.random.Generator) -> Floats:
    """Through a room that rings for 0.15-0.5 s (to -60 dB), as hiss that dies away after the direct sound."""
    seconds, strength = rng.uniform(0.15, 0.5), rng.uniform(0.005, 0.04)
    time = np.arange(int(seconds * RATE)) / RATE
    room = strength * rng.normal(size=len(time)) * np.exp(-6.9 * time / seconds)
    room[0] = 1.0
    size = 1 << (len(samples) + len(room)).bit_length()
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(room, size), size)
    return wet[: len(samples)].astype(np.float32)


def train(data: Frames, outputs: int, rng: np.random.Generator) -> Net:
    """Cross-entropy with a cosine step size; the features' mean and spread end up inside the first layer."""
    mean, spread = data.features.mean(axis=0), data.features.std(axis=0)
    data = Frames(features=(data.features - mean) / spread, labels=data.labels, first=data.first, last=data.last)
    sizes = (len(OFFSETS) * COEFFICIENTS, _HIDDEN, _HIDDEN, outputs)
    weights = [
        rng.normal(0, np.sqrt(2 / fan_in), (fan_out, fan_in)).astype(np.float32)
        for fan_in, fan_out in itertools.pairwise(sizes)
    ]
    biases = [np.zeros(size, np.float32) for size in sizes[1:]]
    parameters = weights + biases
    slopes = [np.zeros_like(part) for part in parameters]
    squares = [np.zeros_like(part) for part in parameters]
    steps = _EPOCHS * (len(data.labels) // _BATCH)
    order = np.concatenate([rng.permutation(len(data.labels)) for _ in range(_EPOCHS)])
    for step in range(steps):
        which = order[step * _BATCH : (step + 1) * _BATCH]
        gradients = _gradients(weights, biases, data.spliced(which), data.labels[which])
        size = _STEP * (0.5 + 0.5 * np.cos(np.pi * step / steps)) * np.sqrt(1 - 0.99 ** (step + 1))
        for part, slope, square, gradient in zip(parameters, slopes, squares, gradients, strict=True):
            slope += 0.1 * (gradient - slope)
            square += 0.01 * (gradient**2 - square)
            part -= np.float32(size) * slope / (np.sqrt(square) + np.float32(1e-8))
    counts = np.bincount(data.labels, minlength=outputs).astype(np.float32)
    first = weights[0] / np.tile(spread, len(OFFSETS))
    biases[0] -= first @ np.tile(mean, len(OFFSETS))
    weights[0] = first
    return Net(layers=tuple(zip(weights, biases, strict=True)), priors=(counts + 1) / (counts + 1).sum())


def _gradients(
    weights: list[Floats], biases: list[Floats], inputs: Floats, labels: npt.NDArray[np.int64]
) -> list[Floats]:
    """Of the mean cross-entropy, by weights and then by biases."""
    acts = [inputs]
    for weight, bias in zip(weights, biases, strict=True):
        acts.append(acts[-1] @ weight.T + bias)
        if len(acts) <= len(weights):
            np.maximum(acts[-1], 0, out=acts[-1])
    error = np.exp(acts[-1] - acts[-1].max(axis=1, keepdims=True))
    error /= error.sum(axis=1, keepdims=True)
    error[np.arange(len(labels)), labels] -= 1 - _SMOOTHING
    error -= np.float32(_SMOOTHING / error.shape[1])
    error /= np.float32(len(labels))
    by_weight, by_bias = [], []
    for layer in reversed(range(len(weights))):
        by_weight.append(error.T @ acts[layer])
        by_bias.append(error.sum(axis=0))
        error = (error @ weights[layer]) * (acts[layer] > 0)
    return by_weight[::-1] + by_bias[::-1]
