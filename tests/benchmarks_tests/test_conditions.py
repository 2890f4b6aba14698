"""Noise at a level that was asked for, rooms, and the subset that is heard in them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.benchmarks.conditions import NOISE_DBFS, conditions, in_noise, in_room, some, together
from tests.benchmarks.pack import Kind
from tests.benchmarks.stage import active_rms
from tests.benchmarks_tests.hand import entry, silence, tone
from voice_coach.audio.clip import FRAMES_PER_MS, RATE, Pcm, Samples, to_pcm, to_samples


def hiss(seconds: int, level: float, seed: int = 0) -> Pcm:
    return to_pcm(np.random.default_rng(seed).normal(0, level, seconds * RATE).astype(np.float32))


def rms_db(samples: Samples) -> float:
    return float(10 * np.log10(np.square(samples, dtype=np.float64).mean()))


@pytest.mark.parametrize("snr", [20, 10, 5])
@pytest.mark.parametrize("level", [0.5, 0.005])
def test_speech_is_so_many_db_above_the_noise(snr: int, level: float) -> None:
    word = np.concatenate([silence(300), tone(400, level), silence(300)])
    background = together([hiss(1, 0.1), hiss(2, 0.001, seed=1)])
    assert rms_db(background) == pytest.approx(NOISE_DBFS, abs=0.1)
    on = in_noise([(entry("yes"), word)], background, snr)
    noise = np.resize(background, len(on.sound))
    speech = to_pcm(to_samples(on.sound) - noise)
    start = (on.slots[0].start_ms + 300) * FRAMES_PER_MS
    spoken = to_samples(speech[start : start + 400 * FRAMES_PER_MS])
    assert rms_db(spoken) - rms_db(background) == pytest.approx(snr, abs=0.3)


def test_a_room_of_nothing_but_the_direct_sound_changes_nothing_not_even_the_time() -> None:
    response = np.zeros(1_000, dtype=np.int16)
    response[300] = 20_000
    word = np.concatenate([silence(100), tone(300), silence(100)])
    wet = in_room(word, response)
    assert np.allclose(to_samples(wet)[: len(word)], to_samples(word), atol=2e-3)


def test_a_room_adds_its_tail_and_leaves_the_level() -> None:
    response = np.zeros(RATE, dtype=np.int16)
    response[::800] = (20_000 * 0.5 ** np.arange(20)).astype(np.int16)
    word = tone(300)
    wet = in_room(word, response)
    assert len(wet) > len(word)
    assert active_rms(wet) == pytest.approx(active_rms(word), rel=0.01)


def test_some_clips_are_the_same_for_the_same_seed_and_in_order() -> None:
    clips = [(entry(f"{number}"), tone(10)) for number in range(30)]
    chosen = [each.transcript for each, _ in some(clips, 10)]
    assert chosen == [each.transcript for each, _ in some(clips, 10)]
    assert len(set(chosen)) == 10
    assert chosen == sorted(chosen, key=int)
    assert len(some(clips, 50)) == 30


def test_every_condition_holds_the_same_clips() -> None:
    clips = [(entry("yes"), tone(300)), (entry("no"), tone(200))]
    response = np.array([20_000, 0, 5_000], dtype=np.int16)
    found = dict(
        conditions(clips, [(entry("fan", Kind.NOISE), hiss(1, 0.01))], [], [(entry("kitchen", Kind.ROOM), response)])
    )
    assert list(found) == ["as recorded", "noise at 20 dB", "noise at 10 dB", "noise at 5 dB", "room kitchen"]
    assert all([slot.entry.transcript for slot in on.slots] == ["yes", "no"] for on in found.values())
