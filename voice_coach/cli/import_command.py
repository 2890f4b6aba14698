"""`voice-coach import`: what was done with another program, as a log of its own."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import click

from voice_coach.cli.common import library, log_file, log_option
from voice_coach.errors import ExitCode
from voice_coach.exchange import CSV_FORMATS, Context, Names, Units, read_file, refuse_full, write_log


@click.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--format", "name", type=click.Choice(list(CSV_FORMATS)), help="Default: what its columns say.")
@click.option("--units", type=click.Choice([each.value for each in Units]), help="Of weights, where FILE does not say.")
@log_option
def command(file: Path, name: str | None, units: str | None, log_path: Path | None) -> int:
    """Read the CSV that Hevy, Strong, FitNotes or `voice-coach export csv` wrote into a new log.

    An existing log is never changed. What you did elsewhere is shown in your log and your progress; the coach was not
    there, so it asks and begins as with everybody.
    """
    target = log_file(log_path)
    refuse_full(target)
    context = Context(
        names=Names.of(library()), zone=local, now=datetime.now().astimezone(), units=Units(units) if units else None
    )
    found, sessions = read_file(file, context, name)
    write_log(target, sessions, found.SOURCE, file.name)
    sets = sum(len(each.rows) for each in sessions)
    click.echo(f"Written: {target}, {len(sessions)} sessions with {sets} sets from {found.SOURCE}.")
    for what, count in sorted(context.left_out.items()):
        click.echo(f"Left out: {count} {what}.")
    return ExitCode.OK


def local(wall: datetime) -> datetime:
    """A clock on the wall with the offset that this computer's zone had then; the clock stays as it is."""
    return wall.replace(tzinfo=timezone(wall.astimezone().utcoffset() or timezone.utc.utcoffset(None)))
