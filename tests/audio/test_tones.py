"""Every tone of a session exists, is short, soft and click-free, and lift, hold and lower sound different."""

from __future__ import annotations

import numpy as np
import pytest

from voice_coach.audio import RATE, Clip, tone
from voice_coach.audio.tones import PARTS
from voice_coach.session.events import Tone


def hertz(clip: Clip, low: float, high: float) -> float:
    """The strongest frequency in a part of a clip, its ends given as shares of its length."""
    part = clip.samples[int(low * len(clip.samples)) : int(high * len(clip.samples))]
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)), 1 << 15))
    return float(spectrum.argmax() * RATE / (1 << 15))


def test_the_table_names_exactly_the_tones_of_a_session() -> None:
    assert set(PARTS) == {kind.value for kind in Tone}


@pytest.mark.parametrize("name", list(PARTS))
def test_a_tone_is_short_soft_and_has_round_edges(name: str) -> None:
    clip = tone(name)
    assert 60 <= clip.ms <= 260
    size = np.abs(clip.samples)
    assert 10 ** (-20 / 20) < size.max() <= 10 ** (-14 / 20)
    assert size[:4].max() < 0.01
    assert size[-4:].max() < 0.01
    assert np.abs(np.diff(clip.samples)).max() < 0.06


@pytest.mark.parametrize("name", list(PARTS))
def test_a_tone_keeps_its_energy_where_older_ears_hear(name: str) -> None:
    samples = tone(name).samples
    power = np.abs(np.fft.rfft(samples, 1 << 14)) ** 2
    band = np.fft.rfftfreq(1 << 14, 1 / RATE)
    assert power[(band >= 380) & (band <= 1020)].sum() > 0.97 * power.sum()


def test_lift_rises_lower_falls_and_hold_stays() -> None:
    assert hertz(tone("lift"), 0.7, 1) > hertz(tone("lift"), 0, 0.3) + 100
    assert hertz(tone("lower"), 0.7, 1) < hertz(tone("lower"), 0, 0.3) - 100
    assert hertz(tone("hold"), 0.6, 1) == pytest.approx(hertz(tone("hold"), 0, 0.4), abs=10)


def test_an_unknown_tone_is_an_error() -> None:
    with pytest.raises(KeyError):
        tone("boing")
