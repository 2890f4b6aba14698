"""The vocabulary holds all that can be said to the coach, and each word of it can be pronounced."""

from __future__ import annotations

import pytest

from models.training import lexicon
from models.training.phones import PHONES
from voice_coach.commands import GENEROUS, PHRASES, Vocabulary, number_words

NEEDED = """
yes no not sure a little not at all sometimes better worse same easy hard fine tired sore hip spine wrist knee back
fracture fall medicine doctor don't know zero coach kilos pounds half routine first second third
"""


def test_every_phrase_number_and_name_is_in_it() -> None:
    phrases = Vocabulary().phrases
    numbers = [number_words(number) for number in range(101)]
    said = [*phrases, *numbers, *lexicon.spoken_names(), NEEDED]
    assert not {word for text in said for word in text.split()} - lexicon.vocabulary()
    assert {"routine two", "first taste", "chair stand"} <= lexicon.spoken_names()


def test_every_word_is_pronounced_in_the_phones_of_the_network() -> None:
    for word, ways in lexicon.pronunciations(lexicon.vocabulary()).items():
        assert ways, word
        assert all(way and set(way) <= set(PHONES) for way in ways), word


def test_a_word_that_nobody_wrote_down_is_named() -> None:
    with pytest.raises(ValueError, match=r"no pronunciation for: zorblax; add them to BY_HAND"):
        lexicon.pronunciations(["stop", "zorblax"])


def test_what_is_written_by_hand_is_needed() -> None:
    """A word that nobody says, or a way that PocketSphinx's dictionary has already, would be dead weight."""
    assert set(lexicon.BY_HAND) <= lexicon.vocabulary()
    for word, ways in lexicon.BY_HAND.items():
        assert lexicon.dictionary()[word][-len(ways) :] == tuple(tuple(way.split()) for way in ways), word


def test_frequent_words_are_frequent() -> None:
    assert lexicon.frequent(5) == ("the", "to", "i", "and", "a")
    assert {"because", "morning"} <= set(lexicon.frequent(1000))
    assert len(set(lexicon.frequent(1000))) == 1000


def test_generous_words_are_no_words_of_other_commands() -> None:
    generous = lexicon.generous_words()
    assert {"pain", "dizzy", "stop"} <= generous
    for group in PHRASES.values():
        assert not [phrase for phrase in group if phrase not in GENEROUS and generous & set(phrase.split())]
