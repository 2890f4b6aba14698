"""`voice-coach today`: what today is for, and why, from the log; with --week the days after it. As by voice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from voice_coach import script
from voice_coach.cli.common import everything, log_file, log_option
from voice_coach.cli.gates import open_to
from voice_coach.cli.opening import known_at
from voice_coach.cli.talk import said
from voice_coach.coaching.ahead import Day, told, week
from voice_coach.coaching.week import today
from voice_coach.errors import ExitCode
from voice_coach.review.printing import entry, sheet
from voice_coach.safety import standing
from voice_coach.script.week import day_of_week
from voice_coach.session.lines import Line


@click.command("today")
@click.option("--busy", is_flag=True, help="There is little time: the shortest first.")
@click.option("--week", "whole", is_flag=True, help="The six days after today, too.")
@log_option
def command(busy: bool, whole: bool, log_path: Path | None) -> int:
    """Say what today is good for, and why. Rest is always an answer, too.

    While a routine is to be chosen, ask: "what shall I do today?", "what is the plan?", or for "something short".
    """
    now = datetime.now().astimezone()
    person = known_at(log_file(log_path))
    who = standing(person, now)
    reach, routines = open_to(person, who, now), everything()[0]
    if whole and not who.hold:
        days = week(person, reach, routines, now)
        _tell(told(days, reach))
        _show(days)
        return ExitCode.OK
    plan = today(person, reach, routines, now, busy=busy)
    _tell(said(*who.hold) if who.hold else plan.say)  # where training waits, first why
    for option in plan.options:
        name = f" (voice-coach run {option.routine})" if option.routine else ""
        click.echo(f"  {option.title}{name}: {script.text(option.reason)}")
    return ExitCode.OK


def _tell(lines: Sequence[Line]) -> None:
    for line in lines:
        click.echo(script.text(line))
    click.echo("")


def _show(days: Sequence[Day]) -> None:
    """A row for each day: what it is for, and what takes little time."""
    from rich.console import Console

    table = sheet("Day", "For", "Routine", "Or short")
    for number, each in enumerate(days):
        name = "Today" if number == 0 else day_of_week(each.day.weekday())
        kind = each.kind.value if each.kind else "free"
        entry(table, name, f"{kind}, done" if each.done else kind, each.title or "–", each.short_title or "–")
    Console().print(table)
