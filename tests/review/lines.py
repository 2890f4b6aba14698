"""Logs for tests of what they tell: real journals with facts between sessions, and sessions of records alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from tests.journal.logs import SETUP
from tests.sessions import tiny_plan
from voice_coach.journal import Journal, Log, Setup, load
from voice_coach.person.lines import Fact, line_of
from voice_coach.routine.model import Ms
from voice_coach.session.events import Record

Data = Mapping[str, str | int | bool | None]


def tell(path: Path, at: datetime, *facts: Fact) -> None:
    """Facts told at a time, outside of a session."""
    with Journal.open(path, "told", lambda: at) as journal:
        for fact in facts:
            journal.about(*line_of(fact))


def record(
    path: Path,
    began: datetime,
    records: Iterable[tuple[Ms, str, Data]],
    *,
    name: str = "s",
    setup: Setup = SETUP,
    end: tuple[Ms, str] | None = (600_000, "completed"),
) -> None:
    """A session of the tiny routine of which only these records were written; without `end` it broke off."""
    with Journal.open(path, name, lambda: began) as journal:
        journal.start(tiny_plan(), setup)
        journal.effects([Record(at=at, kind=kind, data=data) for at, kind, data in records])
        if end:
            journal.end(*end)


def set_of(exercise: str, **more: str | int | bool | None) -> Data:
    """The record of a set of ten reps that was completed; `more` replaces anything."""
    whole: dict[str, str | int | bool | None] = {
        "exercise": exercise,
        "name": exercise,
        "block": "Main",
        "set": 1,
        "of": 1,
        "round": 1,
        "side": None,
        "target_reps": 10,
        "target_ms": None,
        "own_pace": False,
        "rung": 0,
        "variant": None,
        "load_g": None,
        "load": None,
        "done_reps": 10,
        "done_ms": 60_000,
        "completed": True,
        "skipped": False,
    }
    return whole | more


def looked(path: Path) -> Log:
    """The log as the program reads it at its start."""
    return load(path, lean=True)
