"""What a schema has against a file, in plain sentences with lines; nothing is said twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from voice_coach.errors import Problem
from voice_coach.routine.keywords import Keyword
from voice_coach.routine.nodes import Node
from voice_coach.routine.wording import Unfit, closest, did_you_mean, listed, shown

AMOUNTS = ("reps", "hold", "time", "own_pace")
IN_PLACE = ("name", "start", "cues")


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """One rule of a schema that a value breaks. `steps` leads to the value from the top of the file."""

    steps: tuple[str | int, ...]
    rule: str  # the schema's keyword
    wanted: Any  # the keyword's value
    value: Any
    schema: Mapping[str, Any]
    of_key: bool  # it is about the name of a field: `value` is that name, `steps` leads to the group it is in

    def unknown(self) -> list[str]:
        """For "additionalProperties": the fields that the schema does not have."""
        return sorted(set(self.value) - set(self.schema["properties"]))


class _Said(NamedTuple):
    message: str
    hint: str = ""


def explain(misfits: Sequence[Misfit], tree: Node, path: str, keywords: Mapping[str, Keyword]) -> list[Problem]:
    """The problems behind the misfits, sorted by place."""
    meant: dict[tuple[str | int, ...], set[str]] = {}  # by group: the fields that its misspelt ones stand for
    for each in misfits:
        if each.rule == "additionalProperties":
            meant[each.steps] = {closest(key, each.schema["properties"]) for key in each.unknown()} - {""}
    found: set[Problem] = set()
    for each in misfits:
        node = _at(tree, each.steps)
        field = next((step for step in reversed(each.steps) if isinstance(step, str)), "")
        if each.rule == "additionalProperties":
            found |= {
                Problem(path, node.key_lines[key], f"unknown field {shown(key)}", _field_hint(key, each.schema))
                for key in each.unknown()
            }
        elif each.of_key:
            message, hint = _name(each)
            found.add(Problem(path, node.key_lines[each.value], message, hint))
        else:
            for said in _sentences(each, meant.get(each.steps, set()), keywords):
                about_group = not field or each.rule in ("required", "oneOf")
                message = said.message if about_group else f"{field}: {said.message}"
                found.add(Problem(path, node.line, message, said.hint))
    return sorted(found)


def _at(tree: Node, steps: Iterable[str | int]) -> Node:
    node = tree
    for step in steps:
        child = node.child(step)
        assert child is not None  # the schema was asked about this very tree
        node = child
    return node


def _name(each: Misfit) -> _Said:
    if each.rule == "not":
        message = f"{each.value} belongs to an exercise written in place, this one is the library's"
        return _Said(message, f"leave {each.value} or exercise out")
    return _Said(f"{shown(each.value)} cannot be an id", _PATTERNS["id"][1])


def _field_hint(key: str, schema: Mapping[str, Any]) -> str:
    if " " in key.strip() and not closest(key, schema["properties"]):
        return "put text with a colon in quotes"
    return did_you_mean(key, schema["properties"])


def _sentences(each: Misfit, meant: set[str], keywords: Mapping[str, Keyword]) -> Iterator[_Said]:
    """What to say of a misfit; nothing where another misfit says it better."""
    if each.rule == "oneOf":
        if isinstance(each.value, dict):  # anything else satisfies every "required" there is; its type says enough
            yield from _amounts(each.value, meant)
    elif each.rule == "required":
        yield from _missing(each.value, list(each.wanted), meant)
    elif not each.steps:
        yield _Said(f"the file holds {shown(each.value)}, not fields", f"begin with {each.schema['required'][0]}:")
    elif each.value is None:
        yield _Said("is empty", "write a value or leave the line out")
    elif each.rule in keywords:
        yield from _own_keyword(each, keywords[each.rule])
    elif each.rule == "type" and "x-kind" not in each.schema:
        yield _wrong_type(each.value, each.wanted)
    elif each.rule == "pattern" and "x-kind" not in each.schema:
        what, hint = _PATTERNS[each.schema.get("title", "alias")]
        yield _Said(f"{shown(each.value)} cannot be {what}", hint)
    elif each.rule == "enum":
        yield _Said(f"{shown(each.value)} is not known", did_you_mean(shown(each.value), map(str, each.wanted)))
    elif each.rule == "uniqueItems":
        twice = next(item for at, item in enumerate(each.value) if item in each.value[:at])
        yield _Said(f"{shown(twice)} is there twice", "keep one")
    elif each.rule not in ("type", "pattern"):
        yield _wrong_size(each.rule, each.wanted, each.value)


def _amounts(given: Mapping[str, Any], meant: set[str]) -> Iterator[_Said]:
    amounts = [name for name in AMOUNTS if name in given]
    if len(amounts) > 1:
        yield _Said(f"{listed(amounts)} are given together", "keep one")
    elif not meant & set(AMOUNTS):
        yield _Said("how much is missing", f"give one of {listed(AMOUNTS, 'or')}")


def _missing(given: Mapping[str, Any], wanted: list[str], meant: set[str]) -> Iterator[_Said]:
    if wanted == list(IN_PLACE) and "exercise" in meant:
        return
    if wanted == list(IN_PLACE) and not set(IN_PLACE) & {*given, *meant}:
        yield _Said("exercise is missing", "write exercise: and its id, or name, start and cues")
        return
    missing = [name for name in wanted if name not in given and name not in meant]
    if missing:
        yield _Said(f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} missing")


def _own_keyword(each: Misfit, keyword: Keyword) -> Iterator[_Said]:
    if isinstance(each.value, str) and len(each.value) > each.schema.get("maxLength", len(each.value)):
        return  # too long says enough
    try:
        keyword(each.wanted, each.value)
    except Unfit as unfit:
        yield _Said(unfit.message, unfit.hint)


# By the title of a schema with a pattern: what the text was to be, and how it is written.
_PATTERNS = {
    "id": ("an id", "use small letters, digits and _, as in chair_stand"),
    "alias": ("an alias", "write it in words, as it is said"),
    "words": ("the names of a rep's parts", "write three small words: up-hold-down"),
    "times_a_week": ("how often in a week", "write 2, or 2-3 for two to three"),
}
_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a group of fields",
}
_BARE = {"no": "false", "off": "false", "n": "false", "yes": "true", "on": "true", "y": "true"}


def _wrong_type(value: object, wanted: str | list[str]) -> _Said:
    kinds = [wanted] if isinstance(wanted, str) else wanted
    message = f"{shown(value)} is not {listed((_TYPES[kind] for kind in kinds), 'or')}"
    word = value.casefold() if isinstance(value, str) else ""
    if word in _BARE and "boolean" in kinds:
        return _Said(f"YAML reads a bare {shown(value)} as text", f"write {_BARE[word]}")
    if "boolean" in kinds:
        return _Said(message, "write true or false")
    if "integer" in kinds:
        digits = word.partition(" ")[0].partition("-")[0].rstrip("x")
        clear = digits.isdecimal() and len(digits) < 4
        return _Said(message, f"did you mean {digits}" if clear else "write it in digits")
    if "array" in kinds:
        return _Said(message, "write one entry a line, each after a dash")
    if "string" in kinds and isinstance(value, (bool, int, float)):
        return _Said(message, "put it in quotes")
    if "string" in kinds and isinstance(value, dict):
        return _Said(message, "put text with a colon in quotes")
    return _Said(message)


def _wrong_size(rule: str, bound: int, value: Any) -> _Said:
    """What a bound of the schema says about a number, a text, a list or a group."""
    side, much = ("least", "too few") if rule.startswith("min") else ("most", "too many")
    if rule in ("minimum", "maximum"):
        return _Said(f"{shown(value)} is {much}", f"the {side} is {bound}")
    if not value:
        return _Said("is empty", "write a text" if value == "" else "write at least one entry")
    unit = "characters" if isinstance(value, str) else "entries"
    return _Said(f"{len(value):,} {unit} are {much}", f"the {side} is {bound}")
