"""What can be said, and what it must not be taken for."""

from __future__ import annotations

import pytest

from voice_coach.commands import (
    GENEROUS,
    KEYS,
    LARGEST_NUMBER,
    PHRASES,
    Vocabulary,
    command_in,
    for_key,
    normalise,
    number_words,
    spoken_names,
)
from voice_coach.session.events import DISTRESS, Command, Intent, Via

VOCABULARY = Vocabulary()
# By keys p (pain) brings the question where, answered by k (back), j (joint) or c (chest); how strong is a digit.
BY_QUESTION = {Intent.BACK_PAIN, Intent.JOINT_PAIN, Intent.SHARP}
ALL = [(intent, phrase) for intent, phrases in PHRASES.items() for phrase in phrases]


def meant(text: str, vocabulary: Vocabulary = VOCABULARY) -> Intent | None:
    match = vocabulary.match(text)
    return match.intent if match else None


@pytest.mark.parametrize(("intent", "phrase"), ALL, ids=[phrase for _, phrase in ALL])
def test_every_phrase_means_its_own_command(intent: Intent, phrase: str) -> None:
    match = VOCABULARY.match(phrase)
    assert match is not None and match.intent is intent
    assert phrase == normalise(phrase)
    for said in (phrase.upper(), f"{phrase} please", f"um {phrase}", f"{phrase} {phrase}", f"  {phrase}. "):
        assert meant(said) is intent


def test_no_phrase_belongs_to_two_commands() -> None:
    phrases = [phrase for _, phrase in ALL]
    assert len(phrases) == len(set(phrases))
    numbers = {number_words(number) for number in range(LARGEST_NUMBER + 1)}
    assert not numbers & set(phrases)


def test_every_command_but_numbers_and_names_has_a_phrase() -> None:
    assert set(PHRASES) == set(Intent) - {Intent.NUMBER, Intent.ROUTINE}
    assert all(PHRASES.values())


def test_no_phrase_of_another_command_holds_a_word_of_distress_or_stop() -> None:
    """They win wherever they stand, so such a phrase could never be heard as what it is."""
    for intent, phrase in ALL:
        for urgent in (*DISTRESS, Intent.STOP):
            if urgent is intent:
                break
            for word in PHRASES[urgent]:
                assert f" {word} " not in f" {phrase} ", (phrase, word)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("oh my knee hurts so much", Intent.JOINT_PAIN),
        ("wait i feel dizzy", Intent.DIZZY),
        ("i think i am going to faint", Intent.DIZZY),
        ("there is a pain in my chest", Intent.CHEST),
        ("it hurts and i can't breathe", Intent.BREATH),
        ("i fell and i need help", Intent.EMERGENCY),
        ("i fell and it hurts", Intent.FALL),
        ("stop it hurts", Intent.PAIN),
        ("please stop now", Intent.STOP),
        ("no no stop", Intent.STOP),
        ("can you stop please", Intent.STOP),
        ("[unk] stop [unk]", Intent.STOP),
        ("my leg feels numb", Intent.EMERGENCY),
        ("somebody call an ambulance", Intent.EMERGENCY),
    ],
)
def test_distress_and_stop_are_found_inside_an_utterance_and_the_most_urgent_counts(said: str, intent: Intent) -> None:
    assert meant(said) is intent


@pytest.mark.parametrize(
    "said",
    ["", "   ", "easier slower", "i paused the film", "back", "the back of the chair", "next week", "unstoppable",
     "painting", "fallen leaves", "numbers", "number", "please", "skip the bread", "yes no", "[unk]"],
)  # fmt: skip
def test_talk_that_is_no_command_means_nothing(said: str) -> None:
    assert meant(said) is None


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("okay coach, pause please", Intent.PAUSE),
        ("skip, skip, skip", Intent.SKIP),
        ("What's next?", Intent.WHATS_NEXT),
        ("what’s next", Intent.WHATS_NEXT),
        ("I'M DONE!", Intent.DONE),
        ("end the session please", Intent.END),
        ("How do I do it?", Intent.HOW_TO),
        ("help", Intent.HELP),
        ("help me", Intent.EMERGENCY),
    ],
)
def test_politeness_repetition_case_and_punctuation_change_nothing(said: str, intent: Intent) -> None:
    assert meant(said) is intent


@pytest.mark.parametrize("number", range(LARGEST_NUMBER + 1))
def test_numbers_are_heard_in_words_and_in_digits(number: int) -> None:
    words = number_words(number)
    for said in (words, str(number), f"{number} please", f"{words} {words}"):
        match = VOCABULARY.match(said)
        assert match is not None and (match.intent, match.value) == (Intent.NUMBER, number)


