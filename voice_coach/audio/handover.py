"""The handover between a sound card's callback and the loop: two queues that only count and copy.

The callback's turns are session time. A block that is not there in time is replaced by silence and thrown away when it
comes, so that what follows is on time again. Blocks that were heard wait for the loop, however late it is.
"""

from __future__ import annotations

import queue

import numpy as np

from voice_coach.audio.clip import BLOCK_MS, Pcm

LEAD = 3  # blocks of silence played first: the loop may be 60 ms late before a block misses its time
MOST_WAITING = 60_000 // BLOCK_MS  # blocks that may wait for the loop: a minute


class Handover:
    """One stream's two queues. `under` counts blocks that were not played in time, `over` blocks heard and lost."""

    def __init__(self, frames: int) -> None:
        self.under = 0
        self.over = 0
        self._silence = np.zeros(frames, dtype=np.int16)
        self._to_play: queue.SimpleQueue[Pcm] = queue.SimpleQueue()
        self._heard: queue.SimpleQueue[Pcm | None] = queue.SimpleQueue()
        self._owed = 0  # blocks that were replaced by silence and have not come yet
        self._lost = 0  # blocks that were heard when no more could wait; the loop gets silence for them
        self._begun = False  # until the loop's first block the stream runs for nobody: silence, and no time passes
        for _ in range(LEAD):
            self._to_play.put(self._silence)

    def turn(self, heard: Pcm | None) -> Pcm:
        """The callback's part: leave a copy of what was heard, take what is to be played. Never waits or raises."""
        if not self._begun:
            return self._silence
        if self._heard.qsize() < MOST_WAITING:
            self._heard.put(self._silence if heard is None else heard.copy())
        else:
            self.over += 1
            self._lost += 1
        try:
            while self._owed:
                self._to_play.get_nowait()
                self._owed -= 1
            return self._to_play.get_nowait()
        except queue.Empty:
            self._owed += 1
            self.under += 1
            return self._silence

    def ended(self) -> None:
        """The stream's last word: whoever waits for a block learns that none will come."""
        self._heard.put(None)

    def exchange(self, played: Pcm, patience_s: float) -> Pcm | None:
        """The loop's part: leave a block, wait for one; None when none came within `patience_s` or the stream ended."""
        self._to_play.put(played)
        self._begun = True
        if self._lost and self._heard.empty():
            self._lost -= 1
            return self._silence
        try:
            return self._heard.get(timeout=patience_s)
        except queue.Empty:
            return None
