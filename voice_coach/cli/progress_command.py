"""`voice-coach progress`: what was done for each promise of training, week by week."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import chain
from pathlib import Path

import click

from voice_coach.cli.common import folders, log_file, log_option
from voice_coach.cli.opening import open_log
from voice_coach.errors import ExitCode
from voice_coach.journal import no_garbage_collection
from voice_coach.review import months, plain, show_progress, weeks
from voice_coach.review.work import lifted
from voice_coach.routine.library import to_look_back

WEEKS = 6  # until the tests of balance come round again (EVIDENCE 5, "retest every 6 weeks")
MOST = 520  # ten years of weeks, [P]


@click.command("progress")
@click.option("--weeks", "week_count", type=click.IntRange(1, MOST), help=f"How many weeks. Default: {WEEKS}.")
@click.option("--months", "month_count", type=click.IntRange(1, MOST), help="Months of the calendar instead of weeks.")
@click.option("--json", "wants_json", is_flag=True, help="Print JSON instead of tables.")
@log_option
@no_garbage_collection()
def command(week_count: int | None, month_count: int | None, wants_json: bool, log_path: Path | None) -> int:
    """Show what you did for bones, strength, joints, energy, balance and well-being, week by week.

    It is a diary to look at and to show to your doctor or physiotherapist. It measures no bones and knows no risk.
    """
    if week_count and month_count:
        raise click.UsageError("Choose either --weeks or --months.")
    person = open_log(log_file(log_path)).person
    exercises = to_look_back(folders())
    today = datetime.now().astimezone().date()
    if month_count:
        stretches = months(person, exercises, today, month_count)
    else:
        stretches = weeks(person, exercises, today, week_count or WEEKS)
    if wants_json:
        click.echo(json.dumps(plain(stretches), indent=2))
        return ExitCode.OK
    from rich.console import Console

    sessions = (one for one in person.sessions if stretches[0].since <= one.began.date() < stretches[-1].until)
    sets = chain.from_iterable(one.sets for one in sessions)
    show_progress(Console(), stretches, lifted(sets, exercises), monthly=month_count is not None)
    return ExitCode.OK
