"""Rooms: where the coach's voice goes and the person's comes from. The loop asks for nothing else.

A room takes the block to be played and gives the block its microphone heard meanwhile, of the same length. A sound
card waits for that to happen; files and the rehearsal room never wait, so a session runs as fast as it can.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from voice_coach.audio.clip import FRAMES_PER_MS, RATE, Clip, Pcm, Samples, to_pcm, to_samples
from voice_coach.audio.wav import WavWriter
from voice_coach.errors import AudioError


class DeviceLostError(AudioError):
    """A microphone or loudspeaker that worked no longer answers."""


class Room(Protocol):
    """One loudspeaker and one microphone on one clock."""

    @property
    def name(self) -> str:
        """What it is, in words that can be shown and logged."""

    @property
    def realtime(self) -> bool:
        """Whether `exchange` waits for a clock in the world."""

    def exchange(self, played: Pcm) -> Pcm:
        """Play a block; the block the microphone heard meanwhile, of the same length. DeviceLostError."""

    def close(self) -> None:
        """Give up the devices and finish the files; a second call does nothing."""


class NullRoom:
    """A room with nobody in it: what is played is lost, what is heard is silence."""

    name = "no audio"
    realtime = False

    def exchange(self, played: Pcm) -> Pcm:
        """Silence."""
        return np.zeros(len(played), dtype=np.int16)

    def close(self) -> None:
        """Nothing to give up."""


class FileRoom:
    """A microphone that is a recording (silence after its end) and a loudspeaker that is a WAV file; both optional."""

    realtime = False

    def __init__(self, mic: Pcm | None = None, speaker: Path | None = None) -> None:
        self.name = f"files ({'a recording' if mic is not None else 'silence'} in, {speaker or 'nothing'} out)"
        self._mic = np.zeros(0, dtype=np.int16) if mic is None else mic
        self._heard = 0
        self._speaker = None if speaker is None else WavWriter(speaker, replace=False)

    @property
    def exhausted(self) -> bool:
        """Whether the recording has been heard to its end."""
        return self._heard >= len(self._mic)

    def exchange(self, played: Pcm) -> Pcm:
        """Write what is played, give the next piece of the recording."""
        if self._speaker is not None:
            self._speaker.write(played)
        block = np.zeros(len(played), dtype=np.int16)
        part = self._mic[self._heard : self._heard + len(played)]
        block[: len(part)] = part
        self._heard += len(played)
        return block

    def close(self) -> None:
        """Finish the WAV file."""
        if self._speaker is not None:
            self._speaker.close()


class MixedRoom:
    """A room of which one half is another's: `device` with a recording as microphone, or a file as loudspeaker."""

    def __init__(self, device: Room, files: FileRoom, *, hear_files: bool) -> None:
        self.name = f"{device.name} and {files.name}"
        self._device = device
        self._files = files
        self._hear_files = hear_files

    @property
    def realtime(self) -> bool:
        """As the device."""
        return self._device.realtime

    def exchange(self, played: Pcm) -> Pcm:
        """Play to both, hear one."""
        from_device = self._device.exchange(played)
        from_files = self._files.exchange(played)
        return from_files if self._hear_files else from_device

    @property
    def plays_after_ms(self) -> int:
        """As the device (`DeviceRoom.plays_after_ms`)."""
        return int(getattr(self._device, "plays_after_ms", 0))

    @property
    def deaf(self) -> bool:
        """Whether the device's microphone is away (`DeviceRoom.deaf`)."""
        return bool(getattr(self._device, "deaf", False))

    def reopen(self) -> None:
        """Look for the device again; AudioError while it is not there. The files were never away."""
        reopen = getattr(self._device, "reopen", None)
        if reopen is None:
            raise AudioError(f"{self.name} does not come back")
        reopen()

    def close(self) -> None:
        """Close both."""
        try:
            self._device.close()
        finally:
            self._files.close()


