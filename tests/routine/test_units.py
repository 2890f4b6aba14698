"""Durations, tempos and loads as they may be written, and what is proposed when they are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_coach.routine import Load, Tempo
from voice_coach.routine.units import duration, load, show, tempo
from voice_coach.routine.wording import Unfit


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("40s", 40_000), ("1m30s", 90_000), ("1m 30s", 90_000), ("90 s", 90_000), ("2m", 120_000), ("0s", 0),
        ("1.5s", 1500), ("0.125s", 125), ("1.5m", 90_000), ("2 m 5 s", 125_000),
    ],
)  # fmt: skip
def test_durations(text: str, ms: int) -> None:
    assert duration(text) == ms


@pytest.mark.parametrize(
    ("value", "message", "hint"),
    [
        (45, "45 needs a unit", "did you mean 45s"),
        (1.5, "1.5 needs a unit", "did you mean 1.5s"),
        (-1, "-1 needs a unit", ""),
        (float("inf"), "inf needs a unit", ""),
        ("45", "45 is not a duration", "did you mean 45s"),
        ("1:30", "1:30 is not a duration", "did you mean 1m30s"),
        ("90 seconds", "90 seconds is not a duration", "did you mean 1m30s"),
        ("2 min", "2 min is not a duration", "did you mean 2m"),
        ("1 minute and 5 sec.", "1 minute and 5 sec. is not a duration", "did you mean 1m5s"),
        ("1h", "1h is not a duration", "did you mean 60m"),
        ("1,5s", "1,5s is not a duration", "did you mean 1.5s"),
        ("30S", "30S is not a duration", "did you mean 30s"),
        ("soon", "soon is not a duration", "write it as 40s or 1m30s"),
        ("45 and a bit", "45 and a bit is not a duration", "write it as 40s or 1m30s"),
        ("a minute", "a minute is not a duration", "write it as 40s or 1m30s"),
        ("", '"" is not a duration', "write it as 40s or 1m30s"),
        ("٣s", "٣s is not a duration", "write it as 40s or 1m30s"),
        ("9" * 400 + "h", "9" * 39 + "… is not a duration", "write it as 40s or 1m30s"),
        (True, "true is not a duration", ""),
        ([], "a list is not a duration", ""),
    ],
)
def test_what_is_no_duration(value: object, message: str, hint: str) -> None:
    with pytest.raises(Unfit) as refusal:
        duration(value)
    assert (refusal.value.message, refusal.value.hint) == (message, hint)


@given(st.integers(0, 6_000_000))
def test_a_duration_as_it_is_shown_reads_back(ms: int) -> None:
    assert duration(show(ms)) == ms


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2-1-3", Tempo(lift=2000, hold=1000, lower=3000)),
        ("1.5 - 0 - 2", Tempo(lift=1500, hold=0, lower=2000)),
        ({"lift": "2s", "lower": "3s"}, Tempo(lift=2000, hold=0, lower=3000)),
        ({"lift": "2s", "hold": "1s", "lower": "3s"}, Tempo(lift=2000, hold=1000, lower=3000)),
        ("0.5-0-0.5", Tempo(lift=500, hold=0, lower=500)),
        ("5-10-5", Tempo(lift=5000, hold=10_000, lower=5000)),
    ],
)
def test_tempos(value: object, expected: Tempo) -> None:
    assert tempo(value) == expected


@pytest.mark.parametrize(
    ("value", "message", "hint"),
    [
        ("2/1/3", "2/1/3 is not a tempo", "did you mean 2-1-3"),
        ("2–1–3", "2–1–3 is not a tempo", "did you mean 2-1-3"),
        ("2s-1s-3s", "2s-1s-3s is not a tempo", "did you mean 2-1-3"),
        ("2-1", "2-1 is not a tempo", "write lift-hold-lower in seconds, as in 2-1-3"),
        (213, "213 is not a tempo", "write lift-hold-lower in seconds, as in 2-1-3"),
        ("slow", "slow is not a tempo", "write lift-hold-lower in seconds, as in 2-1-3"),
        ("0-30-0", "lift and lower each take at least 0.5s", "for one long stay write hold instead of reps"),
        ("2-1-0", "lift and lower each take at least 0.5s", ""),
        ("5-10-6", "a rep of 21s cannot be counted", "it lasts 1s to 20s"),
    ],
)
def test_what_is_no_tempo(value: object, message: str, hint: str) -> None:
    with pytest.raises(Unfit) as refusal:
        tempo(value)
    assert (refusal.value.message, refusal.value.hint) == (message, hint)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3kg", Load(grams=3000)),
        ("2.5 kg", Load(grams=2500)),
        ("500 g", Load(grams=500)),
        ("5 lb", Load(grams=2268)),
        ("red band", Load(label="red band")),
        ("Red  band", Load(label="Red band")),
    ],
)
def test_loads(text: str, expected: Load) -> None:
    assert load(text) == expected


@pytest.mark.parametrize(
    ("value", "message", "hint"),
    [
        (3, "3 needs a unit", "did you mean 3kg"),
        (300, "300 needs a unit", ""),
        ("3 kilos", "3 kilos is not a load", "did you mean 3kg"),
        ("5 pounds", "5 pounds is not a load", "did you mean 5lb"),
        ("2,5 KG", "2,5 KG is not a load", "did you mean 2.5kg"),
        ("3 apples", "3 apples is not a load", "write it as 3kg or red band"),
        ("-3kg", "-3kg is not a load", "write it as 3kg or red band"),
        ("51kg", "51kg is no weight for this", "it is 100g to 50kg"),
        ("0kg", "0kg is no weight for this", "it is 100g to 50kg"),
        (True, "true is not a load", "write it as 3kg or red band"),
    ],
)
def test_what_is_no_load(value: object, message: str, hint: str) -> None:
    with pytest.raises(Unfit) as refusal:
        load(value)
    assert (refusal.value.message, refusal.value.hint) == (message, hint)
