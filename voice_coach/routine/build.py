"""From the plain values of a file without problems to the model; anything unexpected here is a bug, not bad input."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from voice_coach.routine.explain import AMOUNTS
from voice_coach.routine.model import (
    Amount,
    Benefit,
    Block,
    BoneSite,
    Exercise,
    Group,
    Hold,
    Item,
    Mode,
    Ms,
    OwnPace,
    Reps,
    Routine,
    Tempo,
    Tier,
    Variant,
)
from voice_coach.routine.rules import mode_of, weekly
from voice_coach.routine.units import duration, load, tempo
from voice_coach.routine.wording import spoken

DEFAULT_TEMPO = Tempo(lift=2000, hold=1000, lower=3000)  # the evidence base's 2-1-3


def exercise(identity: str, fields: Mapping[str, Any], mode: Mode) -> Exercise:
    """An exercise from the fields that a library and an item share."""
    own = tempo(fields["tempo"]) if "tempo" in fields else DEFAULT_TEMPO
    return Exercise(
        id=identity,
        name=_text(fields["name"]),
        start=_text(fields["start"]),
        cues=tuple(map(_text, fields["cues"])),
        mode=mode,
        tempo=own if mode is Mode.REPS else None,
        words=_words(fields.get("words", "up-hold-down")),
        easier=tuple(map(_variant, fields.get("easier", ()))),
        harder=tuple(map(_variant, fields.get("harder", ()))),
        each_side=fields.get("each_side", False),
        support=fields.get("support", False),
        equipment=tuple(map(_text, fields.get("equipment", ()))),
        group=Group(fields["group"]) if "group" in fields else None,
        tiers=_tiers(fields),
        high_note=_text(fields.get("high_note", "")),
        bone_sites=tuple(map(BoneSite, fields.get("bone_sites", ()))),
        benefits=tuple(map(Benefit, fields.get("benefits", ()))),
        tags=tuple(fields.get("tags", ())),
        override=_text(fields.get("override", "")),
    )


def _tiers(fields: Mapping[str, Any]) -> tuple[Tier, ...]:
    return tuple(map(Tier, fields.get("tiers", ())))


def _words(text: str) -> tuple[str, str, str]:
    first, second, third = text.split("-")
    return first, second, third


def routine(identity: str, fields: Mapping[str, Any], path: Path, library: Mapping[str, Exercise]) -> Routine:
    """A routine whose items carry their exercises, with its digest."""
    made = Routine(
        id=identity,
        title=_text(fields["title"]),
        aliases=tuple(map(_text, fields.get("aliases", ()))),
        purpose=_text(fields.get("purpose", "")),
        blocks=tuple(_block(block, identity, library) for block in fields["blocks"]),
        path=str(path),
        digest="",
        tiers=_tiers(fields),
        minutes=int(fields["minutes"]) if "minutes" in fields else None,
        times_a_week=weekly(fields["times_a_week"]) if "times_a_week" in fields else None,
    )
    return replace(made, digest=digest(made))


def digest(routine: Routine) -> str:
    """SHA-256, in hexadecimal, of what a routine and its exercises say; layout, comments and place do not matter."""
    values = {key: value for key, value in asdict(routine).items() if key not in ("path", "digest")}
    return hashlib.sha256(json.dumps(values, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def length(routine: Routine) -> Ms:
    """Work and rest as written, without anything the coach says in between."""
    total = 0
    for block in routine.blocks:
        once = sum(item.sets * (_work(item) * (1 + item.each_side) + item.rest) for item in block.items)
        total += block.rounds * once + (block.rounds - 1) * block.round_rest
    return total


def _work(item: Item) -> Ms:
    if isinstance(item.amount, Hold):
        return item.amount.ms
    count = item.amount.count if isinstance(item.amount, Reps) else item.amount.target
    return count * (item.tempo or DEFAULT_TEMPO).rep


def _block(fields: Mapping[str, Any], routine: str, library: Mapping[str, Exercise]) -> Block:
    return Block(
        name=_text(fields["name"]),
        items=tuple(_item(item, routine, library) for item in fields["items"]),
        rounds=int(fields.get("rounds", 1)),
        round_rest=duration(fields.get("round_rest", "0s")),
    )


def _item(fields: Mapping[str, Any], routine: str, library: Mapping[str, Exercise]) -> Item:
    name = next(each for each in AMOUNTS if each in fields)
    if "exercise" in fields:
        movement = library[fields["exercise"]]
        if "override" in fields:  # it is about the item's note; with the exercise it stays in the log
            movement = replace(movement, override=_text(fields["override"]))
    else:
        # The routine's id in front keeps it apart from the library's ids, today's and later ones.
        identity = f"{routine}/{spoken(fields['name']).replace(' ', '_')}"
        movement = exercise(identity, fields, mode_of(name))
    own = tempo(fields["tempo"]) if "tempo" in fields else movement.tempo
    return Item(
        exercise=movement,
        sets=int(fields.get("sets", 1)),
        amount=_amount(name, fields[name]),
        tempo=own,
        rest=duration(fields.get("rest", "0s")),
        each_side=fields.get("each_side", movement.each_side),
        load=load(fields["load"]) if "load" in fields else None,
        note=_text(fields.get("note", "")),
    )


def _amount(name: str, value: Any) -> Amount:
    if name == "reps":
        return Reps(count=int(value))
    if name == "own_pace":
        return OwnPace(target=int(value))
    return Hold(ms=duration(value), moving=name == "time")


def _variant(rung: str | Mapping[str, Any]) -> Variant:
    if isinstance(rung, str):
        return Variant(say=_text(rung))
    own = tempo(rung["tempo"]) if "tempo" in rung else None
    return Variant(say=_text(rung["say"]), tempo=own, tiers=_tiers(rung))


def _text(text: str) -> str:
    """Text as it is spoken: on one line, single spaces."""
    return " ".join(text.split())
