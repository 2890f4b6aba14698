"""The faults of the voice in a short form; `python -m tests.faults --only voice` is the long one."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.faults import voice
from tests.faults.outcome import Outcome
from tests.faults.voice_session import Held, Limits, Scene, Watch

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


def test_nothing_is_struck_before_there_is_a_child(tmp_path: Path) -> None:
    process: Any = SimpleNamespace(pid=None)
    scene = Scene(process=process, cache=tmp_path, mood=tmp_path, chance=random.Random(1))
    speaks: Any = SimpleNamespace(clip=lambda _text: None)
    struck: list[Scene] = []
    watch = Watch(scene, speaks, struck.append, at=1_000)
    watch.reached(1_000)
    assert not struck and scene.struck is None
    process.pid = 1
    watch.reached(1_010)
    assert struck == [scene] and scene.struck is not None


def test_a_set_that_is_there_twice_hides_none_that_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = iter((1, 3))
    monkeypatch.setattr(voice, "held", lambda *_, **__: Held(sets=2, kept=next(kept), whole=True, seconds=0.0))
    assert voice.voice_killed(2, tmp_path).sets_lost == 2
