"""CSV as Strong exports it on Android, and as Hevy imports it ("Import from Strong").

Semicolons, a unit in each row, `2022-02-16 17:40:08` by the clock on the wall, and what Hevy's importer insists on: a
number under Seconds, something under both Notes, a Workout Duration (a-mufasa/hevy-tools). Read are also the commas of
the iPhone, where nothing says whether weights are kilos or pounds, and rest timers, which are left out.
RPE: see `hevy`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from voice_coach.exchange.cells import Bare, Cell, Units, encoded, seconds, weight
from voice_coach.exchange.names import Names
from voice_coach.exchange.notes import OURS, note_of
from voice_coach.exchange.reading import Context, counted, in_order, length, moment, one_set
from voice_coach.exchange.rows import Row, Session, by_the_clock
from voice_coach.exchange.table import Cells, Table, shown

SOURCE = "Strong"
NEEDED = frozenset({"date", "workout name", "exercise name", "set order", "reps"})
HEADER = (
    *("Date", "Workout Name", "Exercise Name", "Set Order", "Weight", "Weight Unit", "Reps", "RPE"),
    *("Distance", "Distance Unit", "Seconds", "Notes", "Workout Notes", "Workout Duration"),
)
REST_TIMERS, UNREAD = "rest timers", "lengths of sessions that were not understood"
_UNITS = {"kg": Units.KG, "kgs": Units.KG, "lb": Units.LB, "lbs": Units.LB}
_LENGTH = re.compile(r"(?:([0-9]{1,3})h)?\s*(?:([0-9]{1,4})m(?:in)?)?\s*(?:([0-9]{1,6})s?)?")
_MINUTE = 60_000


def write(sessions: Sequence[Session], units: Units, names: Names) -> str:
    """All sets with an amount. `names` is not needed: exercises are matched by their names."""
    rows: list[Sequence[Cell]] = [tuple(map(Bare, HEADER))]
    unit = Bare("kg" if units is Units.KG else "lbs")
    for session in by_the_clock(sessions):
        date = Bare(f"{session.local:%Y-%m-%d %H:%M:%S}")
        minutes = round((session.ms or 0) / _MINUTE)
        lasted = Bare(f"{minutes // 60}h {minutes % 60}m" if minutes >= 60 else f"{minutes}m")
        for index, row in session.done:
            load = weight(row.grams, units) if row.grams else 0
            amount = (load, unit, row.reps or 0, None, None, None, seconds(row.ms or 0) if row.timed else 0)
            rows.append((date, session.name, row.name, index + 1, *amount, note_of(row) or OURS, OURS, lasted))
    return encoded(rows, separator=";", quote_all=True)


def read(table: Table, context: Context) -> list[Session]:
    """The workouts; rows of one date and name belong together."""
    found: dict[tuple[datetime, str], tuple[str, list[Row]]] = {}
    for line in table.lines:
        cells = Cells(table, line)
        if "rest timer" in (cells.raw("set order").lower(), cells.raw("exercise name").lower()):
            context.left_out[REST_TIMERS] += 1
            continue
        cells.line.cells["date"] = cells.raw("date").replace("\u202f", " ")
        at = moment(cells, "date", context, "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %I:%M:%S %p")
        row = one_set(cells, context, name="exercise name", seconds="seconds", note="notes", load=_load(cells, context))
        told = cells.raw("workout duration") or cells.raw("duration")
        if at is not None:
            found.setdefault((at, cells.text("workout name")), (told, []))[1].append(row)
    return in_order(
        Session(began=at, title=title, rows=counted(rows, context), ms=_ms(told, context))
        for (at, title), (told, rows) in found.items()
    )


def _load(cells: Cells, context: Context) -> tuple[str, Units | None]:
    """The column of the weight, and its unit: the row's own, that of the column's name, or the one that was told."""
    for column, units in (("weight (kg)", Units.KG), ("weight (lbs)", Units.LB), ("weight (lb)", Units.LB)):
        if column in cells.table.header:
            return column, units
    unit = cells.raw("weight unit").lower()
    if unit and unit not in _UNITS:
        cells.problem(f"{shown(unit)} is no unit of weight that is known here", "write kg or lbs")
        return "weight", context.units or Units.KG
    return "weight", _UNITS[unit] if unit else context.units


def _ms(told: str, context: Context) -> int | None:
    """The length of "1h 5m", or of seconds as newer versions write them."""
    match = _LENGTH.fullmatch(told)
    if match is None:
        context.left_out[UNREAD] += 1
        return None
    hours, minutes, rest = (int(part or 0) for part in match.groups())
    return length((hours * 3600 + minutes * 60 + rest) * 1000, context)
