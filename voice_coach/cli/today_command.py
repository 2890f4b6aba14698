"""`voice-coach today`: what today is for, and why, from the log; the same answer as by voice."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from voice_coach import script
from voice_coach.cli.common import everything, log_file, log_option
from voice_coach.cli.talk import said
from voice_coach.coaching.week import today
from voice_coach.errors import ExitCode
from voice_coach.review.known import known_at
from voice_coach.safety import standing


@click.command("today")
@click.option("--busy", is_flag=True, help="There is little time: the shortest first.")
@log_option
def command(busy: bool, log_path: Path | None) -> int:
    """Say what today is good for, and why. Rest is always an answer, too.

    While you are in a session, ask: "what shall I do today?"
    """
    now = datetime.now().astimezone()
    person = known_at(log_file(log_path))
    who = standing(person, now)
    plan = today(person, who, everything()[0], now, busy=busy)
    reasons = said(*who.hold) if who.hold else plan.say  # where training waits, first why
    for line in reasons:
        click.echo(script.text(line))
    click.echo("")
    for option in plan.options:
        name = f" (voice-coach run {option.routine})" if option.routine else ""
        click.echo(f"  {option.title}{name}: {script.text(option.reason)}")
    return ExitCode.OK
