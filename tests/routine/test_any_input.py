"""Whatever a file holds, it gives a routine or problems with places, never another exception."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.routine.home import command_in
from voice_coach.errors import Problem
from voice_coach.paths import shipped
from voice_coach.routine import Exercise, Routine
from voice_coach.routine.library import load_library
from voice_coach.routine.routines import load_routine
from voice_coach.routine.source import parse

SHIPPED = shipped("routines")
LIBRARY = load_library([SHIPPED], command_in)
ROUTINE_TEXTS = [path.read_text() for path in sorted(SHIPPED.glob("*.yaml"))]
LIBRARY_TEXTS = [path.read_text() for path in sorted((SHIPPED / "exercises").glob("*.yaml"))]
TOKENS = """
title blocks items exercise reps hold time own_pace tempo rest load note name start cues easier harder say lift rounds
mode exercises tags tiers high low impact minutes times_a_week high_note chair_stand
easy_breath mini_jump 2-3 8 0 -1 1.5 1e999 99999999999999999999 true no null ~ 45s 1:30 2-1-3 3kg ''
[] {} &a *a << !!str | > @ : - # " ' [ ] { } , --- ...
"""
MARKS = ("- a", "\t", "\n", "\n\n", " ", "  ", ": ", "? ", "%YAML 1.2", "\0", "\ufeff", "\u2028", "é", "\U0001f600")
WORDS = [*TOKENS.split(), *MARKS]
PLAIN = [None, True, 0, 8, -1, 1.5, 1e308, "", "no", "45s", "2-1-3", "3kg", "chair_stand", "Sit tall.", "reps"]

names = st.sampled_from(WORDS) | st.text(max_size=4)
values = st.recursive(
    st.sampled_from(PLAIN) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5),
    max_leaves=12,
)


duration = st.sampled_from(["1s", "40s", "1m30s", "90 s", "1.5m", "0s", "45", "11m"])
tempo = st.sampled_from(["2-1-3", "1.5 - 0 - 2", "0-5-0", {"lift": "2s", "lower": "3s"}, {"lift": "2s"}])
amount = st.sampled_from([{"reps": 8}, {"reps": 8.0}, {"hold": "30s"}, {"time": "1m"}, {"own_pace": 50}, {"reps": 0}])
movement = st.sampled_from(["chair_stand", "easy_breath", "calf_stretch", "mini_jump"]).map(
    lambda name: {"exercise": name}
)
tiers = st.sampled_from([["low"], ["low"], ["low", "moderate"], ["low", "moderate", "high"], ["hihg"], [1], []])
heads = st.fixed_dictionaries(
    {"title": st.just("a")},
    optional={"tiers": tiers, "minutes": st.sampled_from([20, 20.0, 180, 0])}
    | {"times_a_week": st.sampled_from([2, 2.0, "2-3", 7, "3-2", "daily"])},
)
in_place = st.fixed_dictionaries(
    {"name": st.just("Towel squeeze"), "start": st.just("Sit tall."), "cues": st.just(["Squeeze."])},
    optional={
        "easier": st.just(["Softly."]),
        "harder": st.just([{"say": "Firmly.", "tempo": "2-1-3", "tiers": ["low"]}]),
        "tiers": tiers,
        "tags": st.sampled_from([["impact"], ["grip"], ["grip", "prone"], ["hop"]]),
        "high_note": st.just("Gently."),
        "group": st.sampled_from(["legs", "arms"]),
        "bone_sites": st.just(["hip"]),
        "benefits": st.just(["bone"]),
    },
)
extras = st.fixed_dictionaries(
    {},
    optional={"sets": st.integers(0, 11), "tempo": tempo, "rest": duration, "each_side": st.booleans()}
    | {"load": st.sampled_from(["3kg", "red band", "99kg"]), "note": st.sampled_from(["Slowly.", "Stop."])},
)
items = st.builds(
    lambda *parts: {key: value for part in parts for key, value in part.items()}, movement | in_place, amount, extras
)


def mutated(texts: list[str]) -> st.SearchStrategy[str]:
    """A shipped file with pieces cut out, doubled, or replaced by words that matter to YAML or to us."""
    edit = st.tuples(st.floats(0, 1), st.integers(0, 60), st.sampled_from(WORDS))

    def apply(text: str, edits: list[tuple[float, int, str]]) -> str:
        for place, length, word in edits:
            at = int(place * len(text))
            text = text[:at] + word + text[at + length :]
        return text

    return st.builds(apply, st.sampled_from(texts), st.lists(edit, min_size=1, max_size=4))


def outcome(text: str | bytes) -> Routine | list[Problem]:
    """What is found in a file with this text, beside the shipped routines."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "my.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        loaded = load_routine(path, 0, LIBRARY, command_in)
        sound(loaded.problems, path)
        if loaded.routine:
            assert not loaded.problems
            return loaded.routine
        assert loaded.problems
        return list(loaded.problems)


def library_outcome(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "exercises" / "my.yaml"
        path.parent.mkdir()
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        library = load_library([Path(folder)], command_in)
        assert library.exercises or library.problems
        assert all(isinstance(exercise, Exercise) for exercise in library.exercises.values())
        sound(library.problems, path)


def sound(problems: list[Problem] | tuple[Problem, ...], path: Path) -> None:
    """Problems as they can be shown: in this file, on a line that it has, in one printable line."""
    lines = len(path.read_bytes().decode("utf-8", "replace").splitlines()) + 1
    for problem in problems:
        assert problem.path == str(path)
        assert 0 <= problem.line <= lines
        assert str(problem).isprintable()
        assert problem.message and "is not valid under any of the given schemas" not in problem.message


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    outcome(data)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_any_yaml_like_text(text: str) -> None:
    outcome(text)


@settings(max_examples=150, deadline=None)
@given(mutated(ROUTINE_TEXTS))
def test_damaged_routines(text: str) -> None:
    outcome(text)


@settings(max_examples=150, deadline=None)
@given(mutated(LIBRARY_TEXTS))
def test_damaged_libraries(text: str) -> None:
    library_outcome(text)


@settings(max_examples=200, deadline=None)
@given(values)
def test_any_values_in_the_place_of_a_routine_or_a_library(value: object) -> None:
    text = json.dumps(value)  # JSON is YAML
    outcome(text)
    outcome('{"title": "a", "blocks": [{"name": "b", "items": [' + text + "]}]}")
    library_outcome('{"exercises": {"mine": ' + text + "}}")


@pytest.mark.parametrize("text", ROUTINE_TEXTS)
def test_the_texts_that_are_damaged_were_whole(text: str) -> None:
    assert isinstance(outcome(text), Routine)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_reads_without_an_exception(text: str) -> None:
    source = parse(text.encode("utf-8", "surrogatepass"), Path("my.yaml"))
    assert source.tree is not None or source.problems


@settings(max_examples=200, deadline=None)
@given(heads, st.lists(items, min_size=1, max_size=2))
def test_routines_that_are_nearly_right(head: dict[str, object], fields: list[dict[str, object]]) -> None:
    """About one in five has no problem, so that building meets all it can be given."""
    outcome(json.dumps(head | {"blocks": [{"name": "b", "items": fields}]}))
