"""A room whose devices go away, over a machine with levers: nothing it does may hold up whoever listens and speaks."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from voice_coach.audio.clip import BLOCK, BLOCK_MS, Pcm
from voice_coach.audio.device import ASK_S, LOOK_S, QUIET, DeviceRoom
from voice_coach.audio.handover import Handover
from voice_coach.audio.opening import Running, System, Wanted
from voice_coach.audio.room import DeviceLostError
from voice_coach.errors import AudioError
from voice_coach.noticing import Noticing

WANTED = Wanted(mic=None, speaker=None, listens=True, plays=True, rate=16_000)
SILENCE, SOUND = np.zeros(BLOCK, dtype=np.int16), np.full(BLOCK, 900, dtype=np.int16)
HEARD = 77
ENOUGH_S = 60.0
TURNS = 100_000  # of a loop that waits for another thread


class Stream:
    """A stream that runs until it is ended."""

    latency = 0.04


class Endless(Handover):
    """Streams that are always in time; what is heard is always the same, and `stop` ends them."""

    def __init__(self, *, hears: bool) -> None:
        super().__init__(BLOCK, hears=hears)
        self.dead = False

    def exchange(self, played: Pcm, patience_s: float) -> Pcm | None:
        return None if self.dead else np.full(BLOCK, HEARD if self._hears else 0, dtype=np.int16)


def running(*, hears: bool = True, own_sound: bool = False) -> Running:
    names = ("default" if hears else "no microphone", "default")
    return Running(streams=(Stream(),), names=names, hears=hears, own_sound=own_sound, handover=Endless(hears=hears))


@dataclass
class Machine:
    """What there is, and what hangs."""

    there: Running | None = field(default_factory=running)
    works: bool = False  # a microphone that is tried in another process
    monitor: bool = False  # the recording is what is played
    hangs: threading.Event = field(default_factory=threading.Event)  # while it is not set, closing hangs
    closed: list[Stream] = field(default_factory=list)
    left_open: int = 0
    tried: int = 0
    known: list[bool] = field(default_factory=list)  # whether all was known to work when it was looked for

    def __post_init__(self) -> None:
        self.hangs.set()

    @property
    def system(self) -> System:
        return System(
            first=self.first,
            find=self.find,
            close=self.close,
            microphone_works=self.microphone_works,
            records_playback=lambda _process: self.monitor,
            leave_open=self.leave_open,
        )

    def first(self, _wanted: Wanted) -> Running:
        self.hangs.wait(ENOUGH_S)
        if self.there is None:
            raise AudioError("there is no microphone")
        return self.there

    def find(self, _wanted: Wanted, old: Sequence[Stream], given_up: threading.Event, works: bool) -> Running:
        self.known.append(works)
        self.close(old)
        while self.there is None:
            if given_up.wait(0.001):
                raise AudioError("given up")
        return self.there

    def close(self, streams: Sequence[Stream]) -> None:
        self.hangs.wait(ENOUGH_S)
        self.closed += streams

    def microphone_works(self, _name: str | None) -> bool:
        self.tried += 1
        return self.works

    def leave_open(self) -> None:
        self.left_open += 1


def room_of(machine: Machine) -> DeviceRoom:
    return DeviceRoom(WANTED, system=machine.system)


def lose(room: DeviceRoom) -> None:
    """The streams end."""
    handover = room._now.handover
    assert isinstance(handover, Endless)
    handover.dead = True
    with pytest.raises(DeviceLostError, match="no longer answers"):
        room.exchange(SILENCE)


def reopened(room: DeviceRoom) -> None:
    """Wait until it is open again."""
    for _ in range(TURNS):
        try:
            return room.reopen()
        except AudioError:
            threading.Event().wait(0.001)  # another thread is looking
    raise AssertionError("it was not found")


def exchanged(room: DeviceRoom, played: Pcm, seconds: float) -> set[int]:
    """Play the same for so long; what was heard."""
    return {int(room.exchange(played)[0]) for _ in range(int(seconds * 1000 / BLOCK_MS) + 1)}


def until_deaf(room: DeviceRoom, deaf: bool) -> None:
    """Turn until another thread has answered."""
    for _ in range(TURNS):
        room.exchange(SILENCE)
        if room.deaf is deaf:
            return
        threading.Event().wait(0.0001)
    raise AssertionError(f"deaf is still {room.deaf}")


def test_a_lost_device_is_looked_for_apart_and_found_again() -> None:
    machine = Machine()
    room = room_of(machine)
    first = room._now.streams
    machine.there = None
    lose(room)
    assert not room.deaf  # it is lost
    with pytest.raises(AudioError, match="being looked for"):
        room.reopen()
    with pytest.raises(DeviceLostError, match="not open"):
        room.exchange(SILENCE)
    machine.there = running()
    reopened(room)
    assert machine.closed == list(first)
    assert exchanged(room, SOUND, 1) == {HEARD}
    assert not room.deaf


def test_a_server_that_hangs_holds_up_neither_the_loop_nor_the_end() -> None:
    machine = Machine()
    room = DeviceRoom(WANTED, system=machine.system, close_s=0.01)
    machine.hangs.clear()
    lose(room)
    with pytest.raises(AudioError, match="being looked for"):
        room.reopen()
    room.close()
    assert machine.left_open == 1
    machine.hangs.set()


def test_a_server_that_hangs_at_first_is_told_in_a_sentence() -> None:
    machine = Machine()
    machine.hangs.clear()
    with pytest.raises(AudioError, match="does not answer"):
        DeviceRoom(WANTED, system=machine.system, longest_s=0.01)
    assert machine.left_open == 1
    machine.hangs.set()


def test_what_is_missing_at_first_is_told_as_it_is() -> None:
    with pytest.raises(AudioError, match="there is no microphone"):
        room_of(Machine(there=None))


def test_what_is_found_after_the_end_is_closed() -> None:
    machine = Machine()
    room = room_of(machine)
    lose(room)
    machine.there = running()
    room.close()
    room.close()
    assert len(machine.closed) == 2
    assert machine.left_open == 0


def test_a_room_that_is_closed_while_it_looks_gives_up() -> None:
    machine = Machine()
    room = room_of(machine)
    machine.there = None
    lose(room)
    room.close()
    assert machine.left_open == 0
    with pytest.raises(AudioError, match="being looked for"):
        room.reopen()


def test_without_its_microphone_a_room_plays_on_and_hears_silence() -> None:
    machine = Machine()
    room = room_of(machine)
    machine.there = running(hears=False)
    lose(room)
    reopened(room)
    assert room.deaf
    assert room.names == ("no microphone", "default")
    assert exchanged(room, SOUND, 2 * LOOK_S) == {0}
    assert room.deaf


def test_the_microphone_is_looked_for_now_and_then_and_opened_where_nobody_hears_that() -> None:
    machine = Machine()
    room = room_of(machine)
    machine.there = running(hears=False)
    lose(room)
    reopened(room)
    exchanged(room, SOUND, LOOK_S - 1)
    assert machine.tried == 0
    machine.works, machine.there = True, running()
    exchanged(room, SOUND, LOOK_S)
    assert room._looking is not None
    assert room._looking.within(ENOUGH_S)
    exchanged(room, SOUND, LOOK_S)
    assert (machine.tried, room.deaf) == (1, True)
    exchanged(room, SILENCE, QUIET * BLOCK_MS / 1000)
    assert not room.deaf
    assert exchanged(room, SOUND, 1) == {HEARD}
    assert machine.known == [False, True]


def test_a_microphone_that_does_not_work_yet_is_tried_again() -> None:
    machine = Machine()
    room = room_of(machine)
    machine.there = running(hears=False)
    lose(room)
    reopened(room)
    for _ in range(TURNS):
        room.exchange(SILENCE)
        if machine.tried == 3:
            break
    assert (machine.tried, room.deaf) == (3, True)


def test_the_loudspeakers_own_sound_is_no_microphone() -> None:
    machine = Machine()
    room = room_of(machine)
    assert exchanged(room, SILENCE, 2 * ASK_S) == {HEARD}
    machine.monitor = True
    until_deaf(room, True)
    assert set(room.exchange(SOUND)) == {0}
    machine.monitor = False
    until_deaf(room, False)
    assert set(room.exchange(SOUND)) == {HEARD}


def test_one_that_is_opened_on_its_own_sound_is_deaf_from_the_start() -> None:
    assert room_of(Machine(there=running(own_sound=True))).deaf


def test_a_loudspeaker_alone_was_never_deaf() -> None:
    machine = Machine(there=running(hears=False))
    room = DeviceRoom(Wanted(mic=None, speaker=None, listens=False, plays=True, rate=16_000), system=machine.system)
    assert not room.deaf
    assert exchanged(room, SILENCE, 2 * LOOK_S) == {0}
    assert machine.tried == 0


def test_a_session_notices_that_a_room_is_deaf_and_that_it_hears_again() -> None:
    noticing = Noticing(hears=True)
    noticing.block(room_of(Machine(there=running(own_sound=True))), SILENCE, SILENCE, BLOCK_MS)
    assert noticing.deaf
    noticing.block(room_of(Machine()), SOUND, SILENCE, 2 * BLOCK_MS)
    assert not noticing.deaf
