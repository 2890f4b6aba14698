"""Two sessions on one log, once."""

from __future__ import annotations

from pathlib import Path

from tests.faults.two import two_at_once


def test_the_second_session_is_refused_and_the_log_is_free_when_the_first_is_killed(tmp_path: Path) -> None:
    found = two_at_once(1, tmp_path)
    assert found.well and found.sets_finished > 4
