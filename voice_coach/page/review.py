"""The review as one page: the last session, the weeks, the movements, what she told, the years."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from voice_coach.page.answers import feelings, tests
from voice_coach.page.diary import Diary
from voice_coach.page.html import Html, document, tag
from voice_coach.page.last import last_session
from voice_coach.page.movements import movements
from voice_coach.page.parts import day_words, listed, paragraph, section
from voice_coach.page.weeks import glance, the_weeks
from voice_coach.page.years import years
from voice_coach.review.progress import NOT_MEANT

TITLE = "My training diary"
EMPTY = "There is no session in the log yet. After the first one this page tells what you did."


@cache
def style() -> str:
    """The style sheet of every page."""
    return Path(__file__).with_name("style.css").read_text(encoding="utf-8")


def review_page(diary: Diary) -> str:
    """The whole page as HTML."""
    if diary.person.sessions or diary.newest:
        sections = [
            last_session(diary),
            the_weeks(diary),
            movements(diary),
            tests(diary),
            feelings(diary),
            years(diary),
        ]
    else:
        sections = [tests(diary)]
    found = [each for each in sections if each is not None]
    body = (
        tag("a", "To the content", href="#content", class_="skip"),
        tag(
            "header",
            tag("h1", TITLE),
            paragraph(
                f"Made on {day_words(diary.today, year=True)}. Everything here comes from the log on this computer."
            ),
            glance(diary) if diary.person.sessions else None,
        ),
        tag("main", found or paragraph(EMPTY), _about(diary), id="content", tabindex="-1"),
    )
    return document(TITLE, Html("".join(body)), style())


def _about(diary: Diary) -> Html:
    return section("about", "About this page", paragraph(NOT_MEANT), listed(diary.notes) if diary.notes else None)
