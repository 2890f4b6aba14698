"""A recording of the session that cannot be written any more: that is told once, and nothing else ends."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.sessions import tiny_plan
from tests.test_live import Voice, Witness, studio
from voice_coach.audio import keeping
from voice_coach.audio.clip import BLOCK, BLOCK_MS, Pcm
from voice_coach.audio.keeping import KeepingRoom
from voice_coach.audio.room import NullRoom, Room
from voice_coach.audio.wav import WavWriter, read_wav
from voice_coach.errors import AudioError
from voice_coach.live import Durations, drive
from voice_coach.noticing import Counts, Keeps, Noticing
from voice_coach.session.engine import Session
from voice_coach.session.events import Effect, Start
from voice_coach.session.state import Place

WHOLE = 260  # blocks that are written
FILES = ["microphone", "coach"]
REFUSED = "No space left on device"


@pytest.fixture(params=FILES)
def full(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Which of the files cannot be written after some seconds."""
    name: str = request.param

    class Writer(WavWriter):
        def write(self, pcm: Pcm) -> None:
            if name in self.path.name and self.frames >= WHOLE * BLOCK:
                raise AudioError(f"cannot write {self.path}: {REFUSED}")
            super().write(pcm)

    monkeypatch.setattr(keeping, "WavWriter", Writer)
    return name


def advised(room: Room, told: list[str]) -> list[Effect]:
    """What a session does in which she says "chest pain", until some moments after the advice began."""
    where, witness = studio([(WHOLE * BLOCK_MS - 200, "chest pain")], room=room), Witness()
    where.noticing = Noticing(tell=told.append)
    where.interrupts = lambda: 2 * (where.mixer.now_ms >= 2 * WHOLE * BLOCK_MS)
    session = Session(tiny_plan(), Durations(Voice().length))
    witness.effects(session.receive(Start(at=0)))
    with pytest.raises(KeyboardInterrupt):
        drive(session, where, [witness])
    assert session.place is Place.DISTRESS
    return witness.all_effects


def test_a_full_disk_ends_the_recording_and_not_the_advice(tmp_path: Path, full: str) -> None:
    told: list[str] = []
    room = KeepingRoom(NullRoom(), tmp_path, "today")
    recorded = advised(room, told)
    room.close()
    assert recorded == advised(NullRoom(), [])
    assert told == [f"Nothing more is recorded: cannot write {tmp_path / f'today-{full}.wav'}: {REFUSED}."]


def test_what_was_recorded_before_stays(tmp_path: Path, full: str) -> None:
    room = KeepingRoom(NullRoom(), tmp_path, "today")
    for _ in range(2 * WHOLE):
        room.exchange(np.full(BLOCK, 7, dtype=np.int16))
    heard, said = (read_wav(path) for path in room.files)
    assert said.tolist() == [7] * (WHOLE * BLOCK)
    assert len(heard) - len(said) == (BLOCK if full == "coach" else 0)


@pytest.mark.usefixtures("full")
def test_it_is_told_once_and_at_the_end_at_the_latest(tmp_path: Path) -> None:
    for name, asked in (("one", True), ("two", False)):
        room = KeepingRoom(NullRoom(), tmp_path, name)
        assert isinstance(room, Keeps) and room.given_up() == ""
        for _ in range(WHOLE + 2):
            room.exchange(np.zeros(BLOCK, dtype=np.int16))
        if asked:
            assert REFUSED in room.given_up() and room.given_up() == ""
        else:
            with pytest.raises(AudioError, match=REFUSED):
                room.close()
        room.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_disk_that_was_full_from_the_beginning_ends_nothing_either(tmp_path: Path) -> None:
    (tmp_path / "today-microphone.wav").symlink_to("/dev/full")
    room = KeepingRoom(NullRoom(), tmp_path, "today")
    for _ in range(WHOLE):
        room.exchange(np.zeros(BLOCK, dtype=np.int16))
    assert REFUSED in room.given_up()
    room.close()


def test_the_faults_of_the_room_are_told_while_it_is_recorded(tmp_path: Path) -> None:
    class Stumbling(NullRoom):
        under = over = 0

        def exchange(self, played: Pcm) -> Pcm:
            self.under, self.over = self.under + 1, self.over + 2
            return super().exchange(played)

    room = KeepingRoom(Stumbling(), tmp_path, "today")
    assert isinstance(room, Counts) and (room.under, room.over) == (0, 0)
    room.exchange(np.zeros(BLOCK, dtype=np.int16))
    assert (room.under, room.over) == (1, 2)
    room.close()
