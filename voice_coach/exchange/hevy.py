"""CSV as Hevy exports it and others import it.

One row for each set: texts in quotes, numbers bare, "22 Dec 2025, 08:00" by the clock on the wall, `set_index` from 0
within a movement, and the unit in the names of the columns (Liftosaur's importFromHevy.ts, gymcoach's hevy-csv.ts).
`rpe` stays empty, since our effort from 0 to 10 is another scale than reps in reserve; read, it is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from voice_coach.exchange.cells import Cell, Units, encoded, seconds, weight
from voice_coach.exchange.names import Names
from voice_coach.exchange.notes import note_of
from voice_coach.exchange.reading import Context, counted, in_order, length, moment, one_set
from voice_coach.exchange.rows import Row, Session, by_the_clock
from voice_coach.exchange.table import Cells, Table

SOURCE = "Hevy"
NEEDED = frozenset({"title", "start_time", "exercise_title", "set_index", "reps"})
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # in any locale
_MINUTE = 60_000


def header(units: Units) -> tuple[str, ...]:
    """The columns for kilos, or for pounds."""
    load, way = ("weight_kg", "distance_km") if units is Units.KG else ("weight_lbs", "distance_miles")
    about = ("title", "start_time", "end_time", "description", "exercise_title", "superset_id", "exercise_notes")
    return (*about, "set_index", "set_type", load, "reps", way, "duration_seconds", "rpe")


def write(sessions: Sequence[Session], units: Units, names: Names) -> str:
    """All sets with an amount. `names` is not needed: exercises are matched by their titles."""
    rows: list[Sequence[Cell]] = [header(units)]
    for session in by_the_clock(sessions):
        start = session.local.replace(second=0)
        end = start + timedelta(minutes=round((session.ms or 0) / _MINUTE))
        about = (session.name, _clock(start), _clock(end), "")
        for index, row in session.done:
            load = weight(row.grams, units) if row.grams else None
            amount = (load, row.reps or None, None, seconds(row.ms or 0) if row.timed else None, None)
            rows.append((*about, row.name, None, note_of(row), index, "normal", *amount))
    return encoded(rows, quote_all=True)


def read(table: Table, context: Context) -> list[Session]:
    """The workouts; rows of one start and title belong together."""
    load = next((pair for pair in _LOADS if pair[0] in table.header), ("", None))
    found: dict[tuple[datetime, str], tuple[datetime | None, list[Row]]] = {}
    for line in table.lines:
        cells = Cells(table, line)
        start = _moment(cells, "start_time", context)
        end = _moment(cells, "end_time", context) if cells.raw("end_time") else None
        row = one_set(
            cells, context, name="exercise_title", seconds="duration_seconds", note="exercise_notes", load=load
        )
        if start is not None:
            found.setdefault((start, cells.text("title")), (end, []))[1].append(row)
    return in_order(
        Session(began=start, title=title, rows=counted(rows, context), ms=length(_between(start, end), context))
        for (start, title), (end, rows) in found.items()
    )


_LOADS = (("weight_kg", Units.KG), ("weight_lbs", Units.LB), ("weight_lb", Units.LB))


def _clock(at: datetime) -> str:
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}, {at:%H:%M}"


def _moment(cells: Cells, name: str, context: Context) -> datetime | None:
    """Both ways in which Hevy writes a time; the names of months are English in any locale of ours."""
    words = cells.raw(name).replace(",", "").split()
    if len(words) == 4 and (month := words[1].rstrip(".").capitalize()[:3]) in MONTHS:
        plain = f"{words[2]:0>4}-{MONTHS.index(month) + 1:02}-{words[0]:0>2} {words[3]}"
        cells.line.cells[name] = plain
    return moment(cells, name, context, "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")


def _between(start: datetime, end: datetime | None) -> int:
    return int((end - start).total_seconds() * 1000) if end else 0