class RehearsalRoom:
    """A small living room made of numbers: a scripted person, the echo of the coach, and a faint noise.

    The echo is the direct sound after 8 ms and a tail that falls by 60 dB in 250 ms; `echo_gain` is its level
    against what was played (0.5 is 6 dB softer at the microphone). The noise is white, at `noise_dbfs`. The same
    seed gives the same room, for every block size (to one step of 16 bits).

    With `record`, what the coach and the person said goes to a WAV file without echo and noise, as one
    would want to listen to it.
    """

    name = "rehearsal"
    realtime = False

    def __init__(
        self, *, seed: int = 0, echo_gain: float = 0.5, noise_dbfs: float = -66.0, record: Path | None = None
    ) -> None:
        chance = np.random.default_rng(seed)
        self._response = room_response(chance) * np.float32(echo_gain)
        self._noise = np.random.default_rng(int(chance.integers(2**32)))
        self._noise_level = np.float32(10 ** (noise_dbfs / 20))
        self._spectra: dict[int, npt.NDArray[np.complex128]] = {}
        self._tail: Samples = np.zeros(len(self._response) - 1, dtype=np.float32)
        self._script: list[tuple[int, Samples]] = []
        self._clock = 0
        self._record = None if record is None else WavWriter(record)

    @property
    def now_ms(self) -> int:
        """Milliseconds of sound exchanged so far."""
        return self._clock // FRAMES_PER_MS

    def say(self, at: int, clip: Clip, gain: float = 1.0) -> None:
        """Let the person speak, the first sample on millisecond `at` of the room's time (at once, if that is over)."""
        start = max(at * FRAMES_PER_MS, self._clock)
        self._script.append((start, clip.samples * np.float32(gain)))

    def exchange(self, played: Pcm) -> Pcm:
        """What a microphone in this room hears while the block is played."""
        coach = to_samples(played)
        person = self._person(len(played))
        noise = self._noise.standard_normal(len(played)).astype(np.float32) * self._noise_level
        heard = to_pcm(self._echo(coach) + person + noise)
        if self._record is not None:
            self._record.write(to_pcm(coach + person))
        self._clock += len(played)
        return heard

    def close(self) -> None:
        """Finish the recording."""
        if self._record is not None:
            self._record.close()

    def _person(self, frames: int) -> Samples:
        sound: Samples = np.zeros(frames, dtype=np.float32)
        for start, samples in self._script:
            low, high = max(start, self._clock), min(start + len(samples), self._clock + frames)
            if low < high:
                sound[low - self._clock : high - self._clock] += samples[low - start : high - start]
        self._script = [(s, x) for s, x in self._script if s + len(x) > self._clock + frames]
        return sound

    def _echo(self, coach: Samples) -> Samples:
        """The next block of the convolution with the room's response (overlap and add)."""
        if not self._tail.any() and not coach.any():
            return np.zeros(len(coach), dtype=np.float32)
        length = len(coach) + len(self._response) - 1
        size = 1 << (length - 1).bit_length()
        if size not in self._spectra:
            self._spectra[size] = np.fft.rfft(self._response, size)
        if coach.any():
            full = np.fft.irfft(np.fft.rfft(coach, size) * self._spectra[size], size)[:length].astype(np.float32)
        else:  # only the tail is still heard
            full = np.zeros(length, dtype=np.float32)
        full[: len(self._tail)] += self._tail
        self._tail = full[len(coach) :]
        block: Samples = full[: len(coach)]
        return block


def room_response(chance: np.random.Generator) -> Samples:
    """An impulse response of a small room with an energy of one: the direct sound after 8 ms, then a tail."""
    decay_s, direct_ms, gap_ms, tail_share = 0.25, 8, 2, 0.3
    frames = int(1.2 * decay_s * RATE)
    t = np.arange(frames) / RATE
    tail: npt.NDArray[np.float64] = chance.standard_normal(frames) * 10 ** (-3 * t / decay_s)
    tail *= np.sqrt(tail_share / np.sum(tail**2))
    response = np.zeros(frames + (direct_ms + gap_ms) * FRAMES_PER_MS)
    response[direct_ms * FRAMES_PER_MS] = np.sqrt(1 - tail_share)
    response[(direct_ms + gap_ms) * FRAMES_PER_MS :] = tail
    samples: Samples = response.astype(np.float32)
    return samples
