"""A room without sound that keeps time: for sessions by keyboard and text, and while a lost device is looked for."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from voice_coach.audio.clip import RATE, Pcm


class ClockRoom:
    """Silence at the pace of a clock. A machine that slept does not catch up: the time is simply not counted."""

    name = "no sound, keyboard and text"
    realtime = True
    LATEST_S = 1.0  # further behind than this, the pace starts anew

    def __init__(self, now: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep) -> None:
        self._now = now
        self._sleep = sleep
        self._next = now()

    def exchange(self, played: Pcm) -> Pcm:
        """Wait until the block would have been played; silence was heard."""
        self._next += len(played) / RATE
        ahead = self._next - self._now()
        if ahead > 0:
            self._sleep(ahead)
        elif ahead < -self.LATEST_S:
            self._next = self._now()
        return np.zeros(len(played), dtype=np.int16)

    def close(self) -> None:
        """Nothing to give up."""
