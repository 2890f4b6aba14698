"""The mixer: everything the coach plays, placed to the frame and handed out block after block.

What a session says is placed in milliseconds and becomes frames here, once. Speech goes by these rules:

- A COUNT or SAFETY clip starts on its beat, whatever sounds. Two of them at once are both heard (`overlapped`).
- A TALK clip that is sounding then goes on, 15 dB softer until the count is over.
- A TALK clip whose time comes while other speech sounds waits for its end, and is dropped when it would begin more
  than 1.5 s late.
- Whatever is asked for in the past starts with the next frame, and is counted as late.
- While somebody speaks everything can be made softer, or silent, by `attend`: nothing is moved or dropped by it.

The samples do not depend on how many frames are rendered at a time: all envelopes are functions of the frame number,
and the limiter has no memory. Where speech and tones together pass 0.7 of full scale they are bent smoothly so that
nothing clips; below that they are untouched.
"""

from __future__ import annotations

import heapq
from collections import Counter, deque
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from voice_coach.audio.clip import BLOCK, FRAMES_PER_MS, Clip, Pcm, Samples, to_pcm

DUCK = 10 ** (-15 / 20)  # how much of a TALK clip is left under a count
LATEST_MS = 1_500  # a TALK clip that would begin later than this is dropped
FADE = 5 * FRAMES_PER_MS  # frames: hush, ducking and volume changes take 5 ms, too short to hear and no click
ATTEND = 30 * FRAMES_PER_MS  # frames: how long it takes to become softer, or as loud as before, for whoever speaks
STEP_DB = 3
SOFTEST, LOUDEST = -4, 3  # steps of `volume`: -12 to +9 dB
KNEE = np.float32(0.7)  # where the limiter begins
REMEMBER_MS = 10_000  # how long `audible` knows about what has ended

Frames = npt.NDArray[np.int64]


class Rank(IntEnum):
    """Who may talk over whom; the numbers are those of `session.events.Priority`."""

    SAFETY = 0
    COUNT = 1
    TALK = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Audible:
    """Words that sounded, or sound, from `started_ms` to `ends_ms` of session time."""

    text: str
    started_ms: int
    ends_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MixerCounters:
    """What became of everything that was placed; tones are counted only in `limited` and `late`."""

    spoken: int = 0  # clips of speech that began
    waited: int = 0  # TALK clips whose time came while other speech sounded
    dropped: int = 0  # TALK clips that were too late to be of use
    hushed: int = 0  # clips that were cut or never began because of a hush
    overlapped: int = 0  # COUNT or SAFETY clips that began while another one sounded
    late: int = 0  # clips placed in the past
    limited: int = 0  # frames that the limiter bent


@dataclass(slots=True, eq=False)
class _Piece:
    """A clip on its way: `at` is the frame that was asked for, `start` the one it got."""

    at: int
    samples: Samples
    rank: Rank | None  # None: a tone
    text: str
    start: int = 0
    cut: int | None = None  # the frame where a hush begins to fade it

    @property
    def end(self) -> int:
        """The first frame after it; speech is over for the others when the fade of a hush begins."""
        whole = self.start + len(self.samples)
        return whole if self.cut is None else min(whole, self.cut)

    @property
    def urgent(self) -> bool:
        return self.rank in (Rank.SAFETY, Rank.COUNT)


@dataclass(frozen=True, slots=True)
class _Turn:
    """From `frame` on the gain goes from `before` to `gain`."""

    frame: int
    before: float
    gain: float

    def at(self, t: Frames) -> npt.NDArray[np.float64]:
        """The gain at frames `t`: half a cosine within 30 ms."""
        share = np.clip((t - self.frame) / ATTEND, 0.0, 1.0)
        line: npt.NDArray[np.float64] = self.before + (self.gain - self.before) * (0.5 - 0.5 * np.cos(np.pi * share))
        return line


