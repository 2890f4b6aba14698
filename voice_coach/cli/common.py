"""What several commands share: the folders, the vocabulary, and finding a routine by name."""

from __future__ import annotations

from pathlib import Path

import click

from voice_coach import paths
from voice_coach.commands import Vocabulary, command_in, spoken_names
from voice_coach.errors import Problem
from voice_coach.routine import Folders, Routine, find, list_routines, standard_folders

DEFAULT_LOG = "log.jsonl"


def log_option(function: click.decorators.FC) -> click.decorators.FC:
    """`--log FILE`."""
    return click.option(
        "--log",
        "log_path",
        type=click.Path(dir_okay=False, path_type=Path),
        default=None,
        help="The session log. Default: log.jsonl in your data folder.",
    )(function)


def log_file(path: Path | None) -> Path:
    """The log that is meant."""
    return path or paths.user_data() / DEFAULT_LOG


def folders() -> Folders:
    """Where routines and exercises are looked for: the person's own first."""
    return standard_folders()


def load(name: str) -> Routine:
    """A routine by name or file; ProblemsFound with everything that is wrong with it, or the closest names."""
    return find(name, folders(), command_in)


def offered() -> tuple[list[Routine], list[Problem]]:
    """All routines that can be chosen, in menu order, and what is wrong with the others."""
    return list_routines(folders(), command_in)


def vocabulary(routines: list[Routine]) -> Vocabulary:
    """All that can be said, the names of these routines included."""
    return Vocabulary(spoken_names((routine.id, routine.title, routine.aliases) for routine in routines))
