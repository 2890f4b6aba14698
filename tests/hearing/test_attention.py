"""The coach is softer while somebody speaks, silent at the first sign of a "stop", and takes no notice of itself."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tests.hearing.scene import LENGTH, attention, block, commands, decided, so_far, sound, whole
from voice_coach.audio.mixer import Audible
from voice_coach.hearing import Attention, Rules
from voice_coach.session.events import Intent

RULES = Rules()
NONE, DUCK, MUTE = Attention.NONE, Attention.DUCK, Attention.MUTE
COUNTING = Audible(text="one, up and lower", started_ms=0, ends_ms=LENGTH)
SPOKEN = (1_000, 1_400)


def test_the_first_sign_of_a_stop_silences_and_the_command_gives_the_sound_back() -> None:
    found = decided([so_far(1_240, "stop"), whole(2_000, *SPOKEN, "stop")], [SPOKEN], coach=[COUNTING])
    confirmed = block(SPOKEN[1] + RULES.generous.quiet)
    assert attention(found) == [(1_240, MUTE), (confirmed, NONE)]
    assert commands(found) == [(confirmed, Intent.STOP)]


@pytest.mark.parametrize("phrase", ["stop", "pause", "i feel dizzy", "coach stop"])
def test_what_is_not_confirmed_comes_back_by_itself(phrase: str) -> None:
    reports = [so_far(1_240, phrase), so_far(1_300, f"{phrase} [unk]"), whole(2_200, 1_000, 1_500, f"{phrase} [unk]")]
    found = decided(reports, [(1_000, 1_500)], coach=[COUNTING])
    silent, softer, plain = attention(found)
    assert silent == (1_240, MUTE)
    assert softer == (1_240 + RULES.mute, DUCK)
    assert plain[1] is NONE and plain[0] <= 1_500 + 300 + RULES.release + 20
    assert commands(found) == [] or phrase == "i feel dizzy"  # distress counts beside other words too


@pytest.mark.parametrize("text", ["easier", "[unk]", "[unk] stop", "how many"])
def test_anything_else_that_is_said_makes_it_softer_only(text: str) -> None:
    reports = [so_far(1_240, text), whole(2_200, 1_000, 1_800, "[unk]")]
    found = attention(decided(reports, [(1_000, 1_800)], coach=[COUNTING], rules=Rules(early=False)))
    assert [each for _, each in found] == [DUCK, NONE]
    assert found[0][0] == 1_240
    assert 1_800 < found[1][0] <= 2_200 + RULES.release


def test_nothing_is_softened_while_the_coach_is_silent() -> None:
    assert attention(decided([so_far(1_240, "stop")], [SPOKEN], rules=Rules(early=False))) == []


def test_the_coachs_own_words_make_it_no_softer() -> None:
    reports = [so_far(1_240, "lower"), so_far(1_400, "lower one"), whole(2_000, *SPOKEN, "lower one")]
    assert attention(decided(reports, [SPOKEN], coach=[COUNTING])) == []
    say_stop = Audible(text="Or say stop.", started_ms=600, ends_ms=1_600)
    assert attention(decided([so_far(1_240, "stop"), whole(2_000, *SPOKEN, "stop")], [SPOKEN], coach=[say_stop])) == []


def test_an_echo_that_does_not_stand_out_makes_it_no_softer() -> None:
    """The microphone hears the loudspeaker 20 dB down; the recogniser takes that for somebody's words."""
    played = sound([(0, LENGTH)], level=0.1, noise=0.0001)
    reports = [so_far(3_000, "[unk]"), so_far(3_400, "[unk] stop"), whole(4_500, 2_800, 3_900, "[unk] stop")]
    assert attention(decided(reports, mic=(played // 10), played=played, coach=[COUNTING])) == []
    person = sound([(2_900, 3_900)], level=0.1) + played // 10
    assert attention(decided(reports, mic=person.astype(np.int16), played=played, coach=[COUNTING])) != []


def test_talk_that_goes_on_does_not_keep_the_coach_down() -> None:
    talk = (500, LENGTH)
    found = attention(decided([so_far(800, "[unk]")], [talk], coach=[COUNTING]))
    assert [each for _, each in found] == [DUCK, NONE]
    assert found[1][0] <= 800 + RULES.longest + RULES.release + 20


def test_a_false_sign_does_not_silence_again_and_again() -> None:
    reports = [so_far(1_000 + 200 * n, "stop" if n % 2 else "stop [unk]") for n in range(10)]
    found = attention(decided(reports, [(800, 3_200)], coach=[COUNTING], rules=Rules(early=False)))
    muted = sum(until - at for (at, each), (until, _) in pairwise(found) if each is MUTE)
    assert muted == RULES.mute
