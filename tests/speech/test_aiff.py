"""The sound files that pyttsx3 writes on macOS, made by hand here, and by sox where it is installed."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest

from voice_coach.errors import AudioError
from voice_coach.speech.aiff import as_wav, is_aiff

TONE = (np.sin(np.arange(2_205) / 7) * 20_000).astype(np.int16)


def _aiff(samples: bytes, *, bits: int = 16, packing: bytes | None = None) -> bytes:
    rate = struct.pack(">HQ", 16383 + 14, 22_050 << (63 - 14))  # 22050 as an 80-bit float
    common = struct.pack(">hIh", 1, len(samples) // 2, bits) + rate + (packing + b"\0\0" if packing else b"")
    sound = struct.pack(">II", 0, 0) + samples
    body = b"".join(
        name + struct.pack(">I", len(chunk)) + chunk for name, chunk in ((b"COMM", common), (b"SSND", sound))
    )
    kind = b"AIFC" if packing else b"AIFF"
    return b"FORM" + struct.pack(">I", len(body) + 4) + kind + body


def _read(wav: bytes) -> tuple[int, np.ndarray[tuple[int], np.dtype[np.int16]]]:
    with wave.open(io.BytesIO(wav)) as file:
        return file.getframerate(), np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")


@pytest.mark.parametrize(("order", "packing"), [(">i2", None), (">i2", b"NONE"), ("<i2", b"sowt")])
def test_the_samples_and_the_rate_stay(order: str, packing: bytes | None) -> None:
    data = _aiff(TONE.astype(order).tobytes(), packing=packing)
    assert is_aiff(data)
    rate, samples = _read(as_wav(data))
    assert rate == 22_050
    np.testing.assert_array_equal(samples, TONE)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (_aiff(b"\0" * 30, bits=24), "24-bit"),
        (_aiff(b"\0" * 30, packing=b"ulaw"), "ulaw"),
        (_aiff(b"\0" * 30)[:40], "ends before"),
        (b"FORM\0\0\0\0AIFF", "ends before"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, why: str) -> None:
    with pytest.raises(AudioError, match=why):
        as_wav(data)


def test_a_wav_file_is_none() -> None:
    assert not is_aiff(as_wav(_aiff(TONE.astype(">i2").tobytes())))


def test_a_file_of_another_program(tmp_path: Path) -> None:
    """sox's own writer, where it is installed; the files above need nothing."""
    sox = shutil.which("sox")
    if sox is None:
        pytest.skip("sox is not installed; the files made by hand were read")
    wav, aiff = tmp_path / "a.wav", tmp_path / "a.aiff"
    wav.write_bytes(as_wav(_aiff(TONE.astype(">i2").tobytes())))
    subprocess.run([sox, str(wav), str(aiff)], check=True)
    np.testing.assert_array_equal(_read(as_wav(aiff.read_bytes()))[1], TONE)
