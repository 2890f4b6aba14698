"""Any WAV a person may hand over is read, or refused in one sentence that names it; what we write is a WAV at once."""

from __future__ import annotations

import struct
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from voice_coach.audio import RATE, Pcm, WavWriter, read_wav
from voice_coach.errors import AudioError

PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE


def sine(rate: int, seconds: float = 0.5, hertz: float = 440.0) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * hertz * np.arange(int(rate * seconds)) / rate)


def encode(x: np.ndarray, bits: int, code: int) -> bytes:
    """Samples as the bytes of a WAV's data chunk."""
    if code == FLOAT:
        return bytes(x.astype(f"<f{bits // 8}").tobytes())
    if bits == 8:
        return bytes((np.round(x * 127) + 128).astype(np.uint8).tobytes())
    words = np.round(x * (2.0 ** (bits - 1) - 1)).astype("<i4")
    if bits == 24:
        return words.view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    return bytes((words if bits == 32 else words.astype("<i2")).tobytes())


def wav(
    path: Path, data: bytes, *, rate: int = RATE, channels: int = 1, bits: int = 16, code: int = PCM,
    size: int | None = None, extensible: bool = False, before: bytes = b"", after: bytes = b"", riff: int = 0,
) -> Path:  # fmt: skip
    """A WAV written by hand, so that its header can lie."""
    block = channels * bits // 8
    form = struct.pack("<HHIIHH", EXTENSIBLE if extensible else code, channels, rate, rate * block, block, bits)
    if extensible:
        tail = b"\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71"
        form += struct.pack("<HHIH", 22, bits, 4, code) + tail
    head = b"RIFF" + struct.pack("<I", riff) + b"WAVE" + before
    head += b"fmt " + struct.pack("<I", len(form)) + form
    head += b"data" + struct.pack("<I", len(data) if size is None else size)
    path.write_bytes(head + data + after)
    return path


def is_the_sine(sound: Pcm, tolerance: float = 0.01) -> bool:
    """Whether it is half a second of the sine at 16 kHz, its ends (a filter's settling) left out."""
    wanted = sine(RATE)
    middle = slice(800, -800)
    return len(sound) == len(wanted) and bool(np.abs(sound / 32768 - wanted)[middle].max() < tolerance)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000, 96_000])
def test_other_rates_are_resampled(tmp_path: Path, rate: int) -> None:
    assert is_the_sine(read_wav(wav(tmp_path / "a.wav", encode(sine(rate), 16, PCM), rate=rate)))


@pytest.mark.parametrize("extensible", [False, True])
@pytest.mark.parametrize(("bits", "code"), [(8, PCM), (16, PCM), (24, PCM), (32, PCM), (32, FLOAT), (64, FLOAT)])
def test_every_usual_kind_of_sample_is_read(tmp_path: Path, bits: int, code: int, extensible: bool) -> None:
    path = wav(tmp_path / "a.wav", encode(sine(RATE), bits, code), bits=bits, code=code, extensible=extensible)
    assert is_the_sine(read_wav(path), tolerance=0.01 if bits == 8 else 0.0001)


def test_channels_are_mixed_down_to_their_mean(tmp_path: Path) -> None:
    stereo = np.stack([2 * sine(RATE) * 0.9, 0.2 * sine(RATE)], axis=1).reshape(-1)
    assert is_the_sine(read_wav(wav(tmp_path / "a.wav", encode(stereo, 16, PCM), channels=2)), tolerance=0.001)


def test_sixteen_bits_at_our_rate_come_through_unchanged(tmp_path: Path) -> None:
    every = np.arange(-32768, 32768, dtype=np.int16)
    assert np.array_equal(read_wav(wav(tmp_path / "a.wav", every.tobytes())), every)


@pytest.mark.parametrize("size", [0x7FFFF000, 0xFFFFFFFF, 0])
def test_a_streamed_header_with_a_bogus_size_is_read_to_the_end(tmp_path: Path, size: int) -> None:
    path = wav(tmp_path / "a.wav", encode(sine(RATE), 16, PCM), size=size, riff=0x7FFFF024)
    assert is_the_sine(read_wav(path))


def test_a_truncated_file_is_used_as_far_as_it_goes(tmp_path: Path) -> None:
    data = encode(sine(RATE), 16, PCM)
    assert len(read_wav(wav(tmp_path / "a.wav", data[:4001], size=len(data)))) == 2000


def test_other_chunks_are_skipped(tmp_path: Path) -> None:
    odd = b"LIST" + struct.pack("<I", 5) + b"INFOx\x00"
    path = wav(tmp_path / "a.wav", encode(sine(RATE), 16, PCM), before=odd, after=odd)
    assert is_the_sine(read_wav(path))


