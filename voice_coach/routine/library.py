"""The exercises of all folders, the person's own before the shipped ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from voice_coach.errors import Problem
from voice_coach.paths import shipped, user_data
from voice_coach.routine import build
from voice_coach.routine.keywords import Forbidden, anything
from voice_coach.routine.model import Exercise, Mode
from voice_coach.routine.rules import exercise_problems
from voice_coach.routine.schema import Kind, check
from voice_coach.routine.source import Source, content, parse, read

Folders: TypeAlias = Sequence[Path]  # folders of routines in search order, each with an `exercises/` of its own

EXERCISES = "exercises"
SUFFIXES = (".yaml", ".yml")


def standard_folders() -> tuple[Path, ...]:
    """Where routines are looked for: the person's own folder, then what is shipped."""
    return user_data() / "routines", shipped("routines")


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All exercises that can be used, by id, and the files that cannot."""

    exercises: Mapping[str, Exercise]
    broken: tuple[Source, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong in the exercise files."""
        return tuple(problem for source in self.broken for problem in source.problems)

    def doubts(self, identity: str) -> tuple[Problem, ...]:
        """The problems of the files that may define this exercise.

        None when it can be used. A file with problems is not used at all; an exercise it seems to define is not taken
        from a later folder instead, for that one may be harder than the person's own.
        """
        if identity in self.exercises:
            return ()
        return tuple(each for source in self.broken if _mentions(source, identity) for each in source.problems)


def _mentions(source: Source, identity: str) -> bool:
    if source.text is None:
        return True  # nobody can tell
    return re.search(rf"""["']?\b{re.escape(identity)}\b["']?\s*:""", source.text) is not None


def yaml_files(folder: Path) -> tuple[list[Path], list[Problem]]:
    """The YAML files directly in a folder, by name, and why it cannot be looked into; a missing folder is empty."""
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and not path.name.startswith("."))
    except FileNotFoundError:
        return [], []
    except OSError as error:
        return [], [Problem(str(folder), 0, f"cannot be read: {(error.strerror or str(error)).lower()}")]
    return found, []


def checked(path: Path, kind: Kind, forbidden: Forbidden) -> Source:
    """A file as read, with what its schema says added to its problems."""
    data = content(path)
    return _checked(data, path, kind, forbidden) if isinstance(data, bytes) else data


@lru_cache(maxsize=128)  # checking one file looks into all others: only what has changed is worked through again
def _checked(data: bytes, path: Path, kind: Kind, forbidden: Forbidden) -> Source:
    source = parse(data, path)
    return source if source.tree is None else _with(source, check(source.tree, kind, path, forbidden))


def read_exercises(path: Path, forbidden: Forbidden = anything) -> Source:
    """A library file with everything that is wrong in it."""
    source = checked(path, Kind.EXERCISES, forbidden)
    return source if source.tree is None else _with(source, exercise_problems(source.tree, path))


def to_look_back(folders: Folders, tested: Folders | None = None) -> Mapping[str, Exercise]:
    """The exercises for whoever only looks back, by id: what each is called and good for. Never to train by.

    Those of `tested`, by default what is shipped, are taken as they are: our tests have checked them, and to do it
    again takes as long as all the rest. What cannot be built so was changed by hand: then everything is checked.
    """
    try:
        return load_library(folders, unchecked=(shipped("routines"),) if tested is None else tested).exercises
    except (AttributeError, KeyError, TypeError, ValueError):
        return load_library(folders).exercises


def load_library(folders: Folders, forbidden: Forbidden = anything, *, unchecked: Folders = ()) -> Library:
    """The exercises below the folders; the first folder that has an id decides. For `unchecked` see `to_look_back`."""
    exercises: dict[str, Exercise] = {}
    broken: list[Source] = []
    for folder in folders:
        paths, unreadable = yaml_files(folder / EXERCISES)
        if unreadable:
            broken.append(Source(path=folder, problems=tuple(unreadable)))
        sources = _distinct([read(path) if folder in unchecked else read_exercises(path, forbidden) for path in paths])
        broken += [source for source in sources if source.problems]
        for source in sources:
            if source.problems or source.tree is None:
                continue
            for identity, fields in source.tree.plain()["exercises"].items():
                if identity not in exercises and not any(_mentions(each, identity) for each in broken):
                    exercises[identity] = build.exercise(identity, fields, Mode(fields["mode"]))
    return Library(exercises=exercises, broken=tuple(broken))


def _distinct(sources: Sequence[Source]) -> list[Source]:
    """The files of one folder, with a problem in each that defines again what an earlier one has."""
    places: dict[str, str] = {}
    result: list[Source] = []
    for source in sources:
        again: list[Problem] = []
        exercises = source.tree.child("exercises") if source.tree else None
        for identity, line in (exercises.key_lines if exercises else {}).items():
            first = places.setdefault(identity, f"{source.path.name}:{line}")
            if first != f"{source.path.name}:{line}":
                again.append(Problem(str(source.path), line, f"{identity} is already in {first}", "keep one"))
        result.append(_with(source, again))
    return result


def _with(source: Source, problems: Sequence[Problem]) -> Source:
    return replace(source, problems=(*source.problems, *problems)) if problems else source
