"""Two sessions on one log, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.two import A_SET, WAITS, two_at_once, until_it_waits


def test_the_second_session_is_refused_and_the_log_is_free_when_the_first_is_killed(tmp_path: Path) -> None:
    found = two_at_once(1, tmp_path)
    assert found.well and found.sets_finished > 4


def test_a_first_session_that_ends_before_it_waits_is_none() -> None:
    assert until_it_waits([A_SET, A_SET, WAITS, A_SET]) == 2
    with pytest.raises(AssertionError, match="ended after 1 sets"):
        until_it_waits([A_SET])
