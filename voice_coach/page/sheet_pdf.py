"""The sheet as PDF, made by fpdf2, which is Python alone and needs no browser.

Its built-in fonts know the letters of Western Europe; any other is written as its plainest relative, or as "?".
"""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING

from voice_coach.page.html import GENERATOR
from voice_coach.page.parts import Table
from voice_coach.page.sheet import Part, Sheet
from voice_coach.review.words import clean

if TYPE_CHECKING:
    from fpdf import FPDF

_FONT = "helvetica"
_BODY, _SMALL, _HEAD, _TITLE = 9.0, 7.5, 11.0, 15.0  # points
_LINE = 4.2  # mm
_MARGIN = 15.0
_LONGEST = 200  # letters of a cell
_TOGETHER = 6  # rows of a table that stay on one page
_ALIKE = {"–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "×": "x"}


def sheet_pdf(of: Sheet, made: datetime, paper: str = "A4") -> bytes:
    """The file. `paper` is "A4" or "Letter"."""
    from fpdf import FPDF

    pdf = FPDF(format=paper)
    pdf.set_title(_plain(of.title))
    pdf.set_creator(GENERATOR)
    pdf.set_producer(GENERATOR)
    pdf.set_creation_date(made)
    pdf.set_lang("en")
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(auto=True, margin=_MARGIN)
    pdf.add_page()
    _words(pdf, of.title, _TITLE, bold=True)
    for words in of.about:
        _words(pdf, words, _BODY)
    for part in of.parts:
        _part(pdf, part)
    pdf.ln(2)
    _words(pdf, of.foot, _SMALL)
    return bytes(pdf.output())


def _part(pdf: FPDF, part: Part) -> None:
    rows = len(part.table.rows) if part.table and len(part.table.rows) <= _TOGETHER else 1
    if pdf.will_page_break((4 + 1.5 * rows) * _LINE):
        pdf.add_page()  # no heading alone at the foot, no short table in two
    pdf.ln(2.5)
    _words(pdf, part.title, _HEAD, bold=True)
    for words in part.words:
        _words(pdf, words, _BODY)
    for point in part.points:
        _words(pdf, f"-  {point}", _BODY)
    if part.table:
        _table(pdf, part.table)
    if part.small:
        _words(pdf, part.small, _SMALL)


def _words(pdf: FPDF, words: str, size: float, *, bold: bool = False) -> None:
    from fpdf.enums import XPos, YPos

    pdf.set_font(_FONT, style="B" if bold else "", size=size)
    pdf.multi_cell(0, _LINE * size / _BODY, _plain(words), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _table(pdf: FPDF, of: Table) -> None:
    from fpdf.enums import TableBordersLayout, VAlign
    from fpdf.fonts import FontFace

    pdf.set_font(_FONT, size=_BODY)
    pdf.set_line_width(0.1)
    pdf.ln(1)
    with pdf.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        col_widths=_widths(of),
        headings_style=FontFace(emphasis="BOLD"),
        line_height=_LINE,
        text_align=tuple("RIGHT" if index in of.figures else "LEFT" for index in range(len(of.heads))),
        padding=(0.4, 1),
        v_align=VAlign.T,
    ) as rows:
        for row in (of.heads, *of.rows):
            line = rows.row()
            for cell in row:
                line.cell(_short(_plain("" if cell is None else str(cell))))
    pdf.ln(1)


def _widths(of: Table) -> tuple[int, ...]:
    """How the columns share the page: by their longest text, none under a minimum, none over what wraps well."""
    longest = (max(len(str(row[index] or "")) for row in (of.heads, *of.rows)) for index in range(len(of.heads)))
    return tuple(min(40, max(9, length)) for length in longest)


def _short(words: str) -> str:
    """As much of it as a row has room for: one that is higher than a page cannot be printed."""
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}..."


def _plain(words: str) -> str:
    """The text in letters that the built-in fonts have."""
    return "".join(map(_letter, clean(words)))


def _letter(char: str) -> str:
    if char in _ALIKE:
        return _ALIKE[char]
    if char.isascii() or "\xa0" <= char <= "\xff":
        return char
    bare = unicodedata.normalize("NFKD", char).encode("latin-1", "ignore").decode("latin-1")
    return bare or "?"
