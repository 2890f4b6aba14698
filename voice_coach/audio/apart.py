"""A call in a thread of its own: for what may hang, and must not hold up whoever waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Apart(Generic[T]):
    """A call that has begun. It cannot be broken off, only left alone: the program can end without it."""

    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self._ended = threading.Event()
        self._value: T | None = None
        self._error: BaseException | None = None
        threading.Thread(target=self._run, name="apart", daemon=True).start()

    @property
    def ended(self) -> bool:
        """Whether it has returned, or raised."""
        return self._ended.is_set()

    def within(self, seconds: float) -> bool:
        """Wait so long at most; whether it has ended."""
        return self._ended.wait(seconds)

    def result(self) -> T:
        """What it returned; what it raised is raised here. RuntimeError where it has not ended."""
        if not self.ended:
            raise RuntimeError("it has not ended")
        if self._error is not None:
            raise self._error
        return self._value  # type: ignore[return-value]

    def _run(self) -> None:
        try:
            self._value = self._call()
        except BaseException as error:  # handed on in `result`
            self._error = error
        finally:
            self._ended.set()
