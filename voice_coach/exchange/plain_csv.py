"""The plain CSV for a spreadsheet: a row for every set that was begun or skipped, everything that is known of it.

    session, date, time, utc_offset   the session's name and when it began, by the clock of the place (`UTC+01:00`)
    title, routine, session_seconds, ended          what it was, how long without pauses, how it ended
    exercise, exercise_id, block, set, of, round, side     which set
    planned_reps, planned_seconds     as the routine has it
    asked_reps, asked_seconds         as it was asked for, after "easier" and "harder"
    reps, seconds                     as it was done, corrections included
    weight_kg (or weight_lb), band    what was held or worn
    rung, variant                     the place on the ladder, below 0 easier, and in words
    own_pace, outcome                 yes; completed, partly done or skipped
    effort, reserve                   of the movement in that session, 0-10, and reps left over (4 is "more")

A cell is empty where something is not measured or not known. Lines end in CRLF (RFC 4180).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from voice_coach.exchange.cells import Bare, Cell, Units, encoded, grams, weight
from voice_coach.exchange.names import Names
from voice_coach.exchange.reading import MOST_REPS, MOST_SECONDS, MOST_WEIGHT, Context, in_order, in_time, length
from voice_coach.exchange.rows import Row, Session
from voice_coach.exchange.table import Cells, Table, shown
from voice_coach.review import Outcome
from voice_coach.routine.model import Ms, Side

SOURCE = "voice-coach"
NEEDED = frozenset({"session", "date", "time", "utc_offset", "exercise", "exercise_id", "outcome"})
_WHEN = ("session", "date", "time", "utc_offset", "title", "routine", "session_seconds", "ended")
_WHICH = ("exercise", "exercise_id", "block", "set", "of", "round", "side")
_AMOUNTS = ("planned_reps", "planned_seconds", "asked_reps", "asked_seconds", "reps", "seconds")
_HOW = ("band", "rung", "variant", "own_pace", "outcome", "effort", "reserve")
_MOST_LENGTH = 10**8  # of a session: what is more than a day is understood, and left out
_MOST_SETS, _MOST_RUNGS, _EFFORT, _RESERVE = 1000, 50, 10, 4
_OUTCOMES = {each.value: each for each in (Outcome.COMPLETED, Outcome.PARTLY, Outcome.SKIPPED)}


def header(units: Units) -> tuple[str, ...]:
    """The columns for kilos, or for pounds."""
    return (*_WHEN, *_WHICH, *_AMOUNTS, f"weight_{units.value}", *_HOW)


def write(sessions: Sequence[Session], units: Units, names: Names) -> str:
    """All sets. `names` is not needed: each row has the id of its exercise."""
    rows: list[Sequence[Cell]] = [header(units)]
    for session in sessions:
        stamp = session.began.isoformat(timespec="seconds")
        date, time, offset = Bare(stamp[:10]), Bare(stamp[11:19]), Bare(f"UTC{stamp[19:]}")
        about = (session.title, session.routine, _seconds(session.moving_ms), session.ended)
        for row in session.rows:
            which = (row.name, row.exercise, row.block, row.set, row.of, row.round, row.side)
            planned = (row.planned_reps, _seconds(row.planned_ms), row.target_reps, _seconds(row.target_ms))
            load = (weight(row.grams, units) if row.grams else None, row.label)
            how = (row.rung, row.variant, "yes" if row.own_pace else None, row.outcome.value, row.effort, row.reserve)
            rows.append(
                (session.id, date, time, offset, *about, *which, *planned, row.reps, _seconds(row.ms), *load, *how)
            )
    return encoded(rows, newline="\r\n", quote_all=False)


def read(table: Table, context: Context) -> list[Session]:
    """The sessions; rows with one name belong together, and the first of them says what the session was."""
    found: dict[str, tuple[Cells, datetime, list[Row]]] = {}
    for line in table.lines:
        cells = Cells(table, line)
        name, began, row = cells.needed("session"), _began(cells, context), _row(cells)
        if began is not None:
            _, first, rows = found.setdefault(name, (cells, began, []))
            rows.append(row)
            if first != began:
                cells.problem(f"the session {shown(name)} began at another time further up", "give it another name")
    return in_order(
        Session(
            began=began,
            title=cells.text("title"),
            rows=tuple(rows),
            id=name,
            routine=cells.text("routine"),
            ms=_lasted(cells, context),
            ended=cells.text("ended") or None,
        )
        for name, (cells, began, rows) in found.items()
    )


def _seconds(ms: Ms | None) -> Decimal | None:
    """Exact to the millisecond, without needless noughts."""
    if ms is None:
        return None
    whole, rest = divmod(ms, 1000)
    return Decimal(ms).scaleb(-3).normalize() if rest else Decimal(whole)


def _ms(cells: Cells, name: str) -> Ms | None:
    value = cells.number(name, MOST_SECONDS, "seconds")
    return None if value is None else int(value * 1000)


def _lasted(cells: Cells, context: Context) -> Ms | None:
    value = cells.number("session_seconds", _MOST_LENGTH, "seconds")
    return value if value is None else length(int(value * 1000), context)


def _began(cells: Cells, context: Context) -> datetime | None:
    date, time, offset = cells.raw("date"), cells.raw("time"), cells.raw("utc_offset")
    try:
        began = datetime.fromisoformat(f"{date}T{time}{offset.removeprefix('UTC')}")
        if began.tzinfo is None:
            raise ValueError("no offset")
    except ValueError:
        cells.problem(f"{shown(f'{date} {time} {offset}')} is no date", "write it like 2026-03-01, 17:30:00, UTC+01:00")
        return None
    return began if in_time(cells, began, context) else None


def _row(cells: Cells) -> Row:
    outcome, side = cells.raw("outcome"), cells.raw("side")
    if outcome not in _OUTCOMES:
        cells.problem(f"{shown(outcome)} is no outcome", f"write one of: {', '.join(_OUTCOMES)}")
    if side and side not in [each.value for each in Side]:
        cells.problem(f"{shown(side)} is no side", "write left or right, or nothing")
    units = next((each for each in Units if f"weight_{each.value}" in cells.table.header), Units.KG)
    load = cells.number(f"weight_{units.value}", MOST_WEIGHT, units.value)
    reps = [cells.whole(f"{each}reps", MOST_REPS, "repetitions") for each in ("planned_", "asked_", "")]
    times = [_ms(cells, f"{each}seconds") for each in ("planned_", "asked_", "")]
    numbers = [cells.whole(each, _MOST_SETS, "sets") or 1 for each in ("set", "of", "round")]
    return Row(
        name=cells.needed("exercise"),
        exercise=cells.needed("exercise_id"),
        block=cells.text("block"),
        set=numbers[0],
        of=numbers[1],
        round=numbers[2],
        side=side or None,
        own_pace=cells.raw("own_pace") == "yes",
        planned_reps=reps[0],
        planned_ms=times[0],
        target_reps=reps[1],
        target_ms=times[1],
        reps=reps[2],
        ms=times[2],
        grams=grams(load, units) or None if load else None,
        label=cells.text("band") or None,
        rung=_rung(cells),
        variant=cells.text("variant") or None,
        outcome=_OUTCOMES.get(outcome, Outcome.PARTLY),
        effort=cells.whole("effort", _EFFORT, "of ten"),
        reserve=cells.whole("reserve", _RESERVE, "left over"),
    )


def _rung(cells: Cells) -> int:
    cell = cells.raw("rung") or "0"
    if re.fullmatch("-?[0-9]{1,2}", cell) and abs(int(cell)) <= _MOST_RUNGS:
        return int(cell)
    cells.problem(f"{shown(cell)} is no rung", f"write a whole number from -{_MOST_RUNGS} to {_MOST_RUNGS}")
    return 0
