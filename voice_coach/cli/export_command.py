"""`voice-coach export`: what was done, for a spreadsheet, a trainer, or another program."""

from __future__ import annotations

import re
import sys
from datetime import date, datetime
from pathlib import Path

import click

from voice_coach.cli.common import library, log_file, log_option
from voice_coach.errors import CoachError, ExitCode
from voice_coach.exchange import (
    CSV_FORMATS,
    FIT_FROM,
    FIT_TO,
    Names,
    Session,
    Units,
    fit_of,
    sessions_of,
    write_json,
)
from voice_coach.journal import Log, load
from voice_coach.whole_file import write_whole

_BOM = b"\xef\xbb\xbf"  # without it Excel takes UTF-8 for something else; other programs may stumble over it
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice([*CSV_FORMATS, "fit", "json"]))
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="A file; for fit a folder, or a file for one session."
)
@click.option("--since", metavar="DATE", type=_DAY, help="The first day, as 2026-03-01.")
@click.option("--until", metavar="DATE", type=_DAY, help="The last day.")
@click.option("--units", type=click.Choice([each.value for each in Units]), default="kg", show_default=True)
@click.option("--force", is_flag=True, help="Write over what is there.")
@log_option
def command(
    form: str,
    output: Path | None,
    since: datetime | None,
    until: datetime | None,
    units: str,
    force: bool,
    log_path: Path | None,
) -> int:
    """Write what you did as FORMAT.

    \b
    csv       for a spreadsheet: every set with all that is known of it
    hevy      as Hevy writes it, for programs that read Hevy's files
    strong    as Strong writes it; Hevy takes it with "Import from Strong"
    fitnotes  for FitNotes on Android
    fit       for watches and sports sites, one file for each session
    json      everything, your answers to questions of health included

    Without --output it goes to the screen. It holds what you did and how you felt: give it to people you trust.
    """
    log = load(log_file(log_path), lean=form != "json")
    days = (since.date() if since else None, until.date() if until else None)
    if form == "fit":
        return _fit(_done(log, days), output, force=force)
    if form == "json":
        text = write_json(log, *days)
    else:
        names = Names.of(library() if form == "fitnotes" else {})  # the others have no categories; half a second
        text = CSV_FORMATS[form].write(_done(log, days), Units(units), names)
    data = text.encode("utf-8")
    if output is None:
        click.echo(data, nl=False)
    else:
        write_whole(output, (_BOM if form == "csv" else b"") + data, force=force)
        click.echo(f"Written: {output}", err=True)
    return ExitCode.OK


def _done(log: Log, days: tuple[date | None, date | None]) -> tuple[Session, ...]:
    found = sessions_of(log, *days)
    placed = sessions_of(log) if days != (None, None) else found
    if len(placed) < len(log.sessions):
        click.echo(f"Left out, because nobody knows when they were: {len(log.sessions) - len(placed)}.", err=True)
    if not found:
        raise CoachError(f"There is no session in the log {log.path} for these days.")
    return found


def _fit(sessions: tuple[Session, ...], output: Path | None, *, force: bool) -> int:
    """One file for each session in which anything was done."""
    done = [each for each in sessions if each.done and FIT_FROM <= each.began.year < FIT_TO]
    if output is None:
        raise click.UsageError("FIT files are for programs, not for the screen: name a folder with --output.")
    if not done:
        raise CoachError(f"There is no session in which a set was done, with a year from {FIT_FROM} to {FIT_TO}.")
    if output.suffix.lower() == ".fit":
        if len(done) > 1:
            raise CoachError(f"These are {len(done)} sessions: name a folder with --output, or one day with --since.")
        paths = [output]
    else:
        paths = [output / f"{_safe(each.id)}.fit" for each in done]
        _folder(output)
    taken = [path for path in paths if path.exists()]
    if taken and not force:
        raise CoachError(f"{taken[0]} exists already: name another place, or add --force to write it anew.")
    pairs = list(zip(done, paths, strict=True))
    with click.progressbar(pairs, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:  # ten years take a while
        for session, path in bar:
            write_whole(path, fit_of(session), force=force)
    click.echo(f"Written: {output} ({len(done)} session{'s' if len(done) > 1 else ''})", err=True)
    return ExitCode.OK


def _folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CoachError(f"{path} cannot be made ({error.strerror or error}): name another with --output.") from None


def _safe(name: str) -> str:
    """A session's name as that of a file: it may come from a log that somebody else has written."""
    return re.sub("[^A-Za-z0-9_-]+", "_", name)[:80] or "session"
