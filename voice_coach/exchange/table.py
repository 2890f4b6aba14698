"""A CSV file as a table: its encoding and separator found out, each line with its number, each bad cell a problem."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from voice_coach.errors import Problem, ProblemsFound
from voice_coach.exchange.cells import unguarded

SEPARATORS = (",", ";", "\t")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_NUMBER = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")
_COMMA = re.compile(r"([0-9]+),([0-9]+)")
_LARGEST = Decimal(10**9)
_SHOWN = 40  # signs of a cell in a sentence
# What a file of somebody's is never more than, so that none takes all memory [P]: ten years are 60,000 lines, and the
# longest header that is known has 25 columns.
MOST_LINES, MOST_COLUMNS = 200_000, 200
MOST_PROBLEMS = 100  # nobody reads more of them


@dataclass(frozen=True, slots=True)
class Line:
    """A line under the header: where it begins in the file, and its cells by the lower-case names of the columns."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A CSV file: the header in lower case, and the lines."""

    path: str
    separator: str
    header: tuple[str, ...]
    lines: Sequence[Line]
    problems: list[Problem] = field(default_factory=list)  # found in it so far

    def problem(self, line: int, message: str, hint: str = "") -> None:
        """Note something that is wrong with a line; only the first `MOST_PROBLEMS` are told."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(self.path, line, message, hint))
        elif len(self.problems) == MOST_PROBLEMS:
            self.problems.append(Problem(self.path, line, "more is wrong from here on", "put right what is above"))


def text_of(data: bytes, path: str) -> str:
    """The text of a file in UTF-8 or UTF-16, with or without a mark at its beginning. Raises `ProblemsFound`."""
    mark, encoding = next((pair for pair in _BOMS if data.startswith(pair[0])), (b"", ""))
    data, encoding = data.removeprefix(mark), encoding or _without_mark(data[:1000])
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        hint = "save it again as CSV UTF-8, or export it anew"
        raise ProblemsFound([Problem(path, line, "this is no text in UTF-8 or UTF-16", hint)]) from None


def _without_mark(start: bytes) -> str:
    """A header is ASCII: in UTF-16 every other byte of it is nought."""
    if b"\0" not in start:
        return "utf-8"
    return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


def table_of(text: str, path: str, separator: str) -> Table:
    """The table, read with this separator. What cannot be read is among its problems."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header: tuple[str, ...] = ()
    lines: list[Line] = []
    table = Table(path=path, separator=separator, header=(), lines=lines)
    begins = 1
    try:
        for cells in reader:
            number, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if len(lines) == MOST_LINES or len(cells) > MOST_COLUMNS:
                table.problem(number, _too_much(len(cells)), "look whether this is the right file")
                break
            if not header:
                header = tuple(cell.strip().lower() for cell in cells)
                continue
            if any(cell.strip() for cell in cells[len(header) :]):
                hint = "put quotes around a text or a number that has the separator in it"
                table.problem(number, f"{len(cells)} cells where the header has {len(header)}", hint)
                continue
            lines.append(Line(number, dict(zip(header, cells, strict=False))))
    except csv.Error as error:
        table.problem(begins, f"this line cannot be read as CSV ({error})", "look for a quote that is not closed")
    return Table(path=path, separator=separator, header=header, lines=lines, problems=table.problems)


def _too_much(cells: int) -> str:
    if cells > MOST_COLUMNS:
        return f"{cells:,} cells in a line are too many, the most is {MOST_COLUMNS}"
    return f"there are more than {MOST_LINES:,} lines"


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one line. What cannot be understood is noted as a problem of the table, and None."""

    table: Table
    line: Line

    def raw(self, name: str) -> str:
        """A cell without spaces around it; "" where there is none."""
        return self.line.cells.get(name, "").strip()

    def text(self, name: str) -> str:
        """A text as it was before it was guarded against being a formula."""
        return unguarded(self.line.cells.get(name, ""))

    def needed(self, name: str) -> str:
        """A text that must not be missing."""
        found = self.text(name)
        if not found.strip():
            self.problem(f"there is nothing under {name!r}", "fill it in")
        return found

    def number(self, name: str, most: int, scale: str) -> Decimal | None:
        """A number from nought to `most`, None where the cell is empty. A decimal comma is understood where it can be.

        In a file with commas between the cells "1,250" could be a thousand and more: that is a problem.
        """
        cell = self.raw(name).replace("\xa0", "").replace("\u202f", "")
        if not cell:
            return None
        comma = _COMMA.fullmatch(cell)
        if comma and self.table.separator == "," and len(comma[2]) == 3:
            self.problem(
                f"{shown(cell)} under {name!r} can be read in two ways",
                f"write {comma[1]}.{comma[2]} or {comma[1]}{comma[2]}",
            )
            return None
        plain = f"{comma[1]}.{comma[2]}" if comma else cell
        if not _NUMBER.fullmatch(plain):
            self.problem(f"{shown(cell)} under {name!r} is no number", "write it like 12.5")
            return None
        value = min(Decimal(plain), _LARGEST)
        if value > most:
            self.problem(f"{shown(cell)} under {name!r} is more than {most} {scale}", "put it right")
            return None
        return value

    def whole(self, name: str, most: int, scale: str) -> int | None:
        """A whole number; "8.0" is one."""
        value = self.number(name, most, scale)
        if value is None or value == value.to_integral_value():
            return None if value is None else int(value)
        self.problem(f"{shown(self.raw(name))} under {name!r} is no whole number", "round it")
        return None

    def problem(self, message: str, hint: str = "") -> None:
        """Note something that is wrong with this line."""
        self.table.problem(self.line.number, message, hint)


def shown(cell: str) -> str:
    """A cell in a sentence, with nothing in it that a terminal would obey."""
    return repr(cell if len(cell) <= _SHOWN else f"{cell[:_SHOWN]}…")
