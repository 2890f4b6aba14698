"""The mixer places to the frame, lets counts through, keeps one voice at a time, and never depends on block size."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from voice_coach.audio import FRAMES_PER_MS, Clip, Mixer, Pcm, Rank, Samples, tone
from voice_coach.audio.mixer import LOUDEST, SOFTEST

SAFETY, COUNT, TALK = Rank.SAFETY, Rank.COUNT, Rank.TALK


def level(value: float, ms: int) -> Clip:
    """A clip of one constant value, so that gains can be read off the samples."""
    return Clip(np.full(ms * FRAMES_PER_MS, value, dtype=np.float32))


def render(mixer: Mixer, ms: int, block_ms: int = 20) -> Pcm:
    blocks = [mixer.render(block_ms * FRAMES_PER_MS) for _ in range(-(-ms // block_ms))]
    return np.concatenate(blocks)[: ms * FRAMES_PER_MS]


def at(sound: Pcm, ms: float) -> float:
    return float(sound[int(ms * FRAMES_PER_MS)]) / 32768


def onsets(sound: Pcm) -> list[int]:
    """Frames at which sound begins after silence."""
    loud = sound != 0
    return [int(i) for i in np.flatnonzero(loud & ~np.r_[False, loud[:-1]])]


def test_the_first_sample_of_a_clip_lies_on_its_millisecond() -> None:
    mixer = Mixer()
    for ms in (0, 1, 333, 1001):
        mixer.say(ms, Clip(np.array([0.5], dtype=np.float32)), COUNT, "one")
    assert [int(i) for i in np.flatnonzero(render(mixer, 1100))] == [ms * 16 for ms in (0, 1, 333, 1001)]


def test_half_an_hour_of_counts_does_not_drift_by_a_frame() -> None:
    mixer = Mixer()
    tick = Clip(np.array([0.5], dtype=np.float32))
    for k in range(600):
        mixer.say(3000 * k, tick, COUNT, "one")
    heard = np.flatnonzero(render(mixer, 1_800_000, block_ms=100))
    assert heard.tolist() == [3000 * 16 * k for k in range(600)]


def busy(mixer: Mixer) -> None:
    """Everything at once: talk under counts, talk that waits, volume, tones, loud overlap and a hush."""
    chance = np.random.default_rng(7)

    def noise(ms: int, peak: float) -> Clip:
        return Clip((chance.uniform(-peak, peak, ms * FRAMES_PER_MS)).astype(np.float32))

    mixer.say(3, noise(1501, 0.6), TALK, "long talk")
    mixer.say(500, noise(333, 0.6), COUNT, "one")
    mixer.say(707, noise(400, 0.9), SAFETY, "stop")
    mixer.say(900, noise(200, 0.3), TALK, "waits")
    mixer.tone(511, tone("lift"))
    mixer.volume(2, 611)
    mixer.volume(-1, 612)
    mixer.hush(1603)
    mixer.say(1950, noise(300, 0.5), TALK, "after")


@pytest.mark.parametrize("block_ms", [1, 7, 100, 2500])
def test_the_samples_do_not_depend_on_the_block_size(block_ms: int) -> None:
    reference, other = Mixer(), Mixer()
    busy(reference)
    busy(other)
    assert np.array_equal(render(reference, 2500), render(other, 2500, block_ms))
    assert reference.counters == other.counters
    assert reference.counters.spoken == 5
    assert reference.counters.hushed == 1
    assert reference.counters.limited > 0


def test_a_count_starts_on_its_beat_and_ducks_the_talk_by_15_db_until_it_is_over() -> None:
    mixer = Mixer()
    mixer.say(0, level(0.4, 1000), TALK, "lower slowly")
    mixer.say(400, level(0.1, 200), COUNT, "three")
    sound = render(mixer, 1000)
    assert at(sound, 399) == pytest.approx(0.4, abs=1e-3)
    assert at(sound, 410) == at(sound, 590) == pytest.approx(0.1 + 0.4 * 10 ** (-15 / 20), abs=1e-3)
    assert at(sound, 610) == pytest.approx(0.4, abs=1e-3)
    steps = np.abs(np.diff(sound[: 390 * 16].astype(int)))
    assert steps.max() == 0


def test_a_tone_neither_waits_nor_ducks() -> None:
    mixer = Mixer()
    mixer.say(0, level(0.4, 500), TALK, "talk")
    mixer.tone(100, level(0.2, 100))
    sound = render(mixer, 500)
    assert [at(sound, ms) for ms in (99, 150, 250)] == pytest.approx([0.4, 0.6, 0.4], abs=1e-3)


@pytest.mark.parametrize("first", [TALK, COUNT, SAFETY])
def test_a_talk_waits_until_the_other_speech_is_over(first: Rank) -> None:
    mixer = Mixer()
    mixer.say(0, level(0.1, 900), first, "first")
    mixer.say(100, level(0.4, 100), TALK, "second")
    mixer.say(100, level(0.2, 100), TALK, "third")
    sound = render(mixer, 1200)
    assert at(sound, 899) == pytest.approx(0.1, abs=1e-3)
    assert at(sound, 900) == pytest.approx(0.4, abs=1e-3)
    assert at(sound, 1000) == pytest.approx(0.2, abs=1e-3)
    assert mixer.counters.waited == 2


@pytest.mark.parametrize(("length", "dropped"), [(1600, 0), (1601, 1)])
def test_a_talk_that_would_begin_more_than_a_second_and_a_half_late_is_dropped(length: int, dropped: int) -> None:
    mixer = Mixer()
    mixer.say(0, level(0.1, length), TALK, "first")
    mixer.say(100, level(0.4, 100), TALK, "second")
    sound = render(mixer, 2000)
    assert mixer.counters.dropped == dropped
    assert (at(sound, length + 50) == 0) == bool(dropped)


def test_a_count_is_never_dropped_and_two_at_once_are_both_heard() -> None:
    mixer = Mixer()
    mixer.say(0, level(0.1, 3000), SAFETY, "call for help")
    mixer.say(2000, level(0.2, 100), COUNT, "two")
    assert at(render(mixer, 3000), 2050) == pytest.approx(0.3, abs=1e-3)
    assert mixer.counters.overlapped == 1


def test_on_the_same_millisecond_the_count_goes_first_whatever_the_order_of_the_calls() -> None:
    def placed(order: Callable[[list[tuple[Clip, Rank, str]]], object]) -> Pcm:
        mixer = Mixer()
        both = [(level(0.1, 300), COUNT, "one"), (level(0.4, 300), TALK, "well done")]
        order(both)
        for clip, rank, text in both:
            mixer.say(50, clip, rank, text)
        return render(mixer, 800)

    sound = placed(lambda both: None)
    assert np.array_equal(sound, placed(lambda both: both.reverse()))
    assert at(sound, 349) == pytest.approx(0.1, abs=1e-3)
    assert at(sound, 350) == pytest.approx(0.4, abs=1e-3)


def test_hush_fades_within_five_milliseconds_and_drops_what_is_queued() -> None:
    mixer = Mixer()
    mixer.say(0, level(0.5, 1000), TALK, "sounding")
    mixer.say(300, level(0.5, 100), TALK, "waiting")
    mixer.say(600, level(0.5, 100), COUNT, "queued")
    render(mixer, 400)
    mixer.hush(450)
    mixer.say(700, level(0.3, 100), SAFETY, "new")
    sound = render(mixer, 600)
    assert at(sound, 49.9) == pytest.approx(0.5, abs=1e-3)
    assert 0.2 < at(sound, 52.5) < 0.3
    assert not sound[55 * 16 : 300 * 16].any()
    assert at(sound, 300) == pytest.approx(0.3, abs=1e-3)
    assert mixer.counters.hushed == 3


def test_talk_placed_at_the_moment_of_a_hush_does_not_wait_for_what_was_cut() -> None:
    mixer = Mixer()
    mixer.say(0, level(0.5, 5000), TALK, "long")
    mixer.hush(100)
    mixer.say(100, level(0.25, 50), TALK, "paused")
    assert at(render(mixer, 200), 106) == pytest.approx(0.25, abs=1e-3)
    assert mixer.counters.waited == 0


def test_a_later_hush_does_not_bring_back_what_an_earlier_one_cut() -> None:
    mixer = Mixer()
    mixer.say(100, level(0.5, 900), TALK, "talk")
    mixer.hush(200)
    mixer.hush(500)
    assert not render(mixer, 1000)[205 * 16 :].any()


def test_what_is_placed_in_the_past_starts_with_the_next_frame_and_is_counted() -> None:
    mixer = Mixer()
    render(mixer, 100)
    mixer.say(60, level(0.5, 10), COUNT, "one")
    assert onsets(render(mixer, 20)) == [0]
    assert mixer.counters.late == 1


def test_volume_turns_the_voice_by_3_db_a_step_between_bounds_and_leaves_tones_alone() -> None:
    mixer = Mixer()
    mixer.say(0, level(0.1, 1000), TALK, "talk")
    mixer.tone(500, level(0.2, 500))
    assert mixer.volume(1, 100) == 1
    sound = render(mixer, 1000)
    assert at(sound, 99) == pytest.approx(0.1, abs=1e-3)
    assert at(sound, 106) == pytest.approx(0.1 * 10**0.15, abs=1e-3)
    assert at(sound, 600) == pytest.approx(0.1 * 10**0.15 + 0.2, abs=1e-3)
    assert mixer.volume(99) == LOUDEST
    assert mixer.volume(1) == LOUDEST
    assert mixer.volume(-99) == SOFTEST


def test_loud_sums_are_bent_and_do_not_clip() -> None:
    mixer = Mixer()
    for _ in range(5):
        mixer.say(0, level(0.9, 50), COUNT, "loud")
        mixer.tone(60, level(0.69, 1))
    mixer.tone(100, level(0.69, 50))
    sound = render(mixer, 150)
    assert 0.9 < at(sound, 20) < 1.0
    assert np.abs(sound).max() < 32767
    assert at(sound, 120) == pytest.approx(0.69, abs=1e-4)


def test_audible_tells_which_words_sound_when() -> None:
    mixer = Mixer()
    mixer.say(100, level(0.1, 300), TALK, "say stop to end")
    mixer.say(200, level(0.1, 300), TALK, "and rest")
    mixer.tone(0, level(0.1, 700))
    render(mixer, 2000)
    assert [(a.text, a.started_ms, a.ends_ms) for a in mixer.audible(399)] == [("say stop to end", 100, 400)]
    assert [(a.text, a.started_ms, a.ends_ms) for a in mixer.audible(400)] == [("and rest", 400, 700)]
    assert [a.text for a in mixer.audible(0, 5000)] == ["say stop to end", "and rest"]
    assert mixer.audible(99) == ()
    render(mixer, 12_000)
    assert mixer.audible(0, 5000) == ()


def test_audible_ends_where_the_words_were_cut() -> None:
    mixer = Mixer()
    mixer.say(0, level(0.1, 1000), TALK, "one two three")
    render(mixer, 300)
    mixer.hush(300)
    render(mixer, 100)
    assert mixer.audible(301) == ()
    assert mixer.audible(299)[0].ends_ms == 300


def test_clips_are_not_changed_by_mixing() -> None:
    samples: Samples = np.full(320, 0.9, dtype=np.float32)
    mixer = Mixer()
    mixer.say(0, Clip(samples), TALK, "a")
    mixer.volume(3)
    render(mixer, 20)
    assert (samples == np.float32(0.9)).all()


def attended(mixer: Mixer, turns: dict[int, float], ms: int, block_ms: int = 20) -> Pcm:
    """What is rendered when the gain is changed before the blocks that begin at these milliseconds."""
    blocks = []
    for begin in range(0, ms, block_ms):
        if begin in turns:
            mixer.attend(turns[begin])
        blocks.append(mixer.render(block_ms * FRAMES_PER_MS))
    return np.concatenate(blocks)


def test_while_somebody_speaks_everything_is_softer_and_then_as_before() -> None:
    mixer = Mixer()
    mixer.say(0, level(0.4, 1000), TALK, "talk")
    mixer.tone(0, level(0.1, 1000))
    sound = attended(mixer, {200: 0.25, 600: 1.0}, 1000)
    assert at(sound, 199) == pytest.approx(0.5, abs=1e-3)
    assert at(sound, 240) == at(sound, 599) == pytest.approx(0.125, abs=1e-3)
    assert at(sound, 640) == pytest.approx(0.5, abs=1e-3)
    ramp = sound[200 * 16 : 230 * 16].astype(int)
    assert (np.diff(ramp) <= 0).all()
    assert np.abs(np.diff(sound[16:].astype(int))).max() < 0.5 * 32768 * 0.75 * np.pi / 2 / (30 * 16) + 2  # no click


def test_silenced_in_the_middle_of_a_word_it_comes_back_where_it_would_have_been() -> None:
    chance = np.random.default_rng(2)
    clip = Clip(chance.uniform(-0.5, 0.5, 16_000).astype(np.float32))
    plain, silenced = Mixer(), Mixer()
    for mixer in (plain, silenced):
        mixer.say(0, clip, TALK, "lower slowly")
        mixer.say(720, level(0.2, 100), COUNT, "three")
    whole, cut = render(plain, 1000), attended(silenced, {300: 0.0, 700: 1.0}, 1000)
    assert (cut[330 * 16 : 700 * 16] == 0).all()
    assert np.array_equal(cut[: 300 * 16], whole[: 300 * 16])
    assert np.array_equal(cut[730 * 16 :], whole[730 * 16 :])
    assert silenced.counters == plain.counters


@pytest.mark.parametrize("gain", [0.0, 0.25])
def test_a_count_that_begins_while_somebody_speaks_keeps_its_sample(gain: float) -> None:
    mixer = Mixer()
    mixer.say(333, level(0.5, 100), COUNT, "one")
    mixer.say(2_333, level(0.5, 100), COUNT, "two")
    sound = attended(mixer, {200: gain, 2_000: 1.0}, 2_500)
    assert onsets(sound) == ([2_333 * 16] if gain == 0 else [333 * 16, 2_333 * 16])


def test_changing_its_mind_in_the_middle_of_a_ramp_makes_no_click_and_does_not_depend_on_the_block_size() -> None:
    turns = {200: 0.0, 210: 1.0, 215: 0.25, 225: 1.0}

    def made(block_ms: int) -> Pcm:
        mixer = Mixer()
        mixer.say(0, level(0.5, 400), TALK, "talk")
        return attended(mixer, turns, 400, block_ms)

    small, large = made(1), made(5)
    assert np.array_equal(small, large)
    assert np.abs(np.diff(small[16:].astype(int))).max() < 0.5 * 32768 * np.pi / 2 / (30 * 16) + 2
    assert at(small, 399) == pytest.approx(0.5, abs=1e-3)


def test_a_hush_is_a_hush_while_it_is_silent() -> None:
    mixer = Mixer()
    mixer.say(0, level(0.5, 1000), TALK, "talk")
    attended(mixer, {100: 0.0}, 200)
    mixer.hush(200)
    mixer.attend(1.0)
    assert np.abs(render(mixer, 400)).max() < 0.02 * 32768  # what the hush leaves lies under the ramp back
    assert mixer.counters.hushed == 1
