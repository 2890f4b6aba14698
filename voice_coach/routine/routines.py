"""Finding, listing and checking routines: the doors of this room that touch files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from voice_coach.errors import Problem, ProblemsFound
from voice_coach.routine import build
from voice_coach.routine.keywords import Forbidden, anything
from voice_coach.routine.library import (
    EXERCISES,
    SUFFIXES,
    Folders,
    Library,
    checked,
    load_library,
    read_exercises,
    yaml_files,
)
from voice_coach.routine.model import Routine
from voice_coach.routine.nodes import Node
from voice_coach.routine.rules import routine_problems, used
from voice_coach.routine.schema import Kind
from voice_coach.routine.source import read
from voice_coach.routine.units import show
from voice_coach.routine.wording import closest, listed, shown, spoken

LONGEST = 3 * 3_600_000  # ms of work and rest in one routine


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """One routine's file: the names it answers to, as far as they can be read; the routine, or what is wrong."""

    path: Path
    rank: int  # of its folder in the search order
    names: dict[str, int]  # as written, with their lines; the first is the file's own name, on line 0
    routine: Routine | None
    problems: tuple[Problem, ...]


def list_routines(folders: Folders, forbidden: Forbidden = anything) -> tuple[list[Routine], list[Problem]]:
    """All routines that can be used, in search order, and everything wrong in the folders' files.

    A routine with problems is left out; one that only shares a name with another is kept.
    """
    library = load_library(folders, forbidden)
    loaded, unreadable = _load_all(folders, library, forbidden)
    problems = [*unreadable, *library.problems, *_clashes(loaded)]
    problems += [problem for each in loaded for problem in each.problems]
    return [each.routine for each in loaded if each.routine], sorted(set(problems))


def find(name_or_path: str, folders: Folders, forbidden: Forbidden = anything) -> Routine:
    """The routine with this title, alias or id, or in this file; exercises beside the file count too.

    Raises `ProblemsFound`: everything wrong in its file and in its exercises' files, or the closest names. Where two
    folders have the name, the first folder decides; two in one folder are a problem.
    """
    if name_or_path.endswith(SUFFIXES) or "/" in name_or_path or "\\" in name_or_path:
        path = Path(name_or_path)
        return _usable(load_routine(path, 0, load_library(_around(path.parent, folders), forbidden), forbidden))
    loaded, unreadable = _load_all(folders, load_library(folders, forbidden), forbidden)
    sound = spoken(name_or_path)
    meant = [each for each in loaded if any(spoken(name) == sound for name in each.names)]
    if not meant:
        nameless = [problem for each in loaded if len(each.names) == 1 for problem in each.problems]
        raise ProblemsFound([_nothing_called(name_or_path, loaded), *unreadable, *nameless])
    clashes = _clashes([each for each in meant if each.rank == meant[0].rank])
    if clashes:
        raise ProblemsFound(clashes)
    return _usable(meant[0])


def check_files(paths: Sequence[Path], folders: Folders, forbidden: Forbidden = anything) -> list[Problem]:
    """Everything wrong in these files, or in all files of the folders when none is given, sorted by place."""
    if not paths:
        return list_routines(folders, forbidden)[1]
    found = (problem for path in paths for problem in _check(path, folders, forbidden))
    return sorted(set(found))


def _check(path: Path, folders: Folders, forbidden: Forbidden) -> Iterator[Problem]:
    in_library = path.parent.name == EXERCISES
    around = _around(path.parent.parent if in_library else path.parent, folders)
    library = load_library(around, forbidden)
    tree = read(path).tree
    if in_library or (tree and tree.child("exercises") and not tree.child("blocks")):
        yield from read_exercises(path, forbidden).problems
        yield from (each for each in library.problems if each.path == str(path))  # clashes with its neighbours
        return
    mine = load_routine(path, _rank(path, around), library, forbidden)
    others = [each for each in _load_all(around, library, forbidden)[0] if each.path.stem != path.stem]
    yield from mine.problems
    yield from (each for each in _clashes(sorted([*others, mine], key=_order)) if each.path == str(path))


