"""What several commands share: the folders, the vocabulary, and finding a routine by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from voice_coach import paths
from voice_coach.commands import Match, Vocabulary, command_in, spoken_names
from voice_coach.conversation.choose import ASKS, TYPED
from voice_coach.conversation.looking_back import ASKS_BACK, HEARD_AS
from voice_coach.errors import CoachError, Problem
from voice_coach.routine import Exercise, Folders, Routine, Tier, find, list_routines, standard_folders
from voice_coach.routine.library import load_library
from voice_coach.safety import CAREFUL, fitted, unsuited
from voice_coach.session.events import Intent

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


def load_for(name: str, tier: Tier) -> Routine:
    """The same as somebody of this tier may do it; CoachError where she may not."""
    routine = load(name)
    names = unsuited(routine, tier)
    if not names:
        return fitted(routine, tier)
    others = " or ".join(f"--tier {other.value}" for other in Tier if not unsuited(routine, other))
    instead = f"; if a doctor or physiotherapist has agreed to it, use {others}" if others else ""
    raise CoachError(f"{routine.title} is not for everyone ({', '.join(names)}){instead}.")


def everything() -> tuple[list[Routine], list[Problem]]:
    """All routines that can be read, in menu order, and what is wrong with the others."""
    return list_routines(folders(), command_in)


def offered(tier: Tier = CAREFUL) -> tuple[list[Routine], list[Problem]]:
    """The routines that somebody of this tier may choose, as she may do them, in menu order; and all problems."""
    routines, problems = everything()
    return [fitted(routine, tier) for routine in routines if not unsuited(routine, tier)], problems


def vocabulary(routines: Sequence[Routine], *, wake: bool = False, today: bool = False) -> Vocabulary:
    """All that can be said, the names of these routines included; with `wake` also with the coach's name before it.

    With `today`, what today and the week are for can be asked, too, something short, and how the last time, the week
    and the month were.
    """
    names = spoken_names((routine.id, routine.title, routine.aliases) for routine in routines)
    asked = {**ASKS, **ASKS_BACK} if today else {}
    typed = (Match(intent=Intent.ROUTINE, phrase=each, name=name) for each, name in {**TYPED, **HEARD_AS}.items())
    return Vocabulary(asked | names, wake=wake, beside=tuple(typed) if today else ())


def library() -> Mapping[str, Exercise]:
    """All exercises that can be used, by id."""
    return load_library(folders(), command_in).exercises
