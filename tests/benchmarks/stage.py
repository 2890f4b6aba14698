"""Clips one after another with a room's faint noise between them, as one recording, and who may be heard when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tests.benchmarks.pack import Entry
from voice_coach.audio.clip import FRAMES_PER_MS, RATE, Pcm, Samples, to_pcm, to_samples

GAP_MS = 1_200
ROOM_DBFS = -66.0  # white noise: a microphone is never digitally silent
SETTLE_MS = 1_000  # the room alone, before the first clip
EDGE = 5 * FRAMES_PER_MS  # frames: clips that were cut tightly would begin and end with a click
FRAME = 10 * FRAMES_PER_MS  # levels are those of 10 ms
DEEP_DB = 25.0  # a frame so much softer than the loudest one is no speech any more
ABOVE_DB = 10.0  # and one that is not so much louder than the clip's own noise (its softest fifth) is none either,
LEAST_DB = 12.0  # but what is within this of the loudest always is: a tightly cut clip has no noise to measure
BURST = 3  # frames: a shorter sound ...
APART = 20  # ... so many frames after everything else is a click of the lips or the mouse


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Where a clip lies in the recording; `word_ends_ms` is the end of what is said in it."""

    entry: Entry
    start_ms: int
    end_ms: int
    word_ends_ms: int


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """The recording and its slots in order."""

    sound: Pcm
    slots: tuple[Slot, ...]

    @property
    def seconds(self) -> float:
        """The whole length, gaps included."""
        return len(self.sound) / RATE

    def slot_at(self, ms: float) -> int:
        """The number of the clip that is on at a moment; in a gap, the nearer one."""
        borders = [(a.end_ms + b.start_ms) / 2 for a, b in zip(self.slots, self.slots[1:], strict=False)]
        return bisect_right(borders, ms)


def stage(clips: Sequence[tuple[Entry, Pcm]], *, gap_ms: int = GAP_MS, noise: Samples | None = None) -> Stage:
    """All clips in their order; `noise` is put under everything instead of the room's own (it is repeated)."""
    slots, pieces, at = [], [], SETTLE_MS * FRAMES_PER_MS
    for entry, sound in clips:
        start_ms = at // FRAMES_PER_MS
        length_ms = -(-len(sound) // FRAMES_PER_MS)
        ends = start_ms + speech_ends_ms(sound)
        slots.append(Slot(entry=entry, start_ms=start_ms, end_ms=start_ms + length_ms, word_ends_ms=ends))
        pieces.append((at, sound))
        at += (length_ms + gap_ms) * FRAMES_PER_MS
    mixed = room_noise(at) if noise is None else np.resize(noise, at).astype(np.float32)
    for start, sound in pieces:
        mixed[start : start + len(sound)] += _softly(to_samples(sound))
    return Stage(to_pcm(mixed), tuple(slots))


def room_noise(frames: int, seed: int = 0) -> Samples:
    """White noise at the level of a quiet room; the same for the same seed."""
    level = np.float32(10 ** (ROOM_DBFS / 20))
    noise: Samples = np.random.default_rng(seed).standard_normal(frames, dtype=np.float32)
    noise *= level
    return noise


def speech_ends_ms(sound: Pcm) -> int:
    """When the word in a clip ends, from its energy alone; milliseconds from the clip's beginning.

    The end of the last 10 ms that are within 25 dB of the loudest and 10 dB above the clip's noise, or within 12 dB of
    the loudest. A sound of less than 30 ms that comes 200 ms after everything else is passed over. In noise the soft
    end of a word is lost, so that the answer seems late by as much; where the noise comes within 12 dB of the word,
    the end of the clip is found, and the answer seems early.
    """
    return (1 + int(active(sound)[-1])) * FRAME // FRAMES_PER_MS


def active(sound: Pcm) -> npt.NDArray[np.intp]:
    """The numbers of the 10 ms in which somebody speaks, by the rule above; never none."""
    levels = _levels_db(to_samples(sound))
    loudest = float(levels.max())
    noise = float(np.percentile(levels, 20))
    found = np.flatnonzero(levels >= min(max(loudest - DEEP_DB, noise + ABOVE_DB), loudest - LEAST_DB))
    breaks = np.flatnonzero(np.diff(found) > APART)
    if len(breaks) and len(found) - 1 - breaks[-1] < BURST:
        found = found[: breaks[-1] + 1]
    return found


def active_rms(sound: Pcm) -> float:
    """How loud the speech in a clip is: root mean square over the 10 ms in which somebody speaks, full scale 1.0."""
    powers = 10 ** (_levels_db(to_samples(sound))[active(sound)] / 10)
    return float(np.sqrt(powers.mean()))


def _levels_db(samples: Samples) -> npt.NDArray[np.float64]:
    frames = np.resize(samples, (max(1, len(samples) // FRAME), FRAME)).astype(np.float64)
    levels: npt.NDArray[np.float64] = 10 * np.log10(np.square(frames).mean(axis=1) + 1e-12)
    return levels


def _softly(samples: Samples) -> Samples:
    """Five milliseconds to begin and to end."""
    edge = min(EDGE, len(samples) // 2)
    shaped: Samples = samples.copy()
    ramp = np.linspace(0.0, 1.0, edge, dtype=np.float32)
    shaped[:edge] *= ramp
    shaped[len(shaped) - edge :] *= ramp[::-1]
    return shaped
