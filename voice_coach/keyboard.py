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

# What a terminal sends for arrows and function keys. Escape before any other key, as with Alt, leaves that key.
_ESCAPES = re.compile(r"\x1b(?:\[\[[A-E]|\[[0-?]*[$@-~]|O[0-9;]*[@-~])?")
_BEGUN = re.compile(r"\x1b(?:\[\[?[0-?]*|O[0-9;]*)?\Z")  # the beginning of one
LOOKS = 5  # without anything new, and the rest of it does not come: a tenth of a second beside a sound card

# What a Windows console gives before the code of such a key. The second is also the letter "à".
_WINDOWS_ESCAPE, _WINDOWS_ESCAPE_OR_LETTER = "\x00", "\xe0"
_WINDOWS_CODES = frozenset("GHIKMOPQRSstuvw")  # behind the second: those that would be keys


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
        self._begun = ""  # an escape sequence of which the rest has not come
        self._looks = 0  # without anything new

    def poll(self) -> list[str]:
        """The keys pressed since the last look; escape sequences of arrow keys and the like are passed over."""
        typed = self._read()
        self._looks = 0 if typed else self._looks + 1
        if self._looks >= LOOKS:
            self._begun = ""
        typed = self._begun + typed
        begun = _BEGUN.search(typed)
        self._begun = begun.group() if begun else ""
        return list(_ESCAPES.sub("", typed.removesuffix(self._begun)))

    def _read(self) -> str:
        import select

        try:
            if not select.select([self._descriptor], [], [], 0)[0]:
                return ""
            return os.read(self._descriptor, 64).decode(errors="ignore")
        except OSError:  # the terminal has gone; the session goes on by voice
            return ""


class Console(Protocol):
    """What is needed of Windows' own `msvcrt`."""

    def kbhit(self) -> bool:
        """Whether a key waits to be read."""

    def getwch(self) -> str:
        """The next key."""


class WindowsKeys:
    """Single keys from a Windows console, which our tests have only seen with a console of their own making.

    An arrow or a function key is two: an escape and a code. `kbhit` does not tell of the code, so it may come with a
    later look, before the key that is pressed next; `getwch` would wait for ever where the escape was the letter "à".
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._last = ""

    def poll(self) -> list[str]:
        """The keys pressed since the last look; arrows, function keys and the like are passed over, and so is "à"."""
        keys = []
        while self._console.kbhit():
            key, before = self._console.getwch(), self._last
            code = before == _WINDOWS_ESCAPE or (before == _WINDOWS_ESCAPE_OR_LETTER and key in _WINDOWS_CODES)
            self._last = "" if code else key
            if not code and key not in (_WINDOWS_ESCAPE, _WINDOWS_ESCAPE_OR_LETTER):
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
        mode = termios.tcgetattr(descriptor)
        mode[0] &= ~termios.IXON  # Ctrl-S would stop what is shown, and with it the loop, until Ctrl-Q
        termios.tcsetattr(descriptor, termios.TCSANOW, mode)
        yield PosixKeys(descriptor)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
