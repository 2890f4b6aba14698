"""WAV files: reading whatever a person may hand over, and writing what a session played.

The reader goes by what is in the file rather than by what its header claims: the sizes in a header are wrong in
files that were streamed (espeak --stdout) or cut short. What it cannot use it refuses in one sentence.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from voice_coach.audio.clip import RATE, Pcm, Samples, to_pcm
from voice_coach.errors import AudioError

_BINARY = getattr(os, "O_BINARY", 0)  # Windows alone tells binary files from text
LARGEST = 2 * 1024**3  # bytes of a file that is read
LONGEST_S = 3 * 3600
RATES = range(1_000, 384_001)
PIECE = 1 << 16  # frames converted at a time, so that memory holds one copy of the sound and not five

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_CODECS = {2: "Microsoft ADPCM", 6: "A-law", 7: "mu-law", 17: "IMA ADPCM", 85: "MP3"}
_MAGIC = {b"fLaC": "FLAC", b"OggS": "Ogg", b"ID3": "MP3", b"FORM": "AIFF", b"RIFX": "big-endian WAV"}
_CHUNKS_AFTER_SOUND = (b"LIST", b"fact", b"cue ", b"id3 ", b"ID3 ", b"bext", b"smpl", b"JUNK")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Format:
    rate: int
    channels: int
    sample: str  # a numpy type, or "u24" for packed 24-bit samples
    width: int  # bytes of one sample of one channel


def read_wav(path: Path) -> Pcm:
    """The sound in a WAV file as mono 16 kHz, shape (frames,), at least one frame.

    Any rate from 1 to 384 kHz, any number of channels (their mean is taken), integers of 8 to 32 bits, floats of 32
    or 64. A file that is shorter than its header says is used as far as it goes. AudioError for everything else, for
    files over 2 GB and for more than three hours.
    """
    try:
        if path.exists() and not path.is_file():
            raise AudioError(f"{path} is not a file")
        with path.open("rb") as file:
            return _read(path, file, os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise AudioError(f"cannot read {path}: {error.strerror or error}") from error


def _read(path: Path, file: BinaryIO, size: int) -> Pcm:
    if size == 0:
        raise AudioError(f"{path} is empty")
    if size > LARGEST:
        raise AudioError(f"{path} is larger than 2 GB; cut it into shorter files")
    head = file.read(12)
    if head[:4] not in (b"RIFF", b"RF64") or head[8:] != b"WAVE":
        kind = next((name for magic, name in _MAGIC.items() if head.startswith(magic)), None)
        raise AudioError(
            f"{path} is {kind}, not WAV; convert it first" if kind else f"{path} is not a WAV file (no RIFF header)"
        )
    form: _Format | None = None
    while len(header := file.read(8)) == 8:
        name, length = header[:4], int.from_bytes(header[4:], "little")
        if name == b"data":
            if form is None:
                raise AudioError(f"{path} has no format before its sound; it is damaged")
            return _sound(path, file, form, _data_bytes(file, length, size))
        body = file.read(length) if name == b"fmt " and length <= 4096 else None
        if body is not None:
            form = _format(path, body)
            file.seek(length & 1, os.SEEK_CUR)
        else:
            file.seek(length + (length & 1), os.SEEK_CUR)
    raise AudioError(f"{path} ends before any sound; it is damaged or was cut short")


def _format(path: Path, body: bytes) -> _Format:
    if len(body) < 16:
        raise AudioError(f"{path} has a damaged format header")
    code, channels, rate, _, block, bits = struct.unpack("<HHIIHH", body[:16])
    if code == _EXTENSIBLE and len(body) >= 26:
        code = int.from_bytes(body[24:26], "little")
    if code not in (_PCM, _FLOAT):
        codec = _CODECS.get(code, f"compressed (format {code})")
        raise AudioError(f"{path} is {codec}; only uncompressed WAV can be read, convert it first")
    if not 1 <= channels <= 64:
        raise AudioError(f"{path} says it has {channels} channels; it is damaged")
    if rate not in RATES:
        raise AudioError(f"{path} says it has {rate} frames a second; it is damaged or not sound")
    width = block // channels if block % channels == 0 and block else -(-bits // 8)
    kinds = {
        (_PCM, 1): "u1",
        (_PCM, 2): "<i2",
        (_PCM, 3): "u24",
        (_PCM, 4): "<i4",
        (_FLOAT, 4): "<f4",
        (_FLOAT, 8): "<f8",
    }
    if (code, width) not in kinds:
        raise AudioError(f"{path} has samples of {bits} bits, which is no usual WAV")
    return _Format(rate=rate, channels=channels, sample=kinds[code, width], width=width)


def _data_bytes(file: BinaryIO, claimed: int, size: int) -> int:
    """How many bytes of sound follow: what the header claims, or all there is where that is more or nothing."""
    start = file.tell()
    rest = size - start
    if claimed == 0 and rest >= 8:  # never filled in by whoever wrote it, unless another chunk follows
        following = file.read(4)
        file.seek(start)
        return 0 if following in _CHUNKS_AFTER_SOUND else rest
    return min(claimed, rest)


def _sound(path: Path, file: BinaryIO, form: _Format, length: int) -> Pcm:
    frame = form.channels * form.width
    frames = length // frame
    if frames == 0:
        raise AudioError(f"{path} holds no sound")
    if frames > LONGEST_S * form.rate:
        raise AudioError(f"{path} is longer than three hours; cut it into shorter files")
    resampler = _Resampler(form.rate)
    pieces: list[Pcm] = []
    while frames > 0:
        raw = file.read(min(frames, PIECE) * frame)
        got = len(raw) // frame
        if got == 0:
            raise AudioError(f"{path} became shorter while it was read")
        frames -= got
        mono = _decode(raw[: got * frame], form).reshape(-1, form.channels).mean(axis=1, dtype=np.float32)
        pieces.append(to_pcm(resampler.next(mono, last=frames == 0)))
    sound = np.concatenate(pieces)
    if not len(sound):
        raise AudioError(f"{path} holds no sound")
    return sound


def _decode(raw: bytes, form: _Format) -> npt.NDArray[np.float32]:
    """Samples of all channels with full scale 1.0; what is not a number becomes silence."""
    if form.sample == "u24":
        octets = np.frombuffer(raw, dtype=np.uint8).reshape(-1, 3)
        words = np.zeros((len(octets), 4), dtype=np.uint8)
        words[:, 1:] = octets
        values = words.view("<i4")[:, 0] / np.float64(2**31)
    else:
        read = np.frombuffer(raw, dtype=form.sample)
        if form.sample == "u1":
            values = (read.astype(np.float64) - 128.0) / 128.0
        elif form.sample.startswith("<i"):
            values = read / np.float64(2 ** (8 * form.width - 1))
        else:
            values = np.clip(np.nan_to_num(read.astype(np.float64), nan=0.0, posinf=1.0, neginf=-1.0), -8.0, 8.0)
    samples: Samples = values.astype(np.float32)
    return samples


class _Resampler:
    """Turns pieces of mono sound of any rate into 16 kHz, without a seam between them."""

    def __init__(self, rate: int) -> None:
        self._stream = None
        if rate != RATE:
            import soxr

            self._stream = soxr.ResampleStream(rate, RATE, 1, dtype="float32")

    def next(self, mono: Samples, *, last: bool) -> Samples:
        if self._stream is None:
            return mono
        samples: Samples = self._stream.resample_chunk(mono, last=last)
        return samples


class WavWriter:
    """A mono 16-bit WAV that grows block by block.

    Its header is brought up to date every five seconds of sound, so that a session which dies leaves a file that
    players accept. AudioError where the file cannot be made or the disk is full. With `private` only the owner may
    read it; with `replace=False` a file that holds sound already is left alone, which is an AudioError too.
    """

    UPDATE_FRAMES = 5 * RATE

    def __init__(self, path: Path, rate: int = RATE, *, private: bool = False, replace: bool = True) -> None:
        self.path = path
        self.frames = 0
        self._rate = rate
        self._updated = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not replace and path.is_file() and path.stat().st_size > len(self._header()):
                raise AudioError(f"{path} is there already; name another file, or take that one away")
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
            self._file = os.fdopen(os.open(path, flags, 0o600 if private else 0o666), "wb")
            self._file.write(self._header())
        except OSError as error:
            raise self._failed(error) from error

    def write(self, pcm: Pcm) -> None:
        """Add frames, shape (frames,)."""
        try:
            self._file.write(pcm.astype("<i2", copy=False).tobytes())
            self.frames += len(pcm)
            if self.frames - self._updated >= self.UPDATE_FRAMES:
                self._update()
        except OSError as error:
            raise self._failed(error) from error

    def close(self) -> None:
        """Write the final header and close; a second call does nothing."""
        if self._file.closed:
            return
        try:
            try:
                self._update()
            finally:
                self._file.close()
        except OSError as error:
            raise self._failed(error) from error

    def __enter__(self) -> WavWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _update(self) -> None:
        self._file.seek(0)
        self._file.write(self._header())
        self._file.seek(0, os.SEEK_END)
        self._file.flush()
        self._updated = self.frames

    def _header(self) -> bytes:
        return wav_header(self.frames, self._rate)

    def _failed(self, error: OSError) -> AudioError:
        return AudioError(f"cannot write {self.path}: {error.strerror or error}")


def wav_header(frames: int, rate: int = RATE) -> bytes:
    """The 44 bytes before `frames` mono 16-bit frames; a size beyond 4 GB is written as the largest there is."""
    size = min(2 * frames, 0xFFFFFFFF - 36)
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", size + 36, b"WAVE", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16, b"data", size
    )
