"""Every sentence of the tests: plain, short, and free of promises."""

from __future__ import annotations

import re

import pytest

from voice_coach.commands import normalise
from voice_coach.script import talk
from voice_coach.script.measures import SAID

COUNTS = tuple((count,) for count in range(51))
ARGS: dict[str, tuple[tuple[str | int, ...], ...]] = {
    "measures.one.leg": tuple((side, number) for side in ("left", "right") for number in (1, 2, 3)),
    "measures.one.result": (("left", 0), ("right", 1), ("left", 45)),
    "measures.up": ((9, 12),),
    "measures.down": ((12, 9),),
}
ALL = [
    (name, make(*args))
    for name, make in SAID.items()
    for args in (ARGS.get(name) or (COUNTS if make.__code__.co_argcount else ((),)))
]
NEVER = {
    *("should", "must", "risk", "fracture", "safe", "dangerous", "frail", "good", "bad", "poor", "weak", "normal"),
    *("prevent", "treat", "diagnose", "density", "dear", "only", "failed", "rep", "reps", "score", "assess"),
}
HOW_TO = {"measures.chair.how": {"safe"}, "measures.line.hands": {"only"}}  # "at a pace that feels safe"


def test_all_of_them_can_be_said() -> None:
    assert set(SAID) <= set(talk.SAID)
    assert all(name.startswith("measures.") for name in SAID)
    assert talk.words("measures.right", 15) == "Fifteen, one five. Is that right?"


@pytest.mark.parametrize(("name", "text"), ALL, ids=[f"{name}-{text[:15]}" for name, text in ALL])
def test_a_sentence_is_short_plain_and_has_an_end(name: str, text: str) -> None:
    assert re.fullmatch(r"[A-Za-z' ,.:?]+", text) and "  " not in text
    assert text[0].isupper() and text[-1] in ".?"
    for sentence in re.split(r"[.?]", text):
        assert len(sentence.split()) <= 20
        assert not sentence.strip() or sentence.strip()[0].isupper()
    assert len(re.findall(r"[.?]", text)) <= 3
    assert not NEVER & set(normalise(text).split()) - HOW_TO.get(name, set())


def test_numbers_that_are_taken_for_each_other_are_read_back_by_digit() -> None:
    spelt = [count for count in range(51) if "," in SAID["measures.right"](count).split(".")[0]]
    assert spelt == [13, 14, 15, 16, 17, 18, 19, 30, 40, 50]
