"""The echo of the loudspeaker: its delay, drift, level and room; the person in it."""

from __future__ import annotations

import numpy as np
import pytest

from tests.benchmarks.barged import COACH_DBFS, coach_gain, microphone
from tests.benchmarks.echo import EchoRoom, unit
from tests.benchmarks.stage import active_rms
from tests.benchmarks_tests.hand import silence, tone
from voice_coach.audio.clip import BLOCK, FRAMES_PER_MS, RATE, Pcm, Samples, to_pcm, to_samples

DIRECT = np.array([0, 0, 16_000], dtype=np.int16)


def speechlike(seconds: float, seed: int = 0) -> Pcm:
    """Noise below 4 kHz, as a voice is."""
    sound = np.random.default_rng(seed).normal(0, 0.1, round(seconds * RATE))
    spectrum = np.fft.rfft(sound)
    spectrum[len(spectrum) // 2 :] = 0
    return to_pcm(np.fft.irfft(spectrum, len(sound)).astype(np.float32))


def lag(heard: Pcm, sound: Pcm, at: int, length: int = 8_000) -> float:
    """By how many frames `heard` is late around frame `at`, to a fraction of a frame."""
    part = to_samples(heard[at : at + length]).astype(np.float64)
    reach = 2_000
    wide = to_samples(sound[at - reach : at + length + reach]).astype(np.float64)
    size = 1 << (len(wide) + length).bit_length()
    both = np.fft.irfft(np.fft.rfft(wide, size) * np.conj(np.fft.rfft(part, size)), size)[: 2 * reach]
    peak = int(both.argmax())
    low, mid, high = both[peak - 1 : peak + 2]
    return float(reach - (peak + 0.5 * (low - high) / (low - 2 * mid + high)))


@pytest.mark.parametrize("delay_ms", [0.0, 60.0, 61.3])
def test_the_echo_is_as_late_as_asked(delay_ms: float) -> None:
    sound = speechlike(3)
    heard = microphone(EchoRoom(DIRECT, gain=1.0, delay_ms=delay_ms), sound)
    assert lag(heard, sound, 20_000) == pytest.approx(delay_ms * FRAMES_PER_MS, abs=0.1)


def test_a_drift_makes_it_less_late_with_time() -> None:
    sound = speechlike(20)
    heard = microphone(EchoRoom(DIRECT, gain=1.0, delay_ms=60, drift_ppm=50), sound)
    early, late = lag(heard, sound, 2 * RATE), lag(heard, sound, 18 * RATE)
    assert early - late == pytest.approx(16 * RATE * 50e-6, abs=0.3)


def test_a_drift_that_overtakes_the_microphone_is_refused() -> None:
    room = EchoRoom(DIRECT, gain=1.0, delay_ms=0, drift_ppm=50)
    with pytest.raises(ValueError, match="longer delay"):
        room.exchange(np.zeros(BLOCK, dtype=np.int16))


def test_the_room_is_a_convolution() -> None:
    chance = np.random.default_rng(1)
    response = to_pcm((0.4 * chance.normal(0, 1, 3_000) * np.exp(-np.arange(3_000) / 500)).astype(np.float32))
    impulse = unit(response)
    assert float(np.square(impulse).sum()) == pytest.approx(1.0, abs=1e-4)
    sound = speechlike(1)
    heard = to_samples(microphone(EchoRoom(response, gain=0.5), sound))
    expected = 0.5 * np.convolve(to_samples(sound), impulse)[: len(heard)]
    assert float(np.abs(heard - expected).max()) < 0.003  # the room's noise, and 16 bits


@pytest.mark.parametrize("level", [0.02, 0.4])
def test_the_coach_arrives_at_the_level_that_was_asked_for(level: float) -> None:
    response = np.zeros(4_000, dtype=np.int16)
    response[::400] = (20_000 * 0.6 ** np.arange(10)).astype(np.int16)
    sound = np.concatenate([tone(700, level, pitch=300), silence(300)] * 4)
    heard = microphone(EchoRoom(response, gain=coach_gain(sound, response)), sound)
    assert 20 * np.log10(active_rms(heard)) == pytest.approx(COACH_DBFS, abs=0.5)


def test_the_person_speaks_where_she_was_placed_and_at_her_level() -> None:
    word: Samples = to_samples(tone(300, 0.1))
    room = EchoRoom(DIRECT, gain=1.0, said=[(1_234, word)])
    heard = to_samples(microphone(room, silence(1_000)))
    assert float(np.abs(heard[1_234 : 1_234 + len(word)] - word).max()) < 0.003
    assert float(np.abs(heard[:1_234]).max()) < 0.003
