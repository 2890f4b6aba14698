"""Endless training examples: clips put into rooms and noise, faster or slower, nearer or farther, with their labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from models.training.corpus import RATE, UNSURE, Samples, Segments, Source
from models.training.features import FRAME, HOP, Floats, mfcc
from models.training.layout import LEFT, RIGHT, SUBSAMPLING
from models.training.phones import PHONES, pdfs
from models.training.rooms import hiss, knock, music, room

OUTPUT_FRAMES = 67  # two seconds
INPUT_FRAMES = SUBSAMPLING * (OUTPUT_FRAMES - 1) + 1 + LEFT + RIGHT
IGNORE = -100
REAL = frozenset({"words", "sentences", "reading"})
SHARES = {
    "words": 0.27,
    "sentences": 0.13,
    "reading": 0.17,
    "flite": 0.15,
    "festival": 0.06,
    "espeak": 0.13,
    "silence": 0.09,
}
"""How often an example comes from each source, whatever its size; silence is noise without any speech."""

_WINDOW = (INPUT_FRAMES - 1) * HOP + FRAME
_FFT = 48_000  # holds a window and a room's response
_CENTRES = (LEFT + SUBSAMPLING * np.arange(OUTPUT_FRAMES)) * HOP + FRAME // 2
_ROOMS, _HISSES, _MUSICS, _POOL_SECONDS = 200, 48, 24, 10.0
_BALANCE = 0.4  # a word with n clips of its own is drawn as n to this power
_LOUDEST = 32_767.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Features (examples, INPUT_FRAMES, 40), phone states (examples, OUTPUT_FRAMES) or IGNORE, and speech 1 or 0."""

    features: Floats
    labels: npt.NDArray[np.int64]
    speech: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Labelled:
    audio: Samples
    starts: npt.NDArray[np.int64]
    states: npt.NDArray[np.int64]  # pdfs, or UNSURE


class _Pool(Sequence[npt.NDArray[Any]]):
    """Things that are costly to make, each made when it is first drawn; the same seed makes the same ones."""

    def __init__(self, make: Callable[[np.random.Generator], npt.NDArray[Any]], size: int, seed: int) -> None:
        self._make, self._size, self._seed = make, size, seed
        self._made: dict[int, npt.NDArray[Any]] = {}

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, index: Any) -> Any:
        if index not in self._made:
            self._made[index] = self._make(np.random.default_rng([self._seed, index]))
        return self._made[index]


