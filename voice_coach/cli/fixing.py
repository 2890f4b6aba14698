"""`voice-coach log fix`: what a set really was, as a new line of the log."""

from __future__ import annotations

import math
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from voice_coach.cli.common import log_file, log_option
from voice_coach.cli.opening import open_log
from voice_coach.conversation.words import COLOURS
from voice_coach.errors import CoachError, ExitCode
from voice_coach.journal import Journal, SessionLog, session_id
from voice_coach.person.lines import HARDEST, LONGEST, MOST_REPS, line_of
from voice_coach.person.model import Correction
from voice_coach.review import summarise
from voice_coach.review.corrections import applies, told_effort
from voice_coach.review.sets import Outcome, SetSummary
from voice_coach.review.words import clean, done, remarks, which
from voice_coach.routine import Load

HEAVIEST_KG = 200.0  # more than that nobody holds here [P]
BEGUN = (Outcome.COMPLETED, Outcome.PARTLY)


class WithFix(click.Command):
    """A command of which "fix …" is a command of its own, whatever else its first word may be."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of this command, or of "fix"."""
        if args[:1] == ["fix"]:
            return command.make_context(f"{info_name} fix", args[1:], parent=parent, **extra)
        return super().make_context(info_name, args, parent=parent, **extra)


@click.command("fix")
@click.argument("session", required=False)
@click.argument("number", metavar="[SET]", required=False, type=click.IntRange(min=1))
@click.option("--reps", type=click.IntRange(0, MOST_REPS), help="How many reps they were.")
@click.option("--seconds", type=click.IntRange(0, LONGEST // 1000), help="How long it was held.")
@click.option("--kilos", type=click.FloatRange(0.1, HEAVIEST_KG), help="The weight that was used.")
@click.option("--band", type=click.Choice(COLOURS), help="The band that was used.")
@click.option("--effort", type=click.IntRange(0, HARDEST), help="How hard the movement was, from 0 to 10.")
@log_option
def command(
    session: str | None,
    number: int | None,
    reps: int | None,
    seconds: int | None,
    kilos: float | None,
    band: str | None,
    effort: int | None,
    log_path: Path | None,
) -> int:
    """Put right what the log says of a set: `log fix last 3 --reps 6`.

    Without SET the sets of SESSION are listed with their numbers; without SESSION ("last", a number from `log`, or its
    name) those of the last one. Nothing that was written is changed: the correction is a new line, and the newest
    one counts.
    """
    ms = None if seconds is None else seconds * 1000
    told = {"reps": reps, "ms": ms, "load": _load(kilos, band), "effort": effort}
    wanted: dict[str, Any] = {name: value for name, value in told.items() if value is not None}
    path = log_file(log_path)
    found = open_log(path).log.find(session or "last")
    rows = fixable(found)
    if number is None:
        if wanted:
            raise click.UsageError("Which SET? `voice-coach log fix` lists them with their numbers.")
        _list(found, rows)
        return ExitCode.OK
    row = _chosen(rows, number, found)
    if not wanted:
        raise click.UsageError(f"What was set {number} ({clean(row.name)})? Tell it with --reps, --seconds and so on.")
    _refuse_wrong_kind(row, number, wanted)
    now = datetime.now().astimezone()
    where: dict[str, Any] = {"block": row.block, "round": row.round, "set": row.set, "side": row.side}
    fact = Correction(at=now, session=found.id, exercise=row.exercise, **where, **wanted)
    if not applies(found, fact):
        raise CoachError(f"The record of set {number} is damaged in the log, so it cannot be corrected.")
    if _already(found, row, wanted):
        click.echo(f"{_name(row)} is in the log like that already: nothing was written.")
        return ExitCode.OK
    with Journal.open(path, session_id(now, secrets.token_hex(2)), lambda: now) as journal:
        journal.about(*line_of(fact))
    after = fixable(open_log(path).log.find(session or "last"))[number - 1]
    click.echo(f"{_name(row)}: {', '.join(_changed(row, after, fact))}, as told.")
    return ExitCode.OK


def _load(kilos: float | None, band: str | None) -> Load | None:
    if kilos is None:
        return Load(label=f"{band} band") if band else None
    if band is not None:
        raise click.UsageError("Choose either --kilos or --band.")
    if math.isnan(kilos):
        raise click.UsageError("--kilos is no number.")
    return Load(grams=round(kilos * 1000))


def fixable(session: SessionLog) -> list[SetSummary]:
    """The sets of which something can be told, in their order: those begun, each as it was done at last."""
    rows = [row for row in summarise(session).sets if row.outcome in BEGUN]
    last = {_key(row): index for index, row in enumerate(rows)}
    return [row for index, row in enumerate(rows) if last[_key(row)] == index]


def _key(row: SetSummary) -> tuple[object, ...]:
    return row.block, row.exercise, row.round, row.set, row.side


def _chosen(rows: Sequence[SetSummary], number: int, session: SessionLog) -> SetSummary:
    if not rows:
        raise CoachError(f"No set was begun in the session {clean(session.id)}, so there is nothing to correct.")
    if number > len(rows):
        raise CoachError(
            f"The session {clean(session.id)} has no set {number}: they go from 1 to {len(rows)};"
            f" `voice-coach log fix {clean(session.id)}` lists them."
        )
    return rows[number - 1]


def _refuse_wrong_kind(row: SetSummary, number: int, wanted: dict[str, Any]) -> None:
    counted = row.own_pace or (row.planned_reps, row.target_reps, row.done_reps) != (None, None, None)
    if "reps" in wanted and not counted:
        raise CoachError(f"Set {number} ({clean(row.name)}) is measured in time: use --seconds.")
    if "ms" in wanted and counted:
        raise CoachError(f"Set {number} ({clean(row.name)}) is counted: use --reps.")


def _already(session: SessionLog, row: SetSummary, wanted: dict[str, Any]) -> bool:
    """Whether the log says all of this by now."""
    load = wanted.get("load")
    same = {
        "reps": row.done_reps == wanted.get("reps"),
        "ms": row.done_ms == wanted.get("ms"),
        "load": load is not None and (row.load_g, row.load) == (load.grams or None, load.label or None),
        "effort": told_effort(session, row.exercise) == wanted.get("effort"),
    }
    return all(same[name] for name in wanted)


def _list(session: SessionLog, rows: Sequence[SetSummary]) -> None:
    summary = summarise(session)
    click.echo(f"{clean(summary.title) or 'Unknown routine'}, session {clean(session.id)}:")
    for number, row in enumerate(rows, 1):
        more = remarks(row)
        click.echo(f"  {number:2}  {_name(row)}: {done(row)}{f' ({clean(more)})' if more else ''}")
    if rows:
        click.echo(f"To correct one: voice-coach log fix {clean(session.id)} SET --reps 6 (or --seconds, --kilos).")
    else:
        click.echo("  No set was begun, so there is nothing to correct.")


def _changed(before: SetSummary, after: SetSummary, fact: Correction) -> Iterator[str]:
    """What is different now, as the log is read again."""
    if fact.reps is not None or fact.ms is not None:
        yield f"{done(after)} instead of {done(before)}"
    if fact.load is not None:
        yield after.load or f"{(after.load_g or 0) / 1000:g} kg"
    if fact.effort is not None:
        yield f"effort {fact.effort} of 10"


def _name(row: SetSummary) -> str:
    place = which(row)
    return clean(row.name) + (f", set {place}" if place and row.of > 1 else f", {place}" if place else "")
