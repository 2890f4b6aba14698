"""`voice-coach models`: the recognisers' models on this machine; `models fetch` gets the larger official one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from voice_coach import paths
from voice_coach.errors import ExitCode
from voice_coach.studio import ears_settings


@click.group("models", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> int:
    """Show which speech models there are, and which one listens."""
    if ctx.invoked_subcommand is None:
        _show()
    return ExitCode.OK


@command.command("fetch")
@click.option("--from", "source", metavar="FILE|ADDRESS", default="", help="The archive, where it is at hand already.")
def fetch_command(source: str) -> int:
    """Download Vosk's small English model (41 MB) into your model folder; it is used from then on.

    This is the only command that uses the network. The archive must be exactly the one that is known, whatever place
    it comes from.
    """
    from voice_coach.speech.fetch import SMALL_ENGLISH, fetch

    folder = paths.user_data() / "models"
    with click.progressbar(length=SMALL_ENGLISH.size, label=SMALL_ENGLISH.name, file=sys.stderr) as bar:
        place = fetch(SMALL_ENGLISH, folder, bar.update, source)
    click.echo(f"{place} is ready and is used from now on. To go back, remove that folder.")
    return ExitCode.OK


def _show() -> None:
    from voice_coach.speech.choose import candidates
    from voice_coach.speech.vosk_check import check_vosk_model

    settings = ears_settings("auto", None)
    used = False
    for model in candidates(settings):
        problem = check_vosk_model(model, settings.cache)
        state = "not used" if used else "used"
        if problem is not None:
            state = problem.message
        used = used or problem is None
        click.echo(f"{model}  {_size(model)}  {state}")
    click.echo(f"PocketSphinx, with the model in its package  {'not used' if used else 'used'}")
    click.echo(f"Your own models go into {paths.user_data() / 'models'}.")


def _size(folder: Path) -> str:
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else 0
    return f"{size / 1e6:.1f} MB"
