"""A thread that makes sentences into sound: those that are due first, then those that may be needed later.

Where the engine fails, nothing is asked of it for a while that grows from failure to failure; then it is tried again,
for as long as the program runs.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from typing import Protocol

from voice_coach.audio.clip import Clip
from voice_coach.errors import CoachError

AGAIN_S = (1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 60.0)  # after the first failure in a row, the second … and every other
MOST_FAILURES = 3  # of one sentence: then it waits until it is asked for again


class Renders(Protocol):
    """The part of a voice that is needed here."""

    def known(self, text: str) -> bool:
        """Whether there is nothing to be done."""

    def clip(self, text: str) -> Clip:
        """Make the sound of a text and keep it in memory; CoachError."""

    def prepare(self, texts: Iterable[str]) -> int:
        """Make the sound of texts and keep it where it lasts; CoachError."""


class Renderer:
    """Owns the thread, which ends with `close`. `failed` and `worked` are called by it."""

    def __init__(
        self,
        voice: Renders,
        failed: Callable[[CoachError], None],
        worked: Callable[[], None],
        *,
        again_s: tuple[float, ...] = AGAIN_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._voice, self._failed, self._worked = voice, failed, worked
        self._again_s, self._clock = again_s, clock
        self._turn = threading.Condition()
        self._due: dict[str, threading.Event] = {}  # somebody waits for these
        self._missed: deque[str] = deque()  # these were due when the engine had failed, or are to be held in memory
        self._later: deque[str] = deque()
        self._failures: Counter[str] = Counter()
        self._in_a_row = 0
        self._not_before = 0.0
        self._moved = clock()
        self._over = False
        self._work = threading.Thread(target=self._run, name="voice", daemon=True)
        self._work.start()

    @property
    def resting(self) -> bool:
        """Whether the engine has just failed and is not asked for anything now."""
        return self._clock() < self._not_before

    def still_s(self) -> float:
        """Seconds since a sentence was made, or there was something to make again."""
        return self._clock() - self._moved

    def ask(self, text: str) -> threading.Event:
        """Make this one before all others, and keep it in memory. The event is set when nothing more is to be waited
        for: it is made, has failed, or the engine rests; then it is made after that."""
        with self._turn:
            event = self._due.get(text) or threading.Event()
            if self._over or self.resting:
                self._miss(text)
                event.set()
            else:
                self._due[text] = event
                self._turn.notify()
        return event

    def learn(self, texts: Iterable[str]) -> None:
        """Make these when nothing is due, in their order and before what is learnt already; keep them on the disk."""
        with self._turn:
            self._moved = self._clock()
            self._later.extendleft(reversed(dict.fromkeys(texts)))
            self._turn.notify()

    def hold(self, texts: Iterable[str]) -> None:
        """Make these before what is learnt, and keep them in memory."""
        with self._turn:
            self._moved = self._clock()
            for text in dict.fromkeys(texts):
                self._miss(text)
            self._turn.notify()

    def end(self) -> None:
        """Begin nothing more."""
        with self._turn:
            self._over = True
            self._turn.notify()

    def close(self) -> None:
        """Wait for the end of the thread, which is near when the voice is closed."""
        self.end()
        self._work.join()

    def _run(self) -> None:
        while (found := self._next()) is not None:
            text, learnt = found
            try:
                if not learnt:
                    self._voice.clip(text)
                elif not self._voice.known(text):
                    self._voice.prepare([text])
            except CoachError as error:
                if not self._over:
                    self._rest(text)
                    self._failed(error)
            else:
                self._went_well(text)

    def _next(self) -> tuple[str, bool] | None:
        """Wait for a sentence, and whether it is only learnt; None when there will be none any more."""
        with self._turn:
            while not self._over:
                if self._due:
                    return next(iter(self._due)), False
                if self._missed and not self.resting:
                    return self._missed[0], False
                if self._later and not self.resting:
                    return self._later[0], True
                rest_s = max(0.0, self._not_before - self._clock()) + 0.001
                self._turn.wait(rest_s if self._missed or self._later else None)
        return None

    def _rest(self, text: str) -> None:
        """The engine has failed: everybody who waits goes on without it."""
        with self._turn:
            self._not_before = self._clock() + self._again_s[min(self._in_a_row, len(self._again_s) - 1)]
            self._in_a_row += 1
            self._failures[text] += 1
            for waited, event in self._due.items():
                self._miss(waited)
                event.set()
            self._due.clear()
            for queue in (self._missed, self._later):
                if queue and queue[0] == text:
                    queue.rotate(-1)  # another one first, in case it is this sentence that cannot be said
                if text in queue and self._failures[text] >= MOST_FAILURES:
                    queue.remove(text)

    def _miss(self, text: str) -> None:
        if text not in self._missed:
            self._missed.append(text)

    def _went_well(self, text: str) -> None:
        with self._turn:
            self._moved = self._clock()
            self._in_a_row = 0
            self._failures.pop(text, None)
            for queue in (self._missed, self._later):
                if queue and queue[0] == text:
                    queue.popleft()
            if (event := self._due.pop(text, None)) is not None:
                event.set()
        self._worked()
