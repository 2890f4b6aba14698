"""Days as a person writes them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_coach.review.when import days

FRIDAY = date(2026, 3, 6)


@pytest.mark.parametrize(
    "text, first, last",
    [
        ("2026-11-01", "2026-11-01", "2026-11-01"),
        ("2026-2-3", "2026-02-03", "2026-02-03"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("today", "2026-03-06", "2026-03-06"),
        (" Yesterday ", "2026-03-05", "2026-03-05"),
        ("this week", "2026-03-02", "2026-03-08"),
        ("last  week", "2026-02-23", "2026-03-01"),
        ("this month", "2026-03-01", "2026-03-31"),
        ("last month", "2026-02-01", "2026-02-28"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_days_in_figures_and_in_words(text: str, first: str, last: str) -> None:
    assert days(text, FRIDAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text", ["", "2026-02-30", "2026-13", "0000", "01.11.2026", "11/01/2026", "next week", "2026-11-01T10:00", "٢٠٢٦"]
)
def test_anything_else_is_no_day(text: str) -> None:
    assert days(text, FRIDAY) is None


@given(st.text(max_size=12), st.dates(min_value=date(2, 1, 1)))
def test_no_text_breaks_it(text: str, today: date) -> None:
    found = days(text, today)
    assert found is None or found[0] <= found[1]
