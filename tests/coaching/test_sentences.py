"""Every sentence about progress: plain, short, and nothing that could be taken for a command."""

from __future__ import annotations

import re

import pytest

from tests.coaching.build import LIBRARY
from voice_coach.commands import command_in
from voice_coach.script.progress import SAID

NAMES = sorted({each.name for each in LIBRARY.values()})
RUNGS = ("Cross your arms in front of you.", "Put one foot right in front of the other, heel to toe.")
ARGS: dict[str, tuple[tuple[str | int, ...], ...]] = {
    "name": tuple((name,) for name in NAMES),
    "name turn": tuple((name, turn) for name in NAMES for turn in range(3)),
    "grams label turn": ((2500, "", 0), (3000, "", 1), (0, "green band", 1)),
    "grams label": ((2500, ""), (0, "green band")),
    "count turn": ((12, 0), (12, 1)),
    "count": ((12,),),
    "words turn": tuple((words, turn) for words in RUNGS for turn in range(2)),
    "words": tuple((words,) for words in RUNGS),
    "step turn": tuple((step, 0) for step in range(1, 12)),
    "step": tuple((step,) for step in range(1, 12)),
    "": ((),),
}
TEXTS = [
    (name, make(*args))
    for name, make in SAID.items()
    for args in ARGS[" ".join(make.__code__.co_varnames[: make.__code__.co_argcount])]
]


@pytest.mark.parametrize("name", sorted(SAID))
def test_sentences_are_plain_and_short(name: str) -> None:
    texts = [text for each, text in TEXTS if each == name]
    assert texts and name.startswith("progress.")
    for text in texts:
        assert command_in(text) is None, text
        assert re.fullmatch(r"[A-Za-z' ,.:?-]+", text) and "  " not in text, text
        assert text[0].isupper() and text[-1] in ".?", text
        assert all(len(sentence.split()) <= 20 for sentence in re.split(r"[.?]", text)), text
        assert not re.search(r"\b(should|must|prevent|treat|density|fracture)\b", text), text
