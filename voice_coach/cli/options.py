"""Options that `run` and `listen` share."""

from __future__ import annotations

import click
from click.decorators import FC

from voice_coach.speech.choose import ENGINES
from voice_coach.speech.voice import DEFAULT_RATE


def ears_options(function: FC) -> FC:
    """`--ears`, `--model`."""
    model = click.option("--model", metavar="FOLDER", help="A Vosk model. Default: the first that is found.")
    engine = click.option(
        "--ears", "engine", type=click.Choice(ENGINES), default="auto", show_default=True, help="What listens."
    )
    return engine(model(function))


def voice_options(function: FC) -> FC:
    """`--voice`, `--rate`."""
    name = click.option("--voice", "voice_name", metavar="NAME", help="A voice; `voice-coach doctor` lists them.")
    rate = click.option("--rate", default=DEFAULT_RATE, show_default=True, help="Words a minute.")
    return name(rate(function))
