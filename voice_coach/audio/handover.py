"""The handover between a sound card's callbacks and the loop: two queues that only count and copy.

The microphone's blocks are session time (the loudspeaker's, where there is no microphone). A block that is not there in
time, because the loop is late, is replaced by silence and thrown away when it comes, so that what follows is on time
again. Blocks that were heard wait for the loop, however late it is. Two crystals run apart, by a block in some minutes,
and a sound server that stumbles holds blocks back: then silence is put in, or what is too many is left out. That
changes how late an echo comes, which the canceller has to find out; so it is done rarely, and all of it at once.
"""

from __future__ import annotations

import queue

import numpy as np

from voice_coach.audio.clip import BLOCK_MS, Pcm

LEAD = 3  # blocks of silence played first: the loop may be 60 ms late before a block misses its time
MOST_WAITING = 60_000 // BLOCK_MS  # blocks that may wait for the loop: a minute
SURPLUS = (
    LEAD + 3
)  # never fewer than so many to be played: the loudspeaker's clock is the slower one, or it stood still
LARGEST_SURPLUS = SURPLUS + 3  # blocks of silence are left out before, any blocks from here on
WINDOW = 3_000 // BLOCK_MS  # blocks over which that is judged


class Handover:
    """The queues of one microphone, one loudspeaker, or both.

    `under` counts blocks that were not played in time, `over` blocks heard and lost, `slips` what was put in or left
    out since the clocks differ.
    """

    def __init__(self, frames: int, *, hears: bool = True, plays: bool = True) -> None:
        self.under = 0
        self.over = 0
        self.slips = 0
        self._hears, self._plays = hears, plays
        self._silence = np.zeros(frames, dtype=np.int16)
        self._to_play: queue.SimpleQueue[Pcm] = queue.SimpleQueue()
        self._heard: queue.SimpleQueue[Pcm | None] = queue.SimpleQueue()
        self._owed = 0  # blocks that were replaced by silence and have not come yet
        self._lost = 0  # blocks that were heard when no more could wait; the loop gets silence for them
        self._begun = False  # until the loop's first block the stream runs for nobody: silence, and no time passes
        self._fewest = MOST_WAITING  # to be played, in this window
        self._turns = 0
        self._spare = 0  # so many are too many, and are left out
        self._any = False  # whatever is in them
        self._came = self._went = 0  # blocks from the microphone and to the loudspeaker, also before it has begun
        for _ in range(LEAD):
            self._to_play.put(self._silence)

    def hear(self, heard: Pcm) -> None:
        """The microphone's part: leave a copy of what was heard. Never waits or raises."""
        self._came += 1
        if not self._begun:
            return
        if self._heard.qsize() < MOST_WAITING:
            self._heard.put(heard.copy())
        else:
            self.over += 1
            self._lost += 1

    def give(self) -> Pcm:
        """The loudspeaker's part: take what is to be played. Never waits or raises."""
        self._went += 1
        if not self._begun:
            return self._silence
        if not self._hears:
            self.hear(self._silence)
        self._watch()
        try:
            while self._owed:
                self._to_play.get_nowait()
                self._owed -= 1
            block = self._to_play.get_nowait()
            while self._spare and (self._any or not block.any()):
                self._spare -= 1
                self.slips += 1
                block = self._to_play.get_nowait()
            return block
        except queue.Empty:
            if self._heard.qsize() >= LEAD:
                self._owed += 1
                self.under += 1
            else:  # the loop is not late, the loudspeaker is early
                self.slips += 1
            return self._silence

    def ended(self) -> None:
        """The stream's last word: whoever waits for a block learns that none will come."""
        self._heard.put(None)

    @property
    def ahead(self) -> int:
        """Blocks that were handed over and wait for the loudspeaker."""
        return max(0, self._to_play.qsize() - self._owed)

    def flowed(self, came: int, went: int) -> tuple[bool, bool]:
        """Whether so many blocks came from the microphone and went to the loudspeaker, where there are such."""
        return not self._hears or self._came >= came, not self._plays or self._went >= went

    def exchange(self, played: Pcm, patience_s: float) -> Pcm | None:
        """The loop's part: leave a block, wait for one.

        None when none came within `patience_s`, when nobody has played anything for so long, or the stream ended.
        """
        if self._plays:
            if self._to_play.qsize() - LEAD - self._owed > max(1.0, patience_s * 1000 / BLOCK_MS):
                return None
            self._to_play.put(played)
        self._begun = True
        if self._lost and self._heard.empty():
            self._lost -= 1
            return self._silence
        try:
            return self._heard.get(timeout=patience_s)
        except queue.Empty:
            return None

    def _watch(self) -> None:
        """Find out whether too many wait to be played: there never were fewer, in this window."""
        waiting = self._to_play.qsize()
        self._fewest = min(self._fewest, waiting)
        self._turns += 1
        if self._turns % WINDOW:
            return
        fewest, self._fewest = self._fewest, MOST_WAITING
        self._spare = fewest - LEAD - 1 if fewest >= SURPLUS else 0
        self._any = fewest >= LARGEST_SURPLUS
