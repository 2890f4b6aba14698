"""Keys and typed lines: the way in that needs no microphone. Nothing here waits."""

from __future__ import annotations

import contextlib
import io
import os
import queue
import re
import sys
import threading
from collections.abc import Iterator
from importlib import import_module
from typing import Protocol, TextIO, cast

# What a terminal sends for arrows and function keys, and for a key together with Alt.
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?", re.DOTALL)
_WINDOWS_ESCAPES = ("\x00", "\xe0")  # what a Windows console sends before the code of such a key; or "à" by itself


class Typing(Protocol):
    """What was typed since the last look: single keys, or whole lines of words."""

    def poll(self) -> list[str]:
        """Everything new, in order."""


class NoTyping:
    """Nobody types."""

    def poll(self) -> list[str]:
        """Nothing."""
        return []


class TypedLines:
    """Lines from a text stream, read by a thread of their own so that the loop never waits for them."""

    def __init__(self, stream: TextIO) -> None:
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # bytes that are no text are words that mean nothing
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: TextIO) -> None:
        for line in stream:
            self._lines.put(line.strip() or line.strip("\r\n")[:1])  # a line of blanks is the space key

    def poll(self) -> list[str]:
        """The lines that came since the last look."""
        lines = []
        with contextlib.suppress(queue.Empty):
            while True:
                lines.append(self._lines.get_nowait())
        return lines


class PosixKeys:
    """Single keys from a terminal in cbreak mode."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def poll(self) -> list[str]:
        """The keys pressed since the last look; escape sequences of arrow keys and the like are passed over."""
        import select

        try:
            if not select.select([self._descriptor], [], [], 0)[0]:
                return []
            typed = os.read(self._descriptor, 64).decode(errors="ignore")
        except OSError:  # the terminal has gone; the session goes on by voice
            return []
        return list(_ESCAPES.sub("", typed))


class Console(Protocol):
    """What is needed of Windows' own `msvcrt`."""

    def kbhit(self) -> bool:
        """Whether a key waits to be read."""

    def getwch(self) -> str:
        """The next key."""


class WindowsKeys:
    """Single keys from a Windows console, which our tests have only seen with a console of their own making."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def poll(self) -> list[str]:
        """The keys pressed since the last look; arrows, function keys and the like, which are two, are passed over."""
        keys = []
        while self._console.kbhit():
            key = self._console.getwch()
            if key in _WINDOWS_ESCAPES and self._console.kbhit():
                self._console.getwch()  # "H" of the arrow up is no "harder"
            else:
                keys.append(key)
        return keys


@contextlib.contextmanager
def keys() -> Iterator[Typing]:
    """Single keys while the block lasts, where standard input is a terminal; nobody types where it is not."""
    if not sys.stdin.isatty():
        yield NoTyping()
        return
    if sys.platform == "win32":
        yield WindowsKeys(cast(Console, import_module("msvcrt")))
        return
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor)
        yield PosixKeys(descriptor)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
