"""Options that `run` and `listen` share."""

from __future__ import annotations

import click
from click.decorators import FC

from voice_coach.routine import Tier
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
    """`--tier`."""
    return click.option(
        "--tier",
        type=click.Choice([tier.value for tier in Tier]),
        default=None,
        help="Overrule the starting level that your answers give, which is logged: high is the most careful. Another "
        "only if a doctor or physiotherapist agreed. Training that waits for a doctor's yes waits all the same.",
    )(function)


def questions_option(function: FC) -> FC:
    """`--questions`, `--no-questions`."""
    return click.option(
        "--questions/--no-questions",
        "questions",
        default=None,
        help="Ask before and after the session how you are, and the first time what is right for you. Without "
        "questions you train at the most careful level. Default: they are asked where somebody sits at a terminal.",
    )(function)
