"""`voice-coach check`: every problem in the routine files at once, and names that the recogniser cannot hear."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from voice_coach.cli.common import folders, offered
from voice_coach.commands import command_in, normalise, number_words
from voice_coach.errors import ExitCode, Problem, ProblemsFound
from voice_coach.paths import shipped
from voice_coach.routine import Routine, check_files, find
from voice_coach.routine.source import read


@click.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def command(files: tuple[Path, ...]) -> int:
    """List every problem in FILES (all routines and exercises, when none are named) as file:line."""
    problems = check_files(files, folders(), command_in)
    if problems:
        raise ProblemsFound(problems)
    click.echo("No problems found.")
    for warning in _unheard(files):
        click.echo(f"Only so you know: {warning}.", err=True)
    return ExitCode.OK


def _unheard(files: tuple[Path, ...]) -> Iterator[Problem]:
    """Routines with a name in which a word is unknown to whatever would listen, and what to say instead."""
    menu = offered()[0]
    routines = (
        [find(f"{file.parent}/{file.name}", folders(), command_in) for file in files if _is_routine(file)]
        if files
        else [routine for routine in menu if shipped("routines") not in Path(routine.path).parents]
    )
    if not routines:  # what travels with the program is known to every model; see the tests of its vocabulary
        return
    from voice_coach.speech.choose import unknown_words
    from voice_coach.studio import ears_settings

    words = {word: None for routine in routines for name in _names(routine) for word in normalise(name).split()}
    unknown = set(unknown_words(ears_settings("auto", None), tuple(words)))
    for routine in routines:
        for name in _names(routine):
            strange = [word for word in normalise(name).split() if word in unknown]
            if strange:
                quoted = ", ".join(f'"{word}"' for word in strange)
                message = f'"{name}" cannot be heard, because the recogniser does not know {quoted}'
                yield Problem(routine.path, 0, message, _instead(routine, menu, unknown))


def _names(routine: Routine) -> tuple[str, ...]:
    return routine.title, *routine.aliases


def _instead(routine: Routine, menu: list[Routine], unknown: set[str]) -> str:
    """What she can say, or else what would help."""
    sayable = [name for name in routine.aliases if not unknown & set(normalise(name).split())]
    places = [
        number for number, each in enumerate(menu, 1) if Path(each.path).resolve() == Path(routine.path).resolve()
    ]
    ways = [*sayable, *(f"routine {number_words(place)}" for place in places)]
    return "say " + " or ".join(f'"{way}"' for way in ways) if ways else "add an alias of everyday words"


def _is_routine(file: Path) -> bool:
    """Whether it is no library of exercises."""
    tree = read(file).tree
    return tree is not None and tree.child("blocks") is not None
