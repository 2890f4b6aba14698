"""What a microphone is good for: its levels, and what they mean in plain words. Nothing here opens a device.

Levels are dBFS of blocks of 20 ms (RMS; a sine at full scale is -3). The bounds are those of a person who speaks at a
conversational 60 dB(A) one to three metres from a laptop: -50 to -25 dBFS, 15 dB and more above a quiet room.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import Enum

import numpy as np

from voice_coach.audio.clip import BLOCK, BLOCK_MS, RATE, Pcm, to_samples
from voice_coach.audio.loudness import FAINTEST_DB
from voice_coach.speech.delay import Alignment

SILENT_DB = -95.0  # what stands for no sound at all
SPEECH_RISE_DB = 9.0  # a block so much above the room's noise is speech,
SPEECH_BLOCKS = 5  # if so many follow each other
TOO_QUIET_DB = -52.0
TOO_NEAR_DB = -12.0  # speech with this RMS has peaks at full scale
LEAST_RISE_DB = 12.0
NOISY_DB = -42.0
CLIPPED = 32_700  # a sample beyond this is at the end of the scale
CLIPPED_SHARE = 0.01  # of the blocks with speech
CALL_HZ, CALL_DB = 4_200.0, -45.0  # a telephone codec leaves nothing above; so much below the rest is nothing
ENOUGH_MS = 2_000  # before so much was heard, nothing is said about it
MEMORY_MS = 30_000  # the room's noise is that of the last half minute without the coach
AFTER_MS = 1_000  # an echo comes up to 700 ms after the sound, and its room some tenths later
PLAYED = 50  # a louder sample is played sound
GATE_DB = 25.0  # what is so much below her loudest is breath and room, and no measure of her voice
ECHO_LOUDER_DB = 15.0


class Fault(str, Enum):
    """What can be wrong."""

    DEAD = "dead"
    CLIPPING = "clipping"
    QUIET = "quiet"
    NO_SPEECH = "no speech"
    NOISY = "noisy"
    CALL_QUALITY = "call quality"
    ECHO = "echo"


ADVICE = {
    Fault.DEAD: "Nothing at all comes in. Is it muted, or not allowed for this program, or the wrong one?",
    Fault.CLIPPING: "It is too loud and distorts. Move a little away, or turn the microphone down.",
    Fault.QUIET: "Your voice is faint. Come nearer, turn the microphone up, or choose another one.",
    Fault.NO_SPEECH: "Nobody was heard speaking. If you spoke, this may be the wrong microphone.",
    Fault.NOISY: "The room is loud beside your voice. Turn the television down, come nearer, or use a headset.",
    Fault.CALL_QUALITY: "It sounds like a telephone: a Bluetooth headset, probably. Another microphone hears better.",
    Fault.ECHO: "The loudspeaker is much louder here than you are. Turn it down, or move it away from the microphone.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One block: its RMS and its highest sample, dBFS."""

    rms_db: float
    peak_db: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found; levels that were not met are None."""

    heard_ms: int
    noise_db: float | None  # the room, while nobody spoke
    speech_db: float | None  # the person
    echo_db: float | None  # the coach's own voice
    echo_ms: int | None  # how late it came
    clipped: float  # share of the blocks with speech
    faults: tuple[Fault, ...]

    @property
    def advice(self) -> tuple[str, ...]:
        """A sentence for every fault; one that says so where there is none, or where it is too early to say."""
        if self.heard_ms < ENOUGH_MS:
            return ("That was too short to tell how good the microphone is.",)
        return tuple(ADVICE[fault] for fault in self.faults) or ("This microphone will do well.",)


class Microphone:
    """Takes what was heard and what was played, block after block."""

    def __init__(self) -> None:
        self._alignment = Alignment()
        self._quiet: deque[float] = deque(maxlen=MEMORY_MS // BLOCK_MS)  # levels while nothing was played
        self._spoken: list[float] = []
        self._echoed: list[float] = []
        self._clipped = 0
        self._loudest = 0
        self._recent: deque[float] = deque(maxlen=SPEECH_BLOCKS)
        self._after_play = 0
        self._spectrum = np.zeros(BLOCK // 2 + 1)
        self._blocks = 0

    def take(self, mic: Pcm, played: Pcm) -> Level:
        """The next block of 20 ms of both; its level."""
        self._blocks += 1
        self._alignment.align(mic, played)
        level = Level(rms_db=_db(float(np.sqrt(np.square(to_samples(mic)).mean()))), peak_db=_db(_peak(mic) / 32768))
        self._loudest = max(self._loudest, _peak(mic))
        self._after_play = AFTER_MS // BLOCK_MS if _peak(played) > PLAYED else max(0, self._after_play - 1)
        if self._after_play:
            self._echoed.append(level.rms_db)
            self._recent.clear()
        else:
            self._listen(level, mic)
        return level

    @property
    def noise_db(self) -> float:
        """The level that four blocks in five of the quiet ones are above."""
        return float(np.percentile(self._quiet, 20)) if self._quiet else SILENT_DB

    def report(self) -> Report:
        """Everything so far."""
        heard_ms = self._blocks * BLOCK_MS
        speech = _usual(self._spoken) if self._spoken else None
        noise = self.noise_db if self._quiet else None
        loud = [level for level in self._echoed if level > self.noise_db + SPEECH_RISE_DB]
        echo = float(np.median(loud)) if self._alignment.found and loud else None
        clipped = self._clipped / len(self._spoken) if self._spoken else 0.0
        faults = tuple(self._faults(noise, speech, echo, clipped)) if heard_ms >= ENOUGH_MS else ()
        return Report(
            heard_ms=heard_ms,
            noise_db=noise,
            speech_db=speech,
            echo_db=echo,
            echo_ms=self._alignment.delay_ms if echo is not None else None,
            clipped=clipped,
            faults=faults,
        )

    def _listen(self, level: Level, mic: Pcm) -> None:
        self._quiet.append(level.rms_db)
        self._recent.append(level.rms_db)
        if len(self._recent) == SPEECH_BLOCKS and min(self._recent) > max(self.noise_db + SPEECH_RISE_DB, FAINTEST_DB):
            self._spoken.append(level.rms_db)
            self._clipped += _peak(mic) >= CLIPPED
            self._spectrum += np.abs(np.fft.rfft(to_samples(mic) * np.hanning(BLOCK))) ** 2

    def _faults(self, noise: float | None, speech: float | None, echo: float | None, clipped: float) -> list[Fault]:
        if self._loudest <= 1:
            return [Fault.DEAD]
        faults = []
        if clipped > CLIPPED_SHARE or (speech is not None and speech > TOO_NEAR_DB):
            faults.append(Fault.CLIPPING)
        if speech is None:
            faults.append(Fault.NO_SPEECH)
        elif speech < TOO_QUIET_DB:
            faults.append(Fault.QUIET)
        drowned = speech is not None and noise is not None and speech - noise < LEAST_RISE_DB
        if noise is not None and (noise > NOISY_DB or (drowned and Fault.QUIET not in faults)):
            faults.append(Fault.NOISY)
        if speech is not None and self._narrow():
            faults.append(Fault.CALL_QUALITY)
        if echo is not None and speech is not None and echo - speech > ECHO_LOUDER_DB:
            faults.append(Fault.ECHO)
        return faults

    def _narrow(self) -> bool:
        hertz = np.fft.rfftfreq(BLOCK, 1 / RATE)
        above = self._spectrum[hertz > CALL_HZ].mean()
        below = self._spectrum[(hertz > 300) & (hertz < 3_000)].mean()
        return bool(10 * np.log10((above + 1e-20) / (below + 1e-20)) < CALL_DB)


def _usual(levels: list[float]) -> float:
    """The middle of the levels that are near the loudest."""
    found = np.array(levels)
    return float(np.median(found[found > np.percentile(found, 95) - GATE_DB]))


def _peak(pcm: Pcm) -> int:
    return int(np.abs(pcm.astype(np.int32)).max())


def _db(amplitude: float) -> float:
    return max(SILENT_DB, 20 * float(np.log10(amplitude))) if amplitude > 0 else SILENT_DB
