"""The short sounds beside the voice, made of sines between 400 and 1000 Hz.

That range is where older ears still hear well, and short pulses carry further than long tones. Lift rises, hold is
two level pulses, lower falls, so that the three can be told apart without having learnt them. Every tone has
raised-cosine edges and no more energy than the voice (peak -17 dBFS, which for a sine is -20 dBFS RMS).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from voice_coach.audio.clip import FRAMES_PER_MS, RATE, Clip, Samples

PEAK = 10 ** (-17 / 20)
EDGE_MS = 8

_Part = tuple[float, float, int]  # from hertz, to hertz, milliseconds; 0 Hz is a gap

PARTS: Mapping[str, tuple[_Part, ...]] = {
    "lift": ((500, 800, 180),),
    "hold": ((650, 650, 80), (0, 0, 40), (650, 650, 80)),
    "lower": ((800, 500, 180),),
    "tick": ((700, 700, 60),),
    "go": ((600, 600, 80), (900, 900, 150)),
    "rest": ((700, 700, 80), (500, 500, 150)),
    "heard": ((950, 950, 70),),
    "unclear": ((480, 560, 130),),
    "not now": ((420, 420, 80), (0, 0, 50), (420, 420, 80)),
    "paused": ((600, 450, 220),),
    "finished": ((523, 523, 70), (659, 659, 70), (784, 784, 110)),
}
_PIP = (850, 850, 60)
_GAP = (0, 0, 60)
# What takes the place of the voice where it fails. They sound beside the tones above, and are none of them.
INSTEAD: Mapping[str, tuple[_Part, ...]] = {
    "count": (_PIP,),
    "three more": (_PIP, _GAP, _PIP, _GAP, _PIP),
    "last one": (_PIP, _GAP, _PIP),
    "read": ((560, 680, 140), (680, 560, 140)),  # a sentence that stands on the screen
    "alarm": ((600, 600, 120), (900, 900, 120)) * 4,  # advice in distress: twice as long as any other
}


@cache
def tone(name: str) -> Clip:
    """The sound for a tone by its name in `session.events.Tone` or in `INSTEAD`; KeyError for any other name."""
    parts = PARTS[name] if name in PARTS else INSTEAD[name]
    samples: Samples = np.concatenate([_sine(*part) for part in parts]).astype(np.float32)
    samples.flags.writeable = False
    return Clip(samples)


def _sine(low: float, high: float, ms: int) -> Samples:
    """A straight glide between two frequencies with raised-cosine edges; its first sample is not yet silence."""
    frames = ms * FRAMES_PER_MS
    hertz = np.linspace(low, high, frames)
    phase = 2 * np.pi * np.cumsum(hertz) / RATE
    edge = EDGE_MS * FRAMES_PER_MS
    rise = 0.5 - 0.5 * np.cos(np.pi * np.arange(1, edge + 1) / edge)
    window = np.ones(frames)
    window[:edge] = rise
    window[-edge:] = rise[::-1]
    samples: Samples = (PEAK * np.sin(phase) * window).astype(np.float32)
    return samples