class Mixer:
    """Draws examples; the same sources and seed always give the same ones."""

    def __init__(
        self, sources: Mapping[str, Source], noises: Sequence[Samples], coach: Sequence[Samples], seed: int
    ) -> None:
        self._rng = np.random.default_rng(seed)
        self._clips = {name: _labelled(source) for name, source in sources.items() if source.aligned}
        self._odds = {
            name: _odds([sources[name].clips[index].text for index in source.segments()])
            for name, source in sources.items()
            if source.aligned
        }
        names = [*(name for name in SHARES if name in self._clips), "silence"]
        shares = np.array([SHARES[name] for name in names])
        shares[:-1] *= (1 - SHARES["silence"]) / shares[:-1].sum()
        self._names, self._shares = names, shares
        self._noises, self._coach = list(noises), list(coach)
        self._rooms = _Pool(lambda rng: np.fft.rfft(room(rng), _FFT), _ROOMS, seed)
        self._hiss = _Pool(lambda rng: hiss(_POOL_SECONDS, rng), _HISSES, seed)
        self._music = _Pool(lambda rng: music(_POOL_SECONDS, rng), _MUSICS, seed)

    def batch(self, size: int) -> Batch:
        """`size` examples."""
        examples = [self._example() for _ in range(size)]
        return Batch(
            features=np.stack([features for features, _ in examples]),
            labels=np.stack([np.where(states == UNSURE, IGNORE, states) for _, states in examples]),
            speech=np.stack([(states != 0).astype(np.int64) for _, states in examples]),
        )

    def _example(self) -> tuple[Floats, npt.NDArray[np.int64]]:
        rng = self._rng
        name = str(rng.choice(self._names, p=self._shares))
        if name == "silence":
            wave, states = self._no_speech(), np.zeros(OUTPUT_FRAMES, np.int64)
        else:
            dry, states = self._speech(name)
            level = _active_level(dry)
            wave = self._through_air(dry)
            if rng.random() < 0.85:
                wave += self._noise() * (level * 10 ** (-rng.uniform(3, 40) / 20))
            if rng.random() < 0.15:
                self._knocks(wave, level * 3, int(rng.integers(1, 3)))
        wave *= _LOUDEST / (np.abs(wave).max() + 1e-3) * 10 ** (-rng.uniform(0, 41) / 20)
        if rng.random() < 0.04:
            top = np.abs(wave).max() * rng.uniform(0.3, 0.9)
            wave = np.clip(wave, -top, top)
        wave = np.rint(wave).astype(np.float32) + rng.standard_normal(len(wave), np.float32)  # libvosk's dither
        return mfcc(wave, warp=float(np.exp(rng.uniform(-0.16, 0.16)))), states

    def _speech(self, name: str) -> tuple[Floats, npt.NDArray[np.int64]]:
        """Clips of one source, one after the other with pauses, and the states at the outputs' frames."""
        rng = self._rng
        wave = np.zeros(_WINDOW, np.float32)
        states = np.zeros(OUTPUT_FRAMES, np.int64)
        at = int(rng.uniform(0.0, 0.9) * RATE)
        while at < _WINDOW - RATE // 4:
            clips = self._clips[name]
            clip = clips[int(np.searchsorted(self._odds[name], rng.random()))]
            spread = 0.14 if name in REAL else 0.2
            speed = float(np.exp(rng.uniform(-spread, spread)))
            length = int(len(clip.audio) / speed)
            if length > _WINDOW and not wave.any():  # any part of a long one
                at = -int(rng.uniform(0, length - _WINDOW))
            first, last = max(0, at), min(_WINDOW, at + length)
            places = (np.arange(first - at, last - at) * speed).astype(np.float32)
            below = np.minimum(places.astype(np.int64), len(clip.audio) - 2)
            part = clip.audio[below[0] : below[-1] + 2].astype(np.float32)
            below -= below[0]
            places -= np.float32(int(places[0]))
            wave[first:last] = part[below] + (places - below) * (part[below + 1] - part[below])
            inside = (first <= _CENTRES) & (last > _CENTRES)
            found = np.searchsorted(clip.starts, (_CENTRES[inside] - at) * speed, side="right") - 1
            states[inside] = clip.states[np.maximum(0, found)]
            if rng.random() < 0.2:
                break
            at = last + int(rng.uniform(0.05, 0.6) * RATE)
        if rng.random() < 0.06:  # an old or shy voice trembles
            time = np.arange(_WINDOW, dtype=np.float32) / RATE
            wave *= 1 + np.float32(rng.uniform(0.1, 0.35)) * np.sin(np.float32(2 * np.pi * rng.uniform(4, 8)) * time)
        return wave, states

    def _through_air(self, wave: Floats) -> Floats:
        """Through a room, a microphone with a tone of its own, and perhaps a telephone."""
        rng = self._rng
        spectrum = np.fft.rfft(wave, _FFT)
        if rng.random() < 0.55:
            spectrum = spectrum * self._rooms[int(rng.integers(len(self._rooms)))]
        hz = np.linspace(0, RATE / 2, len(spectrum), dtype=np.float32)
        if rng.random() < 0.6:
            tilt = np.float32(rng.uniform(-0.4, 0.4))
            spectrum = spectrum * ((hz + 100) / 1000) ** tilt
            centre, width = np.exp(rng.uniform(np.log(150), np.log(6000))), rng.uniform(0.2, 1.0)
            depth = np.float32(rng.uniform(-1.2, 1.2))
            spectrum *= np.exp(depth * np.exp(-((np.log((hz + 1) / centre) / width) ** 2)))
        if rng.random() < 0.35:
            spectrum *= 1 / np.sqrt(1 + (hz / np.float32(rng.uniform(3300, 7800))) ** 24)
        if rng.random() < 0.12:
            spectrum *= 1 - 1 / np.sqrt(1 + (hz / np.float32(rng.uniform(100, 350))) ** 8)
        made: Floats = np.fft.irfft(spectrum, _FFT)[:_WINDOW].astype(np.float32)
        return made

    def _noise(self) -> Floats:
        """A window of any noise at level 1."""
        kind = self._rng.random()
        if kind < 0.28 and self._noises:
            return _levelled(self._cut(self._noises))
        if kind < 0.66:
            return _levelled(self._cut(self._hiss))
        if kind < 0.8:
            return _levelled(self._cut(self._music))
        if kind < 0.88 and self._coach:  # what the echo canceller leaves of the coach
            left = _levelled(self._through_air(self._cut(self._coach)))
            return _scaled(left, self._rng.uniform(0.1, 0.7))
        voices = np.zeros(_WINDOW, np.float32)
        for _ in range(self._rng.integers(2, 6)):
            clips = self._clips[str(self._rng.choice(list(self._clips)))]
            clip = clips[int(self._rng.integers(len(clips)))].audio
            voices += _levelled(self._cut([clip])) * np.float32(self._rng.uniform(0.2, 1))
        return _scaled(_levelled(voices), 0.7)

    def _cut(self, pool: Sequence[npt.NDArray[Any]]) -> Floats:
        chosen = pool[int(self._rng.integers(len(pool)))]
        if len(chosen) > _WINDOW:
            start = int(self._rng.integers(len(chosen) - _WINDOW))
            return np.asarray(chosen[start : start + _WINDOW], np.float32)
        return np.resize(np.asarray(chosen, np.float32), _WINDOW)

    def _no_speech(self) -> Floats:
        rng = self._rng
        if rng.random() < 0.05:
            return rng.standard_normal(_WINDOW, np.float32) * 1e-3
        kind = rng.random()
        pool: Sequence[npt.NDArray[Any]] = self._hiss if kind < 0.65 else self._music
        if kind < 0.35 and self._noises:
            pool = self._noises
        wave = _levelled(self._cut(pool))
        if rng.random() < 0.3:
            wave = wave + _levelled(self._cut(self._hiss)) * np.float32(rng.uniform(0, 1))
        if rng.random() < 0.6:
            self._knocks(wave, float(np.exp(rng.uniform(0, 4))), int(rng.integers(1, 9)))
        return self._through_air(wave)

    def _knocks(self, wave: Floats, level: float, count: int) -> None:
        for _ in range(count):
            sound = knock(self._rng)
            at = int(self._rng.integers(_WINDOW - len(sound)))
            wave[at : at + len(sound)] += sound * np.float32(level * self._rng.uniform(0.2, 1))


