"""The estimate of energy: the formulas of both compendia, always a range in tens, the lower where age is unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_coach.review.energy import Burnt, burnt


def test_the_examples_of_the_evidence() -> None:
    """70 years, 65 kg, 30 minutes: 113 kcal; 55 years: 119 kcal; spoken as "about 90 to 140"."""
    older, adult = burnt(30, 65, 70, strength=True), burnt(30, 65, 55, strength=True)
    assert (older.low + older.high) / 2 == pytest.approx(113.2, abs=0.05)
    assert (adult.low + adult.high) / 2 == pytest.approx(119.4, abs=0.05)
    assert older.told == (90, 140) and adult.told == (90, 150)


@pytest.mark.parametrize("strength", [True, False])
def test_an_unknown_age_takes_the_lower_estimate(strength: bool) -> None:
    unknown = burnt(30, 65, None, strength=strength)
    assert unknown == burnt(30, 65, 60, strength=strength)
    assert unknown.low < burnt(30, 65, 59, strength=strength).low


def test_gentle_sessions_take_less() -> None:
    assert burnt(30, 65, 70, strength=False).high < burnt(30, 65, 70, strength=True).low


@given(st.floats(0, 600, allow_subnormal=False), st.integers(30, 200), st.none() | st.integers(18, 110), st.booleans())
def test_what_is_told_is_in_tens_and_holds_the_estimate(
    minutes: float, kilos: int, age: int | None, strength: bool
) -> None:
    estimate = burnt(minutes, kilos, age, strength=strength)
    low, high = estimate.told
    assert low % 10 == high % 10 == 0 and 0 <= low <= estimate.low + 0.001 and estimate.high - 0.001 <= high


def test_sessions_add_up_before_they_are_rounded() -> None:
    assert sum([Burnt(low=14, high=16)] * 3, Burnt()) == Burnt(low=42, high=48)
    assert Burnt(low=14, high=16).told == (10, 20) and Burnt(low=42, high=48).told == (40, 50)
    assert Burnt(low=100, high=140).told == (100, 140)
