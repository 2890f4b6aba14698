"""Whether each count sounds on the very sample it was placed on, heard in what was played."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

import numpy as np

from voice_coach import script
from voice_coach.audio import tones
from voice_coach.audio.clip import BLOCK, FRAMES_PER_MS, Clip, Pcm, Samples
from voice_coach.session.events import Effect, Priority, Say, Sound

LOOK = 100 * FRAMES_PER_MS  # frames of a count that are compared
AROUND = 16  # frames to either side in which it is looked for: a millisecond
LIKE = 0.9  # of the power must be the count and its tones; of one that was hushed, or softened while she spoke, less is
UNHEARD = 10  # of so many that lay on their sample one may be hushed or softened
KEEP = 2 * (LOOK // BLOCK)  # blocks of what was played


class Beats:
    """Takes what the sessions want said, and then what was played. Frames are those of the room."""

    clip: Callable[[str], Clip]  # the coach's voice

    def __init__(self) -> None:
        self.exact = self.moved = self.unheard = 0  # counts
        self.begins_ms = 0  # when the session began that is on, in the time of the room
        self._blocks: deque[Pcm] = deque(maxlen=KEEP)
        self._clock = 0
        self._counts: list[tuple[int, str]] = []
        self._tones: deque[tuple[int, Samples]] = deque(maxlen=100)

    @property
    def well(self) -> bool:
        """Whether no count was moved, and hardly one could not be heard."""
        return not self.moved and self.unheard <= self.exact // UNHEARD

    def expect(self, effects: list[Effect]) -> None:
        """Remember where the counts and tones among these were placed."""
        for effect in effects:
            if isinstance(effect, Say) and effect.priority is Priority.COUNT:
                self._counts.append((self._frame(effect.at), script.text(effect.line)))
            elif isinstance(effect, Sound):
                self._tones.append((self._frame(effect.at), tones.tone(effect.tone.value).samples))

    def _frame(self, at: int) -> int:
        return (self.begins_ms + at) * FRAMES_PER_MS

    def played(self, block: Pcm) -> None:
        """The next block; counts that are over by now are looked for."""
        self._blocks.append(block)
        self._clock += len(block)
        due = [each for each in self._counts if each[0] <= self._clock - LOOK - AROUND]
        if not due:
            return
        sound = np.concatenate(self._blocks).astype(np.float32) / np.float32(32768.0)
        begins = self._clock - len(sound)
        for frame, text in due:
            if frame - AROUND < begins:
                raise AssertionError(f"the count {text!r} was placed in the past")
            around = sound[frame - AROUND - begins : frame + LOOK + AROUND - begins]
            parts = [(frame, self.clip(text).samples), *self._tones]
            self._judge(around, [_inside(frame, *part) for part in parts])
        self._counts = [each for each in self._counts if each not in due]

    def _judge(self, around: Samples, parts: Sequence[Samples]) -> None:
        """How much of the sound the parts make up, each as loud as it may be, at every lag."""
        wanted = np.stack([part for part in parts if part.any()], axis=1)
        heard = np.stack([around[lag : lag + LOOK] for lag in range(2 * AROUND + 1)], axis=1)
        levels = np.linalg.lstsq(wanted, heard, rcond=None)[0]
        left = np.square(heard - wanted @ levels).sum(axis=0)
        share = 1.0 - left / (np.square(heard).sum(axis=0) + 1e-12)
        best = int(np.argmax(share))
        if share[best] < LIKE or levels[0, best] <= 0.0:
            self.unheard += 1
        elif best == AROUND:
            self.exact += 1
        else:
            self.moved += 1


def _inside(frame: int, start: int, samples: Samples) -> Samples:
    """What of the samples, which begin at `start`, sounds while the count is compared."""
    part: Samples = np.zeros(LOOK, dtype=np.float32)
    low, high = max(frame, start), min(frame + LOOK, start + len(samples))
    if low < high:
        part[low - frame : high - frame] = samples[low - start : high - start]
    return part
