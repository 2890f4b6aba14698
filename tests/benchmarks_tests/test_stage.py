"""The recording that is listened to: where its clips lie, and where the words in them end."""

from __future__ import annotations

import numpy as np
import pytest

from tests.benchmarks.stage import GAP_MS, SETTLE_MS, active_rms, room_noise, speech_ends_ms, stage
from tests.benchmarks_tests.hand import entry, silence, staged, tone
from voice_coach.audio.clip import FRAMES_PER_MS, RATE, Pcm, to_pcm, to_samples


def joined(*parts: Pcm) -> Pcm:
    return np.concatenate(parts)


def test_clips_lie_where_their_slots_say_and_the_room_is_never_silent() -> None:
    on = staged(entry("yes"), entry("no"), ms=400)
    first, second = on.slots
    assert (first.start_ms, first.end_ms) == (SETTLE_MS, SETTLE_MS + 400)
    assert second.start_ms == first.end_ms + GAP_MS
    for slot in on.slots:
        inside = on.sound[slot.start_ms * FRAMES_PER_MS : slot.end_ms * FRAMES_PER_MS]
        assert active_rms(inside) == pytest.approx(0.3 / np.sqrt(2), rel=0.02)
    gap = to_samples(on.sound[first.end_ms * FRAMES_PER_MS : second.start_ms * FRAMES_PER_MS])
    assert 20 * np.log10(np.sqrt(np.square(gap).mean())) == pytest.approx(-66, abs=1)
    assert np.array_equal(on.sound, staged(entry("yes"), entry("no"), ms=400).sound)


def test_a_moment_belongs_to_the_nearer_clip() -> None:
    on = staged(entry("yes"), entry("no"), entry("stop"))
    middle = (on.slots[0].end_ms + on.slots[1].start_ms) / 2
    assert [on.slot_at(ms) for ms in (0, middle - 1, middle + 1, on.slots[2].start_ms, 99_999)] == [0, 0, 1, 2, 2]


@pytest.mark.parametrize("level", [0.3, 0.01])
@pytest.mark.parametrize("hiss", [0.0, 0.001])
def test_the_end_of_a_word_is_found_by_its_energy(level: float, hiss: float) -> None:
    sound = to_samples(joined(silence(200), tone(300, level), silence(500)))
    noise = np.random.default_rng(0).normal(0, hiss, len(sound)).astype(np.float32)
    assert speech_ends_ms(to_pcm(sound + noise)) == pytest.approx(500, abs=10)


def test_a_click_long_after_the_word_is_no_part_of_it_but_a_released_consonant_is() -> None:
    word, click = tone(300), tone(20)
    assert speech_ends_ms(joined(word, silence(400), click, silence(200))) == 300
    assert speech_ends_ms(joined(word, silence(80), click, silence(200))) == 400


def test_a_clip_without_any_silence_ends_where_it_ends() -> None:
    assert speech_ends_ms(tone(240)) == 240


def test_nothing_at_all_has_an_end_too() -> None:
    assert speech_ends_ms(silence(100)) == 100
    assert speech_ends_ms(np.zeros(7, dtype=np.int16)) == 10


def test_another_background_takes_the_place_of_the_rooms_noise() -> None:
    hum = to_samples(tone(50, 0.05, pitch=100))
    on = stage([(entry("yes"), silence(100))], noise=hum)
    assert np.allclose(to_samples(on.sound[: len(hum)]), hum, atol=1e-4)


def test_the_rooms_noise_is_the_same_for_the_same_seed() -> None:
    assert np.array_equal(room_noise(RATE), room_noise(RATE))
    assert not np.array_equal(room_noise(RATE), room_noise(RATE, seed=1))
