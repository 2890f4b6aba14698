"""The faults of sound in a short form, over a real PulseAudio."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.faults.sound import server_killed
from tests.faults.sound_house import House
from tests.pulse import LONG_S, promptly, require_sound, retaken

ROOT = Path(__file__).resolve().parents[2]
AGAIN = 5


class Child:
    """A room in a process of its own that tells line by line what becomes of it."""

    def __init__(self, process: subprocess.Popen[str], told: IO[str], ordered: IO[str]) -> None:
        self.process, self._told, self._ordered = process, told, ordered

    def tells(self) -> str:
        return self._told.readline().strip()

    def order(self) -> None:
        self._ordered.write("again\n")
        self._ordered.flush()

    def rest(self) -> str:
        self._ordered.close()
        return self._told.read().strip().splitlines()[-1]


@contextlib.contextmanager
def child(house: House, job: str) -> Iterator[Child]:
    command = [*promptly(), sys.executable, "-m", "tests.audio.duplex_child", job]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=house.env, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
    ) as process:
        too_long = threading.Timer(LONG_S, process.kill)  # then the lines are empty
        too_long.start()
        try:
            assert process.stdout is not None
            assert process.stdin is not None
            yield Child(process, process.stdout, process.stdin)
        finally:
            too_long.cancel()
            process.kill()  # nothing happens to one that has ended


@pytest.mark.sound
@retaken
def test_a_session_goes_on_after_the_sound_server_was_killed(tmp_path: Path) -> None:
    require_sound()
    found = server_killed(1, tmp_path)
    assert found.well
    assert (found.sets_finished, found.gone_on) == (2, 1)


@pytest.mark.sound
@retaken
def test_without_its_microphone_a_room_plays_on_and_hears_again_when_it_is_back(tmp_path: Path) -> None:
    """The sound server puts the loudspeaker's own sound in its place."""
    require_sound()
    with House(tmp_path) as house, child(house, "deaf") as room:
        assert room.tells() == "ready"
        house.take("microphone")
        assert room.tells() == "deaf"
        house.plug_microphone()
        assert room.tells() == "hears"
        assert json.loads(room.rest()) == {"deaf": False}


@pytest.mark.sound
@retaken
def test_a_process_can_lose_the_sound_again_and_again(tmp_path: Path) -> None:
    require_sound()
    with House(tmp_path) as house, child(house, "again") as room:
        assert room.tells() == "ready"
        for _ in range(AGAIN):
            room.order()
            house.stop()
            assert room.tells() == "lost"
            house.start()
            assert room.tells() == "back"
        sizes = json.loads(room.rest())["sizes"]
    assert [size[1:] for size in sizes[1:]] == [sizes[0][1:]] * (AGAIN - 1)  # files and threads
