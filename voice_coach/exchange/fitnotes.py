"""CSV as FitNotes for Android exports and imports it: a row for each set, days instead of workouts, a unit in each row.

Time is written as `0:00:30`, units as `kgs` and `lbs` (LiftLog's fitnotes-csv.ts). Read are also the older files with
the unit in the name of the column. The time of day is not known: noon stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from voice_coach.exchange.cells import Bare, Cell, Units, encoded, seconds, weight
from voice_coach.exchange.names import Names
from voice_coach.exchange.notes import note_of
from voice_coach.exchange.reading import Context, counted, in_order, moment, one_set
from voice_coach.exchange.rows import Row, Session, by_the_clock
from voice_coach.exchange.table import Cells, Table, shown

SOURCE = "FitNotes"
NEEDED = frozenset({"date", "exercise", "category", "reps"})
HEADER = (
    *("Date", "Exercise", "Category", "Weight", "Weight Unit", "Reps"),
    *("Distance", "Distance Unit", "Time", "Comment"),
)
NOON = 12
TITLE = "Imported from FitNotes"  # days have no names in it
_UNITS = {"kg": Units.KG, "kgs": Units.KG, "lb": Units.LB, "lbs": Units.LB}
_CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,2}):([0-9]{1,2})")


def write(sessions: Sequence[Session], units: Units, names: Names) -> str:
    """All sets with an amount; `names` knows the category, which FitNotes needs for an exercise that is new to it."""
    rows: list[Sequence[Cell]] = [HEADER]
    for session in by_the_clock(sessions):
        date = Bare(f"{session.local:%Y-%m-%d}")
        for _, row in session.done:
            load = (weight(row.grams, units), Bare(f"{units.value}s")) if row.grams else (None, None)
            time = _clock(seconds(row.ms or 0)) if row.timed else None
            about = (date, row.name, names.category(row.name))
            rows.append((*about, *load, row.reps or None, None, None, time, note_of(row)))
    return encoded(rows, quote_all=False)


def read(table: Table, context: Context) -> list[Session]:
    """The days, each as one session without a name of its own."""
    days: dict[datetime, list[Row]] = {}
    for line in table.lines:
        cells = Cells(table, line)
        at = moment(cells, "date", context, "%Y-%m-%d")
        _in_seconds(cells)
        row = one_set(cells, context, name="exercise", seconds="time", note="comment", load=_load(cells, context))
        if at is not None:
            noon = context.zone(at.replace(tzinfo=None, hour=NOON))
            days.setdefault(noon, []).append(row)
    return in_order(Session(began=at, title=TITLE, rows=counted(rows, context)) for at, rows in days.items())


def _clock(total: int) -> Bare:
    return Bare(f"{total // 3600}:{total // 60 % 60:02}:{total % 60:02}")


def _in_seconds(cells: Cells) -> None:
    if match := _CLOCK.fullmatch(cells.raw("time")):
        hours, minutes, rest = (int(part or 0) for part in match.groups())
        cells.line.cells["time"] = str(hours * 3600 + minutes * 60 + rest)


def _load(cells: Cells, context: Context) -> tuple[str, Units | None]:
    """The column of the weight, and its unit: that of the column's name, the row's own, or the one that was told."""
    for column in cells.table.header:
        if match := re.fullmatch(r"weight \((kgs?|lbs?)\)", column):
            return column, _UNITS[match[1]]
    unit = cells.raw("weight unit").lower()
    if unit and unit not in _UNITS:
        cells.problem(f"{shown(unit)} is no unit of weight that is known here", "write kgs or lbs")
        return "weight", context.units or Units.KG
    return "weight", _UNITS[unit] if unit else context.units
