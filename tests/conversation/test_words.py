"""Every word of an answer is one that the shipped model knows, and every sentence around a question is short."""

from __future__ import annotations

from pathlib import Path

from voice_coach.conversation.words import loads
from voice_coach.script.interview import SAID

WORDS = Path(__file__).resolve().parents[2] / "models" / "coach-en" / "graph" / "words.txt"


def test_the_model_knows_every_word_of_a_load() -> None:
    known = {each.split(" ")[0] for each in WORDS.read_text(encoding="utf-8").splitlines()}
    assert {word for match in loads() for word in match.phrase.split()} <= known


def test_what_is_said_around_questions_is_short_and_without_digits() -> None:
    said = [make() for make in SAID.values() if not make.__code__.co_argcount]
    assert said and all(len(text.split()) <= 20 and not any(c.isdigit() for c in text) for text in said)
