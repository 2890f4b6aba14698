"""Options that `run` and `listen` share."""

from __future__ import annotations

import click
from click.decorators import FC

from voice_coach.routine import Tier
from voice_coach.safety import CAREFUL
from voice_coach.speech.choose import ENGINES
from voice_coach.speech.echo_choice import AUTO, WAYS
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


def echo_option(function: FC) -> FC:
    """`--echo`."""
    return click.option(
        "--echo",
        type=click.Choice(WAYS),
        default=AUTO,
        show_default=True,
        help="Against the coach hearing itself.",
    )(function)


def tier_option(function: FC) -> FC:
    """`--tier`, until questions to the person find it."""
    return click.option(
        "--tier",
        type=click.Choice([tier.value for tier in Tier]),
        default=CAREFUL.value,
        show_default=True,
        help="What movements there are: high is the most careful. Another only if a doctor or physiotherapist agreed.",
    )(function)