def test_numbers_beyond_the_largest_mean_nothing() -> None:
    assert meant(str(LARGEST_NUMBER + 1)) is None and meant("nine hundred") is None


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "zero"), (12, "twelve"), (20, "twenty"), (45, "forty five"), (100, "one hundred"),
     (999, "nine hundred and ninety nine")],
)  # fmt: skip
def test_number_words(number: int, words: str) -> None:
    assert number_words(number) == words


def test_a_match_becomes_a_command_with_its_words_and_where_it_came_from() -> None:
    match = VOCABULARY.match("Seven")
    assert match is not None
    assert match.command(1_500, Via.KEY) == Command(
        at=1_500, intent=Intent.NUMBER, via=Via.KEY, phrase="seven", value=7
    )  # fmt: skip


def test_routines_are_chosen_by_name_alias_and_number() -> None:
    names = spoken_names([("a", "Band Strength", ("bands",)), ("b", "First-week chair", ())])
    vocabulary = Vocabulary(names)
    for said, routine in (
        ("band strength", "a"), ("bands please", "a"), ("routine one", "a"), ("Routine 2", "b"),
        ("number two", "b"), ("first week chair", "b"),
    ):  # fmt: skip
        match = vocabulary.match(said)
        assert match is not None and (match.intent, match.name) == (Intent.ROUTINE, routine), said


def test_a_routine_cannot_take_the_words_of_a_command_or_a_number() -> None:
    names = spoken_names([("x", "Stop", ("pause", "seven", "easier", "I'm done")), ("y", "Chest day", ("!",))])
    vocabulary = Vocabulary(names)
    for said, intent in (
        ("stop", Intent.STOP), ("pause", Intent.PAUSE), ("seven", Intent.NUMBER), ("easier", Intent.EASIER),
        ("i'm done", Intent.DONE), ("chest day", Intent.CHEST),
    ):  # fmt: skip
        assert meant(said, vocabulary) is intent
    assert meant("routine one", vocabulary) is Intent.ROUTINE
    assert "" not in vocabulary.phrases


def test_of_two_routines_with_one_name_the_first_keeps_it() -> None:
    assert spoken_names([("a", "Walk", ()), ("b", "walk", ())])["walk"] == "a"


def test_the_grammar_holds_every_phrase_number_and_name_once_and_sorted() -> None:
    phrases = Vocabulary({"band strength": "a"}).phrases
    expected = {phrase for _, phrase in ALL} | {number_words(n) for n in range(51)} | {"band strength"}
    assert list(phrases) == sorted(expected)


@pytest.mark.parametrize(("text", "found"), [("Now skip the rope", "skip"), ("It hurts less", "it hurts")])
def test_a_command_inside_a_text_is_found(text: str, found: str) -> None:
    assert command_in(text) == found


@pytest.mark.parametrize(
    "text", ["Keep your back long.", "Yes, ten more, no hurry.", "Two to the left.", "Skipping and painting."]
)
def test_words_that_are_no_command_are_free_to_be_said(text: str) -> None:
    assert command_in(text) is None


def test_every_command_has_a_key_except_those_that_need_none() -> None:
    """ "End session" by keys is q (stop) and then y; who types needs no name; numbers and names are typed out."""
    without = {Intent.NUMBER, Intent.ROUTINE, Intent.END, Intent.NAME, Intent.ANYTHING}
    assert set(KEYS.values()) == set(Intent) - without - BY_QUESTION


def test_each_word_of_distress_has_exactly_one_key_that_no_slip_of_a_neighbour_needs() -> None:
    for intent in set(DISTRESS) - BY_QUESTION:
        assert len([key for key, meaning in KEYS.items() if meaning is intent]) == 1
    assert not any(key.isdigit() for key in KEYS)  # digits choose from a menu and report reps
    assert all(len(key) == 1 and key == key.lower() for key in KEYS)


def test_space_pauses_and_goes_on() -> None:
    assert for_key(" ", standing=False) is Intent.PAUSE
    assert for_key(" ", standing=True) is Intent.RESUME
    assert for_key("Q", standing=True) is Intent.STOP
    assert for_key("5", standing=False) is None and for_key("", standing=False) is None


@pytest.mark.parametrize(("heard", "value"), [("to", 2), ("too", 2), ("for", 4), ("won", 1), ("ate", 8)])
def test_a_number_said_alone_is_understood_by_its_sound(heard: str, value: int) -> None:
    found = Vocabulary().match(heard)
    assert found is not None
    assert (found.intent, found.value) == (Intent.NUMBER, value)


def test_the_generous_phrases_are_those_that_must_not_be_missed() -> None:
    assert {"stop", "pause", "dizzy", "my chest hurts", "i fell"} <= set(GENEROUS)
    assert not {"easier", "resume", "yes"} & set(GENEROUS)
