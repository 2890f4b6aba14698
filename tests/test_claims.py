"""No text that travels with the program claims to treat, prevent or diagnose, or promises bone (EVIDENCE 7)."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from itertools import chain, product
from pathlib import Path
from typing import Any

import click
import pytest

from tests.claims import RULES, claims
from voice_coach import script
from voice_coach.cli.main import COMMANDS, group
from voice_coach.review.progress import NOT_MEANT
from voice_coach.routine.source import content, parse
from voice_coach.script import talk

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ("README.md", "CHANGELOG.md", "voice_coach/README.md")


def spoken(sentence: Callable[..., str]) -> Iterator[str]:
    """What a sentence says with arguments of either kind; the combinations it cannot take are passed over.

    Of arguments in any number there are none or two.
    """
    parameters = inspect.signature(sentence).parameters.values()
    kept = [each.kind is not inspect.Parameter.VAR_POSITIONAL for each in parameters]
    count = sum(kept)
    lengths = {count} if all(kept) else {count, count + 2}
    for kinds in chain.from_iterable(product((2, "right", "12"), repeat=length) for length in sorted(lengths)):
        arguments: list[Any] = list(kinds)
        try:
            words = sentence(*arguments)
            if isinstance(words, str):  # where the words are the argument, a number has none
                yield words
        except (TypeError, ValueError, KeyError, IndexError, AttributeError):
            continue


def sentences() -> dict[str, Callable[..., str]]:
    said = {f"talk {name}": words for name, words in talk.SAID.items()}
    keys = {f"key {key.value}": words for key, words in script.SENTENCES.items() if words is not talk.words}
    return said | keys


def texts(tree: object) -> Iterator[str]:
    """Every text of a YAML file, as one reads it."""
    if isinstance(tree, dict):
        for value in tree.values():
            yield from texts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from texts(value)
    elif isinstance(tree, str):
        yield tree


def helps() -> Iterator[str]:
    with click.Context(group, info_name="voice-coach") as context:
        yield group.get_help(context)
        for name in COMMANDS:
            command = group.get_command(context, name)
            assert command is not None
            with click.Context(command, info_name=name, parent=context) as inner:
                yield command.get_help(inner)


@pytest.mark.parametrize("name", sentences())
def test_no_sentence_claims(name: str) -> None:
    said = list(spoken(sentences()[name]))
    assert said, f"{name} cannot be said with any of the sample arguments"
    assert [found for text in said for found in claims(text)] == []


@pytest.mark.parametrize("path", sorted((ROOT / "routines").rglob("*.yaml")), ids=lambda path: path.name)
def test_no_routine_or_exercise_claims(path: Path) -> None:
    data = content(path)
    assert isinstance(data, bytes)
    tree = parse(data, path).tree
    assert tree is not None
    said = list(texts(tree.plain()))
    assert len(said) > 3
    assert [found for text in said for found in claims(text)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_claims(name: str) -> None:
    assert list(claims((ROOT / name).read_text(encoding="utf-8"))) == []


def test_no_help_claims() -> None:
    said = list(helps())
    assert len(said) == len(COMMANDS) + 1
    assert [found for text in said for found in claims(text)] == []


def test_the_diary_says_what_it_is_not() -> None:
    assert list(claims(NOT_MEANT)) == []
    assert "cannot tell how your bones" in NOT_MEANT


@pytest.mark.parametrize("kind", RULES)
def test_each_kind_of_claim_is_found(kind: str) -> None:
    for sentence in RULES[kind].planted:
        assert kind in {found for found, _ in claims(f"Welcome back. {sentence} Off we go.")}, sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "I do not find, treat or prevent any illness.",
        "Helps you practise strength, balance and posture exercises.",
        "Six sets of bone-loading work.",
        "It is no assessment of your risk of a fracture.",
        "Have you ever had a broken bone in the spine?",
        "My estimate is about ninety to one hundred and forty calories.",
        "Has a bone scan shown osteoporosis?",
        "Stand strong and tall.",
    ],
)
def test_what_may_be_said_passes(sentence: str) -> None:
    assert list(claims(sentence)) == []


def test_a_denial_does_not_cover_the_next_sentence() -> None:
    assert [kind for kind, _ in claims("It is not a doctor. It treats osteoporosis.")] == ["treats"]
    assert [kind for kind, _ in claims("It treats osteoporosis, but it is not a doctor.")] == ["treats"]
