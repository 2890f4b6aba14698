"""Checks a file's structure against the JSON Schema that editors use too.

The schemas are shipped beside the routines and hold every name, type and bound; `explain` has the sentences.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voice_coach.errors import Problem
from voice_coach.paths import shipped
from voice_coach.routine.explain import Misfit, explain
from voice_coach.routine.keywords import Forbidden, Keyword, anything, keywords
from voice_coach.routine.nodes import Node
from voice_coach.routine.wording import Unfit

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

_LIBRARY = "exercises/exercises.schema.json"  # also how the schema of routines refers to it


class Kind(str, Enum):
    """What a file holds; the value is its schema, in the shipped folder of routines."""

    ROUTINE = "routine.schema.json"
    EXERCISES = _LIBRARY


@lru_cache(maxsize=4)
def load_schema(kind: Kind) -> dict[str, Any]:
    """One of the shipped schemas, as its file has it."""
    path = shipped("routines") / kind.value
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def check(tree: Node, kind: Kind, path: Path, forbidden: Forbidden = anything) -> list[Problem]:
    """Everything the schema has against a file, each with its line."""
    misfits = [_misfit(error) for error in validator(kind, forbidden).iter_errors(tree.plain())]
    return explain(misfits, tree, str(path), keywords(forbidden))


@lru_cache(maxsize=16)
def validator(kind: Kind, forbidden: Forbidden = anything) -> Draft202012Validator:
    """The validator of a schema with our keywords in it. It never looks for a schema on the network."""
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend
    from referencing import Registry, Resource

    ours = {name: _adapted(keyword) for name, keyword in keywords(forbidden).items()}
    library: Resource[Any] = Resource.from_contents(load_schema(Kind.EXERCISES))
    registry: Registry[Any] = Registry().with_resource(_LIBRARY, library)
    extended: type[Draft202012Validator] = extend(Draft202012Validator, ours)  # type: ignore[no-untyped-call]
    return extended(load_schema(kind), registry=registry)


def _adapted(keyword: Keyword) -> Callable[..., Iterator[ValidationError]]:
    """A keyword in the shape jsonschema calls it."""
    from jsonschema import ValidationError

    def run(_validator: object, wanted: Any, value: object, _schema: object) -> Iterator[ValidationError]:
        try:
            keyword(wanted, value)
        except Unfit as unfit:
            yield ValidationError(unfit.message)

    return run


def _misfit(error: ValidationError) -> Misfit:
    assert isinstance(error.schema, dict)  # the shipped schemas have no bare `false`
    return Misfit(
        steps=tuple(error.absolute_path),
        rule=str(error.validator),
        wanted=error.validator_value,
        value=error.instance,
        schema=error.schema,
        of_key="propertyNames" in error.absolute_schema_path,
    )
