"""Sessions that another program tells of, written into a log of their own through the journal's own writer.

Only what the file says is written. There is no plan, since nobody knows what was asked for; all sets of a session stand
at its beginning, since nobody knows when they were; `mode` in the setup says where they come from, and by it whatever
decides about safety and progress knows that the coach has not seen them (`person.model.Trained.imported`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from voice_coach import __version__
from voice_coach.errors import CoachError, LogError
from voice_coach.exchange.rows import Row, Session
from voice_coach.journal import IMPORTED, Journal, Setup, session_id
from voice_coach.review import Outcome
from voice_coach.session.events import Record
from voice_coach.session.plan import Plan


def write_log(path: Path, sessions: Sequence[Session], source: str, file: str) -> None:
    """A new log at `path`, whole or not at all. Raises `CoachError` where there is one with anything in it.

    `source` is the program it comes from ("Hevy"), `file` the name of its file.
    """
    refuse_full(path)
    half = path.with_name(f"{path.name}.importing")
    try:
        half.unlink(missing_ok=True)
        for number, session in enumerate(sessions, start=1):
            _write(half, session, source, file, number)
        with half.open("rb+") as whole:
            os.fsync(whole.fileno())  # once for all: before the last step nothing counts
        refuse_full(path)  # a session may have begun meanwhile
        half.replace(path)
    except OSError as error:
        raise LogError(
            f"The log {path} cannot be written ({error.strerror or error}): name another with --log."
        ) from None
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)


def refuse_full(path: Path) -> None:
    """Raise `CoachError` where the log has anything in it, or is no file."""
    if path.is_dir():
        raise CoachError(f"{path} is a folder: name a new file with --log.")
    if path.exists() and path.stat().st_size:
        raise CoachError(
            f"There is a log at {path} already, and imported sessions are never mixed into one:"
            f" name a new file with --log."
        )


def _write(path: Path, session: Session, source: str, file: str, number: int) -> None:
    name = session.id or session_id(session.began, f"{source.lower()}{number:04}")
    end = session.began + timedelta(milliseconds=session.ms or 0)
    clock = [session.began]
    with Journal.open(path, name, lambda: clock[0], sync=lambda _: None) as journal:
        plan = Plan(routine=session.routine, title=session.title, digest="", segments=())
        journal.start(plan, Setup(program=__version__, mode=f"{IMPORTED}{source}"), spare=False)
        journal.note(0, "imported", {"from": source, "file": file, "length_known": session.ms is not None})
        journal.effects(Record(at=0, kind="set", data=_set(row)) for row in session.rows)
        journal.effects(Record(at=0, kind="effort", data=data) for data in _efforts(session.rows))
        clock[0] = end
        journal.end(session.ms or 0, session.ended or "imported")


def _set(row: Row) -> dict[str, str | int | bool | None]:
    """The record of a set as a session writes it (`session.motion.record_set`)."""
    note = {"note": row.note} if row.note else {}
    return {
        "exercise": row.exercise,
        "name": row.name,
        "block": row.block,
        "set": row.set,
        "of": row.of,
        "round": row.round,
        "side": row.side,
        "planned_reps": row.planned_reps,
        "planned_ms": row.planned_ms,
        "target_reps": row.target_reps,
        "target_ms": row.target_ms,
        "own_pace": row.own_pace,
        "tempo": None,
        "rung": row.rung,
        "variant": row.variant,
        "load_g": row.grams,
        "load": row.label,
        "done_reps": row.reps,
        "done_ms": row.ms,
        "completed": row.outcome is Outcome.COMPLETED,
        "skipped": row.outcome is Outcome.SKIPPED,
        **note,
    }


def _efforts(rows: Sequence[Row]) -> list[dict[str, str | int | bool | None]]:
    """What was said of each movement, once."""
    told: Mapping[str, Row] = {row.exercise: row for row in rows}
    return [
        {"exercise": row.exercise, "effort": row.effort, "reserve": row.reserve}
        for row in told.values()
        if (row.effort, row.reserve) != (None, None)
    ]
