"""The sheet as one HTML page that prints on one or two leaves."""

from __future__ import annotations

from voice_coach.page.html import Html, document, tag
from voice_coach.page.parts import listed, paragraph, table
from voice_coach.page.review import style
from voice_coach.page.sheet import Part, Sheet


def sheet_page(of: Sheet) -> str:
    """The whole page."""
    body = (
        tag("header", tag("h1", of.title), (paragraph(words) for words in of.about)),
        tag("main", (_part(part) for part in of.parts)),
        tag("footer", paragraph(of.foot, class_="small")),
    )
    return document(of.title, tag("div", *body, class_="sheet"), style())


def _part(part: Part) -> Html:
    return tag(
        "section",
        tag("h2", part.title),
        [paragraph(words) for words in part.words],
        listed(part.points) if part.points else None,
        table(part.table) if part.table else None,
        paragraph(part.small, class_="small") if part.small else None,
    )
