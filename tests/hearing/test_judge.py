"""What is no command although it is a phrase (the coach's words, long talk, unsure words), and what counts anywhere."""

from __future__ import annotations

import pytest

from tests.hearing.scene import commands, decided, dismissed, so_far, sound, whole
from voice_coach.audio.mixer import Audible
from voice_coach.commands import PHRASES
from voice_coach.hearing import Rules
from voice_coach.session.events import DISTRESS, Intent

RULES = Rules()
OWN = RULES.own_word
# Ten words in five seconds: "pause" is the ninth, from 4.0 to 4.5 s.
COACH = Audible(text="Phone close by. To rest at any time, pause. Now!", started_ms=0, ends_ms=5_000)


def meant(text: str, start: int, end: int, *coach: Audible) -> Intent | None:
    found = commands(decided([whole(5_900, start, end, text)], [(start, end)], coach=coach))
    return found[0][1] if found else None


@pytest.mark.parametrize(
    ("start", "end", "intent"),
    [
        (4_000, 4_500, None),
        (4_000 - OWN, 4_500 + OWN, None),
        (4_000 - OWN - 1, 4_500, Intent.PAUSE),
        (4_000, 4_500 + OWN + 1, Intent.PAUSE),
        (1_000, 1_500, Intent.PAUSE),  # while the same sentence goes on, but long before the word
    ],
)
def test_a_word_is_the_coachs_only_around_the_moment_it_sounded(start: int, end: int, intent: Intent | None) -> None:
    assert meant("pause", start, end, COACH) is intent


def test_the_coachs_word_is_known_at_its_first_sign_too() -> None:
    found = decided([so_far(4_300, "pause"), whole(5_200, 4_000, 4_500, "pause")], [(4_000, 4_500)], coach=[COACH])
    assert commands(found) == []
    assert dismissed(found) == [("pause", "the coach said it")]


def test_another_word_at_that_moment_is_hers() -> None:
    assert meant("stop", 4_000, 4_500, COACH) is Intent.STOP
    assert meant("pause", 4_000, 4_500) is Intent.PAUSE


def test_every_sentence_that_sounded_is_looked_at() -> None:
    other = Audible(text="one, up", started_ms=4_000, ends_ms=4_400)
    assert meant("pause", 4_000, 4_500, other, COACH) is None
    assert meant("pause", 4_000, 4_500, other) is Intent.PAUSE


def test_a_phrase_of_the_coachs_must_be_whole() -> None:
    coach = Audible(text="That hurts nobody", started_ms=0, ends_ms=900)
    assert meant("that hurts", 0, 600, coach) is None
    assert meant("it hurts", 0, 600, coach) is Intent.PAIN
    assert meant("pause", 0, 500, Audible(text="", started_ms=0, ends_ms=900)) is Intent.PAUSE


def test_while_the_coach_speaks_a_word_must_stand_out_from_its_echo() -> None:
    """The microphone hears the loudspeaker 20 dB down; the recogniser makes a word of it that was not said."""
    coach = Audible(text="one, and down", started_ms=0, ends_ms=6_000)
    played = sound([(0, 6_000)], level=0.1, noise=0.0001)
    reports = [so_far(4_300, "hold on"), whole(5_200, 4_000, 4_500, "hold on")]
    found = decided(reports, mic=played // 10, played=played, coach=[coach])
    assert commands(found) == [] and dismissed(found) == [("hold on", "only an echo of the coach")]
    person = (played // 10 + sound([(4_000, 4_500)])).astype(played.dtype)
    assert [intent for _, intent in commands(decided(reports, mic=person, played=played, coach=[coach]))] == [
        Intent.PAUSE
    ]
    assert [i for _, i in commands(decided(reports, mic=played // 10, played=played))] == [Intent.PAUSE]


@pytest.mark.parametrize("intent", [intent for intent in PHRASES if intent not in DISTRESS])
def test_somebody_who_talks_for_long_is_giving_no_command(intent: Intent) -> None:
    phrase = PHRASES[intent][0]
    assert meant(phrase, 1_000, 1_000 + RULES.longest) is intent
    assert meant(phrase, 1_000, 1_000 + RULES.longest + 1) is None


def test_a_click_is_no_word() -> None:
    assert meant("easier", 1_000, 1_000 + RULES.shortest) is Intent.EASIER
    assert meant("easier", 1_000, 1_000 + RULES.shortest - 1) is None


@pytest.mark.parametrize("intent", DISTRESS)
def test_distress_counts_inside_of_long_talk_where_the_recogniser_is_sure(intent: Intent) -> None:
    phrase = next(phrase for phrase in PHRASES[intent] if " " in phrase)
    said = f"[unk] {phrase} [unk]"
    sure, unsure = RULES.distress_confidence, RULES.distress_confidence - 0.01
    assert commands(decided([whole(5_900, 0, 5_000, said, sure)])) == [(5_900, intent)]
    assert commands(decided([whole(5_900, 0, 5_000, said, unsure)])) == []
    assert commands(decided([whole(5_900, 0, 5_000, said, 1.0)], rules=Rules(distress_in_talk=False))) == []


def test_a_single_word_of_distress_stands_alone() -> None:
    for word, intent in (("pain", Intent.PAIN), ("dizzy", Intent.DIZZY), ("emergency", Intent.EMERGENCY)):
        assert commands(decided([whole(5_900, 1_000, 1_400, word, 0.3)])) == [(5_900, intent)]
        assert commands(decided([whole(5_900, 0, 5_000, f"[unk] {word} [unk]", 1.0)])) == []


@pytest.mark.parametrize("text", ["", "[unk]", "about the weather", "pause about", "[unk] pause", "stop [unk]"])
def test_other_words_mean_nothing(text: str) -> None:
    assert meant(text, 0, 500) is None


def test_words_that_are_less_sure_than_asked_for_do_not_count() -> None:
    rules = Rules(confidence=0.8)
    assert commands(decided([whole(2_000, 1_000, 1_400, "easier", 0.8)], rules=rules)) != []
    found = decided([whole(2_000, 1_000, 1_400, "easier", 0.79)], rules=rules)
    assert dismissed(found) == [("easier", "not sure enough")]


def test_while_the_coach_speaks_words_must_be_surer_than_in_silence_except_those_that_must_not_be_missed() -> None:
    coach = Audible(text="Sit tall and breathe", started_ms=500, ends_ms=1_300)

    def heard(word: str, confidence: float, *talk: Audible) -> bool:
        return commands(decided([whole(2_000, 1_000, 1_400, word, confidence)], [(1_000, 1_400)], coach=talk)) != []

    asked = RULES.beside_coach
    assert heard("six", asked, coach)
    assert not heard("six", asked - 0.01, coach)
    assert heard("six", asked - 0.01)
    assert heard("stop", 0.2, coach)
    assert heard("dizzy", 0.2, coach)


def test_a_voice_from_the_next_room_can_be_let_pass() -> None:
    reports = [whole(2_000, 1_000, 1_400, "easier")]
    near, far = (sound([(1_000, 1_400)], level=level, noise=0.003) for level in (0.1, 0.012))
    assert commands(decided(reports, mic=far)) == [(2_000, Intent.EASIER)]
    assert commands(decided(reports, mic=near, rules=Rules(rise=15))) == [(2_000, Intent.EASIER)]
    assert dismissed(decided(reports, mic=far, rules=Rules(rise=15))) == [("easier", "too soft")]
