"""The delay of an echo is found, and followed where it jumps or drifts; without an echo nothing is found."""

from __future__ import annotations

import numpy as np
import pytest

from tests.speech.rooms import echo
from voice_coach.audio.clip import BLOCK, FRAMES_PER_MS, RATE, Pcm, to_pcm
from voice_coach.speech.delay import Alignment
from voice_coach.speech.voice import Voice

TEXTS = ("Sit near the front of the chair.", "Press the floor away to stand tall.", "Eight times, with my count.")
DIRECT_MS = 8  # of the room


@pytest.fixture(scope="module")
def talk(coach: Voice) -> Pcm:
    """Twenty seconds of the coach, with short pauses."""
    pause = np.zeros(RATE // 3, dtype=np.float32)
    said = np.concatenate([part for text in TEXTS for part in (coach.clip(text).samples, pause)])
    return to_pcm(np.resize(said, 20 * RATE // BLOCK * BLOCK))


def followed(alignment: Alignment, mic: Pcm, played: Pcm) -> list[int | None]:
    """The delay after each block, in milliseconds."""
    delays = []
    for at in range(0, len(played), BLOCK):
        alignment.align(mic[at : at + BLOCK], played[at : at + BLOCK])
        delays.append(alignment.delay_ms)
    return delays


@pytest.mark.parametrize("delay_ms", [20, 100, 200, 400, 600])
@pytest.mark.parametrize(("gain", "noise_dbfs"), [(0.5, -66), (0.2, -50)])
def test_the_delay_is_found_within_a_second_of_speech(talk: Pcm, delay_ms: int, gain: float, noise_dbfs: int) -> None:
    mic = to_pcm(echo(talk, delay_ms=delay_ms, gain=gain, noise_dbfs=noise_dbfs))
    delays = followed(Alignment(), mic, talk)
    settled = delays[(1_000 + delay_ms) // 20 :]
    assert all(delay is not None and abs(delay - delay_ms - DIRECT_MS) <= 1 for delay in settled)


@pytest.mark.parametrize("to_ms", [60, 103, 160, 350])
def test_a_jump_is_followed_within_a_second(talk: Pcm, to_ms: int) -> None:
    alignment = Alignment()
    mic = to_pcm(echo(talk, delay_ms=100, jumps=[(9.0, to_ms)]))
    delays = followed(alignment, mic, talk)
    assert delays[8_900 // 20] == 108
    assert all(delay is not None and abs(delay - to_ms - DIRECT_MS) <= 1 for delay in delays[10_000 // 20 :])
    assert alignment.moves == 1


@pytest.mark.parametrize("ppm", [-100, 50])
def test_two_crystals_are_followed_with_hardly_a_step(talk: Pcm, ppm: int) -> None:
    long = np.tile(talk, 3)
    alignment = Alignment()
    delays = followed(alignment, to_pcm(echo(long, delay_ms=150, drift_ppm=ppm)), long)
    wanted = 150 + DIRECT_MS + ppm * 1e-6 * 60_000
    assert delays[-1] is not None
    assert abs(delays[-1] - wanted) <= 1
    assert alignment.moves <= 2
    assert abs(alignment.drift_ppm - ppm) < 40


def test_a_room_without_an_echo_has_none(talk: Pcm, woman: Voice) -> None:
    said = np.concatenate([woman.clip(words).samples for words in ("pause", "how many left", "i need more rest")])
    noise = np.random.default_rng(3).normal(0, 0.001, len(talk)).astype(np.float32)
    mic = to_pcm(np.resize(said, len(talk)) * np.float32(0.3) + noise)
    alignment = Alignment()
    played = [alignment.align(mic[at : at + BLOCK], talk[at : at + BLOCK]) for at in range(0, len(talk), BLOCK)]
    assert not alignment.found
    np.testing.assert_array_equal(np.concatenate(played), talk)  # and what was played is left alone


def test_silence_on_either_side_gives_nothing_to_go_by(talk: Pcm) -> None:
    silence = np.zeros_like(talk)
    for mic, played in ((silence, talk), (talk, silence)):
        alignment = Alignment()
        assert set(followed(alignment, mic, played)) == {None}


def test_what_is_handed_out_is_what_was_played_as_late_as_it_is_heard(talk: Pcm) -> None:
    alignment = Alignment()
    mic = to_pcm(echo(talk, delay_ms=200, noise_dbfs=-90))
    out = np.concatenate(
        [alignment.align(mic[at : at + BLOCK], talk[at : at + BLOCK]) for at in range(0, len(talk), BLOCK)]
    )
    late = (200 + DIRECT_MS) * FRAMES_PER_MS - Alignment.MARGIN
    part = slice(5 * RATE, 15 * RATE)
    wanted = talk[part.start - late : part.stop - late].astype(float)
    off = out[part].astype(float) - wanted
    assert np.square(off).mean() < 0.01 * np.square(wanted).mean()
