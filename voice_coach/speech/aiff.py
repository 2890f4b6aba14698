"""AIFF to WAV: on macOS pyttsx3 writes AIFF whatever the file is called.

Layout after Apple's "Audio Interchange File Format" 1.3 and AIFF-C (1991). Written from those; tried with files made by
hand and by sox, not on a Mac.
"""

from __future__ import annotations

import array
import struct
import sys
import wave
from io import BytesIO

from voice_coach.errors import AudioError


def is_aiff(data: bytes) -> bool:
    """Whether these are the bytes of an AIFF or AIFF-C file."""
    return data[:4] == b"FORM" and data[8:12] in (b"AIFF", b"AIFC")


def as_wav(data: bytes) -> bytes:
    """The same 16-bit sound as a WAV file; AudioError for other sample sizes, for compressed and for damaged files."""
    chunks = _chunks(data)
    common, sound = chunks.get(b"COMM", b""), chunks.get(b"SSND", b"")
    if len(common) < 18 or len(sound) < 8:
        raise AudioError("the AIFF file ends before any sound")
    channels, _, bits = struct.unpack(">hIh", common[:8])
    packing = common[18:22] if data[8:12] == b"AIFC" else b"NONE"
    if bits != 16 or packing not in (b"NONE", b"twos", b"sowt") or channels < 1:
        raise AudioError(f"the AIFF file has {bits}-bit samples packed as {packing.decode('ascii', 'replace')}")
    offset = int.from_bytes(sound[:4], "big")
    samples = array.array("h")
    samples.frombytes(sound[8 + offset : 8 + offset + (len(sound) - 8 - offset) // 2 * 2])
    if (packing == b"sowt") != (sys.byteorder == "little"):
        samples.byteswap()
    file = BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(2)
        writer.setframerate(_rate(common[8:18]))
        writer.writeframes(samples.tobytes())
    return file.getvalue()


def _chunks(data: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "big")
        found.setdefault(data[at : at + 4], data[at + 8 : at + 8 + size])
        at += 8 + size + (size & 1)
    return found


def _rate(extended: bytes) -> int:
    """Frames a second from the 80-bit floating-point number of the header."""
    exponent = int.from_bytes(extended[:2], "big") & 0x7FFF
    mantissa = int.from_bytes(extended[2:], "big")
    shift = 16383 + 63 - exponent
    rate = mantissa >> shift if 0 <= shift < 64 else 0
    if not 1_000 <= rate <= 384_000:
        raise AudioError(f"the AIFF file says it has {rate} frames a second")
    return rate
