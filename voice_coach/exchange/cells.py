"""Cells of a CSV file: quoted so that any reader gets them back, and never a formula in a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import TypeAlias

from voice_coach.routine.model import Ms

Cell: TypeAlias = "str | int | Decimal | None"

# What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection": = + - @, tab, carriage return, line
# feed, and the wide forms); also behind spaces, which some of them strip.
_RISKY = re.compile(r"['\s]*[=+\-@＝＋－＠]|'*[\t\r\n]")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # no reader agrees with another about these
POUND = Decimal("453.59237")  # grams of the international avoirdupois pound, exact by its definition of 1959


class Bare(str):
    """A text that is written as it is, because no sign in it can mean anything: a date, a unit."""

    __slots__ = ()


class Units(str, Enum):
    """In what weights are written."""

    KG = "kg"
    LB = "lb"


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could take it for a formula.

    What looks guarded already gets one more, so `unguarded` always gives back what went in.
    """
    return f"'{text}" if _RISKY.match(text) else text


def unguarded(cell: str) -> str:
    """The text that was guarded."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell[1:]) else cell


def clean(text: str) -> str:
    """The text as it can be written: control characters and halves of surrogate pairs become U+FFFD."""
    return _NO_TEXT.sub("\ufffd", text)


def encoded(rows: Iterable[Sequence[Cell]], *, separator: str = ",", newline: str = "\n", quote_all: bool) -> str:
    """Rows as CSV (RFC 4180): numbers bare, nothing for None, texts guarded and quoted: all, or where they need it."""

    def cell(value: Cell) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            return str(value) if isinstance(value, Bare) else _quoted(value, separator, quote_all)
        return f"{value:f}" if isinstance(value, Decimal) else str(value)

    return "".join(separator.join(map(cell, row)) + newline for row in rows)


@lru_cache(maxsize=4096)  # the same few names stand in ten years of rows
def _quoted(value: str, separator: str, quote_all: bool) -> str:
    text = guarded(clean(value))
    if quote_all or any(sign in text for sign in (separator, '"', "\r", "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text


def weight(grams: int, units: Units) -> Decimal:
    """A weight without needless noughts; in pounds to three places, which are fine enough for the gram."""
    exact = Decimal(grams) / (1000 if units is Units.KG else POUND)
    plain = exact.quantize(Decimal("0.001")).normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral() else plain


def grams(value: Decimal, units: Units) -> int:
    """The nearest gram."""
    return int((value * (1000 if units is Units.KG else POUND)).to_integral_value())


def seconds(ms: Ms) -> int:
    """Whole seconds, at least one: what was done took some time."""
    return max(1, (ms + 500) // 1000)
