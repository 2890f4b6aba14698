"""The cancellers: the coach goes, the person stays, whatever the devices do meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tests.speech.rooms import cleaned, echo, likeness_db, reduction_db
from voice_coach.audio.clip import BLOCK, FRAMES_PER_MS, RATE, Pcm, Samples, to_pcm, to_samples
from voice_coach.audio.room import RehearsalRoom
from voice_coach.speech.canceller import Canceller, NoCanceller, RoomCanceller, WebRtcCanceller
from voice_coach.speech.voice import Voice


def _cleaned(canceller: Canceller, room: RehearsalRoom, played: Pcm) -> tuple[Samples, Samples]:
    """What the microphone heard, and what is left of it, while `played` sounded in the room."""
    heard, left = [], []
    for at in range(0, len(played) - BLOCK + 1, BLOCK):
        block = played[at : at + BLOCK]
        mic = room.exchange(block)
        heard.append(mic)
        left.append(canceller.process(mic, block))
    return to_samples(np.concatenate(heard)), to_samples(np.concatenate(left))


def _db(samples: Samples) -> float:
    return float(10 * np.log10(np.square(samples).mean() + 1e-12))


@pytest.fixture
def talk(coach: Voice) -> Pcm:
    """Eight seconds of the coach."""
    texts = ("Sit near the front of the chair.", "Press the floor away to stand tall.", "Eight times, with my count.")
    return to_pcm(np.concatenate([coach.clip(text).samples for text in texts * 2]))


BOTH = pytest.mark.parametrize("make", [RoomCanceller, WebRtcCanceller])
Make = Callable[[], Canceller]


@BOTH
def test_the_coach_is_taken_out_once_the_room_is_known(make: Make, talk: Pcm) -> None:
    heard, left = _cleaned(make(), RehearsalRoom(seed=1, noise_dbfs=-80), talk)
    settled = slice(2_000 * FRAMES_PER_MS, None)
    assert _db(heard[settled]) - _db(left[settled]) > 20


@BOTH
def test_the_person_stays_also_while_the_coach_talks(make: Make, talk: Pcm, woman: Voice) -> None:
    clip = woman.clip("how many left")
    at = 5_000
    with_her, without = RehearsalRoom(seed=1, noise_dbfs=-80), RehearsalRoom(seed=1, noise_dbfs=-80)
    with_her.say(at, clip, gain=0.5)
    _, both = _cleaned(make(), with_her, talk)
    _, alone = _cleaned(make(), without, talk)
    while_she_speaks = slice(at * FRAMES_PER_MS, at * FRAMES_PER_MS + len(clip.samples))
    assert _db(both[while_she_speaks]) - _db(alone[while_she_speaks]) > 10
    assert _db(both[while_she_speaks]) > _db(clip.samples * np.float32(0.5)) - 12


@BOTH
def test_a_microphone_is_left_as_it_is_while_nothing_is_played(make: Make, woman: Voice) -> None:
    sound = to_pcm(woman.clip("pause").samples)
    sound = np.concatenate([sound, np.zeros(-len(sound) % BLOCK, dtype=np.int16)])
    silence = np.zeros(BLOCK, dtype=np.int16)
    canceller = make()
    parts = [canceller.process(sound[at : at + BLOCK], silence) for at in range(0, len(sound), BLOCK)]
    assert abs(_db(to_samples(np.concatenate(parts))) - _db(to_samples(sound))) < 3


@pytest.mark.parametrize(
    ("make", "mic", "played"),
    [(WebRtcCanceller, 160, 320), (WebRtcCanceller, 100, 100), (RoomCanceller, 320, 640), (RoomCanceller, 160, 160)],
)
def test_only_whole_frames_of_one_length_are_taken(make: Make, mic: int, played: int) -> None:
    with pytest.raises(ValueError, match=r"of whole (160|320) frames"):
        make().process(np.zeros(mic, dtype=np.int16), np.zeros(played, dtype=np.int16))


def test_no_canceller_changes_nothing() -> None:
    mic = np.arange(BLOCK, dtype=np.int16)
    np.testing.assert_array_equal(NoCanceller().process(mic, mic), mic)


LONG_S = 24
HER_WORDS = ("pause", "how many left", "stop", "easier")


@pytest.fixture(scope="module")
def long_talk(coach: Voice) -> Pcm:
    """The coach, who hardly ever pauses."""
    texts = ("Sit near the front of the chair.", "Press the floor away to stand tall.", "One, up.", "And down.")
    gap = np.zeros(RATE // 4, dtype=np.float32)
    said = np.concatenate([part for text in texts for part in (coach.clip(text).samples, gap)])
    return to_pcm(np.resize(said, LONG_S * RATE))


@pytest.fixture(scope="module")
def her(woman: Voice) -> Samples:
    """The person, who speaks every three seconds from the eighth on, 6 dB softer than the coach."""
    sound = np.zeros(LONG_S * RATE, dtype=np.float32)
    for number, second in enumerate(range(8, LONG_S - 2, 3)):
        clip = woman.clip(HER_WORDS[number % len(HER_WORDS)]).samples
        sound[second * RATE : second * RATE + len(clip)] = clip * np.float32(0.25)
    return sound


@pytest.mark.parametrize(
    ("delay_ms", "drift_ppm", "jumps"),
    [
        (20, 0, ()),
        (400, 0, ()),
        (150, 50, ()),
        (150, 0, ((10, 145), (15, 230))),
    ],
)
def test_our_canceller_leaves_the_person_whole_in_any_room(
    long_talk: Pcm, her: Samples, delay_ms: int, drift_ppm: int, jumps: tuple[tuple[int, int], ...]
) -> None:
    coach_alone = echo(long_talk, delay_ms=delay_ms, drift_ppm=drift_ppm, jumps=jumps)
    left = cleaned(RoomCanceller(), to_pcm(coach_alone), long_talk)
    for second in (5, 20):  # also five seconds after a jump
        assert reduction_db(coach_alone, left, second, second + 4) > (15 if drift_ppm else 20)
    both = cleaned(RoomCanceller(), to_pcm(coach_alone + her), long_talk)
    through_webrtc = cleaned(WebRtcCanceller(), to_pcm(coach_alone + her), long_talk)
    assert likeness_db(both, her) > likeness_db(through_webrtc, her) + 2
    assert likeness_db(both, her) > likeness_db(coach_alone + her, her) + 6


def test_a_room_that_changes_is_learnt_anew(long_talk: Pcm) -> None:
    here, there = (echo(long_talk, delay_ms=100, seed=seed) for seed in (1, 2))
    changed = np.concatenate([here[: 10 * RATE], there[10 * RATE :]])
    left = cleaned(RoomCanceller(), to_pcm(changed), long_talk)
    assert reduction_db(changed, left, 5, 10) > 20
    assert reduction_db(changed, left, 14, 24) > 20


def test_a_headset_that_hears_no_echo_loses_nothing(long_talk: Pcm, her: Samples) -> None:
    noise = np.random.default_rng(4).normal(0, 0.0005, len(her)).astype(np.float32)
    left = cleaned(RoomCanceller(), to_pcm(her + noise), long_talk)
    assert likeness_db(left, her) > 10


def test_the_same_sound_gives_the_same_samples(long_talk: Pcm) -> None:
    mic = to_pcm(echo(long_talk, delay_ms=100))[: 5 * RATE]
    np.testing.assert_array_equal(
        cleaned(RoomCanceller(), mic, long_talk[: 5 * RATE]), cleaned(RoomCanceller(), mic, long_talk[: 5 * RATE])
    )
