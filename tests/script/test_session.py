"""Every sentence of a session: that it exists, is plain, and cannot be taken for a command."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import voice_coach
from voice_coach import script
from voice_coach.commands import Vocabulary, command_in, normalise
from voice_coach.session.events import DISTRESS, Intent
from voice_coach.session.lines import FLEETING, MANNERS, Key, Line
from voice_coach.session.waiting import ADVICE

# Arguments for the keys that take some; several where the words change with them.
SAMPLES: dict[Key, tuple[tuple[str | int, ...], ...]] = {
    Key.OPENING: (("Band strength", 25), ("Band strength", 1)),
    Key.SUMMARY: ((6, 14, 31), (1, 1, 1), (0, 0, 2)),
    Key.GOODBYE: ((0,), (1,), (5,)),
    Key.BLOCK: (("Warm-up",),),
    Key.EXERCISE: (("Wall push-up",),),
    Key.LOAD: ((0, "red band"), (500, ""), (1000, ""), (1500, ""), (2268, ""), (3000, "")),
    Key.SET_OF: ((1, 3),),
    Key.ROUND_OF: ((2, 2),),
    Key.TEXT: (("Stand tall and look ahead.",),),
    Key.RUNG: (("Push up with one hand.",),),
    Key.SIDE: (("left",), ("right",)),
    Key.OTHER_SIDE: (("left",), ("right",)),
    Key.REPS: ((1,), (8,), (50,)),
    Key.HOLD_FOR: ((5,), (60,), (90,)),
    Key.MOVE_FOR: ((30,), (120,)),
    Key.OWN_PACE: ((8,),),
    Key.NUMBER: tuple((number,) for number in range(51)),
    Key.COUNT_LIFT: ((1, "up"), (2, "out")),
    Key.HOLD: (("hold",),),
    Key.LOWER: (("down",),),
    Key.HALF_WAY: ((30,), (45,)),
    Key.SECONDS_LEFT: ((10,),),
    Key.MINUTES_LEFT: ((1,), (2,)),
    Key.REST: ((30,), (60,), (90,)),
    Key.NEXT_SET: ((2, 3),),
    Key.NEXT_SIDE: (("right",),),
    Key.NEXT_EXERCISE: (("Wall push-up",),),
    Key.ALL_DONE: tuple((*amount, manner) for amount in ((10, 0), (0, 30)) for manner in range(MANNERS)),
    Key.EFFORT_HEARD: tuple((effort,) for effort in range(11)),
    Key.EFFORT_NOTED: tuple((effort, reserve) for effort in ("", 0, 7) for reserve in range(5)),
    Key.YOUR_NUMBER: (("112",), ("0401234567",)),
    Key.PAIN_EASIER: (("Push up with one hand.",), ("",)),
    Key.REPS_NOTED: ((0,), (7,)),
    Key.REPS_LEFT: ((0, 0), (0, 2), (1, 0), (3, 1)),
    Key.SETS_LEFT: ((1,), (3,)),
    Key.TIME_LEFT: ((20, 0), (1, 1), (75, 2)),
    Key.SESSION_LEFT: ((1,), (12,)),
    Key.EASIER: (("Push up with one hand.",),),
    Key.HARDER: (("Cross your arms.",),),
    Key.REPS_NOW: ((6,),),
    Key.SECONDS_NOW: ((25,),),
    Key.MORE_REST: ((30,),),
    Key.DEVICE_LOST: (("microphone",),),
    Key.DEVICE_BACK: (("microphone",),),
    Key.MENU_ITEM: ((1, "Band strength"),),
    Key.CONFIRM: (("Band strength", 25),),
}
# What is said in a talk has its own tests, by id.
KEYS = [key for key in Key if key is not Key.TALK]
SAID = [(key, script.text(Line(key, args))) for key in KEYS for args in SAMPLES.get(key, ((),))]
FULL = [(key, text) for key, text in SAID if key not in FLEETING or text[0].isupper()]
ADVISING = set(ADVICE.values())
# Words inside a count, and the beginning of one, are no sentences.
FRAGMENTS = {
    Key.NUMBER, Key.COUNT_LIFT, Key.HOLD, Key.LOWER, Key.THREE_MORE, Key.LAST_ONE, Key.STARTING_IN,
}  # fmt: skip
JARGON = {
    "rep", "reps", "repetition", "rung", "ladder", "variant", "tempo", "concentric", "eccentric", "isometric",
    "workout", "abduction", "flexion", "command", "error", "device", "dear", "must",
}  # fmt: skip


def test_every_key_has_a_sentence_and_samples_where_it_needs_them() -> None:
    assert set(script.SENTENCES) == set(Key)
    for key, make in script.SENTENCES.items():
        if key is Key.TALK:
            continue
        for args in SAMPLES.get(key, ((),)):
            assert make.__code__.co_argcount == len(args), key


def test_every_key_is_used_somewhere_in_the_program() -> None:
    root = Path(voice_coach.__file__).parent
    used = set()
    for path in [*root.glob("session/*.py"), *root.glob("conversation/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Key":
                used.add(node.attr)
    assert {key.name for key in KEYS} <= used


@pytest.mark.parametrize(("key", "text"), SAID, ids=[f"{key.name}-{text[:20]}" for key, text in SAID])
def test_a_sentence_holds_a_command_only_where_it_teaches_one(key: Key, text: str) -> None:
    if key not in script.TEACHING:
        assert command_in(text) is None


SHORT_AND_LONG = (
    ("cannot", "can't"),
    ("i am", "i'm"),
    ("i have", "i've"),
    ("that is", "that's"),
    ("what is", "what's"),
)


@pytest.mark.parametrize(("key", "text"), SAID, ids=[f"{key.name}-{text[:20]}" for key, text in SAID])
def test_nor_does_it_sound_like_one_where_two_words_may_be_heard_as_one(key: Key, text: str) -> None:
    """ "I cannot hear you" would be taken for "I can't hear you", which is a command."""
    words = f" {normalise(text)} "
    for long, short in SHORT_AND_LONG:
        for said, heard in ((long, short), (short, long)):
            if key not in script.TEACHING:
                assert command_in(words.replace(f" {said} ", f" {heard} ")) is None


def test_nothing_is_called_teaching_that_does_not_teach() -> None:
    teaching = {key for key, text in SAID if command_in(text)}
    assert script.TEACHING - teaching == {Key.TALK}


def test_sentences_are_short() -> None:
    for key, text in SAID:
        longest = 25 if key in ADVISING else 20
        for sentence in re.split(r"[.?!]", text):
            assert len(sentence.split()) <= longest, (key, sentence)


def test_only_advice_the_summary_and_the_room_check_have_more_than_three_sentences() -> None:
    for key, text in SAID:
        if key not in ADVISING | {Key.SUMMARY, Key.ROOM_CHECK}:
            assert len(re.findall(r"[.?!]", text)) <= 3, (key, text)


@pytest.mark.parametrize(("key", "text"), [each for each in SAID if each[0] not in FRAGMENTS])
def test_a_full_sentence_has_a_capital_and_an_end(key: Key, text: str) -> None:
    assert text[0].isupper() and text[-1] in ".?"
    assert all(sentence.lstrip()[0].isupper() for sentence in re.split(r"[.?] ", text) if sentence)


def test_plain_words_only_and_nothing_that_scolds() -> None:
    for key, text in SAID:
        words = set(normalise(text).split())
        assert not JARGON & words, (key, text)
        assert "should" not in words or key in ADVISING, (key, text)


def test_advice_holds_no_word_that_would_bring_more_urgent_advice() -> None:
    """Should the coach hear itself all the same, "dizzy" must not turn into an emergency."""
    for intent, key in ADVICE.items():
        match = Vocabulary().match(script.text(Line(key)))
        if match and match.intent in DISTRESS[: DISTRESS.index(intent)]:
            assert ADVICE[match.intent] is key, (key, match.phrase)


@pytest.mark.parametrize("key", [key for key in Key if key.name.startswith("HELP_") and key is not Key.HELP_COMING])
def test_who_says_help_and_needs_it_learns_at_last_the_words_for_it(key: Key) -> None:
    last = normalise(script.text(Line(key))).split(" or ")[-1]
    match = Vocabulary().whole(last)
    assert match is not None and match.intent is Intent.EMERGENCY


def test_no_digits_signs_or_double_spaces_reach_the_voice() -> None:
    for key, text in SAID:
        assert re.fullmatch(r"[A-Za-z' ,.:?-]+", text) and "  " not in text, (key, text)


def test_every_word_of_distress_has_its_advice() -> None:
    assert set(ADVICE) == set(DISTRESS)
    assert {key for key in Key if key.name.startswith("ADVICE_")} == ADVISING


def test_the_advice_that_may_be_urgent_says_that_the_coach_cannot_call() -> None:
    for key in (Key.ADVICE_EMERGENCY, Key.ADVICE_BREATH):
        assert "I cannot call for you." in script.text(Line(key))


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (Line(Key.REPS, (1,)), "One time, with my count."),
        (Line(Key.REPS, (8,)), "Eight times, with my count."),
        (Line(Key.LOAD, (0, "red band")), "Use your red band."),
        (Line(Key.LOAD, (500, "")), "Use half a kilo."),
        (Line(Key.LOAD, (750, "")), "Use zero point seven five kilos."),
        (Line(Key.LOAD, (1000, "")), "Use one kilo."),
        (Line(Key.LOAD, (1250, "")), "Use one point two five kilos."),
        (Line(Key.LOAD, (1500, "")), "Use one and a half kilos."),
        (Line(Key.LOAD, (2268, "")), "Use two point two seven kilos."),
        (Line(Key.LOAD, (1996, "")), "Use two kilos."),
        (Line(Key.REPS_LEFT, (0, 1)), "This is the last one, then one set."),
        (Line(Key.REPS_LEFT, (3, 0)), "Three more."),
        (Line(Key.TIME_LEFT, (20, 2)), "Twenty seconds, then two sets."),
        (Line(Key.HALF_WAY, (90,)), "Half way. One and a half minutes left."),
        (Line(Key.SUMMARY, (0, 0, 1)), "That is the end. Today you had a look. Come again whenever you like."),
        (Line(Key.GOODBYE, (0,)), "All right, we leave it here. All is saved."),
        (Line(Key.RUNG, ("Push up with one hand.",)), "Like this: push up with one hand."),
        (Line(Key.MENU_ITEM, (2, "Band strength")), "Two: Band strength."),
        (Line(Key.ALL_DONE, (10, 0, 0)), "All ten, steady."),
        (Line(Key.ALL_DONE, (8, 0, 1)), "Eight, to the very end."),
        (Line(Key.ALL_DONE, (0, 30, 2)), "The whole set, all thirty seconds."),
        (Line(Key.EFFORT_HEARD, (7,)), "Seven. How many could you still have managed well?"),
        (Line(Key.EFFORT_NOTED, (7, 2)), "Seven, and two left. Noted."),
        (Line(Key.EFFORT_NOTED, ("", 0)), "None left. Noted."),
        (Line(Key.EFFORT_NOTED, (0, 3)), "Nought, and three left. Noted."),
        (Line(Key.EFFORT_NOTED, (5, 4)), "Five, and more than three left. Noted."),
        (Line(Key.YOUR_NUMBER, ("112",)), "Your number is one one two."),
        (Line(Key.YOUR_NUMBER, ("0401234567",)), "Your number is zero four zero, one two three, four five six, seven."),
    ],
)
def test_words_follow_their_arguments(line: Line, text: str) -> None:
    assert script.text(line) == text


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "one second"), (45, "forty five seconds"), (60, "one minute"), (75, "one minute fifteen seconds"),
     (90, "one and a half minutes"), (120, "two minutes"), (601, "ten minutes one second")],
)  # fmt: skip
def test_times_as_they_are_spoken(count: int, words: str) -> None:
    assert script.seconds(count) == words


def test_the_estimate_grows_with_the_words_and_is_never_nothing() -> None:
    lengths = [script.estimated_ms(Line(key, args)) for key in KEYS for args in SAMPLES.get(key, ((),))]
    assert min(lengths) > 150
    assert script.estimated_ms(Line(Key.NUMBER, (3,))) < 1_000  # a count fits its second
    assert script.estimated_ms(Line(Key.ADVICE_FALL)) > 12_000
