"""Readers written from the rules of other programs' importers, with nothing of ours in them.

Hevy: Julien-Au/gymcoach, lib/import/hevy-csv.ts, and Liftosaur's importFromHevy.ts. Strong: gymcoach's strong-csv.ts,
and what a-mufasa/hevy-tools found out about Hevy's "Import from Strong". FitNotes: LiftLog's fitnotes-csv.ts.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import datetime

YEAR = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: number for number, name in enumerate(YEAR, start=1)}


@dataclass(frozen=True)
class Seen:
    """A set as another program sees it. `order` counts from 1."""

    began: datetime
    workout: str
    exercise: str
    order: int
    kilos: float
    reps: int
    seconds: int


def records(text: str, separator: str) -> list[dict[str, str]]:
    """RFC 4180; every record has as many cells as the header."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    assert all(len(row) == len(rows[0]) for row in rows)
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def number(cell: str) -> float:
    """As JavaScript's Number: a point, no comma, nothing is nought."""
    assert re.fullmatch(r"[0-9]*(\.[0-9]+)?", cell), cell
    return float(cell or 0)


def hevy(text: str) -> list[Seen]:
    """By `start_time` in the older of its two formats; `set_index` from 0, and a missing one fails the row."""
    found = []
    for row in records(text, ","):
        kilos = number(row["weight_kg"]) if "weight_kg" in row else number(row["weight_lbs"]) * 0.45359237
        assert row["set_type"] in ("normal", "warmup", "dropset", "failure")
        assert row["set_index"] != ""
        assert hevy_time(row["end_time"]) >= hevy_time(row["start_time"])
        found.append(
            Seen(
                began=hevy_time(row["start_time"]),
                workout=row["title"],
                exercise=row["exercise_title"],
                order=int(row["set_index"]) + 1,
                kilos=kilos,
                reps=int(number(row["reps"])),
                seconds=int(number(row["duration_seconds"])),
            )
        )
    return found


def hevy_time(cell: str) -> datetime:
    match = re.fullmatch(r"([0-9]{1,2}) ([A-Za-z]{3}) ([0-9]{4}),? ([0-9]{1,2}):([0-9]{2})", cell)
    assert match, cell
    day, month, year, hour, minute = match.groups()
    return datetime(int(year), MONTHS[month.lower()], int(day), int(hour), int(minute))


def strong(text: str) -> list[Seen]:
    """Semicolons; time of day, Seconds, both notes and a duration must be there, or Hevy does not take the file."""
    found = []
    for row in records(text, ";"):
        assert row["Notes"] and row["Workout Notes"] and row["Seconds"]
        assert re.fullmatch(r"([0-9]+h )?[0-9]+m", row["Workout Duration"])
        assert row["Weight Unit"] in ("kg", "lbs")
        kilos = number(row["Weight"]) * (1 if row["Weight Unit"] == "kg" else 0.45359237)
        found.append(
            Seen(
                began=datetime.strptime(row["Date"], "%Y-%m-%d %H:%M:%S"),
                workout=row["Workout Name"],
                exercise=row["Exercise Name"],
                order=int(row["Set Order"]),
                kilos=kilos,
                reps=int(number(row["Reps"])),
                seconds=int(number(row["Seconds"])),
            )
        )
    return found


def fitnotes(text: str) -> list[Seen]:
    """Date, exercise, weight, its unit and reps must have columns; Time is h:mm:ss."""
    found = []
    for row in records(text, ","):
        assert {"Date", "Exercise", "Weight", "Weight Unit", "Reps"} <= row.keys()
        assert row["Category"]
        assert (row["Weight Unit"] in ("kgs", "lbs")) == bool(row["Weight"])
        kilos = number(row["Weight"]) * (0.45359237 if row["Weight Unit"] == "lbs" else 1)
        hours, minutes, seconds = (int(part) for part in (row["Time"] or "0:00:00").split(":"))
        found.append(
            Seen(
                began=datetime.strptime(row["Date"], "%Y-%m-%d"),
                workout="",
                exercise=row["Exercise"],
                order=0,
                kilos=kilos,
                reps=int(number(row["Reps"])),
                seconds=hours * 3600 + minutes * 60 + seconds,
            )
        )
    return found


READERS = {"hevy": hevy, "strong": strong, "fitnotes": fitnotes}
