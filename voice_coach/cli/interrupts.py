"""Ctrl-C as a wish: counted instead of raised, anew for every conversation; and a terminal that is closed."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator

from voice_coach.errors import CoachError, ExitCode

# What a closed terminal and a system that shuts down send. Windows gives a closed console no signal that Python sees.
ENDS = tuple(getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name))


class AskedToEnd(CoachError):
    """The terminal was closed, or the system shuts down. The log keeps this name as why the session ended."""

    exit_code = ExitCode.INTERRUPTED


class Interrupts:
    """How often Ctrl-C was pressed and not forgotten: the first is a stop, the loop raises at the second.

    Should the loop hang, the third raises wherever the program stands. AskedToEnd where the count is asked for after
    the terminal was closed: between two blocks, so that no line of the log is torn by it.
    """

    def __init__(self) -> None:
        self._pressed = 0  # changed by the handler alone
        self._forgotten = 0
        self._asked = False

    def __call__(self) -> int:
        """The count."""
        if self._asked:
            raise AskedToEnd("Ended from outside. What was done is in the log.")
        return self._pressed - self._forgotten

    def forget(self, obeyed: int) -> None:
        """Something else begins: so many have been obeyed. One that came since is for what begins."""
        self._forgotten += obeyed

    def press(self, _number: int, _frame: object) -> None:
        """The handler of Ctrl-C."""
        self._pressed += 1
        if self._pressed - self._forgotten > 2:
            raise KeyboardInterrupt

    def end(self, number: int, _frame: object) -> None:
        """The handler of `ENDS`; a second time it is as if there were none, should the loop hang."""
        self._asked = True
        signal.signal(number, signal.SIG_DFL)


@contextlib.contextmanager
def interrupts() -> Iterator[Interrupts]:
    """Count Ctrl-C and wait for the end while the block lasts. What is ignored, as under nohup, stays ignored."""
    counted = Interrupts()
    before = {signal.SIGINT: signal.signal(signal.SIGINT, counted.press)}
    for number in ENDS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, counted.end)
    try:
        yield counted
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
