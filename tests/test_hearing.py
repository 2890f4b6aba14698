"""From words to meaning: never the coach's own words, hardly ever ordinary talk, always what stops everything."""

from __future__ import annotations

import pytest

from voice_coach.audio.mixer import Audible
from voice_coach.commands import PHRASES, Vocabulary
from voice_coach.hearing import LONGEST_COMMAND_MS, OWN_WORD_MS, understand
from voice_coach.session.events import DISTRESS, Intent
from voice_coach.speech.ears import Utterance

WORDS = Vocabulary()
# Ten words in five seconds: "pause" is the ninth, from 14.0 to 14.5 s.
COACH = Audible(text="Phone close by. To rest at any time, pause. Now!", started_ms=10_000, ends_ms=15_000)


def meant(text: str, start: int, end: int, *coach: Audible) -> Intent | None:
    match = understand(Utterance(text=text, start_ms=start, end_ms=end), WORDS, coach)
    return match.intent if match else None


@pytest.mark.parametrize(
    ("start", "end", "intent"),
    [
        (14_000, 14_500, None),
        (14_000 - OWN_WORD_MS, 14_500 + OWN_WORD_MS, None),
        (14_000 - OWN_WORD_MS - 1, 14_500, Intent.PAUSE),
        (14_000, 14_500 + OWN_WORD_MS + 1, Intent.PAUSE),
        (11_000, 11_500, Intent.PAUSE),  # while the same sentence goes on, but long before the word
        (16_000, 16_500, Intent.PAUSE),
    ],
)
def test_a_word_is_the_coachs_only_around_the_moment_it_sounded(start: int, end: int, intent: Intent | None) -> None:
    assert meant("pause", start, end, COACH) is intent


def test_another_word_at_that_moment_is_hers() -> None:
    assert meant("stop", 14_000, 14_500, COACH) is Intent.STOP
    assert meant("pause", 14_000, 14_500) is Intent.PAUSE


def test_every_sentence_that_sounded_is_looked_at() -> None:
    other = Audible(text="one, up", started_ms=14_000, ends_ms=14_400)
    assert meant("pause", 14_000, 14_500, other, COACH) is None
    assert meant("pause", 14_000, 14_500, other) is Intent.PAUSE


def test_a_phrase_of_the_coachs_must_be_whole() -> None:
    coach = Audible(text="That hurts nobody", started_ms=0, ends_ms=900)
    assert meant("that hurts", 0, 600, coach) is None
    assert meant("it hurts", 0, 600, coach) is Intent.PAIN
    assert meant("pause", 0, 500, Audible(text="", started_ms=0, ends_ms=900)) is Intent.PAUSE


@pytest.mark.parametrize("intent", [intent for intent in PHRASES if intent not in (*DISTRESS, Intent.STOP)])
def test_somebody_who_talks_for_long_is_giving_no_command(intent: Intent) -> None:
    phrase = PHRASES[intent][0]
    assert meant(phrase, 0, LONGEST_COMMAND_MS) is intent
    assert meant(phrase, 0, LONGEST_COMMAND_MS + 1) is None


@pytest.mark.parametrize("intent", [*DISTRESS, Intent.STOP])
def test_what_stops_everything_counts_inside_of_long_talk(intent: Intent) -> None:
    assert meant(f"oh dear I think {PHRASES[intent][0]} and then", 0, 8_000) is intent


@pytest.mark.parametrize("text", ["", "[unk]", "about the weather", "pause about"])
def test_other_words_mean_nothing(text: str) -> None:
    assert meant(text, 0, 500) is None
