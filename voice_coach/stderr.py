"""Standard error: what Python tells the person there, and what libraries in C write to the same descriptor.

The libraries of sound cards write there while they look for devices. They are silenced then; since they may hang,
Python's messages have a descriptor of their own.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
import threading

_FD = 2


def keep_own() -> None:
    """Let what Python tells be seen even while the descriptor is `silenced`; nothing where `sys.stderr` is replaced."""
    first = sys.__stderr__
    if not _can_be_silenced() or first is None or sys.stderr is not first:
        return
    own = os.dup(_FD)
    sys.stderr = os.fdopen(own, "w", buffering=1, encoding=first.encoding, errors=first.errors, closefd=False)
    if faulthandler.is_enabled():
        faulthandler.enable(sys.stderr)


def silenced() -> contextlib.AbstractContextManager[None]:
    """While anybody is within, in any thread, what is written to the descriptor goes nowhere; on Linux only."""
    return _silence if _can_be_silenced() else contextlib.nullcontext()


def _can_be_silenced() -> bool:
    """Where the process was started without standard error, the descriptor is some other file's."""
    return sys.platform.startswith("linux") and sys.__stderr__ is not None


class _Silence(contextlib.AbstractContextManager[None]):
    """The first who comes turns the descriptor away, the last who goes turns it back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._within = 0
        self._kept = -1

    def __enter__(self) -> None:
        with self._lock:
            if self._within == 0:
                self._turn_away()
            self._within += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._within -= 1
            if self._within == 0:
                os.dup2(self._kept, _FD)
                os.close(self._kept)

    def _turn_away(self) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            self._kept = os.dup(_FD)
            os.dup2(nowhere, _FD)
        finally:
            os.close(nowhere)


_silence = _Silence()
