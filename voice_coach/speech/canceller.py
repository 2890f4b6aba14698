"""The echo canceller between microphone and recogniser: WebRTC's, fed with exactly what was played."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from voice_coach.audio.clip import RATE, Pcm
from voice_coach.errors import EngineError

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


class WebRtcCanceller:
    """WebRTC's audio processing module (PyPI package livekit): echo cancellation and a high-pass filter.

    `delay_ms` is the time from handing a block to the loudspeaker until its echo is in the microphone's block; WebRTC
    finds the rest itself. Noise suppression stays off: it takes the soft beginnings of words away.
    """

    name = "WebRTC echo canceller"

    def __init__(self, delay_ms: int = 0) -> None:
        try:
            from livekit import rtc
        except (ImportError, OSError) as error:
            raise EngineError(f"The echo canceller cannot be loaded ({error}); use --echo none.") from error
        self._frame: Any = rtc.AudioFrame
        self._apm = rtc.AudioProcessingModule(echo_cancellation=True, high_pass_filter=True)
        self._apm.set_stream_delay_ms(max(0, min(500, delay_ms)))  # it is kept: told once or each frame, same samples

    def process(self, mic: Pcm, played: Pcm) -> Pcm:
        """The block without the echo; ValueError for anything but whole 10 ms frames of one length."""
        if len(mic) != len(played) or len(mic) % FRAME:
            raise ValueError(
                f"the canceller takes two blocks of whole {FRAME} frames, not {len(mic)} and {len(played)}"
            )
        return np.concatenate(
            [self._one(mic[at : at + FRAME], played[at : at + FRAME]) for at in range(0, len(mic), FRAME)]
        )

    def _one(self, mic: Pcm, played: Pcm) -> Pcm:
        far = self._frame(bytearray(played.tobytes()), RATE, 1, FRAME)
        near = self._frame(bytearray(mic.tobytes()), RATE, 1, FRAME)
        self._apm.process_reverse_stream(far)
        self._apm.process_stream(near)
        cleaned: Pcm = np.frombuffer(bytes(near.data), dtype=np.int16)
        return cleaned
