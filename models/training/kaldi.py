"""Kaldi's binary encoding of tokens, numbers, vectors and matrices: writing it, and reading back what was written."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float32]

_LEVELS = 65_535


def int32(value: int) -> bytes:
    """An integer."""
    return b"\x04" + struct.pack("<i", value)


def int32s(*values: int) -> bytes:
    """Integers one after the other."""
    return b"".join(map(int32, values))


def float32(value: float) -> bytes:
    """A number in single precision."""
    return b"\x04" + struct.pack("<f", value)


def float64(value: float) -> bytes:
    """A number in double precision."""
    return b"\x08" + struct.pack("<d", value)


def int_vector(values: Sequence[int]) -> bytes:
    """Integers with their count."""
    return int32(len(values)) + struct.pack(f"<{len(values)}i", *values)


def vector(values: Floats) -> bytes:
    """A vector in single precision."""
    return b"FV " + int32(len(values)) + values.astype("<f4").tobytes()


def matrix(values: Floats) -> bytes:
    """A matrix compressed to 16 bits a number, equally spaced between the smallest and the largest."""
    low = float(values.min())
    width = float(values.max()) - low or 1.0
    levels = np.rint((values - low) * (_LEVELS / width)).astype("<u2")
    data: bytes = levels.tobytes()
    return b"CM2 " + struct.pack("<ffii", low, width, *values.shape) + data


class Reader:
    """Goes through bytes from a point on; ValueError where something else stands there than is looked for."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self._data = data
        self._at = at

    def skip_to(self, token: str) -> None:
        """Stand behind the next place that has the token."""
        found = self._data.find(token.encode() + b" ", self._at)
        if found < 0:
            raise ValueError(f"there is no {token}")
        self._at = found + len(token) + 1

    def token(self) -> str:
        """Everything up to the next space."""
        end = self._data.index(b" ", self._at)
        text, self._at = self._data[self._at : end].decode(), end + 1
        return text

    def lines(self) -> list[str]:
        """Lines up to an empty one."""
        end = self._data.index(b"\n\n", self._at)
        text, self._at = self._data[self._at : end].decode(), end + 2
        return text.splitlines()

    def int32(self) -> int:
        """An integer."""
        return int.from_bytes(self._take(5)[1:], "little", signed=True)

    def vector(self) -> Floats:
        """A vector in single precision."""
        self._expect("FV")
        return np.frombuffer(self._take(4 * self.int32()), "<f4").astype(np.float32)

    def matrix(self) -> Floats:
        """A matrix as `matrix` writes it."""
        self._expect("CM2")
        low, width = struct.unpack("<ff", self._take(8))
        rows, columns = struct.unpack("<ii", self._take(8))
        levels = np.frombuffer(self._take(2 * rows * columns), "<u2").reshape(rows, columns)
        values: Floats = np.float32(low) + levels.astype(np.float32) * np.float32(width / _LEVELS)
        return values

    def _expect(self, token: str) -> None:
        if (found := self.token()) != token:
            raise ValueError(f"{found} where {token} should be")

    def _take(self, count: int) -> bytes:
        taken = self._data[self._at : self._at + count]
        if len(taken) < count:
            raise ValueError("it is cut short")
        self._at += count
        return taken
