"""The faults of the voice in a short form; `python -m tests.faults --only voice` is the long one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults import voice
from tests.faults.outcome import Outcome
from tests.faults.voice_session import Limits

QUICK = Limits(phrase_s=0.5, start_s=20.0, again_s=(0.05, 0.1, 0.2), turn_s=30.0)
HANGS = replace(QUICK, start_s=2.0)  # a child that is slow to start on a busy machine is tried again


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("fault", "times", "limits"),
    [
        (voice.voice_killed, 2, QUICK),
        (voice.voice_stopped, 1, QUICK),
        (voice.voice_dead, 3, QUICK),
        (voice.voice_hanging, 2, HANGS),
        (voice.voice_nonsense, 3, QUICK),
        (voice.voice_cache, 3, QUICK),
    ],
)
def test_a_session_goes_on_without_the_voice_and_the_voice_comes_back(
    tmp_path: Path, fault: Callable[[int, Path, Limits], Outcome], times: int, limits: Limits
) -> None:
    found = fault(times, tmp_path, limits)
    assert found.well, found
    assert found.sets_finished == 2 * times


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_one_child_after_the_other_leaves_nothing_behind(tmp_path: Path) -> None:
    assert voice.voice_restarts(5, tmp_path).well
