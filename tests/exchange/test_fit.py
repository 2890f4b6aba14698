"""FIT files, read back by fitdecode, which has nothing to do with who wrote them."""

from __future__ import annotations

import io
from datetime import datetime, timedelta, timezone
from typing import Any

import fitdecode
import pytest
from hypothesis import given

from tests.exchange.made import BEGAN, NASTY, histories
from voice_coach.exchange import Row, Session, fit_of
from voice_coach.exchange.cells import clean

Message = tuple[str, dict[str, Any]]


def messages(data: bytes) -> list[Message]:
    """Every message with its fields; the check sum and anything odd would be an error."""
    with fitdecode.FitReader(
        io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE, error_handling=fitdecode.ErrorHandling.RAISE
    ) as reader:
        return [
            (frame.name, {field.name: field.value for field in frame.fields if field.value is not None})
            for frame in reader
            if isinstance(frame, fitdecode.FitDataMessage)
        ]


def named(found: list[Message], name: str) -> list[dict[str, Any]]:
    return [fields for each, fields in found if each == name]


def test_a_session_of_strength() -> None:
    session = Session(
        id="one",
        began=BEGAN,
        title="Legs",
        ms=600_000,
        still_ms=30_000,
        rows=(
            Row(name="Sit to stand", reps=8, ms=40_000, at=60_000),
            Row(name="Dumbbell row", reps=10, ms=50_500, grams=2_500, at=160_000),
            Row(name="Sit to stand", reps=7, ms=40_000, at=220_000),
            Row(name="Plank", ms=20_500, at=260_000),
            Row(name="Skipped", reps=0, target_reps=5),
        ),
    )
    found = messages(fit_of(session))
    began = BEGAN.astimezone(timezone.utc)
    (head,) = named(found, "file_id")
    assert (head["type"], head["manufacturer"], head["time_created"]) == ("activity", "development", began)
    titles = {each["exercise_name"]: each["wkt_step_name"] for each in named(found, "exercise_title")}
    assert titles == {0: "Sit to stand", 1: "Dumbbell row", 2: "Plank"}
    sets = named(found, "set")
    assert [(titles[each["category_subtype"]], each.get("repetitions"), each["duration"]) for each in sets] == [
        ("Sit to stand", 8, 40.0),
        ("Dumbbell row", 10, 50.5),
        ("Sit to stand", 7, 40.0),
        ("Plank", None, 20.5),
    ]
    assert [each.get("weight") for each in sets] == [None, 2.5, None, None]
    assert [each["set_type"] for each in sets] == ["active"] * 4
    assert [each["timestamp"] - began for each in sets] == [timedelta(seconds=each) for each in (60, 160, 220, 260)]
    assert sets[0]["start_time"] == began + timedelta(seconds=20)
    (total,) = named(found, "session")
    assert (total["sport"], total["sub_sport"]) == ("training", "strength_training")
    assert (total["total_elapsed_time"], total["total_timer_time"]) == (600.0, 570.0)
    (activity,) = named(found, "activity")
    assert activity["local_timestamp"].replace(tzinfo=None) == (BEGAN + timedelta(minutes=10)).replace(tzinfo=None)
    assert [name for name, _ in found][-3:] == ["lap", "session", "activity"]


@pytest.mark.parametrize("name", [*NASTY, "x" * 400, "ü" * 200])
def test_any_name_survives_as_far_as_a_field_is_long(name: str) -> None:
    session = Session(began=BEGAN, title="", rows=(Row(name=name, reps=3),))
    (title,) = named(messages(fit_of(session)), "exercise_title")
    kept = title["wkt_step_name"]
    assert clean(name).startswith(kept)
    assert kept == clean(name) or len(kept.encode()) in (253, 254)


@given(histories())
def test_every_set_that_was_done_is_in_it(sessions: list[Session]) -> None:
    for session in sessions:
        found = named(messages(fit_of(session)), "set")
        done = [row for _, row in session.done]
        assert [each.get("repetitions", 0) for each in found] == [row.reps or 0 for row in done]
        for each, row in zip(found, done, strict=True):
            assert each.get("weight", 0) == pytest.approx((row.grams or 0) / 1000, abs=1 / 32)


def test_a_session_before_the_calendar_of_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="no year 1980"):
        fit_of(Session(began=datetime(1980, 1, 1, tzinfo=timezone.utc), title="", rows=()))