def test_floats_that_are_no_numbers_become_silence_and_too_large_ones_full_scale(tmp_path: Path) -> None:
    data = np.array([np.nan, np.inf, -np.inf, 0.5, 1e30], dtype="<f4")
    sound = read_wav(wav(tmp_path / "a.wav", data.tobytes(), bits=32, code=FLOAT))
    assert sound.tolist() == [0, 32767, -32768, 16384, 32767]


def test_a_long_file_is_resampled_without_seams(tmp_path: Path) -> None:
    x = sine(48_000, seconds=5.0)
    sound = read_wav(wav(tmp_path / "a.wav", encode(x, 16, PCM), rate=48_000))
    assert len(sound) == 5 * RATE
    assert np.abs(sound / 32768 - sine(RATE, seconds=5.0))[800:-800].max() < 0.001


SOUND = encode(sine(RATE), 16, PCM)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"hello, this is a text file", "is not a WAV file"),
        (b"RIFF", "is not a WAV file"),
        (b"fLaC" + bytes(100), "is FLAC, not WAV"),
        (b"OggS" + bytes(100), "is Ogg, not WAV"),
        (b"ID3\x04" + bytes(100), "is MP3, not WAV"),
        (b"RIFF\x00\x00\x00\x00WAVE", "ends before any sound"),
        (b"RIFF\x00\x00\x00\x00WAVEdata\x04\x00\x00\x00abcd", "no format before its sound"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt \x04\x00\x00\x00abcd", "damaged format header"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt \xff\xff\xff\xff" + SOUND[:64], "ends before any sound"),
    ],
)
def test_what_is_no_wav_is_refused_in_a_sentence_with_its_name(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "mine.wav"
    path.write_bytes(content)
    with pytest.raises(AudioError, match=sentence) as caught:
        read_wav(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "header", "sentence"),
    [
        (SOUND, {"code": 7, "bits": 8}, "mu-law"),
        (SOUND, {"code": 85}, "MP3"),
        (SOUND, {"code": 0x1234}, "format 4660"),
        (SOUND, {"channels": 0}, "0 channels"),
        (SOUND, {"rate": 0}, "0 frames a second"),
        (SOUND, {"bits": 48}, "48 bits"),
        (b"", {}, "holds no sound"),
        (b"", {"after": b"LIST\x04\x00\x00\x00abcd"}, "holds no sound"),
    ],
)
def test_a_wav_that_cannot_be_used_is_refused(
    tmp_path: Path, data: bytes, header: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(AudioError, match=sentence):
        read_wav(wav(tmp_path / "a.wav", data, **header))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="No such file"):
        read_wav(tmp_path / "none.wav")
    with pytest.raises(AudioError, match="is not a file"):
        read_wav(tmp_path)


def test_files_too_large_to_hold_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = wav(tmp_path / "a.wav", SOUND, size=0xFFFFFFFF, rate=1000)
    with path.open("r+b") as file:
        file.truncate(3 * 3600 * 2000 + 1000)  # sparse: takes no room
    with pytest.raises(AudioError, match="three hours"):
        read_wav(path)
    with path.open("r+b") as file:
        file.truncate(2 * 1024**3 + 1)
    with pytest.raises(AudioError, match="2 GB"):
        read_wav(path)


def test_random_bytes_after_a_good_beginning_never_raise_anything_else(tmp_path: Path) -> None:
    chance = np.random.default_rng(5)
    good = wav(tmp_path / "a.wav", SOUND[:200], extensible=True).read_bytes()
    path = tmp_path / "b.wav"
    read = 0
    for _ in range(300):
        broken = bytearray(good)
        for place in chance.integers(0, 70, size=3):
            broken[place] = chance.integers(256)
        path.write_bytes(broken[: chance.integers(8, len(good))])
        try:
            read += len(read_wav(path)) > 0
        except AudioError:
            continue
    assert 0 < read < 300


def test_what_is_written_is_a_wav_of_those_samples(tmp_path: Path) -> None:
    sound = np.arange(-500, 500, dtype=np.int16)
    path = tmp_path / "new" / "session.wav"
    with WavWriter(path) as writer:
        writer.write(sound[:300])
        writer.write(sound[300:])
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        assert np.array_equal(np.frombuffer(file.readframes(2000), dtype="<i2"), sound)
    writer.close()


def test_a_writer_that_died_leaves_a_file_that_other_readers_accept(tmp_path: Path) -> None:
    writer = WavWriter(tmp_path / "session.wav")
    for _ in range(13):
        writer.write(np.full(RATE, 7, dtype=np.int16))
    with wave.open(str(tmp_path / "session.wav")) as file:  # not closed: as after a crash
        assert file.getnframes() == 10 * RATE
    writer.close()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="cannot write"):
        WavWriter(tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_said() -> None:
    writer = WavWriter(Path("/dev/full"))
    with pytest.raises(AudioError, match="No space left"):
        writer.write(np.zeros(6 * RATE, dtype=np.int16))
    with pytest.raises(AudioError, match="No space left"):
        writer.close()
