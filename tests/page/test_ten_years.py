"""What is drawn does not grow with the log: ten years are as long a page as half a year. `ten_years` has the times."""

from __future__ import annotations

from pathlib import Path

from tests.coaching.build import LIBRARY
from tests.page.reading import read_page
from tests.page.ten_years import measured, write
from voice_coach.page import read, review_page


def test_ten_years_are_a_page_like_any_other(tmp_path: Path) -> None:
    now = write(tmp_path / "log", sessions=1_500, lines=45_000)  # as many sessions, fewer words in each
    diary = read(tmp_path / "log", LIBRARY, now)
    assert len(diary.person.sessions) == 1_500
    page = review_page(diary)
    assert len(page.encode()) < 300_000
    months = read_page(page).tables["Every month, the newest first"][1:]
    assert len(months) == 120 and 1_480 < sum(int(row[1]) for row in months) <= 1_500


def test_what_is_measured(tmp_path: Path) -> None:
    found = measured(tmp_path / "log", write(tmp_path / "log", sessions=20, lines=2_000))
    assert set(found) == {"import", "library", "read", "page", "sheet", "processor", "kB", "MB", "whole"}
    assert all(value > 0 for value in found.values())
    assert found["whole"] > found["read"] + found["page"]
