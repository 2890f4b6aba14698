"""WebRTC's canceller in the rehearsal room: the coach goes, the person stays."""

from __future__ import annotations

import numpy as np
import pytest

from voice_coach.audio.clip import BLOCK, FRAMES_PER_MS, Pcm, Samples, to_pcm, to_samples
from voice_coach.audio.room import RehearsalRoom
from voice_coach.speech.canceller import Canceller, NoCanceller, WebRtcCanceller
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


def test_the_coach_is_taken_out_once_the_room_is_known(talk: Pcm) -> None:
    heard, left = _cleaned(WebRtcCanceller(), RehearsalRoom(seed=1, noise_dbfs=-80), talk)
    settled = slice(2_000 * FRAMES_PER_MS, None)
    assert _db(heard[settled]) - _db(left[settled]) > 20


def test_the_person_stays_also_while_the_coach_talks(talk: Pcm, woman: Voice) -> None:
    clip = woman.clip("how many left")
    at = 5_000
    with_her, without = RehearsalRoom(seed=1, noise_dbfs=-80), RehearsalRoom(seed=1, noise_dbfs=-80)
    with_her.say(at, clip, gain=0.5)
    _, both = _cleaned(WebRtcCanceller(), with_her, talk)
    _, alone = _cleaned(WebRtcCanceller(), without, talk)
    while_she_speaks = slice(at * FRAMES_PER_MS, at * FRAMES_PER_MS + len(clip.samples))
    assert _db(both[while_she_speaks]) - _db(alone[while_she_speaks]) > 10
    assert _db(both[while_she_speaks]) > _db(clip.samples * np.float32(0.5)) - 12


def test_a_microphone_is_left_as_it_is_while_nothing_is_played(woman: Voice) -> None:
    sound = to_pcm(woman.clip("pause").samples)
    sound = np.concatenate([sound, np.zeros(-len(sound) % BLOCK, dtype=np.int16)])
    silence = np.zeros(BLOCK, dtype=np.int16)
    canceller = WebRtcCanceller()
    parts = [canceller.process(sound[at : at + BLOCK], silence) for at in range(0, len(sound), BLOCK)]
    assert abs(_db(to_samples(np.concatenate(parts))) - _db(to_samples(sound))) < 3


@pytest.mark.parametrize(("mic", "played"), [(160, 320), (100, 100)])
def test_only_whole_frames_of_one_length_are_taken(mic: int, played: int) -> None:
    with pytest.raises(ValueError, match="whole 160 frames"):
        WebRtcCanceller().process(np.zeros(mic, dtype=np.int16), np.zeros(played, dtype=np.int16))


def test_no_canceller_changes_nothing() -> None:
    mic = np.arange(BLOCK, dtype=np.int16)
    np.testing.assert_array_equal(NoCanceller().process(mic, mic), mic)
