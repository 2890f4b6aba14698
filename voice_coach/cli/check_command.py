"""`voice-coach check`: every problem in the routine files at once."""

from __future__ import annotations

from pathlib import Path

import click

from voice_coach.cli.common import folders
from voice_coach.commands import command_in
from voice_coach.errors import ExitCode, ProblemsFound
from voice_coach.routine import check_files


@click.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def command(files: tuple[Path, ...]) -> int:
    """List every problem in FILES (all routines and exercises, when none are named) as file:line."""
    problems = check_files(files, folders(), command_in)
    if problems:
        raise ProblemsFound(problems)
    click.echo("No problems found.")
    return ExitCode.OK
