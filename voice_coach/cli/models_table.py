"""What `voice-coach models` shows: what is there, which one listens and why, what can be fetched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from voice_coach.models import Kept, Offer, megabytes
from voice_coach.review.printing import entry, sheet, tell

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


def show(
    console: Console,
    models: Sequence[Kept],
    offers: Sequence[Offer],
    unfinished: Sequence[tuple[Offer, int]],
    folder: Path,
    *,
    named: bool,
) -> None:
    """Both tables; `named` where the first model is the one that the person named."""
    there = _sheet("Model", "Size", "Whose", "State")
    for model in models:
        entry(there, model.name, megabytes(model.size), _whose(model, named and model is models[0]), _state(model))
    heard = any(model.listens for model in models)
    entry(there, "PocketSphinx", "", "the program's", "in reserve" if heard else "listens")
    console.print(there)
    tell(console, who_listens(models, named=named))
    tell(console, f"Yours lie in {folder}")
    console.print()
    parts = dict(unfinished)
    have = {model.name for model in models}
    table = _sheet("To fetch", "Size", "Licence", "Good for")
    for offer in offers:
        state = " (is there)" if offer.name in have else ""
        state = state or (f" ({megabytes(parts[offer])} are here)" if offer in parts else "")
        entry(table, offer.name, megabytes(offer.size), offer.licence, offer.good_for + state)
    console.print(table)
    tell(console, "voice-coach models fetch NAME downloads one; without NAME, the first.")


def who_listens(models: Sequence[Kept], *, named: bool) -> str:
    """A sentence: which, and why."""
    model = next((each for each in models if each.listens), None)
    if model is None and named:
        return "PocketSphinx listens: the model that VOICE_COACH_MODEL names cannot be used."
    if model is None:
        return "PocketSphinx listens, with the model in its package: no other can be used."
    if named:
        return f"{model.name} listens: VOICE_COACH_MODEL names it."
    usable = [each for each in models if each.own and each.problem is None]
    if model.own:
        first = "the first of yours by name" if len(usable) > 1 else "yours"
        return f"{model.name} listens: it is {first}, and yours come before the program's."
    none = "none of yours can be used" if any(each.own for each in models) else "there is none of yours"
    return f"{model.name} listens: it travels with the program, and {none}."


def _sheet(*headings: str) -> Table:
    """Names are typed off it, so they stay whole."""
    table = sheet(*headings)
    table.columns[0].no_wrap = True
    return table


def _whose(model: Kept, named: bool) -> str:
    return "named" if named else "yours" if model.own else "the program's"


def _state(model: Kept) -> str:
    if model.problem:
        return model.problem.message
    good = "whole" if model.listed else "works"
    return f"{good}, listens" if model.listens else good
