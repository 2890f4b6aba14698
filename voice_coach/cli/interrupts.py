"""Ctrl-C as a wish: counted instead of raised, anew for every conversation."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator


class Interrupts:
    """How often Ctrl-C was pressed since the last `reset`: the first is a stop, the loop raises at the second.

    Should the loop hang, the third raises wherever the program stands.
    """

    def __init__(self) -> None:
        self._count = 0

    def __call__(self) -> int:
        """The count."""
        return self._count

    def reset(self) -> None:
        """Something else begins: what was pressed before has been obeyed."""
        self._count = 0

    def press(self, _number: int, _frame: object) -> None:
        """The signal's handler."""
        self._count += 1
        if self._count > 2:
            raise KeyboardInterrupt


@contextlib.contextmanager
def interrupts() -> Iterator[Interrupts]:
    """Count Ctrl-C while the block lasts."""
    counted = Interrupts()
    before = signal.signal(signal.SIGINT, counted.press)
    try:
        yield counted
    finally:
        signal.signal(signal.SIGINT, before)