class Mixer:
    """The coach's one output. Its clock is the number of frames rendered so far."""

    def __init__(self) -> None:
        self._clock = 0
        self._placed: list[tuple[int, int, int, _Piece]] = []  # a heap of (start, rank, sequence, piece)
        self._waiting: deque[_Piece] = deque()
        self._sounding: list[_Piece] = []
        self._past: deque[_Piece] = deque()
        self._sequence = 0
        self._level = 0
        self._gains = [(-FADE, 1.0)]  # (frame, gain from then on), the first already in force
        self._attending = _Turn(frame=-ATTEND, before=1.0, gain=1.0)
        self._tally: Counter[str] = Counter()

    @property
    def now_ms(self) -> int:
        """Session time of the next frame, in whole milliseconds."""
        return self._clock // FRAMES_PER_MS

    @property
    def counters(self) -> MixerCounters:
        """The figures so far."""
        return MixerCounters(**self._tally)

    def say(self, at: int, clip: Clip, rank: int, text: str) -> None:
        """Place speech so that its first sample lies on millisecond `at`, by the rules of this module."""
        self._place(at, clip, Rank(rank), text)

    def tone(self, at: int, clip: Clip) -> None:
        """Place a sound that is no speech; it is added to whatever else sounds."""
        self._place(at, clip, None, "")

    def hush(self, at: int) -> None:
        """Be silent from millisecond `at`: what sounds fades within 5 ms, what was placed or waits is dropped.

        What is placed after this call is not touched by it.
        """
        frame = max(at * FRAMES_PER_MS, self._clock)
        for piece in self._sounding:
            if piece.end > frame:
                piece.cut = frame
                self._tally["hushed"] += 1
        for piece in [*self._waiting, *(entry[-1] for entry in self._placed)]:
            piece.cut = frame if piece.cut is None else min(frame, piece.cut)

    def volume(self, step: int, at: int | None = None) -> int:
        """Turn the voice up or down by steps of 3 dB from millisecond `at` (now); returns the level it is at then.

        Levels go from -4 to +3; a step beyond stays at the end.
        """
        level = min(LOUDEST, max(SOFTEST, self._level + step))
        frame = self._clock if at is None else max(at * FRAMES_PER_MS, self._clock)
        if level != self._level:
            self._level = level
            self._gains.append((max(frame, self._gains[-1][0] + FADE), float(10 ** (level * STEP_DB / 20))))
        return level

    def attend(self, gain: float) -> None:
        """From the next frame on let everything sound at `gain` (1: as loud as it is, 0: silent), within 30 ms.

        It is no hush: what sounds goes on underneath, and a count stays on its sample.
        """
        before = float(self._attending.at(np.array([self._clock], dtype=np.int64))[0])
        self._attending = _Turn(frame=self._clock, before=before, gain=gain)

    def audible(self, at: int, until: int | None = None) -> tuple[Audible, ...]:
        """The words that sound at millisecond `at` (or anywhere up to `until`), in the order they began.

        It knows what was rendered during the last ten seconds.
        """
        first, last = at * FRAMES_PER_MS, (at if until is None else until) * FRAMES_PER_MS
        return tuple(
            Audible(
                text=piece.text,
                started_ms=piece.start // FRAMES_PER_MS,
                ends_ms=-(-piece.end // FRAMES_PER_MS),
            )
            for piece in [*self._past, *self._sounding]
            if piece.rank is not None and piece.start <= last and piece.end > first
        )

    def render(self, frames: int = BLOCK) -> Pcm:
        """The next block, shape (frames,)."""
        end = self._clock + frames
        self._begin_until(end)
        t: Frames = np.arange(self._clock, end, dtype=np.int64)
        mixed: Samples = np.zeros(frames, dtype=np.float32)
        for piece in self._sounding:
            low, high = max(piece.start, self._clock), min(piece.start + len(piece.samples), end)
            if low < high:
                inside = slice(low - self._clock, high - self._clock)
                part = piece.samples[low - piece.start : high - piece.start]
                mixed[inside] += part * self._envelope(piece, t[inside])
        if self._clock < self._attending.frame + ATTEND:
            mixed *= self._attending.at(t).astype(np.float32)
        else:
            mixed *= np.float32(self._attending.gain)
        self._clock = end
        self._forget()
        return to_pcm(self._limit(mixed))

    def _place(self, at: int, clip: Clip, rank: Rank | None, text: str) -> None:
        frame = at * FRAMES_PER_MS
        if frame < self._clock:
            self._tally["late"] += 1
        piece = _Piece(at=frame, samples=clip.samples, rank=rank, text=text)
        first = -1 if rank is None else int(rank)
        heapq.heappush(self._placed, (max(frame, self._clock), first, self._sequence, piece))
        self._sequence += 1

    def _begin_until(self, end: int) -> None:
        """Let everything begin that begins before frame `end`, in the order of time."""
        while True:
            due = self._placed[0][0] if self._placed else end
            free = self._speech_ends() if self._waiting else end
            if min(due, free) >= end:
                return
            if due <= free:
                start, _, _, piece = heapq.heappop(self._placed)
                if piece.rank is Rank.TALK and (self._waiting or self._speech_ends() > start):
                    self._waiting.append(piece)
                    self._tally["waited"] += 1
                else:
                    self._begin(piece, start)
            else:
                self._begin(self._waiting.popleft(), free)

    def _begin(self, piece: _Piece, start: int) -> None:
        """Let `piece` sound from frame `start` on, unless it was hushed or has become too late."""
        if piece.cut is not None and piece.cut <= start:
            self._tally["hushed"] += 1
            return
        if piece.rank is Rank.TALK and start - piece.at > LATEST_MS * FRAMES_PER_MS:
            self._tally["dropped"] += 1
            return
        if piece.rank is not None:
            self._tally["spoken"] += 1
            if piece.rank is not Rank.TALK and any(p.end > start for p in self._sounding if p.urgent):
                self._tally["overlapped"] += 1
        piece.start = start
        if piece.end == piece.cut:
            self._tally["hushed"] += 1
        self._sounding.append(piece)

    def _speech_ends(self) -> int:
        """The first frame at which no speech sounds, as far as is known."""
        return max((piece.end for piece in self._sounding if piece.rank is not None), default=self._clock)

    def _envelope(self, piece: _Piece, t: Frames) -> Samples:
        """The gain of `piece` at frames `t`."""
        gain = np.ones(len(t), dtype=np.float64)
        if piece.rank is not None:
            gain *= self._gains[0][1]
            for frame, level in self._gains[1:]:
                turned = _rise(t, frame)
                gain = gain * (1.0 - turned) + level * turned
        if piece.rank is Rank.TALK:
            for other in [*self._past, *self._sounding]:
                if other.urgent and other.end > t[0]:
                    over = max(other.start, other.end - FADE)
                    gain *= 1.0 - (1.0 - DUCK) * (_rise(t, other.start) - _rise(t, over))
        if piece.cut is not None:
            gain *= 1.0 - _rise(t, piece.cut)
        envelope: Samples = gain.astype(np.float32)
        return envelope

    def _limit(self, mixed: Samples) -> Samples:
        """Bend what is above the knee so that it stays below full scale: k + (1 - k) * u / (1 + u)."""
        size = np.abs(mixed)
        above = size > KNEE
        if not above.any():
            return mixed
        self._tally["limited"] += int(above.sum())
        rest = np.float32(1.0) - KNEE
        u = (size[above] - KNEE) / rest
        mixed[above] = np.sign(mixed[above]) * (KNEE + rest * (u / (np.float32(1.0) + u)))
        return mixed

    def _forget(self) -> None:
        """Move what has ended to the past, and drop what is older than `audible` must know."""
        self._past.extend(p for p in self._sounding if p.rank is not None and p.end + FADE <= self._clock)
        self._sounding = [p for p in self._sounding if p.end + FADE > self._clock]
        while self._past and self._past[0].end + REMEMBER_MS * FRAMES_PER_MS < self._clock:
            self._past.popleft()
        while len(self._gains) > 1 and self._gains[1][0] + FADE <= self._clock:
            self._gains.pop(0)


def _rise(t: Frames, frame: int) -> npt.NDArray[np.float64]:
    """0 before `frame`, 1 from five milliseconds after it, a straight line between."""
    line: npt.NDArray[np.float64] = np.clip((t - frame) / FADE, 0.0, 1.0)
    return line
