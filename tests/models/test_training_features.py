"""The features that are trained on are those that libvosk computes."""

from __future__ import annotations

import numpy as np
import pytest

from models.training.corpus import RATE
from models.training.features import FRAME, HOP, Floats, frame_count, mfcc


def chirp(start_hz: float = 200, sweep: float = 15_000) -> Floats:
    time = np.arange(1600) / RATE
    wave: Floats = np.rint(8000 * np.sin(2 * np.pi * (start_hz * time + sweep * time**2))).astype(np.float32)
    return wave


def test_features_are_kaldis() -> None:
    """The figures are kaldi-native-fbank 1.23's for the same chirp and options."""
    made = mfcc(chirp())
    assert made.shape == (8, 40)
    assert made[0, :4] == pytest.approx([71.4801, 92.7325, 33.1300, -94.0007], abs=0.03)
    assert made[7, :4] == pytest.approx([58.9440, -46.7282, -98.9579, 133.7508], abs=0.03)
    assert made[7, -2:] == pytest.approx([0.3389, 0.4201], abs=0.03)


@pytest.mark.parametrize("samples", [0, FRAME - 1, FRAME, FRAME + HOP - 1, FRAME + HOP, 5 * RATE])
def test_only_whole_frames_count(samples: int) -> None:
    assert len(mfcc(np.ones(samples, np.float32))) == frame_count(samples)


def test_a_warp_hears_a_longer_throat_as_a_shorter_one() -> None:
    """A tone 1.1 times as high, heard with an axis as much wider, comes near the tone itself."""
    low, high = mfcc(chirp(1000, 0)), mfcc(chirp(1100, 0))
    moved = mfcc(chirp(1000, 0), warp=1.1)
    shape = slice(1, 13)  # the cepstra that tell the rough shape of the spectrum
    assert np.abs(moved - high)[:, shape].mean() < 0.6 * np.abs(low - high)[:, shape].mean()
    assert np.array_equal(mfcc(chirp(), warp=1.0), mfcc(chirp()))
