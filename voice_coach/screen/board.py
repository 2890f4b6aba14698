"""The board between session and browsers: the newest value wins, and whoever writes never waits for a reader."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass

from voice_coach.screen.shown import Scene, Shown, as_json

FIRST = Shown(scene=Scene.TALK, headline="One moment")


@dataclass(frozen=True, slots=True)
class Posted:
    """What hangs on the board: `number` grows with every value; `closed` when it is the last one."""

    number: int
    shown: Shown
    closed: bool = False

    def data(self) -> str:
        """The value as one line of JSON."""
        return json.dumps(as_json(self.shown), ensure_ascii=False, separators=(",", ":"))


class Board:
    """Holds one value. Readers ask for what is newer than what they have; who is slow misses what was between."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._posted = Posted(1, FIRST)

    def put(self, shown: Shown) -> None:
        """Hang up a new value; after `close` nothing happens."""
        with self._changed:
            if not self._posted.closed:
                self._posted = Posted(self._posted.number + 1, shown)
                self._changed.notify_all()

    def close(self) -> None:
        """No value comes after this one."""
        with self._changed:
            self._posted = Posted(self._posted.number + 1, self._posted.shown, closed=True)
            self._changed.notify_all()

    def after(self, number: int, patience_s: float) -> Posted | None:
        """What hangs there once it is newer than `number`; None when nothing newer came for so long."""
        with self._changed:
            self._changed.wait_for(lambda: self._posted.number > number, patience_s)
            return self._posted if self._posted.number > number else None
