"""One movement over time: the best set of each day, and what she told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.review.people import LIBRARY, MONDAY, ROW, SQUAT, done, session
from voice_coach.person.model import Effort, SetDone
from voice_coach.review.history import histories, history, name_of
from voice_coach.routine.model import Load

LIGHT, HEAVY, BAND = Load(grams=2_000), Load(grams=3_000), Load(label="red band")


def test_each_day_has_one_point_whatever_the_order_in_the_log() -> None:
    later = session(done(SQUAT, 5), at=MONDAY + timedelta(days=2))
    morning = session(done(SQUAT, 10), done(ROW, 4, side="left"), done(ROW, 4, side="right"))
    evening = session(done(SQUAT, 12), at=MONDAY + timedelta(hours=9))
    found = histories([later, morning, evening])
    assert list(found) == ["squat", "row"]
    assert [(one.day.day, one.sets, one.reps) for one in found["squat"]] == [(2, 2, 22), (4, 1, 5)]
    assert [(one.sets, one.reps) for one in found["row"]] == [(1, 8)]
    assert history([later], "row") == ()


@pytest.mark.parametrize(
    "sets, best",
    [
        ([done(SQUAT, 12, load=LIGHT), done(SQUAT, 6, load=HEAVY)], 1),
        ([replace(done(SQUAT, 6), rung=1), done(SQUAT, 12)], 0),
        ([done(SQUAT, 6, load=BAND), done(SQUAT, 9)], 1),
        ([done(SQUAT, 0, ms=20_000), done(SQUAT, 0, ms=30_000)], 1),
        ([done(SQUAT, 8), done(SQUAT, 8)], 0),
    ],
)
def test_the_best_set_is_the_heaviest_then_the_hardest_then_the_longest(sets: list[SetDone], best: int) -> None:
    (point,) = history([session(*sets)], "squat")
    assert point.best is sets[best]


def test_the_newest_effort_and_the_worst_pain_of_a_day() -> None:
    told = [{"squat": Effort(effort=7, pain=3)}, {"squat": Effort(pain=1), "row": Effort(effort=5)}]
    kept = [replace(session(done(SQUAT)), efforts=efforts) for efforts in told]
    (point,) = history(kept, "squat")
    assert (point.effort, point.pain) == (7, 3)
    assert "row" not in histories(kept), "nothing was done of it"


@pytest.mark.parametrize(
    "identity, name", [("squat", "Squat"), ("gone_long_ago", "Gone long ago"), ("", "?"), ("__", "?"), ("x-y", "X y")]
)
def test_a_movement_that_is_no_more_has_a_name(identity: str, name: str) -> None:
    assert name_of(identity, LIBRARY) == name
