"""Sessions for the tests of exchange: any names, any amounts, and the ways into a log and out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from voice_coach.exchange import CSV_FORMATS, Context, Names, Row, Session, Units, read_file, sessions_of, write_log
from voice_coach.journal import Log, load
from voice_coach.review import Outcome
from voice_coach.routine.model import Exercise, Group, Mode

ZONE = timezone(timedelta(hours=2))
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)
BEGAN = datetime(2026, 3, 1, 17, 30, 12, tzinfo=ZONE)
NASTY = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "'=1", "''@x", "＝1", "=cmd|' /C calc'!A0"),
    *('Say "hello"', "<script>alert(1)</script>", "Brücke \U0001f3cb", "two\nlines", "a;b,c\td", "'"),
    *("a, =1", "2026-01-01", "1e5", "left side | with x", "voice-coach: as: x", "\u202e", "\ud800", "\x00", "NaN"),
)


def exercise(identity: str, name: str, group: Group | None = Group.LEGS) -> Exercise:
    return Exercise(id=identity, name=name, start="", cues=(), mode=Mode.REPS, group=group)


LIBRARY: Mapping[str, Exercise] = {
    "sit_to_stand": exercise("sit_to_stand", "Sit to stand"),
    "db_row": exercise("db_row", "Dumbbell row", Group.UPPER),
}
NAMES = Names.of(LIBRARY)


def context(units: Units | None = None) -> Context:
    return Context(names=NAMES, zone=lambda wall: wall.replace(tzinfo=ZONE), now=NOW, units=units)


def texts() -> st.SearchStrategy[str]:
    return st.sampled_from(NASTY) | st.sampled_from(["Sit to stand", "Dumbbell row"]) | st.text(max_size=12)


def rows() -> st.SearchStrategy[Row]:
    amount = st.none() | st.integers(0, 1000)
    ms = st.none() | st.integers(0, 86_400_000)
    return st.builds(
        Row,
        name=texts(),
        exercise=st.sampled_from(["sit_to_stand", "db_row", "x", "?"]),
        block=texts(),
        set=st.integers(1, 9),
        of=st.integers(1, 9),
        round=st.integers(1, 3),
        side=st.sampled_from([None, "left", "right"]),
        own_pace=st.booleans(),
        planned_reps=amount,
        planned_ms=ms,
        target_reps=amount,
        target_ms=ms,
        reps=amount,
        ms=ms,
        grams=st.none() | st.integers(1, 1_360_000),
        label=st.none() | texts(),
        rung=st.integers(-3, 3),
        variant=st.none() | texts(),
        outcome=st.sampled_from([Outcome.COMPLETED, Outcome.PARTLY, Outcome.SKIPPED]),
        effort=st.none() | st.integers(0, 10),
        reserve=st.none() | st.integers(0, 4),
        at=st.none(),
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Session]:
    """A few sessions, no two within a minute: what has no seconds could not tell them apart."""
    minutes = draw(st.lists(st.integers(0, 5_000_000), min_size=1, max_size=4, unique=True))
    offset = draw(st.integers(-12 * 4, 14 * 4))
    zone = timezone(timedelta(minutes=15 * offset))
    first = datetime(2016, 1, 3, 0, 0, draw(st.integers(0, 59)), tzinfo=zone)
    return [
        Session(
            id=f"s{number}",
            began=first + timedelta(minutes=each),
            title=draw(texts()),
            routine=draw(st.sampled_from(["", "foundation_a", "=r"])),
            ms=draw(st.none() | st.integers(1, 86_399_999)),
            ended=draw(st.sampled_from(["completed", "ended by the person", "distress"])),
            rows=draw(st.lists(rows(), min_size=1, max_size=5)),
        )
        for number, each in enumerate(sorted(minutes))
    ]


def logged(path: Path, sessions: Sequence[Session], source: str = "a test") -> Log:
    """The sessions in a log, written and read by the real journal."""
    write_log(path, sessions, source, "test.csv")
    return load(path, lean=True)


def out(log: Log, form: str, units: Units = Units.KG) -> str:
    return CSV_FORMATS[form].write(sessions_of(log), units, NAMES)


def again(text: str, folder: Path, form: str | None = None) -> Log:
    """The log that an import of this text gives."""
    file = folder / "from.csv"
    file.write_bytes(text.encode())
    found, sessions = read_file(file, context(), form)
    return logged(folder / "again.jsonl", sessions, found.SOURCE)


def folder() -> TemporaryDirectory[str]:
    """A folder for one example: Hypothesis calls a test many times with one `tmp_path`."""
    return TemporaryDirectory()
