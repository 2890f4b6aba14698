"""The shipped schemas and the reader say the same, and editors can use the schemas as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from voice_coach.paths import shipped
from voice_coach.routine import Benefit, BoneSite, Group, Mode, Tag, Tier, check_files
from voice_coach.routine.explain import AMOUNTS, IN_PLACE
from voice_coach.routine.keywords import anything, keywords
from voice_coach.routine.rules import SUITS
from voice_coach.routine.schema import Kind, load_schema, validator
from voice_coach.routine.units import duration, load, tempo
from voice_coach.routine.wording import Unfit

ROUTINE, EXERCISES = load_schema(Kind.ROUTINE), load_schema(Kind.EXERCISES)
ITEM: dict[str, Any] = ROUTINE["$defs"]["item"]
TERMS: dict[str, Any] = EXERCISES["$defs"]


def groups(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema."""
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from groups(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from groups(value)


@pytest.mark.parametrize("kind", Kind)
def test_the_schemas_are_json_schema_2020_12(kind: Kind) -> None:
    Draft202012Validator.check_schema(load_schema(kind))
    assert load_schema(kind)["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize("kind", Kind)
def test_every_field_has_a_description(kind: Kind) -> None:
    for group in groups(load_schema(kind)):
        for name, field in group.get("properties", {}).items() if group.get("type") == "object" else ():
            described = field if "description" in field else _target(field["$ref"])
            assert described.get("description") or name in ("lift", "hold", "lower"), name


def _target(reference: str) -> dict[str, Any]:
    found: dict[str, Any] = TERMS[reference.rpartition("/")[2]]
    return found


@pytest.mark.parametrize("kind", Kind)
def test_keywords_of_our_own_are_all_known(kind: Kind) -> None:
    used = {name for group in groups(load_schema(kind)) for name in group if name.startswith("x-")}
    assert used <= set(keywords(anything))


@pytest.mark.parametrize("kind", Kind)
def test_references_stay_inside_the_shipped_folder(kind: Kind) -> None:
    """Nothing is looked for on the network, by us or by an editor."""
    for group in groups(load_schema(kind)):
        if isinstance(group.get("$ref"), str):
            file, _, place = group["$ref"].partition("#/$defs/")
            here = shipped("routines") / kind.value
            where = here if not file else here.parent / file
            assert place in json.loads(where.read_text())["$defs"]


def test_an_item_in_place_has_the_fields_of_the_library() -> None:
    library = set(TERMS["exercise"]["properties"])
    assert library - {"mode"} <= set(ITEM["properties"])  # the amount of an item says the mode
    barred = ITEM["then"]["propertyNames"]["not"]["enum"]
    assert set(barred) == library - {"mode", "tempo", "each_side", "override"}
    assert tuple(ITEM["else"]["required"]) == IN_PLACE


def test_the_amounts_and_modes_of_the_schema_are_the_readers() -> None:
    assert tuple(branch["required"][0] for branch in ITEM["oneOf"]) == AMOUNTS
    assert sorted(name for names in SUITS.values() for name in names) == sorted(AMOUNTS)
    assert TERMS["exercise"]["properties"]["mode"]["enum"] == [mode.value for mode in Mode]


@pytest.mark.parametrize(
    ("field", "words"),
    [("group", Group), ("tiers", Tier), ("bone_sites", BoneSite), ("benefits", Benefit), ("tags", Tag)],
)
def test_the_words_of_the_schema_are_the_models(field: str, words: type[Enum]) -> None:
    term = TERMS[field]
    assert (term if "enum" in term else term["items"])["enum"] == [each.value for each in words]
    assert term.get("maxItems", len(words)) == len(words)


def test_the_shipped_files_name_their_schema() -> None:
    for path in shipped("routines").rglob("*.yaml"):
        match = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text())
        assert match, path
        assert (path.parent / match[1]).is_file()


@given(st.from_regex(TERMS["duration"]["pattern"], fullmatch=True) | st.text(max_size=12))
@example("1m30s")
@example("45")
@example("")
@example(" 4s")
def test_editor_and_reader_agree_on_durations(text: str) -> None:
    assert reads(duration, text) == matches(TERMS["duration"], text)


@given(st.from_regex(r"[0-9]{1,2}(\.[0-9])? ?- ?[0-9](\.[0-9])? ?- ?[0-9]", fullmatch=True) | st.text(max_size=12))
@example("2-1-3")
@example("2 1 3")
@example("2-1-3 ")
def test_editor_and_reader_agree_on_tempos(text: str) -> None:
    """Bounds aside: a pattern cannot add."""
    if reads(tempo, text):
        assert matches(TERMS["tempo"], text)
    elif matches(TERMS["tempo"], text):
        with pytest.raises(Unfit, match=r"at least|cannot be counted"):
            tempo(text)


@given(st.from_regex(r"[0-9]{1,2}(\.[0-9])? ?(kg|g|lb)", fullmatch=True) | st.text(max_size=12))
@example("red band")
@example("3  kg")
@example("3 kilos")
def test_what_the_reader_takes_as_a_load_the_editor_takes(text: str) -> None:
    if reads(load, text):
        assert matches(ITEM["properties"]["load"], text)


def reads(reader: Any, text: str) -> bool:
    try:
        reader(text)
    except Unfit:
        return False
    return True


def matches(schema: dict[str, Any], text: str) -> bool:
    plain = {key: value for key, value in schema.items() if not key.startswith("x-")}
    # "$" in Python also matches before a last line feed; in an editor it does not.
    return not text.endswith("\n") and Draft202012Validator(plain | {"properties": {}}).is_valid(text)


def test_the_schema_alone_refuses_what_an_editor_should_mark() -> None:
    """Plain JSON Schema, as an editor runs it: without our own keywords."""
    item: dict[str, object] = {"exercise": "chair_stand", "reps": 8}
    wrong: list[dict[str, object]] = [{"reps": 0}, {"rest": 45}, {"rest": "1:30"}, {"tempo": "2 1 3"}, {"rep": 8}]
    wrong += [{"hold": "3s"}, {"name": "A"}, {"load": "3 kilos"}, {"sets": 99}]
    for fields in wrong:
        value = {"title": "a", "blocks": [{"name": "b", "items": [item | fields]}]}
        rules = {str(error.validator) for error in validator(Kind.ROUTINE).iter_errors(value)}
        assert {rule for rule in rules if not rule.startswith("x-")}, fields


def test_descriptions_of_bounds_are_the_bounds() -> None:
    for group in groups(ROUTINE):
        text = group.get("description", "")
        if "x-range" in group:
            assert f"{group['x-range'][0]} to {group['x-range'][1]}" in text
        if "maximum" in group:
            assert f"{group['minimum']} to {group['maximum']}" in text


def test_the_example_in_the_description_is_a_routine(tmp_path: Path) -> None:
    example_text = ROUTINE["description"].partition("\n\n")[2].rpartition("\n\n")[0]
    path = tmp_path / "example.yaml"
    path.write_text(example_text)
    assert check_files([path], [shipped("routines")]) == []
    path.write_text("exercises:\n  " + TERMS["exercise"]["description"].partition("\n\n")[2].replace("\n", "\n  "))
    assert check_files([path], [shipped("routines")]) == []


def test_a_validator_is_made_once() -> None:
    """Making it costs more than reading a routine."""
    assert validator(Kind.ROUTINE, anything) is validator(Kind.ROUTINE, anything)
    assert validator(Kind.ROUTINE) is not validator(Kind.EXERCISES)
