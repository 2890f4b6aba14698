"""How a week and the diary's questions sound: short, without digits, without words that are commands."""

from __future__ import annotations

import inspect
import re

import pytest

from voice_coach.commands import command_in
from voice_coach.script.promises import SAID


@pytest.mark.parametrize("name", SAID)
@pytest.mark.parametrize("number", [1, 2, 140, 999])
def test_each_sentence_is_plain(name: str, number: int) -> None:
    count = len(inspect.signature(SAID[name]).parameters)
    text = SAID[name](*[number] * count)
    assert text[:1].isupper() and text[-1] in ".?" and not re.search(r"\d", text)
    assert command_in(text) is None
    for sentence in re.split(r"(?<=[.?])\s+", text):
        assert len(sentence.split()) <= 20, sentence
    assert not re.search(r"\b(should|must|only|good girl|dear)\b", text)


def test_one_is_singular() -> None:
    assert SAID["promises.week"](1, 1) == "This week: one session, one minute."
    assert SAID["promises.energy"](90, 140) == "My estimate is about ninety to one hundred and forty calories."