def _labelled(source: Source) -> list[_Labelled]:
    clips = []
    for index, segments in source.segments().items():
        audio = source.audio(index)
        starts, states = _states(segments, len(audio))
        clips.append(_Labelled(audio=audio, starts=starts, states=states))
    return clips


def _states(segments: Segments, length: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Phones cut into their states, which share their time evenly."""
    ends = np.append(segments.starts[1:], length)
    starts, states = [], []
    for start, end, phone in zip(segments.starts, ends, segments.phones, strict=True):
        numbers = (UNSURE,) if phone == UNSURE else pdfs(PHONES[phone])
        for place, number in enumerate(numbers):
            starts.append(start + (end - start) * place // len(numbers))
            states.append(number)
    return np.array(starts, np.int64), np.array(states, np.int64)


def _odds(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """Cumulative: words that were recorded seldom are drawn more often than their share of the clips."""
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
    weights = np.cumsum([counts[text] ** (_BALANCE - 1) for text in texts])
    made: npt.NDArray[np.float64] = weights / weights[-1]
    return made


def _active_level(wave: Floats) -> float:
    """Of the loud half of what is not digital silence."""
    frames = np.sort(np.mean(wave[: len(wave) // 400 * 400].reshape(-1, 400) ** 2, axis=1))
    heard = frames[frames > 0]
    return float(np.sqrt(heard[len(heard) // 2 :].mean())) if len(heard) else 1.0


def _scaled(wave: Floats, factor: float) -> Floats:
    made: Floats = wave * np.float32(factor)
    return made


def _levelled(wave: Floats) -> Floats:
    made: Floats = (wave / (np.sqrt(np.mean(wave**2)) + 1e-6)).astype(np.float32)
    return made
