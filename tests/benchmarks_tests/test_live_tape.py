"""What is read off a recording, where it was made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tests.benchmarks.live_tape import answered, find
from tests.pulse import Recorded
from voice_coach.audio.clip import FRAMES_PER_MS, RATE, Pcm


def noise(ms: int, seed: int, level: float = 3_000.0) -> Pcm:
    return (np.random.default_rng(seed).standard_normal(ms * FRAMES_PER_MS) * level).astype(np.int16)


def put(channel: Pcm, at_ms: int, sound: Pcm) -> None:
    channel[at_ms * FRAMES_PER_MS : at_ms * FRAMES_PER_MS + len(sound)] = sound


ANSWER = noise(900, seed=1)
WORD = noise(400, seed=2)


def tape(*, coach: tuple[int, int], answer_ms: int | None) -> Recorded:
    """She speaks from 2000 to 2400 ms, the coach from and to, and answers; milliseconds."""
    person, speaker = (np.zeros(8 * RATE, dtype=np.int16) for _ in range(2))
    put(person, 2_000, WORD)
    put(speaker, coach[0], noise(coach[1] - coach[0], seed=3))
    if answer_ms is not None:
        put(speaker, answer_ms, (ANSWER * 0.7).astype(np.int16))
    return Recorded(speaker=speaker, mic=person + speaker, person=person)


@pytest.mark.parametrize("said_s", [1.5, 2.4])
def test_times_are_those_of_the_sound_from_the_end_of_the_word(said_s: float) -> None:
    found = answered(
        tape(coach=(2_100, 2_630), answer_ms=2_800), said_s=said_s, lasts_s=0.4, answer=ANSWER, after_ms=150
    )
    assert found is not None
    assert found.silent_ms == pytest.approx(230, abs=1)
    assert found.obeyed_ms == pytest.approx(250, abs=1)
    assert found.answer_ms == pytest.approx(400, abs=1)
    assert found.over


def test_a_coach_who_was_silent_already_was_not_silenced() -> None:
    found = answered(tape(coach=(1_500, 2_200), answer_ms=2_700), said_s=2.0, lasts_s=0.4, answer=ANSWER, after_ms=150)
    assert found is not None
    assert found.silent_ms == pytest.approx(-200, abs=1)
    assert not found.over


def test_without_word_or_answer_there_is_nothing_to_read() -> None:
    unanswered = tape(coach=(2_100, 4_000), answer_ms=None)
    assert answered(unanswered, said_s=2.0, lasts_s=0.4, answer=ANSWER, after_ms=150) is None
    silence = np.zeros_like(unanswered.person)
    unsaid = Recorded(speaker=unanswered.speaker, mic=unanswered.mic, person=silence)
    assert answered(unsaid, said_s=2.0, lasts_s=0.4, answer=ANSWER, after_ms=150) is None


def test_a_sound_is_found_to_the_frame_however_loud() -> None:
    where = noise(2_000, seed=5, level=30.0)
    where[12_345 : 12_345 + len(WORD)] = (WORD * 0.1).astype(np.int16)
    assert find(where, WORD) == 12_345
    assert find(noise(2_000, seed=6), WORD) is None
    assert find(WORD[:100], WORD) is None
