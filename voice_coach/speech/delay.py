"""How late the echo of the loudspeaker comes back to the microphone: found again and again, by correlation.

The phases of the two signals' cross spectrum are compared, their levels are not (GCC-PHAT: Knapp and Carter, IEEE
Trans. ASSP 24(4), 1976): a room's colouring and a person who speaks as well blur the peak, but do not move it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voice_coach.audio.clip import BLOCK, BLOCK_MS, FRAMES_PER_MS, RATE, Pcm, Samples

LONGEST_MS = 700  # echoes that come later are not found; Bluetooth loudspeakers take 150 to 400 ms
SPAN_MS = 640  # so much of the microphone is looked at: long enough for a counted word
EVERY_MS = 200  # how often, at most
_STEP = 4  # frames that are averaged into one: the lower 2 kHz hold most of a voice, and are a quarter of the work
_MEAN = np.full(_STEP, 1 / _STEP, dtype=np.float32)  # exact, since a sum of so few frames of 16 bits is
_SPAN, _LONGEST = SPAN_MS * FRAMES_PER_MS // _STEP, LONGEST_MS * FRAMES_PER_MS // _STEP
_SIZE = 1 << (_SPAN + _LONGEST - 1).bit_length()
_BAND_HZ = (200.0, 1_800.0)
_LASTS = 0.9  # of the sum of all looks, from look to look: about two seconds
_REFLECTED = 30 * FRAMES_PER_MS // _STEP  # the strongest sound may come so much later than the first
_FIRST = 0.5  # which is one that is half as strong
_AUDIBLE = 200  # a loudspeaker whose peaks stay below this (-44 dBFS) gives nothing to go by


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """Where the correlation has its peak. Heights are in its standard deviations.

    Of one look without an echo they are about 5, with one 15 to 40, in a room that reverberates 7 to 10. Of the looks
    of some seconds 4 without an echo, and 7 to 25 with one.
    """

    delay: float  # frames from the loudspeaker's block to the microphone's; good to a fifth of a frame
    peak: float
    here: float  # the highest around the delay that was expected


class DelayFinder:
    """Takes microphone and loudspeaker, block after block, and looks for the delay between them."""

    def __init__(self) -> None:
        self._far: Samples = np.zeros(_SPAN + _LONGEST, dtype=np.float32)
        self._near: Samples = np.zeros(_SPAN, dtype=np.float32)
        hertz = np.fft.rfftfreq(_SIZE, _STEP / RATE)
        self._sum: npt.NDArray[np.float64] = np.zeros(_LONGEST + 1)
        self._band: Samples = ((hertz > _BAND_HZ[0]) & (hertz < _BAND_HZ[1])).astype(np.float32)

    def take(self, mic: Pcm, played: Pcm) -> None:
        """The next block of both, of one length, a whole number of milliseconds."""
        for memory, block in ((self._near, mic), (self._far, played)):
            thin = block.astype(np.float32).reshape(-1, _STEP) @ _MEAN
            memory[: -len(thin)] = memory[len(thin) :]
            memory[-len(thin) :] = thin

    def look(self, expected: float) -> tuple[Echo, Echo] | None:
        """The strongest echo of the last moments, and the first strong one of the last seconds.

        None where the loudspeaker or the microphone was silent.
        """
        if np.abs(self._far).max() < _AUDIBLE or not self._near.any():
            return None
        cross = np.fft.rfft(self._far, _SIZE) * np.fft.rfft(self._near, _SIZE).conj()
        size = np.abs(cross)
        cross *= self._band / (size + 0.01 * size.mean())
        # `found[i]`: how well the microphone fits the loudspeaker as it was `_LONGEST - i` steps before.
        found: npt.NDArray[np.float64] = np.fft.irfft(cross, _SIZE)[: _LONGEST + 1]
        spread = float(found.std())
        if spread == 0.0:
            return None
        found = found / spread
        self._sum = _LASTS * self._sum + found
        lasting = self._sum / self._sum.std()
        best = int(np.argmax(lasting))
        early = np.flatnonzero(lasting[best : best + _REFLECTED] > _FIRST * lasting[best])[-1]
        return _echo(found, int(np.argmax(found)), expected), _echo(lasting, best + int(early), expected)


def _echo(found: npt.NDArray[np.float64], at: int, expected: float) -> Echo:
    middle = min(_LONGEST, max(0, _LONGEST - round(expected / _STEP)))
    here = found[max(0, middle - 2) : middle + 3].max()
    delay = (_LONGEST - at - _between(found, at)) * _STEP
    return Echo(delay=max(0.0, delay), peak=float(found[at]), here=float(here))


def _between(found: npt.NDArray[np.float64], best: int) -> float:
    """Where between its neighbours the peak lies (-0.5 to 0.5), by a parabola through the three."""
    if not 0 < best < len(found) - 1:
        return 0.0
    left, top, right = (float(value) for value in found[best - 1 : best + 2])
    bend = left - 2 * top + right
    return 0.5 * (left - right) / bend if bend < 0 and top >= max(left, right) else 0.0


class Alignment:
    """Hands the loudspeaker's signal out as late as its echo is heard, so that the canceller's own memory stays valid.

    A delay that has changed is followed at once where several looks agree on it; two crystals that run apart are
    followed smoothly, by stretching the signal, since every step costs the canceller what it has learnt. `MARGIN` is
    left to the canceller: the room's first reflections, and what the looks are wrong by.
    """

    MARGIN = 10 * FRAMES_PER_MS

    def __init__(self) -> None:
        self.found = False
        self.moves = 0  # how often the delay has jumped
        self._finder = DelayFinder()
        self._line = _DelayLine(LONGEST_MS * FRAMES_PER_MS)
        self._delay = 0.0  # by which the signal is handed out later
        self._drift = 0.0  # frames by which the delay grows in a block
        self._pull = 0.0  # and those that bring it to where the last look found it
        self._agreed = 0  # looks in a row that found the same
        self._last = 0.0
        self._stayed = 0  # and in a row in which the sum of all found the same
        self._lasting = 0.0
        self._blocks = 0

    @property
    def delay_ms(self) -> int | None:
        """How late the echo is; None as long as none was found."""
        return round((self._delay + self.MARGIN) / FRAMES_PER_MS) if self.found else None

    @property
    def late(self) -> int:
        """Frames by which the signal is handed out later."""
        return round(self._delay)

    @property
    def drift_ppm(self) -> float:
        """By how many millionths the microphone's clock is slower than the loudspeaker's."""
        return self._drift / BLOCK * 1e6

    def align(self, mic: Pcm, played: Pcm) -> Pcm:
        """The block of the loudspeaker whose echo is in the microphone's block, or a little later."""
        self._finder.take(mic, played)
        self._line.push(played)
        self._blocks += 1
        before = self._delay
        if self._blocks % (EVERY_MS // BLOCK_MS) == 0:
            self._pull = 0.0
            looked = self._finder.look(self._delay + self.MARGIN)
            if looked is not None:
                before = self._follow(*looked)
        self._delay = max(0.0, self._delay + self._drift + self._pull)
        return self._line.pull(before, self._delay, len(played))

    def _follow(self, moment: Echo, lasting: Echo) -> float:
        """Go where the echo is; the delay at which the next block begins."""
        if moment.peak > SURE:
            self._agreed = self._agreed + 1 if abs(moment.delay - self._last) < AGREE else 1
            self._last = moment.delay
            error = self._wanted(moment) - self._delay
            if abs(error) <= SLIGHT:
                self.found = True
                looks = EVERY_MS // BLOCK_MS
                error -= min(BLUR, max(-BLUR, error))
                self._pull = PULL * error / looks
                self._drift = min(FASTEST, max(-FASTEST, self._drift + DRIFT * error / looks))
            elif self._believes(moment, near=abs(error) < NEAR):
                self._move(moment)
        elif lasting.peak > SURE_LASTING:
            self._stayed = self._stayed + 1 if abs(lasting.delay - self._lasting) < 2 * AGREE else 1
            self._lasting = lasting.delay
            error = self._wanted(lasting) - self._delay
            far_off = not self.found or (abs(error) > self.MARGIN and lasting.here < RIVAL * lasting.peak)
            if self._stayed >= STAYED and far_off:
                self._move(lasting)
        return self._delay

    def _believes(self, moment: Echo, *, near: bool) -> bool:
        """Whether the delay has jumped to where the last looks found it."""
        if not self.found:
            return self._agreed >= FIRST
        if near:
            return self._agreed >= AGAIN_NEAR
        return self._agreed >= AGAIN and moment.here < RIVAL * moment.peak

    def _wanted(self, echo: Echo) -> float:
        return max(0.0, echo.delay - self.MARGIN)

    def _move(self, echo: Echo) -> None:
        self._delay = self._wanted(echo)
        self.moves += self.found
        self.found = True


SURE = 12.0  # a peak of one look this high is an echo
SURE_LASTING = 6.5  # and one of the sum of looks, if it has
STAYED = 10  # looks in the same place
AGREE = 4.0  # frames: looks that differ by less found the same
FIRST, AGAIN, AGAIN_NEAR = 2, 3, 15  # so many looks must agree: on the first delay, on another, on one close by
RIVAL = 0.35  # as long as the expected delay has a peak of its own, as high as this share, nothing has moved
SLIGHT, NEAR = 5.0, 24.0  # frames: errors that are drift; errors that lie on the same peak
BLUR = 2.0  # frames: errors that are not followed, since every movement costs the canceller its highest notes
PULL, DRIFT = 0.25, 0.008  # shares of an error that are made good until the next look, and taken for drift
FASTEST = 500e-6 * BLOCK  # frames a block; crystals of sound cards differ by 100 ppm at most


class _DelayLine:
    """The last second or so of a signal, to be read at any time in it."""

    def __init__(self, longest: int) -> None:
        self._memory: Samples = np.zeros(longest + 2 * BLOCK, dtype=np.float32)

    def push(self, block: Pcm) -> None:
        self._memory[: -len(block)] = self._memory[len(block) :]
        self._memory[-len(block) :] = block

    def pull(self, first: float, last: float, frames: int) -> Pcm:
        """The last frames, `first` frames late at the beginning and `last` at the end.

        Between two frames it is read by a cubic (Catmull-Rom), which needs the two after it: so a delay that is not
        whole is two frames at least.
        """
        start = len(self._memory) - frames
        if first == last and first.is_integer():
            whole: Pcm = self._memory[start - int(first) : start - int(first) + frames].astype(np.int16)
            return whole
        if not self._memory[start - int(max(first, last)) - 2 :].any():
            return np.zeros(frames, dtype=np.int16)
        late = np.maximum(np.linspace(first, last, frames, endpoint=False), 2.0)
        at = start + np.arange(frames) - late
        index = np.floor(at).astype(np.intp)
        f = (at - index).astype(np.float32)
        a, b, c, d = (self._memory[index + k] for k in (-1, 0, 1, 2))
        read = b + 0.5 * f * (c - a + f * (2 * a - 5 * b + 4 * c - d + f * (3 * (b - c) + d - a)))
        pcm: Pcm = np.clip(np.rint(read), -32768, 32767).astype(np.int16)
        return pcm
