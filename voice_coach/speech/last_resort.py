"""A voice that may fail: what is not there in time is None, and whoever asked goes on with tones and text."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from voice_coach.audio.clip import BLOCK_MS, Clip
from voice_coach.errors import CoachError
from voice_coach.speech.renderer import AGAIN_S, Renderer
from voice_coach.speech.voice import Voice
from voice_coach.speech.voice_process import VoiceRefusedError

PATIENCE_S = BLOCK_MS / 1000  # of the loop that moves sound, in any second: it may be 60 ms late before sound is missed
WINDOW_S = 1.0
STILL_S = 2.0  # a sentence takes 10 to 30 ms; a voice that makes none for so long has stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceNews:
    """The voice has failed, and why; or it works again."""

    works: bool
    why: str = ""


class Spoken:
    """A voice and what takes its place. Nobody is kept waiting by it once `keep_pace` was called; before, everybody is.

    The first failure is announced, once for the whole program. `estimate` says how long a sentence would take, where
    the voice cannot tell.
    """

    def __init__(
        self,
        voice: Voice,
        announce: Callable[[str], None],
        estimate: Callable[[str], int],
        *,
        again_s: tuple[float, ...] = AGAIN_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = voice.name
        self.voice = voice
        self._announce, self._estimate, self._clock = announce, estimate, clock
        self._again_s = again_s
        self._renderer: Renderer | None = None
        self._told: set[str] = set()
        self._works = True
        self._news: deque[VoiceNews] = deque()
        self._not_before = 0.0  # while everybody waits for the voice: when a failed one is tried again
        self._in_a_row = 0
        self._patience_s, self._left_s, self._window = 0.0, 0.0, -WINDOW_S  # of the second that began at `_window`

    def keep_pace(self, patience_s: float = PATIENCE_S) -> None:
        """From now on sentences are made in a thread, and in any second nobody waits longer for them than this."""
        self._patience_s, self._window = patience_s, -WINDOW_S
        if self._renderer is None:
            self._renderer = Renderer(self.voice, self._failed, self._worked, again_s=self._again_s, clock=self._clock)

    def clip(self, text: str) -> Clip | None:
        """The sound of a text; None where it is not there now. It may be a moment later: ask again."""
        if self._renderer is None:
            return self._patiently(text)
        if (clip := self.voice.at_hand(text)) is None and self._in_time(text):
            clip = self.voice.at_hand(text)
        return clip

    def come(self, text: str) -> Clip | None:
        """The sound of a text that was asked for before, if it is there by now. Nothing is done for it."""
        return self.voice.at_hand(text) if self._renderer else None

    def ms(self, text: str) -> int:
        """How long a text takes; about how long, where the voice cannot tell now."""
        if self._renderer is None:
            lengths: list[int] = []
            self._tried(lambda: lengths.append(self.voice.ms(text)))
            return lengths[0] if lengths else self._estimate(text)
        if (length := self.voice.ms_at_hand(text)) is None and self._in_time(text):
            length = self.voice.ms_at_hand(text)
        return self._estimate(text) if length is None else length

    def load(self, texts: Iterable[str]) -> None:
        """Make these and keep them in memory, so that neither a dead engine nor a lost disk can take them away."""
        for text in texts:
            if self._patiently(text) is None:
                return

    def prepare(self, texts: Iterable[str], progress: Callable[[], object] = lambda: None) -> None:
        """Make these and wait for it; where the voice fails they are left for later.

        VoiceRefusedError where there is no voice of this name.
        """
        for text in texts:
            if not self._tried(lambda: self.voice.prepare([text]), VoiceRefusedError):  # noqa: B023 (called at once)
                return
            progress()

    def learn(self, texts: Iterable[str], held: Iterable[str] = ()) -> None:
        """Make these beside what is said, after `keep_pace`; `held` before them, and they stay in memory."""
        assert self._renderer is not None
        self._renderer.hold(held)
        self._renderer.learn(texts)

    def learnt(self, texts: Iterable[str]) -> bool:
        """Whether these are made, or it makes no sense to wait for that: the voice has failed, or stands still."""
        assert self._renderer is not None
        stuck = self._renderer.resting or self._renderer.still_s() > STILL_S
        return stuck or all(self.voice.ms_at_hand(text) is not None for text in texts)

    def news(self) -> list[VoiceNews]:
        """What has changed since the last look."""
        return [self._news.popleft() for _ in range(len(self._news))]

    def close(self) -> None:
        """End the engine and the thread."""
        if self._renderer is not None:
            self._renderer.end()
        self.voice.close()
        if self._renderer is not None:
            self._renderer.close()

    def _in_time(self, text: str) -> bool:
        """Whether the text was made before the patience of this second came to its end."""
        assert self._renderer is not None
        made, began = self._renderer.ask(text), self._clock()
        if began - self._window >= WINDOW_S:
            self._window, self._left_s = began, self._patience_s
        there = made.wait(max(0.0, self._left_s))
        self._left_s -= self._clock() - began
        return there

    def _patiently(self, text: str) -> Clip | None:
        clips: list[Clip] = []
        self._tried(lambda: clips.append(self.voice.clip(text)))
        return clips[0] if clips else None

    def _tried(self, make: Callable[[], object], *raised: type[CoachError]) -> bool:
        """Whether the voice did it; one that has failed is left alone for a while. Errors that are named go on up."""
        if self._clock() < self._not_before:
            return False
        try:
            make()
        except raised:
            raise
        except CoachError as error:
            self._not_before = self._clock() + self._again_s[min(self._in_a_row, len(self._again_s) - 1)]
            self._in_a_row += 1
            self._failed(error)
            return False
        self._in_a_row = 0
        self._worked()
        return True

    def _failed(self, error: CoachError) -> None:
        self._tell("failed", f"{error} The session goes on with tones and text.")
        if self._works:
            self._works = False
            self._news.append(VoiceNews(works=False, why=str(error)))

    def _worked(self) -> None:
        if self.voice.unkept:
            self._tell("unkept", f"{self.voice.unkept} They are made anew each time.")
        if not self._works:
            self._works = True
            self._news.append(VoiceNews(works=True))

    def _tell(self, what: str, sentence: str) -> None:
        if what not in self._told:
            self._told.add(what)
            self._announce(sentence)
