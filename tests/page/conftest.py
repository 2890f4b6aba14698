"""A log of half a year that is written once, the pages made of it, and a real browser for them."""

from __future__ import annotations

import pytest

from tests.browser import browser, tab
from tests.coaching.build import LIBRARY
from tests.page.made import Made
from tests.page.year_log import write_year
from voice_coach.page import read, review_page, sheet, sheet_page

__all__ = ["browser", "tab"]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("page")
    log = folder / "log.jsonl"
    now = write_year(log)
    diary = read(log, LIBRARY, now)
    (folder / "page.html").write_text(review_page(diary), encoding="utf-8")
    (folder / "sheet.html").write_text(sheet_page(sheet(diary)), encoding="utf-8")
    (folder / "small.html").write_text(review_page(read(log, LIBRARY, now, weeks=3)), encoding="utf-8")
    return Made(
        log=log,
        now=now,
        diary=diary,
        page=folder / "page.html",
        sheet=folder / "sheet.html",
        small=folder / "small.html",
    )
