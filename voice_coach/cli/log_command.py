"""`voice-coach log`: what was done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voice_coach.cli.asked import BadInput, only_of
from voice_coach.cli.common import folders, log_file, log_option
from voice_coach.cli.fixing import WithFix
from voice_coach.cli.opening import open_log
from voice_coach.errors import ExitCode
from voice_coach.journal import no_garbage_collection
from voice_coach.person.model import Person
from voice_coach.review import as_json, plain, show, show_list, summarise
from voice_coach.review.history import history, name_of
from voice_coach.review.over_time import show_history, show_streak, show_stretches
from voice_coach.review.past import Only, Stretch, ahead, by_month, by_week, chosen, months_back, weeks_back
from voice_coach.review.printing import tell
from voice_coach.review.streak import streak
from voice_coach.review.terminal import LISTED, show_chosen
from voice_coach.routine.library import to_look_back

if TYPE_CHECKING:
    from rich.console import Console

    from voice_coach.routine import Exercise

MOST = 520  # ten years of weeks, [P]


@click.command("log", cls=WithFix)
@click.argument("session", required=False)
@click.option("--since", metavar="DAY", help="Only from this day on: 2026-11-01, 2026-11, yesterday, last week, …")
@click.option("--until", metavar="DAY", help="Only up to this day, itself included.")
@click.option("--routine", metavar="NAME", help="Only sessions of this routine.")
@click.option("--exercise", metavar="NAME", help="One movement: each day on which it was done, and its best set.")
@click.option("--weeks", type=click.IntRange(1, MOST), help="What so many weeks add up to, the last one being this.")
@click.option("--months", type=click.IntRange(1, MOST), help="The same in months of the calendar.")
@click.option("--json", "wants_json", is_flag=True, help="Print JSON instead of tables.")
@click.option("--all", "everything", is_flag=True, help="List all, not only the latest.")
@log_option
@no_garbage_collection()
def command(
    session: str | None,
    since: str | None,
    until: str | None,
    routine: str | None,
    exercise: str | None,
    weeks: int | None,
    months: int | None,
    wants_json: bool,
    everything: bool,
    log_path: Path | None,
) -> int:
    """List the sessions in the log, or show SESSION set by set ("last", a number from the list, or its name).

    `voice-coach log fix` puts right what the log says of a set.
    """
    past = any((since, until, routine, exercise, weeks, months))
    if session is not None and past:
        raise BadInput("A session is shown whole: leave its name out to look at days, routines or movements.")
    if weeks and months:
        raise BadInput("Choose either --weeks or --months.")
    if past:
        book = open_log(log_file(log_path))
        log, person, today = book.log, book.person, datetime.now().astimezone().date()
        exercises = to_look_back(folders()) if exercise or weeks or months else {}
        names = {identity: each.name for identity, each in exercises.items()}
        only = only_of(person, today, since=since, until=until, routine=routine, exercise=exercise, names=names)
        most = len(person.sessions) if everything else LISTED
        if weeks or months:
            _stretches(person, exercises, only, today, weeks, months, wants_json=wants_json)
        elif only.exercise:
            _history(person, exercises, only, most, wants_json=wants_json)
        elif wants_json:
            _json(chosen(person.sessions, only))
        else:
            show_chosen(_console(), log, chosen(person.sessions, only), most)
        return ExitCode.OK
    log = open_log(log_file(log_path)).log
    if session is not None:
        summary = summarise(log.find(session))
        if wants_json:
            click.echo(json.dumps(as_json(summary), indent=2))
        else:
            show(_console(), summary)
    elif wants_json:
        click.echo(json.dumps([as_json(summarise(each)) for each in log.sessions], indent=2))
    else:
        show_list(_console(), log, len(log.sessions) if everything else LISTED)
    return ExitCode.OK


def _stretches(
    person: Person,
    exercises: Mapping[str, Exercise],
    only: Only,
    today: date,
    weeks: int | None,
    months: int | None,
    *,
    wants_json: bool,
) -> None:
    """So many weeks or months up to the last day that is asked for."""
    last = min(only.until or today, today)
    if months:
        found = by_month(person, exercises, months_back(last, months), last, only)
    else:
        found = by_week(person, exercises, weeks_back(last, weeks or 1), last, only)
    row = streak(person, today)
    if wants_json:
        _json({"streak": row, "months" if months else "weeks": list(map(_plain, found))})
        return
    console = _console()
    if only.exercise:
        tell(console, f"{name_of(only.exercise, exercises)} alone; the times are of whole sessions.", style="bold")
    elif not only.routine and not only.since:
        show_streak(console, row)
        console.print()
    show_stretches(console, found, monthly=months is not None)
    if dated := ahead(chosen(person.sessions, only), today):
        count = "1 session is" if len(dated) == 1 else f"{len(dated)} sessions are"
        tell(console, f"{count} dated after today and not in these figures: was the clock set?")


def _history(person: Person, exercises: Mapping[str, Exercise], only: Only, most: int, *, wants_json: bool) -> None:
    """One movement over time."""
    points = history(chosen(person.sessions, only), only.exercise)
    name = name_of(only.exercise, exercises)
    if wants_json:
        _json({"exercise": only.exercise, "name": name, "days": points})
    else:
        show_history(_console(), name, points, most)


def _plain(one: Stretch) -> dict[str, Any]:
    """A stretch of time with the names of its sessions, which `voice-coach log --json` tells in full."""
    bare: dict[str, Any] = plain(replace(one, sessions=()))
    return bare | {"sessions": [each.id for each in one.sessions], "effort": one.effort}


def _json(value: object) -> None:
    click.echo(json.dumps(plain(value), indent=2))


def _console() -> Console:
    from rich.console import Console

    return Console()
