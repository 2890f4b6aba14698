"""`voice-coach review`: what was done as a page to look at, or as a sheet for a clinician."""

from __future__ import annotations

import webbrowser
from datetime import datetime
from pathlib import Path

import click

from voice_coach import page, paths
from voice_coach.cli.common import DEFAULT_LOG, log_file, log_option
from voice_coach.errors import ExitCode
from voice_coach.routine.library import standard_folders, to_look_back

ME, CLINICIAN = "me", "clinician"
_NAMES = {ME: "review", CLINICIAN: "clinician"}
_MOST = 52  # weeks in detail; a longer time is told month by month ([P])


@click.command("review")
@click.option("--output", type=click.Path(path_type=Path), help="Where to write it. Default: in your data folder.")
@click.option("--no-open", is_flag=True, help="Only write it; open no browser.")
@click.option("--for", "reader", type=click.Choice([ME, CLINICIAN]), default=ME, help="Who will read it. Default: me.")
@click.option(
    "--weeks",
    type=click.IntRange(1, _MOST),
    default=page.WEEKS,
    help=f"How many weeks are told in detail. Default: {page.WEEKS}.",
)
@click.option("--pdf", is_flag=True, help="The sheet for a clinician as PDF; so is one whose --output ends with .pdf.")
@click.option("--paper", type=click.Choice(["A4", "Letter"]), default="A4", help="The paper of the PDF. Default: A4.")
@click.option("--force", is_flag=True, help="Write over a file that is not one of these pages.")
@log_option
def command(
    output: Path | None,
    no_open: bool,
    reader: str,
    weeks: int,
    pdf: bool,
    paper: str,
    force: bool,
    log_path: Path | None,
) -> int:
    """Write what you did as one page, and open it in your browser.

    The page needs no network, and prints well. With --for clinician it is a sheet of one or two printed pages to take
    along to your doctor or physiotherapist.
    """
    ends_so = output is not None and output.suffix.lower() == ".pdf"
    as_pdf = pdf or ends_so
    if as_pdf and reader != CLINICIAN:
        raise click.UsageError("Only the sheet for a clinician can be a PDF: add --for clinician.")
    if pdf and output is not None and not ends_so:
        raise click.UsageError("The name of a PDF ends with .pdf.")
    target = output or paths.user_data() / f"{_NAMES[reader]}.{'pdf' if as_pdf else 'html'}"
    diary = page.read(_log(log_path), to_look_back(standard_folders()), _now(), weeks, paths.user_cache())
    page.write_page(target, _made(diary, reader, paper, as_pdf=as_pdf), force=force)
    click.echo(f"Written: {target}")
    if not no_open and not webbrowser.open(target.resolve().as_uri()):
        click.echo("No browser could be opened here: open that file in one.")
    return ExitCode.OK


def _log(path: Path | None) -> Path:
    """The log that is meant: the demo's where she has seen that and has none of her own yet, which is told."""
    log, demo = log_file(path), paths.user_data() / "demo" / DEFAULT_LOG
    if path is None and not log.exists() and demo.exists():
        click.echo("There is no log of yours yet, so this is the demo's.")
        return demo
    return log


def _now() -> datetime:
    return datetime.now().astimezone()


def _made(diary: page.Diary, reader: str, paper: str, *, as_pdf: bool) -> bytes:
    if reader == ME:
        return page.review_page(diary).encode()
    sheet = page.sheet(diary)
    return page.sheet_pdf(sheet, diary.now, paper) if as_pdf else page.sheet_page(sheet).encode()
