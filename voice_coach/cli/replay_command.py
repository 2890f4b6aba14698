"""`voice-coach replay`: a logged session through the engine again."""

from __future__ import annotations

from pathlib import Path

import click

from voice_coach.cli.common import log_file, log_option
from voice_coach.cli.opening import open_log
from voice_coach.errors import ExitCode
from voice_coach.replay import replay


@click.command("replay")
@click.argument("session", default="last")
@log_option
def command(session: str, log_path: Path | None) -> int:
    """Run SESSION of the log ("last", a number, or its name) through the engine; the trace must be the same."""
    result = replay(open_log(log_file(log_path)).log.find(session))
    result.verify()
    ending = "" if result.trace_equal else " It broke off; what was logged is the beginning of what the replay gives."
    click.echo(f"Session {result.session}: the same again, {result.records} records.{ending}")
    return ExitCode.OK
