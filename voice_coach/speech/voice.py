"""The coach's voice: sentences as clips, rendered once by pyttsx3 and kept in a cache that is addressed by content."""

from __future__ import annotations

import contextlib
import hashlib
import sys
import tempfile
import wave
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from voice_coach.audio.clip import FRAMES_PER_MS, RATE, Clip, Samples, to_pcm, to_samples
from voice_coach.audio.wav import read_wav
from voice_coach.errors import AudioError, EngineError
from voice_coach.speech.aiff import as_wav, is_aiff
from voice_coach.speech.voice_process import VoiceProcess

SLOWEST, FASTEST = 100, 260
DEFAULT_RATE = 165  # words a minute; synthetic speech is most comfortable at 150-200 (Sutton 1995)
FORMAT = "1"  # raised whenever `finished` changes, so that old clips are made again

ONSET = 0.02  # of the peak (-34 dB): softer than this before the first sound counts as silence
TAIL_MS = 40
LEVEL = 10 ** (-20 / 20)  # RMS over active speech, so that all clips are equally loud
HIGHEST = 0.9
_HEADER = 44


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceSettings:
    """Which voice (None: the engine's own choice; `voice-coach doctor` lists the names) and how many words a minute."""

    name: str | None = None
    rate_wpm: int = DEFAULT_RATE

    def __post_init__(self) -> None:
        if not SLOWEST <= self.rate_wpm <= FASTEST:
            raise EngineError(
                f"A rate of {self.rate_wpm} words a minute cannot be followed; choose one from {SLOWEST} to {FASTEST}."
            )


class Voice:
    """One voice at one rate. Clips come from memory, from the cache, or are rendered now (about 15 ms a phrase)."""

    def __init__(self, settings: VoiceSettings, cache: Path, process: VoiceProcess | None = None) -> None:
        self.name = settings.name or "the system's default voice"
        self._process = process or VoiceProcess(settings.name, settings.rate_wpm)
        self._stamp = "|".join((FORMAT, sys.platform, _versions(), settings.name or "", str(settings.rate_wpm)))
        self._folder = cache / "voice"
        self._clips: dict[str, Clip] = {}

    def known(self, text: str) -> bool:
        """Whether the text need not be rendered any more."""
        return text in self._clips or self._path(text).is_file()

    def clip(self, text: str) -> Clip:
        """The sound of a text, from its audible onset. EngineError when the voice is dead."""
        if text not in self._clips:
            self._clips[text] = self._cached(text) or self._rendered(text)
        return self._clips[text]

    def ms(self, text: str) -> int:
        """How long the text takes to say."""
        if text not in self._clips:
            with contextlib.suppress(OSError):
                size = self._path(text).stat().st_size - _HEADER
                if size > 0:
                    return -(-size // (2 * FRAMES_PER_MS))
        return self.clip(text).ms

    def prepare(self, texts: Iterable[str], progress: Callable[[int, int], None] | None = None) -> int:
        """Render what is missing, ahead of time; returns how many that were. `progress` gets done and total."""
        missing = [text for text in dict.fromkeys(texts) if not self.known(text)]
        for done, text in enumerate(missing, 1):
            self._rendered(text)
            if progress:
                progress(done, len(missing))
        return len(missing)

    def close(self) -> None:
        """End the child process."""
        self._process.close()

    def _path(self, text: str) -> Path:
        digest = hashlib.sha256(f"{self._stamp}|{text}".encode()).hexdigest()
        return self._folder / digest[:2] / f"{digest}.wav"

    def _cached(self, text: str) -> Clip | None:
        """The clip from the cache; None where there is none, or a damaged one."""
        try:
            with wave.open(str(self._path(text)), "rb") as file:
                if file.getframerate() != RATE or file.getnframes() == 0:
                    return None
                raw = file.readframes(file.getnframes())
                if len(raw) != 2 * file.getnframes():  # cut short
                    return None
        except (OSError, EOFError, wave.Error):
            return None
        return Clip(to_samples(np.frombuffer(raw, dtype="<i2")))

    def _rendered(self, text: str) -> Clip:
        path = self._path(text)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.TemporaryDirectory(dir=path.parent) as work:
                spoken, final = Path(work) / "spoken.wav", Path(work) / "final.wav"
                self._process.render(text, spoken)
                try:
                    if is_aiff(data := spoken.read_bytes()):
                        spoken.write_bytes(as_wav(data))
                    clip = Clip(finished(to_samples(read_wav(spoken))))
                except AudioError as error:
                    raise EngineError(f'The voice gave no sound for "{text}" ({error}).') from error
                with wave.open(str(final), "wb") as file:
                    file.setnchannels(1)
                    file.setsampwidth(2)
                    file.setframerate(RATE)
                    file.writeframes(to_pcm(clip.samples).astype("<i2").tobytes())
                final.replace(path)
        except OSError as error:
            raise EngineError(f"Spoken sentences cannot be kept in {self._folder} ({error.strerror}).") from error
        return clip


def finished(samples: Samples) -> Samples:
    """Speech without the silence around it, at the common level. The first sample is the audible onset.

    Text without any sound (a lone comma) becomes a millisecond of silence.
    """
    peak = float(np.abs(samples).max(initial=0.0))
    if peak < 1e-4:
        return np.zeros(FRAMES_PER_MS, dtype=np.float32)
    loud = np.flatnonzero(np.abs(samples) > ONSET * peak)
    speech = samples[loud[0] : loud[-1] + 1 + TAIL_MS * FRAMES_PER_MS]
    frame = 20 * FRAMES_PER_MS
    whole = speech[: max(frame, len(speech) // frame * frame)]
    powers = np.square(np.resize(whole, (max(1, len(whole) // frame), frame))).mean(axis=1)
    active = powers[powers > 0.001 * powers.max()]  # within 30 dB of the loudest: not the pauses
    gain = min(LEVEL / float(np.sqrt(active.mean())), HIGHEST / peak)
    levelled: Samples = (speech * np.float32(gain)).astype(np.float32)
    return levelled


def list_voices() -> list[tuple[str, str]]:
    """Id and name of every voice on this machine; EngineError when there is no speech engine."""
    process = VoiceProcess(None, DEFAULT_RATE)
    try:
        return process.voices()
    finally:
        process.close()


def _versions() -> str:
    found = []
    for package in ("pyttsx3", "espeakng-loader"):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} unknown")
    return ", ".join(found)
