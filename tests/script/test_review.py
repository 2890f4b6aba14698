"""How looking back sounds: short, without digits, without commands, and without a word about what was not done."""

from __future__ import annotations

import re

import pytest

from voice_coach.commands import Vocabulary, command_in, normalise
from voice_coach.conversation.looking_back import ASKS_BACK
from voice_coach.review.told import OPENINGS
from voice_coach.script import review, talk
from voice_coach.script.review import SAID

NAME = "Sideways and backwards walk"  # the longest there is
NUMBERS = (0, 1, 2, 27, 140, 999)
MORE = (0, 1, 2, 27)
SCOLDING = "should|must|only|missed|failed|less|fewer|worse|finally|unfortunately"
PRAISE = "good girl|dear|great|well done|bravo|proud|amazing|perfect"
# How each is called, with every number in its place; names are as long as they come.
ARGUMENTS: dict[str, list[tuple[int | str, ...]]] = {
    "done": [(at, more, *[NAME] * names) for at in range(OPENINGS) for more in MORE for names in (1, 2, 3)],
    "did": [(more, *[NAME] * names) for more in MORE for names in (1, 2, 3)],
    "sets": [(number,) for number in NUMBERS[1:]],
    "last": [(days, days % 7, "First week chair", minutes) for days in (*range(9), 999) for minutes in (1, 95)],
    "last_untitled": [(days, days % 7, 28) for days in range(9)],
    "back": [(15,), (999,)],
    "heavier": [(NAME, grams) for grams in (500, 2_270, 4_000, 999_000)],
    "rung": [(NAME,)],
    "more": [(NAME, 10, 8), (NAME, 120, 119)],
    "longer": [(NAME, 12), (NAME, 95), (NAME, 999)],
    "balance": [(number,) for number in NUMBERS[1:]],
    "kept_load": [(NAME, 4_000)],
    "kept_reps": [(NAME, 10)],
    "kept_hold": [(NAME, 30)],
    "week_so_far": [(1,), (3,)],
    "last_week": [(1, 1), (3, 95)],
    "month": [(1, 1), (12, 360)],
    "latest": [(days, days % 7) for days in range(9)],
    "instead": [(NAME, told, counted) for told in (0, 6, 47) for counted in (0, 8, 999)],
    "noted": [(0,), (6,)],
    "same": [(0,), (6,)],
}
SENTENCES = [
    (name, make(*arguments))
    for name, make in SAID.items()
    for arguments in ARGUMENTS.get(name.removeprefix("looking."), [()])
]


@pytest.mark.parametrize(("name", "text"), SENTENCES, ids=[name for name, _ in SENTENCES])
def test_each_sentence_is_plain(name: str, text: str) -> None:
    assert talk.SAID[name] is SAID[name]
    assert text[:1].isupper() and text[-1] in ".?" and not re.search(r"\d|  ", text)
    assert command_in(text) is None, text
    for sentence in re.split(r"(?<=[.?!])\s+", text):
        assert len(sentence.split()) <= 20, sentence


@pytest.mark.parametrize(("name", "text"), SENTENCES, ids=[name for name, _ in SENTENCES])
def test_nothing_praises_or_scolds(name: str, text: str) -> None:
    assert not re.search(rf"\b({SCOLDING}|{PRAISE})\b", text, re.IGNORECASE), name


def test_every_sentence_is_tried() -> None:
    assert {f"looking.{name}" for name in ARGUMENTS} <= set(SAID)
    assert all(SAID[name].__code__.co_argcount == 0 for name in set(SAID) - {f"looking.{name}" for name in ARGUMENTS})
    assert len(review.OPENINGS) == OPENINGS


@pytest.mark.parametrize(
    ("name", "arguments", "text"),
    [
        ("done", (0, 4, "Chair stand", "Step tap"), "Today's work: Chair stand, Step tap, and four more."),
        ("done", (1, 0, "Chair stand"), "What you did: Chair stand."),
        ("did", (0, "Chair stand", "Step tap"), "You did Chair stand, and Step tap."),
        ("last", (1, 0, "Bone snack", 10), "Last time was yesterday: Bone snack, ten minutes."),
        ("last", (6, 2, "Bone snack", 1), "Last time was on Wednesday: Bone snack, one minute."),
        ("latest", (7, 2), "The last one was seven days ago."),
        ("heavier", ("Goblet squat", 2_500), "Heavier than the time before: Goblet squat, with two and a half kilos."),
        ("more", ("Chair stand", 10, 8), "More than the time before: Chair stand, ten instead of eight."),
        ("instead", ("Chair stand", 6, 8), "Six instead of eight: Chair stand. Is that right?"),
        ("instead", ("Chair stand", 0, 8), "None instead of eight: Chair stand. Is that right?"),
    ],
)
def test_how_they_sound(name: str, arguments: tuple[int | str, ...], text: str) -> None:
    assert SAID[f"looking.{name}"](*arguments) == text


def test_what_is_offered_can_be_asked_in_those_very_words() -> None:
    vocabulary = Vocabulary(ASKS_BACK)
    for phrase, asked in ASKS_BACK.items():
        match = vocabulary.match(phrase)
        assert match is not None and match.name == asked
    offered = SAID["looking.ask"]().removeprefix("You can also ask: ").rstrip(".").replace(" or ", " ").split(",")
    assert {ASKS_BACK[normalise(words)] for words in offered} == set(ASKS_BACK.values())