def _around(root: Path, folders: Folders) -> list[Path]:
    """The folders with `root` among them: in its own place, else first; spelt as it was given."""
    real = root.resolve()
    known = [root if folder.resolve() == real else folder for folder in folders]
    return known if root in known else [root, *known]


def _rank(path: Path, folders: Folders) -> int:
    return list(folders).index(path.parent)


def _order(loaded: Loaded) -> tuple[int, str]:
    return loaded.rank, loaded.path.name


def _load_all(folders: Folders, library: Library, forbidden: Forbidden) -> tuple[list[Loaded], list[Problem]]:
    """Every routine of the folders, in search order, and the folders that cannot be read.

    A file hides those of the same name in later folders.
    """
    by_id: dict[str, Loaded] = {}
    problems: list[Problem] = []
    for rank, folder in enumerate(folders):
        paths, unreadable = yaml_files(folder)
        problems += unreadable
        for path in paths:
            first = by_id.get(path.stem)
            if first is None:
                by_id[path.stem] = load_routine(path, rank, library, forbidden)
            elif first.rank == rank:
                problems.append(Problem(str(path), 0, f"{first.path.name} has the same name", "rename one of the two"))
    return list(by_id.values()), problems


def load_routine(path: Path, rank: int, library: Library, forbidden: Forbidden) -> Loaded:
    """The routine in a file, or everything that is wrong with it."""
    source = checked(path, Kind.ROUTINE, forbidden)
    problems, routine = list(source.problems), None
    if source.tree is not None:
        problems += routine_problems(source.tree, path, library.exercises, lambda each: bool(library.doubts(each)))
        problems += [problem for each in used(source.tree) for problem in library.doubts(each)]
        if not problems:
            routine = build.routine(path.stem, source.tree.plain(), path, library.exercises)
            problems += _too_long(routine, source.tree)
    return Loaded(
        path=path,
        rank=rank,
        names={path.stem: 0} | (_names(source.tree) if source.tree else {}),
        routine=None if problems else routine,
        problems=tuple(sorted(set(problems))),
    )


def _names(tree: Node) -> dict[str, int]:
    aliases = tree.child("aliases")
    nodes = [tree.child("title"), *(aliases.entries() if aliases else ())]
    return {node.value: node.line for node in nodes if node and isinstance(node.value, str)}


def _too_long(routine: Routine, tree: Node) -> list[Problem]:
    ms = build.length(routine)
    if ms <= LONGEST:
        return []
    line = tree.key_lines["blocks"]
    return [Problem(routine.path, line, f"work and rest take {show(ms)}", f"the most is {show(LONGEST)}")]


def _usable(loaded: Loaded) -> Routine:
    if loaded.routine is None:
        raise ProblemsFound(loaded.problems)
    return loaded.routine


def _clashes(loaded: Iterable[Loaded]) -> list[Problem]:
    """Names that two routines share, said at the one in the earlier folder (hers), within one folder at the later."""
    found: list[Problem] = []
    owners: dict[str, tuple[Loaded, str]] = {}
    for each in loaded:
        for name in each.names:
            first, first_name = owners.setdefault(spoken(name), (each, name))
            if first is each:
                continue
            at, said, other = (each, name, first) if first.rank == each.rank else (first, first_name, each)
            message = f"{shown(said)} is also a name of {other.path}"
            found.append(Problem(str(at.path), at.names[said], message, "choose another"))
    return found


def _nothing_called(name: str, loaded: Iterable[Loaded]) -> Problem:
    near = closest(name, [each for one in loaded for each in one.names])
    titles = sorted(each.routine.title for each in loaded if each.routine)
    hint = f"did you mean {near}" if near else f"the routines are {listed(titles)}" if titles else ""
    return Problem(shown(name), 0, "no routine has this name", hint)
