"""Sound as the whole program passes it on: mono, 16 kHz. Milliseconds become frames here and in the mixer only.

16 kHz is what the recognisers and the echo canceller work at; the coach's voice keeps its energy below 4 kHz anyway,
where older ears hear best (Glob J Health Sci 2012;4(2):2-25, Table S4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from voice_coach import rate

RATE = rate.RATE
FRAMES_PER_MS = rate.FRAMES_PER_MS
BLOCK_MS = 20  # one turn of the loop
BLOCK = BLOCK_MS * FRAMES_PER_MS  # frames in one block

Pcm: TypeAlias = npt.NDArray[np.int16]  # shape (frames,): what devices, files, the canceller and recognisers take
Samples: TypeAlias = npt.NDArray[np.float32]  # shape (frames,), full scale 1.0: what is mixed


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A finished piece of sound whose first sample is its audible onset (silence before it was trimmed off)."""

    samples: Samples

    @property
    def ms(self) -> int:
        """Length in milliseconds, rounded up."""
        return -(-len(self.samples) // FRAMES_PER_MS)


def to_pcm(samples: Samples) -> Pcm:
    """16-bit samples, clipped at full scale."""
    pcm: Pcm = np.clip(samples * 32768.0, -32768, 32767).astype(np.int16)
    return pcm


def to_samples(pcm: Pcm) -> Samples:
    """Floating-point samples with full scale 1.0."""
    samples: Samples = pcm.astype(np.float32) / np.float32(32768.0)
    return samples
