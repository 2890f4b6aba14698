"""`voice-coach simulate`: a scripted session on virtual time."""

from __future__ import annotations

import click

from voice_coach.cli.common import load, offered, vocabulary
from voice_coach.errors import ExitCode
from voice_coach.session.plan import make_plan
from voice_coach.simulate import parse_say, simulate
from voice_coach.transcript import Transcript


@click.command("simulate")
@click.argument("routine")
@click.option("--say", "said", multiple=True, metavar='"45s pause"', help="Words at a moment; may be given often.")
def command(routine: str, said: tuple[str, ...]) -> int:
    """Run ROUTINE without sound and without waiting, and print what would be said and done."""
    words = [parse_say(text) for text in said]
    plan = make_plan(load(routine))
    simulate(plan, words, vocabulary(offered()[0]), [Transcript(click.echo)])
    return ExitCode.OK
