"""`voice-coach log`: what was done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voice_coach.cli.common import log_file, log_option
from voice_coach.errors import ExitCode
from voice_coach.journal import load
from voice_coach.review import as_json, show, show_list, summarise

if TYPE_CHECKING:
    from rich.console import Console


@click.command("log")
@click.argument("session", required=False)
@click.option("--json", "wants_json", is_flag=True, help="Print JSON instead of tables.")
@click.option("--all", "everything", is_flag=True, help="List every session, not only the latest.")
@log_option
def command(session: str | None, wants_json: bool, everything: bool, log_path: Path | None) -> int:
    """List the sessions in the log, or show SESSION set by set ("last", a number from the list, or its name)."""
    log = load(log_file(log_path))
    if session is not None:
        summary = summarise(log.find(session))
        if wants_json:
            click.echo(json.dumps(as_json(summary), indent=2))
        else:
            show(_console(), summary)
    elif wants_json:
        click.echo(json.dumps([as_json(summarise(each)) for each in log.sessions], indent=2))
    elif everything:
        show_list(_console(), log, len(log.sessions))
    else:
        show_list(_console(), log)
    return ExitCode.OK


def _console() -> Console:
    from rich.console import Console

    return Console()
