"""The pages in a real browser: sound for a keyboard and a screen reader, at every width, in the dark, and on paper."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest

from tests.browser import WIDTHS, Tab, tab_of
from tests.coaching.build import LIBRARY
from tests.page.made import Made
from tests.review.people import MONDAY
from voice_coach.page import read, review_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def _which(made: Made, which: str) -> str:
    return {"page": made.page, "sheet": made.sheet, "small": made.small}[which].as_uri()


@pytest.mark.parametrize("which", ["page", "sheet"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_hangs_over_at_any_width(which: str, width: int, made: Made, tab: Tab) -> None:
    tab.open(_which(made, which), width=width)
    assert tab.overflow() == 0
    tab.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert tab.overflow() == 0
    assert (tab.asked_outside, tab.complaints) == ([], [])


@pytest.mark.parametrize(
    ("which", "width", "dark"),
    [("small", 1400, False), ("small", 360, True), ("sheet", 800, False), ("sheet", 360, True)],
)
def test_axe_finds_nothing(which: str, width: int, dark: bool, made: Made, tab: Tab) -> None:
    """Also in what can be opened. It takes seconds a page, so there is less of it, and not each width in each light."""
    tab.open(_which(made, which), width=width, dark=dark)
    tab.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert tab.page.locator("table").count() > (15 if which == "small" else 3)
    assert tab.faults() == []


def test_dark_and_light_differ_and_paper_is_white(made: Made, tab: Tab) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    tab.open(_which(made, "page"), dark=True)
    assert tab.page.evaluate(paper) == "rgb(20, 24, 29)"
    tab.page.emulate_media(media="print", color_scheme="dark")
    assert tab.page.evaluate(paper) == "rgb(255, 255, 255)"


def test_letters_are_large(made: Made, tab: Tab) -> None:
    tab.open(_which(made, "page"), width=360)
    sizes = "[...document.querySelectorAll('p, td, th, li, dd')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    assert min(tab.page.evaluate(sizes)) >= 13
    assert tab.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == 18
    drawn = "[...document.querySelectorAll('svg text')].map(e => e.getBoundingClientRect().height)"
    assert min(tab.page.evaluate(drawn)) >= 11


def test_the_keyboard_reaches_and_opens_everything(made: Made, tab: Tab) -> None:
    tab.open(_which(made, "page"))
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.className") == "skip"
    tab.page.keyboard.press("Enter")
    tab.page.keyboard.press("Tab")
    reached: set[str] = set()
    for _ in range(12):
        reached.add(str(tab.page.evaluate("document.activeElement.tagName")))
        if tab.page.evaluate("document.activeElement.textContent") == "Set by set":
            break
        tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.textContent") == "Set by set"
    tab.page.keyboard.press("Enter")
    assert tab.page.locator("details[open] caption").first.inner_text() == "Every planned set and what was done"


def test_it_reads_the_same_without_any_script(made: Made, browser: Browser) -> None:
    with tab_of(browser, java_script_enabled=False) as plain:
        plain.open(_which(made, "page"))
        assert plain.page.locator("h2").all_inner_texts()[0] == "The last session"
        plain.page.locator("summary", has_text="Set by set").click()
        assert plain.page.get_by_role("table", name="Every planned set and what was done").is_visible()


def test_a_screen_reader_hears_the_calendar_and_the_drawings(made: Made, tab: Tab) -> None:
    tab.open(_which(made, "page"))
    heard = tab.page.get_by_role("table", name="Calendar of the last weeks").aria_snapshot()
    assert "Dumbbell squats and rows" in heard and "minutes" in heard and "●" not in heard
    assert tab.page.get_by_role("img", name="Goblet squat").count() == 1
    assert tab.page.get_by_role("region", name="What you did").count() == 1


@pytest.mark.parametrize(
    ("which", "paper", "most"), [("page", "A4", 5), ("page", "Letter", 5), ("sheet", "A4", 2), ("sheet", "Letter", 2)]
)
def test_on_paper(which: str, paper: str, most: int, made: Made, tab: Tab) -> None:
    tab.open(_which(made, which))
    printed = pypdf.PdfReader(io.BytesIO(tab.printed(paper)))
    assert (2 if which == "sheet" else 3) <= len(printed.pages) <= most
    text = "".join(page.extract_text() for page in printed.pages)
    assert "The same as a table" not in text and "To the content" not in text
    assert ("Questions she may want to ask" if which == "sheet" else "About this page") in text


def test_an_empty_page_is_sound_too(tab: Tab, tmp_path: Path) -> None:
    (tmp_path / "log").touch()
    path = tmp_path / "page.html"
    path.write_text(review_page(read(tmp_path / "log", LIBRARY, MONDAY)), encoding="utf-8")
    tab.open(path.as_uri(), width=360)
    assert (tab.faults(), tab.overflow(), tab.complaints) == ([], 0, [])
