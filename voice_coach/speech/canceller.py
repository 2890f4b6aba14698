"""The echo cancellers between microphone and recogniser, fed with exactly what was played, when it is heard."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from voice_coach.audio.clip import BLOCK, RATE, Pcm
from voice_coach.errors import EngineError
from voice_coach.speech.delay import Alignment
from voice_coach.speech.room_model import RoomModel

FRAME = RATE // 100  # WebRTC works in frames of 10 ms


class Canceller(Protocol):
    """Takes the coach's own sound out of what the microphone heard."""

    @property
    def name(self) -> str:
        """What it is, for the log."""

    def process(self, mic: Pcm, played: Pcm) -> Pcm:
        """The microphone's block without the echo of what was played; all of one length, whole 10 ms frames."""


class NoCanceller:
    """For a headset, or a microphone that hears no loudspeaker."""

    name = "no echo canceller"

    def process(self, mic: Pcm, played: Pcm) -> Pcm:
        """The microphone's block as it is."""
        return mic


class RoomCanceller:
    """Our own: it finds the delay, learns the room, and leaves a person who speaks meanwhile as she is.

    WebRTC's makes softer whatever sounds while the loudspeaker does. Real "yes", "no" and "stop" under a coach who
    never paused, 10 dB louder: of 180, in three rooms, 165 were heard when the coach was silent, 52 through WebRTC's
    and 108 through the first version of this one.
    """

    name = "our echo canceller"

    def __init__(self) -> None:
        self.alignment = Alignment()
        self._model = RoomModel()
        self._found = False
        self._moves = 0

    def process(self, mic: Pcm, played: Pcm) -> Pcm:
        """The block without the echo; ValueError for anything but whole blocks of 20 ms of one length."""
        _check(mic, played, BLOCK)
        far = self.alignment.align(mic, played)
        if self.alignment.found and not self._found:
            self._found = True
            self._model.shift(self.alignment.late)
        if self.alignment.moves > self._moves:
            self._moves = self.alignment.moves
            self._model.reopen()
        blocks = range(0, len(mic), BLOCK)
        return np.concatenate([self._model.process(mic[at : at + BLOCK], far[at : at + BLOCK]) for at in blocks])


class WebRtcCanceller:
    """WebRTC's audio processing module (PyPI package livekit): echo cancellation and a high-pass filter.

    It finds any delay up to half a second by itself, but takes two or three seconds of speech after a sound server has
    stumbled, and meanwhile the coach hears itself. So what was played is handed to it by `Alignment`, as late as it is
    heard, and what it has learnt of the room stays good. `delay_ms` is what the device says of itself. Noise
    suppression stays off: it takes the soft beginnings of words away.
    """

    name = "WebRTC echo canceller"

    def __init__(self, delay_ms: int = 0) -> None:
        try:
            from livekit import rtc
        except (ImportError, OSError) as error:
            raise EngineError(f"The echo canceller cannot be loaded ({error}); use --echo canceller.") from error
        self.alignment = Alignment()
        self._frame: Any = rtc.AudioFrame
        self._apm = rtc.AudioProcessingModule(echo_cancellation=True, high_pass_filter=True)
        self._apm.set_stream_delay_ms(max(0, min(500, delay_ms)))  # it is kept: told once or each frame, same samples

    def process(self, mic: Pcm, played: Pcm) -> Pcm:
        """The block without the echo; ValueError for anything but whole 10 ms frames of one length."""
        _check(mic, played, FRAME)
        far = self.alignment.align(mic, played)
        return np.concatenate(
            [self._one(mic[at : at + FRAME], far[at : at + FRAME]) for at in range(0, len(mic), FRAME)]
        )

    def _one(self, mic: Pcm, played: Pcm) -> Pcm:
        far = self._frame(bytearray(played.tobytes()), RATE, 1, FRAME)
        near = self._frame(bytearray(mic.tobytes()), RATE, 1, FRAME)
        self._apm.process_reverse_stream(far)
        self._apm.process_stream(near)
        cleaned: Pcm = np.frombuffer(bytes(near.data), dtype=np.int16)
        return cleaned


def _check(mic: Pcm, played: Pcm, frames: int) -> None:
    if len(mic) != len(played) or len(mic) % frames:
        raise ValueError(f"the canceller takes two blocks of whole {frames} frames, not {len(mic)} and {len(played)}")
