"""Rooms give back as much as they take, never wait, and the rehearsal room sounds as it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from voice_coach.audio import BLOCK, RATE, Clip, FileRoom, MixedRoom, NullRoom, Pcm, RehearsalRoom, Room, read_wav
from voice_coach.audio.room import room_response


def through(room: Room, played: Pcm, block: int = BLOCK) -> Pcm:
    return np.concatenate([room.exchange(played[i : i + block]) for i in range(0, len(played), block)])


def noise(seconds: float, level: float = 0.1) -> Pcm:
    return (np.random.default_rng(3).standard_normal(int(seconds * RATE)) * level * 32768).astype(np.int16)


def rms(sound: np.ndarray) -> float:
    return float(np.sqrt(np.mean((sound / 32768) ** 2)))


def test_a_null_room_is_silent() -> None:
    assert not through(NullRoom(), noise(0.1)).any()


def test_a_file_room_gives_the_recording_then_silence_and_keeps_what_was_played(tmp_path: Path) -> None:
    recording = noise(0.11)
    room = FileRoom(recording, tmp_path / "out.wav")
    played = noise(0.2, level=0.05)
    assert not room.exhausted
    heard = through(room, played)
    room.close()
    room.close()
    assert np.array_equal(heard[: len(recording)], recording)
    assert not heard[len(recording) :].any()
    assert room.exhausted
    assert np.array_equal(read_wav(tmp_path / "out.wav"), played)


def test_a_file_room_without_files_is_silent() -> None:
    assert not through(FileRoom(), noise(0.1)).any()


class Echoing:
    """A device by hand: the microphone hears what is played."""

    name = "card"
    realtime = True
    closed = False

    def exchange(self, played: Pcm) -> Pcm:
        return played

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("hear_files", [True, False])
def test_a_mixed_room_hears_one_half_and_plays_to_both(tmp_path: Path, hear_files: bool) -> None:
    device, recording, played = Echoing(), noise(0.1), noise(0.1, level=0.02)
    room = MixedRoom(device, FileRoom(recording, tmp_path / "out.wav"), hear_files=hear_files)
    assert np.array_equal(through(room, played), recording if hear_files else played)
    assert room.realtime
    room.close()
    assert device.closed
    assert np.array_equal(read_wav(tmp_path / "out.wav"), played)


def test_the_response_of_the_room_comes_after_8_ms_and_falls_60_db_in_250_ms() -> None:
    response = room_response(np.random.default_rng(0))
    assert np.flatnonzero(response)[0] == 8 * 16
    assert np.sum(response.astype(float) ** 2) == pytest.approx(1, abs=1e-3)
    early, late = response[160:800], response[160 + 3200 : 800 + 3200]
    fall = 10 * np.log10(np.sum(early**2) / np.sum(late**2))
    assert fall == pytest.approx(60 * 3200 / (0.25 * RATE), abs=3)


@pytest.mark.parametrize("gain", [0.1, 0.5])
def test_the_echo_has_the_level_that_was_asked_for(gain: float) -> None:
    room = RehearsalRoom(echo_gain=gain, noise_dbfs=-120)
    played = noise(3)
    assert rms(through(room, played)[RATE:]) / rms(played[RATE:]) == pytest.approx(gain, rel=0.1)


def test_the_noise_has_its_level_and_the_echo_ends() -> None:
    room = RehearsalRoom(noise_dbfs=-60)
    heard = through(room, np.concatenate([noise(0.5), np.zeros(RATE, dtype=np.int16)]))
    assert 20 * np.log10(rms(heard[RATE:])) == pytest.approx(-60, abs=0.5)


def test_a_person_speaks_on_the_millisecond() -> None:
    room = RehearsalRoom(noise_dbfs=-120)
    room.say(333, Clip(np.full(16, 0.5, dtype=np.float32)))
    room.say(340, Clip(np.full(16, 0.5, dtype=np.float32)), gain=0.5)
    heard = through(room, np.zeros(RATE, dtype=np.int16))
    assert np.flatnonzero(heard)[[0, 15, 16, 31]].tolist() == [5328, 5343, 5440, 5455]
    assert heard[5328] == pytest.approx(16384, abs=1)
    assert heard[5440] == pytest.approx(8192, abs=1)
    assert room.now_ms == 1000


def test_the_room_is_the_same_for_every_block_size_and_another_for_another_seed() -> None:
    def heard(block: int, seed: int = 1) -> np.ndarray:
        room = RehearsalRoom(seed=seed)
        room.say(100, Clip((noise(0.2) / 32768).astype(np.float32)))
        return through(room, noise(0.5), block).astype(int)

    assert np.abs(heard(BLOCK) - heard(777)).max() <= 1
    assert np.abs(heard(BLOCK) - heard(BLOCK, seed=2)).max() > 100


def test_the_recording_holds_coach_and_person_without_echo(tmp_path: Path) -> None:
    room = RehearsalRoom(record=tmp_path / "mix.wav")
    room.say(500, Clip(np.full(160, 0.25, dtype=np.float32)))
    played = np.zeros(RATE, dtype=np.int16)
    played[:100] = 1000
    through(room, played)
    room.close()
    mix = read_wav(tmp_path / "mix.wav")
    assert np.array_equal(np.flatnonzero(mix), np.r_[0:100, 8000:8160])
