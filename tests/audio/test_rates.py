"""A stream at another rate comes in whole blocks, with a constant delay, and is the same sound."""

from __future__ import annotations

import numpy as np
import pytest

from voice_coach.audio import BLOCK, RATE
from voice_coach.audio.rates import BlockResampler


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000, 96_000, 192_000])
def test_there_and_back_is_the_same_sound_later(rate: int) -> None:
    to_device, from_device = BlockResampler(RATE, rate), BlockResampler(rate, RATE)
    t = np.arange(10 * RATE) / RATE
    sound = (8000 * np.sin(2 * np.pi * (200 * t + 50 * t * t))).astype(np.int16)  # a glide from 200 to 1200 Hz
    blocks = [to_device.convert(sound[i : i + BLOCK]) for i in range(0, len(sound), BLOCK)]
    assert {len(block) for block in blocks} == {rate // 50}
    back = np.concatenate([from_device.convert(block) for block in blocks]).astype(float)
    assert len(back) == len(sound)
    size = 1 << 19
    lag = int(np.fft.irfft(np.fft.rfft(back, size) * np.conj(np.fft.rfft(sound, size))).argmax())
    assert abs(lag / 16 - (to_device.delay_ms + from_device.delay_ms)) <= 1.5
    assert lag / 16 < 150
    assert np.corrcoef(sound[: len(sound) - lag], back[lag:])[0, 1] > 0.99


def test_equal_rates_are_left_alone() -> None:
    same = BlockResampler(RATE, RATE)
    block = np.arange(BLOCK, dtype=np.int16)
    assert same.convert(block) is block
    assert same.delay_ms == 0
