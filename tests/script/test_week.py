"""How today and the week sound: short, without digits, without commands, and without a word about what was missed."""

from __future__ import annotations

import re

import pytest

from voice_coach.commands import command_in
from voice_coach.conversation.choose import ASKS
from voice_coach.script import talk
from voice_coach.script.week import SAID, day_of_week

ALL_DAYS = ("today", "tomorrow", *range(5))
ARGUMENTS: dict[str, list[tuple[str | int, ...]]] = {
    "week.suggest": [("First-week chair strength",)],
    **{f"week.{kind}_on": [("today",), (3,), ALL_DAYS] for kind in ("strength", "balance", "impact")},
}
SENTENCES = [(name, make(*arguments)) for name, make in SAID.items() for arguments in ARGUMENTS.get(name, [()])]
SCOLDING = "should|must|only|missed|failed|less|finally|unfortunately|at least"


@pytest.mark.parametrize(("name", "text"), SENTENCES, ids=[name for name, _ in SENTENCES])
def test_each_sentence_is_plain(name: str, text: str) -> None:
    assert talk.SAID[name] is SAID[name]
    assert text[:1].isupper() and text[-1] in ".?" and not re.search(r"\d|  ", text)
    assert command_in(text) is None, text
    assert not re.search(rf"\b({SCOLDING})\b", text, re.IGNORECASE)
    for sentence in re.split(r"(?<=[.?!])\s+", text):
        assert len(sentence.split()) <= 20, sentence


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("today",), "Strength is for today."),
        (("today", 3), "Strength is for today and Thursday."),
        (("tomorrow", 2, 6), "Strength is for tomorrow, Wednesday and Sunday."),
    ],
)
def test_days_are_listed_as_one_says_them(arguments: tuple[str | int, ...], text: str) -> None:
    assert SAID["week.strength_on"](*arguments) == text


def test_days_have_their_english_names_wherever_she_lives() -> None:
    assert [day_of_week(day) for day in (0, 6)] == ["Monday", "Sunday"]


def test_what_sounds_like_a_word_of_distress_is_neither_said_nor_listened_for() -> None:
    """ "Busy" is heard as "dizzy", and "my week" as "my knee"."""
    words = {word for phrase in ASKS for word in phrase.split()} | {
        word for _, text in SENTENCES for word in text.lower().split()
    }
    assert not words & {"busy", "fizzy", "tizzy"}
    assert not any("my week" in phrase for phrase in ASKS)
