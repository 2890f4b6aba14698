"""`voice-coach models`: the recognisers' models on this machine; how one comes, is looked after, and goes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from voice_coach import paths
from voice_coach.errors import EngineError, ExitCode
from voice_coach.models import (
    CATALOGUE,
    Fetching,
    Offer,
    fetch,
    hers,
    kept,
    megabytes,
    offered,
    remove,
    unfinished,
)
from voice_coach.review.words import clean
from voice_coach.studio import ears_settings

Offers = Sequence[Offer] | None  # click's object: another catalogue, in tests


@click.group("models", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> int:
    """Show which speech models there are, which one listens, and which can be fetched.

    Only `models fetch` uses a network, and nothing calls it but you.
    """
    if ctx.invoked_subcommand is None:
        _show(ctx.obj or CATALOGUE)
    return ExitCode.OK


@command.command("list")
@click.option("--json", "wants_json", is_flag=True, help="Print JSON instead of tables.")
@click.pass_obj
def list_command(catalogue: Offers, wants_json: bool) -> int:
    """The same as without a command."""
    if wants_json:
        _print_json(catalogue or CATALOGUE)
    else:
        _show(catalogue or CATALOGUE)
    return ExitCode.OK


@command.command("fetch")
@click.argument("name", default="")
@click.option("--from", "source", metavar="FILE|ADDRESS", default="", help="The archive, where it is at hand already.")
@click.pass_obj
def fetch_command(catalogue: Offers, name: str, source: str) -> int:
    """Download a model into your folder of models; it is used from then on.

    Without NAME it is the one to begin with, Vosk's small English model (41 MB). This is the only command that uses a
    network. A download that broke off goes on where it ended. The archive must be exactly the one that is known,
    whatever place it comes from.
    """
    from rich.console import Console

    from voice_coach.cli.downloading import shown

    offers = catalogue or CATALOGUE
    offer = offered(name, offers)
    if not name:
        click.echo(f"The one to begin with: {offer.name}, {megabytes(offer.size)}, licence {offer.licence}.", err=True)
    try:
        with shown(Console(stderr=True)) as show:
            place = fetch(offer, _own(), Fetching(progress=show.progress, announce=show.announce), source)
    except KeyboardInterrupt:
        for part, size in unfinished(_own(), offers):
            if part == offer:
                click.echo(f"{megabytes(size)} are kept, and the same command goes on from there.", err=True)
        raise
    click.echo(f"{place} is ready.")
    _say_who_listens()
    click.echo(f"To go back: voice-coach models remove {offer.name}")
    return ExitCode.OK


@command.command("verify")
@click.argument("name", default="")
def verify_command(name: str) -> int:
    """Compare each file of every model, or of NAME alone, with the model's list of sums.

    A model without such a list is loaded and tried out. The exit code is 1 where one cannot be used.
    """
    settings = ears_settings("auto", None)
    every = kept(settings, _own())
    chosen = [each for each in every if name in ("", each.name)]
    if not chosen:
        raise EngineError(f"There is no model {name}; there are: {', '.join(each.name for each in every)}.")
    for each in chosen:
        good = "is whole: all its files are as listed" if each.listed else "has no list of sums, but it loads and works"
        click.echo(clean(f"{each.name} {each.problem.message if each.problem else good}."))
        if each.problem:
            hint = f"; {each.problem.hint}." if each.problem.hint else "."
            click.echo(f"  It lies in {clean(str(each.path))}{hint}")
    return ExitCode.PROBLEMS if any(each.problem for each in chosen) else ExitCode.OK


@command.command("remove")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def remove_command(catalogue: Offers, name: str, yes: bool) -> int:
    """Take NAME, a model of yours or a half download, away. What travels with the program stays."""
    shipped, offers = paths.shipped("models"), catalogue or CATALOGUE
    place = hers(name, _own(), shipped, offers)
    if not yes and not click.confirm(f"Remove {place or f'what there is of {name}'} for good?", err=True):
        click.echo("Nothing was changed.")
        return ExitCode.OK
    remove(name, _own(), shipped, offers)
    click.echo(f"{name} is removed.")
    _say_who_listens()
    return ExitCode.OK


def _own() -> Path:
    return paths.user_data() / "models"


def _show(offers: Sequence[Offer]) -> None:
    from rich.console import Console

    from voice_coach.cli.models_table import show

    settings = ears_settings("auto", None)
    parts = unfinished(_own(), offers)
    show(Console(), kept(settings, _own()), offers, parts, _own(), named=settings.model is not None)


def _print_json(catalogue: Sequence[Offer]) -> None:
    there = dict(unfinished(_own(), catalogue))
    models = [
        {"name": each.name, "path": str(each.path), "bytes": each.size, "own": each.own, "listens": each.listens}
        | {"whole": each.problem is None, "listed": each.listed, "problem": each.problem and each.problem.message}
        for each in kept(ears_settings("auto", None), _own())
    ]
    offers = [asdict(offer) | {"downloaded": there.get(offer, 0)} for offer in catalogue]
    click.echo(json.dumps({"models": models, "offers": offers}, indent=2))


def _say_who_listens() -> None:
    from voice_coach.cli.models_table import who_listens

    settings = ears_settings("auto", None)
    click.echo(who_listens(kept(settings, _own()), named=settings.model is not None))
