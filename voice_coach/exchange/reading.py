"""What the readers of other programs' files share: limits, dates, and sets that become sessions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from voice_coach.exchange.cells import Units, grams
from voice_coach.exchange.names import Names
from voice_coach.exchange.notes import noted
from voice_coach.exchange.rows import Row, Session
from voice_coach.exchange.table import Cells, shown
from voice_coach.routine.model import Ms

# What no set of a person's is more than: those of Liftosaur's importer (3,000 lb, 1,000 reps, dates from 2000 on).
MOST_REPS, MOST_WEIGHT, EARLIEST = 1000, 3000, 2000
MOST_SECONDS = 86_400
DAY: Ms = 86_400_000
AHEAD = timedelta(days=1)  # another time zone; later than that a clock was wrong

WITHOUT_AMOUNT = "sets without repetitions or time"
NO_LENGTH = "lengths of sessions that cannot be, a day and more or below nought"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a reader needs beside the file. `zone` gives a clock on the wall its offset; `units` are what she says."""

    names: Names
    zone: Callable[[datetime], datetime]
    now: datetime
    units: Units | None = None
    left_out: Counter[str] = field(default_factory=Counter)  # what was understood and has no place in a log, counted


def moment(cells: Cells, name: str, context: Context, *formats: str) -> datetime | None:
    """The time in a cell, with its offset. A problem where it is none, or one that cannot be."""
    text = cells.raw(name)
    for each in formats:
        try:
            found = context.zone(datetime.strptime(text, each))
        except (ValueError, OverflowError):
            continue
        return found if in_time(cells, found, context) else None
    cells.problem(
        f"{shown(text)} under {name!r} is no date that is known here", f"write it like {context.now:{formats[0]}}"
    )
    return None


def in_time(cells: Cells, at: datetime, context: Context) -> bool:
    """Whether a session can have been then; if not it is noted as a problem."""
    if at.year < EARLIEST:
        cells.problem(f"the year {at.year} is before {EARLIEST}", "put the date right")
    elif at - context.now > AHEAD:
        cells.problem(f"the date {at:%Y-%m-%d} lies ahead", "put the date right, or the clock of this computer")
    else:
        return True
    return False


def one_set(
    cells: Cells, context: Context, *, name: str, seconds: str, note: str, load: tuple[str, Units | None]
) -> Row:
    """A set from the columns that are named here; `reps` is called so by everybody. Check `was_done`."""
    title = cells.needed(name)
    reps = cells.whole("reps", MOST_REPS, "repetitions")
    time = cells.number(seconds, MOST_SECONDS, "seconds")
    column, units = load
    weight = cells.number(column, MOST_WEIGHT, (units or Units.KG).value)
    if weight and units is None:
        cells.problem(f"nothing says whether the {weight} are kilos or pounds", "add --units kg or --units lb")
    row = Row(
        name=title,
        exercise=context.names.id_of(title),
        reps=reps or None,
        ms=int(time * 1000) or None if time else None,
        grams=grams(weight, units) or None if weight and units else None,
    )
    return noted(row, cells.text(note))


def counted(rows: Iterable[Row], context: Context) -> tuple[Row, ...]:
    """The sets that say what was done, numbered within their movement as they follow each other."""
    done = []
    for row in rows:
        if row.was_done:
            done.append(row)
        else:
            context.left_out[WITHOUT_AMOUNT] += 1
    of, number = Counter(row.name for row in done), Counter[str]()
    found = []
    for row in done:
        number[row.name] += 1
        found.append(replace(row, set=number[row.name], of=of[row.name]))
    return tuple(found)


def length(ms: Ms, context: Context) -> Ms | None:
    """How long a session was. Nobody trains for longer than a day: then its end was forgotten, and nobody knows."""
    if not 0 <= ms <= DAY:
        context.left_out[NO_LENGTH] += 1
    return ms if 0 < ms <= DAY else None


def in_order(sessions: Iterable[Session]) -> list[Session]:
    """Those in which anything was done, oldest first, as a log has them."""
    return sorted((each for each in sessions if each.rows), key=lambda each: each.began)
