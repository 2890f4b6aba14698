"""`voice-coach check`: every problem in the routine files at once, names that cannot be heard, minutes that are off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from voice_coach.cli.common import everything, folders
from voice_coach.commands import command_in, normalise, number_words
from voice_coach.errors import ExitCode, Problem, ProblemsFound
from voice_coach.paths import shipped
from voice_coach.prompts import dry_run
from voice_coach.routine import Ms, Routine, check_files, find
from voice_coach.routine.source import read
from voice_coach.session.motion import minutes
from voice_coach.session.plan import make_plan

MINUTES_OFF = 0.15  # a routine may take this part longer or shorter than it states


@click.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def command(files: tuple[Path, ...]) -> int:
    """List every problem in FILES (all routines and exercises, when none are named) as file:line."""
    problems = check_files(files, folders(), command_in)
    if problems:
        raise ProblemsFound(problems)
    click.echo("No problems found.")
    menu = everything()[0]
    routines = (
        [find(f"{file.parent}/{file.name}", folders(), command_in) for file in files if _is_routine(file)]
        if files  # what travels with the program was checked before: tests hold its vocabulary and its minutes
        else [routine for routine in menu if shipped("routines") not in Path(routine.path).parents]
    )
    for warning in (*_mistimed(routines), *_unheard(routines, menu)):
        click.echo(f"Only so you know: {warning}.", err=True)
    return ExitCode.OK


def takes_ms(routine: Routine) -> Ms:
    """How long a session of it lasts that nobody interrupts, estimated speech included."""
    return max(effect.at for effect in dry_run(make_plan(routine)))


def _mistimed(routines: list[Routine]) -> Iterator[Problem]:
    """Routines that take another time than the minutes they state."""
    for routine in routines:
        if routine.minutes is None:
            continue
        ms = takes_ms(routine)
        whole, off = minutes(ms), abs(ms - routine.minutes * 60_000)
        if off > MINUTES_OFF * routine.minutes * 60_000 and whole != routine.minutes:
            message = f"minutes says {routine.minutes}, with all that is said it takes about {whole}"
            yield Problem(routine.path, 0, message, f"write minutes: {whole}")


def _unheard(routines: list[Routine], menu: list[Routine]) -> Iterator[Problem]:
    """Routines with a name in which a word is unknown to whatever would listen, and what to say instead."""
    if not routines:
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
