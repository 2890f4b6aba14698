"""The table of formats: what each is called, who writes it, and how a file is known for what it is."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from voice_coach.errors import Problem, ProblemsFound
from voice_coach.exchange import fitnotes, hevy, plain_csv, strong
from voice_coach.exchange.cells import Units
from voice_coach.exchange.names import Names
from voice_coach.exchange.reading import Context
from voice_coach.exchange.rows import Session
from voice_coach.exchange.table import SEPARATORS, Table, shown, table_of, text_of

MOST_BYTES = 20_000_000  # [P]: ten years take a third of it
LONGEST_HEADER = 100_000  # characters [P]: the longest that is known has 500


class CsvFormat(Protocol):
    """A module that knows one shape of CSV."""

    SOURCE: str  # the program
    NEEDED: frozenset[str]  # columns without which it is not this shape, in lower case

    def write(self, sessions: Sequence[Session], units: Units, names: Names) -> str:
        """All sessions as text."""
        ...

    def read(self, table: Table, context: Context) -> list[Session]:
        """The sessions of a table, oldest first; what is wrong with it is in its problems."""
        ...


CSV_FORMATS: Mapping[str, CsvFormat] = {"csv": plain_csv, "hevy": hevy, "strong": strong, "fitnotes": fitnotes}


def read_file(path: Path, context: Context, name: str | None = None) -> tuple[CsvFormat, list[Session]]:
    """The sessions of a file, and its format: the one that is named, or the one it has the columns of.

    Raises `ProblemsFound` with everything that is wrong with it.
    """
    text = text_of(_bytes(path), str(path))
    table, found = _recognised(text, str(path), name)
    sessions = found.read(table, context)
    if not table.problems and not sessions:
        table.problem(0, "there is no set in it with repetitions or a time", f"export it from {found.SOURCE} again")
    if table.problems:
        raise ProblemsFound(table.problems)
    return found, sessions


def _bytes(path: Path) -> bytes:
    hint = "look for the file that the other program has exported"
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise ProblemsFound([Problem(str(path), 0, "it is not a file", hint)])
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = getattr(error, "strerror", None) or str(error)
        raise ProblemsFound([Problem(str(path), 0, f"it cannot be read ({why})", hint)]) from None
    if len(data) > MOST_BYTES:
        raise ProblemsFound([Problem(str(path), 0, f"it is larger than {MOST_BYTES // 1_000_000} MB", "split it")])
    return data


def _recognised(text: str, path: str, name: str | None) -> tuple[Table, CsvFormat]:
    formats = CSV_FORMATS if name is None else {name: CSV_FORMATS[name]}
    first = next((line for line in io.StringIO(text, newline="") if line.strip()), "").rstrip("\r\n")[:LONGEST_HEADER]
    for separator in SEPARATORS:
        for each in formats.values():
            if set(table_of(first, path, separator).header) >= each.NEEDED:
                return table_of(text, path, separator), each
    if not first:
        raise ProblemsFound([Problem(path, 0, "it is empty", "export it again")])
    if name is not None:
        wanted = ", ".join(sorted(formats[name].NEEDED))
        message = f"this is no header of {formats[name].SOURCE}: {shown(first)}"
        raise ProblemsFound([Problem(path, 1, message, f"it needs the columns {wanted}")])
    programs = ", ".join(each.SOURCE for each in formats.values())
    message = f"this is no header that is known here: {shown(first)}"
    raise ProblemsFound([Problem(path, 1, message, f"export it as CSV from one of: {programs}")])
