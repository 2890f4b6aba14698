"""What stands out at the microphone: a voice over the room's noise, over what is left of the echo; not the echo."""

from __future__ import annotations

import numpy as np
import pytest

from voice_coach.audio.clip import BLOCK, BLOCK_MS, Pcm
from voice_coach.audio.loudness import ECHO_AT_FIRST, GAP_MS, MEMORY_MS, SILENCE_DB, Loudness, level_db


def noise(db: float, ms: int, seed: int = 1) -> Pcm:
    chance = np.random.default_rng(seed)
    return (chance.normal(0, 32768 * 10 ** (db / 20), ms * 16)).astype(np.int16)


def followed(*parts: tuple[Pcm, Pcm | None], learn: bool = True) -> Loudness:
    """What is known after these pieces of microphone and loudspeaker."""
    loud = Loudness()
    for near, played in parts:
        other = np.zeros(len(near), dtype=np.int16) if played is None else played
        for at in range(0, len(near), BLOCK):
            loud.take(near[at : at + BLOCK], other[at : at + BLOCK], learn=learn)
    return loud


@pytest.mark.parametrize("db", [-60.0, -30.0, -12.0])
def test_the_level_of_a_block(db: float) -> None:
    assert level_db(noise(db, 1_000)) == pytest.approx(db, abs=0.5)
    assert level_db(np.full(320, 16_384, dtype=np.int16)) == pytest.approx(-6.02, abs=0.01)


def test_silence_and_nothing_have_a_level_too() -> None:
    assert level_db(np.zeros(320, dtype=np.int16)) == level_db(np.zeros(0, dtype=np.int16)) == SILENCE_DB


@pytest.mark.parametrize("room", [-80.0, -60.0, -45.0])
def test_a_voice_stands_out_from_the_room(room: float) -> None:
    loud = followed((noise(room, 2_000), None), (noise(room + 20, 400), None), (noise(room, 300), None))
    assert loud.floor == pytest.approx(room, abs=2)
    if room + 20 > -62:
        assert loud.burst == (2_000, 2_400)
        assert loud.quiet_ms == 300


def test_a_room_alone_does_not_stand_out() -> None:
    for room in (-80.0, -50.0, -30.0):
        loud = followed((noise(room, 200), None))
        bursts = loud.burst
        loud = followed((noise(room, 6_000), None))
        assert loud.burst == bursts  # at most the first moment, when nothing was known


def test_a_short_gap_belongs_to_the_word_and_a_long_one_does_not() -> None:
    def burst(gap_ms: int) -> tuple[int, int] | None:
        quiet, word = noise(-70, gap_ms), noise(-30, 200)
        return followed((noise(-70, 1_000), None), (word, None), (quiet, None), (word, None)).burst

    assert burst(GAP_MS // BLOCK_MS * BLOCK_MS) == (1_000, 1_400 + GAP_MS // BLOCK_MS * BLOCK_MS)
    assert burst(GAP_MS + 2 * BLOCK_MS) == (1_200 + GAP_MS + 2 * BLOCK_MS, 1_400 + GAP_MS + 2 * BLOCK_MS)


def test_a_word_is_over_in_a_room_that_goes_on_sounding() -> None:
    tail = np.concatenate([noise(-30 - 3 * n, 20, seed=n) for n in range(10)])  # 150 dB a second
    loud = followed((noise(-75, 1_000), None), (noise(-26, 300), None), (tail, None))
    assert loud.burst is not None and loud.burst[1] < 1_300 + 160  # while 19 dB over the room


def test_what_is_left_of_the_echo_is_learnt_and_does_not_stand_out() -> None:
    played = noise(-20, 6_000, seed=2)
    left = (played / 10 ** (15 / 20)).astype(np.int16)  # only 15 dB down
    loud = followed((noise(-70, 1_000), None), (left, played))
    assert loud.echo == pytest.approx(-15, abs=2)
    assert loud.quiet_ms > 2_000
    person = left[: 300 * 16] + noise(-18, 300)
    for at in range(0, len(person), BLOCK):
        loud.take(person[at : at + BLOCK].astype(np.int16), played[at : at + BLOCK], learn=False)
    assert loud.quiet_ms <= 2 * BLOCK_MS


def test_nothing_is_learnt_while_a_person_is_known_to_speak_or_the_coach_is_silent() -> None:
    played = noise(-20, 3_000, seed=2)
    assert followed((played, played), learn=False).echo == ECHO_AT_FIRST
    assert followed((played, None)).echo == ECHO_AT_FIRST


def test_what_stood_out_is_known_by_its_time() -> None:
    loud = followed((noise(-70, 1_000), None), (noise(-30, 400), None), (noise(-70, 1_600), None))
    for (start, end), found in {
        (1_100, 1_200): True,
        (900, 950): True,
        (1_450, 2_000): True,
        (1_600, 2_000): False,
        (0, 800): False,
    }.items():
        assert loud.stood_out(start, end) is found


def test_it_remembers_for_some_seconds() -> None:
    loud = followed((noise(-20, 200), None), (noise(-70, MEMORY_MS - 400), None))
    assert loud.peak_between(0, 200) == pytest.approx(-20, abs=1)
    loud = followed((noise(-20, 200), None), (noise(-70, MEMORY_MS), None))
    assert loud.peak_between(0, 180) == SILENCE_DB
