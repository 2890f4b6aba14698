"""Clocks and sound that misbehave, in a short form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.visiting import Home
from tests.coaching.build import MONDAY, ROUTINES
from tests.faults import clock
from tests.faults.clock_dates import EPOCH, set_between
from tests.faults.outcome import Outcome
from voice_coach.journal import load


@pytest.mark.parametrize(
    "fault",
    [clock.zeros, clock.nothing, clock.stumbling, clock.sleep, clock.set_back, clock.set_ahead],
    ids=lambda fault: fault.__name__,
)
def test_no_set_is_lost_and_every_session_is_gone_on_with(
    fault: Callable[[int, Path], Outcome], tmp_path: Path
) -> None:
    found = fault(2, tmp_path)
    assert found.well and found.sets_finished >= 5


def test_a_clock_that_is_set_between_sessions_loses_no_set_and_unlocks_nobody(tmp_path: Path) -> None:
    found = set_between(3, tmp_path)
    assert found.well and found.sets_finished > 10


@pytest.mark.parametrize("wrong", [EPOCH, MONDAY + timedelta(days=36_500)], ids=["1970", "a hundred years ahead"])
def test_a_first_visit_at_a_wrong_date_is_one_and_at_the_right_one_she_is_asked_anew(
    wrong: datetime, tmp_path: Path
) -> None:
    home = Home(tmp_path / "log.jsonl", tuple(ROUTINES.values()))
    assert home.visit(wrong, ROUTINES["first_taste"]).made is not None
    second = home.visit(MONDAY, ROUTINES["first_taste"])
    assert (second.heard("disclaimer.agree"), second.heard("screening.chest")) == (0, 1)
    assert second.made is not None and not load(home.log).damage


def test_an_outcome_says_so_where_a_session_went_on_in_an_empty_room(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sleep that is not expected to be noticed stands for one that was not: the check can fail."""

    def lever(_chance: object, at: int) -> clock.Trial:
        return clock.Trial(pull={"begins": at, "ends": at + 20, "leap": lambda clocks: clocks.sleeps(3_600.0)})

    found = clock.tried("nobody noticed", 1, tmp_path, lever)
    assert not found.well and (found.to_go_on, found.gone_on) == (1, 0)
    assert "held up by {'held up': 1" in capsys.readouterr().out
