"""The coach's voice: sentences as clips, rendered once by pyttsx3 and kept in a cache that is addressed by content."""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from voice_coach.audio.clip import FRAMES_PER_MS, Clip, Samples, to_pcm, to_samples
from voice_coach.audio.wav import read_wav, wav_header
from voice_coach.errors import AudioError, EngineError
from voice_coach.speech.aiff import as_wav, is_aiff
from voice_coach.speech.voice_process import VoiceProcess

SLOWEST, FASTEST = 100, 260
DEFAULT_RATE = 165  # words a minute; synthetic speech is most comfortable at 150-200 (Sutton 1995)
FORMAT = "2"  # raised whenever `finished` changes, so that old clips are made again

LEAST_ROOM = 1 << 20  # bytes that must be free, of the 30 MB that the sentences around a session take
SEAL = 40  # bytes of the last chunk of a clip in the cache
ONSET = 0.02  # of the peak (-34 dB): softer than this before the first sound counts as silence
TAIL_MS = 40
LEVEL = 10 ** (-20 / 20)  # RMS over active speech, so that all clips are equally loud
HIGHEST = 0.9
LARGEST = 1 << 25  # bytes of what the engine may write for one sentence: minutes of sound
SHORTEST_MS = 15  # for one letter at 165 words a minute, where 68 are usual: what is shorter was cut off


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
    """One voice at one rate. Clips come from memory, from the cache, or are rendered now (about 15 ms a phrase).

    Where the cache cannot be written, clips are kept in memory, and `unkept` says why. Several threads may ask.
    """

    def __init__(self, settings: VoiceSettings, cache: Path, process: VoiceProcess | None = None) -> None:
        self.name = settings.name or "the system's default voice"
        self._process = process or VoiceProcess(settings.name, settings.rate_wpm)
        self._stamp = "|".join((FORMAT, sys.platform, _versions(), settings.name or "", str(settings.rate_wpm)))
        self._folder = cache / "voice"
        self._letter_ms = SHORTEST_MS * DEFAULT_RATE / settings.rate_wpm
        self._clips: dict[str, Clip] = {}
        self._lengths: dict[str, int] = {}  # of texts whose clip was seen whole
        self.unkept = ""  # why clips cannot be kept, or ""

    def known(self, text: str) -> bool:
        """Whether the text need not be rendered any more: its clip was seen whole, in memory or in the cache."""
        return text in self._lengths or self._cached(text) is not None

    def at_hand(self, text: str) -> Clip | None:
        """The sound of a text where it is in memory: no disk and no engine is waited for."""
        return self._clips.get(text)

    def ms_at_hand(self, text: str) -> int | None:
        """How long a text takes to say, where that is known without a disk or an engine."""
        return self._lengths.get(text)

    def clip(self, text: str) -> Clip:
        """The sound of a text, from its audible onset. EngineError when the voice is dead."""
        if (clip := self._clips.get(text)) is None:
            clip = self._clips[text] = self._cached(text) or self._rendered(text)
        return clip

    def ms(self, text: str) -> int:
        """How long the text takes to say."""
        if text not in self._lengths:
            self.clip(text)
        return self._lengths[text]

    def prepare(self, texts: Iterable[str], progress: Callable[[int, int], None] | None = None) -> int:
        """Render what is missing, ahead of time; returns how many that were. `progress` gets done and total."""
        missing = [text for text in dict.fromkeys(texts) if not self.known(text)]
        for done, text in enumerate(missing, 1):
            if not self.known(text):  # another thread may have been quicker
                self._rendered(text)
            if progress:
                progress(done, len(missing))
        return len(missing)

    def close(self) -> None:
        """End the child process, for good; whoever waits for it gets an EngineError."""
        self._process.close()

    def _path(self, text: str) -> Path:
        digest = hashlib.sha256(f"{self._stamp}|{text}".encode()).hexdigest()
        return self._folder / digest[:2] / f"{digest}.wav"

    def _cached(self, text: str) -> Clip | None:
        """The clip from the cache; None where there is none, a damaged one, or the clip of another text."""
        path = self._path(text)
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST)
        except OSError:
            return None
        head = len(wav_header(0))
        body, seal = data[head:-SEAL], data[-SEAL:]
        if not body or seal != _seal(path.name, data[:-SEAL]):
            return None
        clip = Clip(to_samples(np.frombuffer(body, dtype="<i2")))
        self._lengths[text] = clip.ms
        return clip

    def _rendered(self, text: str) -> Clip:
        """Made now, and kept; in memory where the cache cannot be written."""
        path = self._path(text)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.TemporaryDirectory(dir=path.parent) as work:
                clip = self._made(text, Path(work) / "spoken.wav")
                pcm = to_pcm(clip.samples).astype("<i2")
                data = wav_header(len(pcm)) + pcm.tobytes()
                final = Path(work) / "final.wav"
                final.write_bytes(data + _seal(path.name, data))
                final.replace(path)
        except OSError as error:
            self.unkept = f"Spoken sentences cannot be kept in {self._folder} ({error.strerror or error})."
            clip = self._clips[text] = self._made_elsewhere(text)
        self._lengths[text] = clip.ms
        return clip

    def _made_elsewhere(self, text: str) -> Clip:
        """Made where all programs keep what they need for a moment."""
        try:
            with tempfile.TemporaryDirectory() as work:
                return self._made(text, Path(work) / "spoken.wav")
        except OSError as error:
            raise EngineError(
                f"{self.unkept} Nor is there another place for a moment ({error.strerror or error})."
            ) from error

    def _made(self, text: str, path: Path) -> Clip:
        """What the engine writes to `path`, ready to be heard; EngineError where that is no sound, or not all of it."""
        self._process.render(text, path)
        try:
            if not path.is_file():
                raise AudioError("there is no file")
            if path.stat().st_size > LARGEST:
                raise AudioError("it does not end")
            if is_aiff(data := path.read_bytes()):
                path.write_bytes(as_wav(data))
            clip = Clip(finished(to_samples(read_wav(path))))
        except AudioError as error:
            raise EngineError(f'The voice gave no sound for "{text}" ({error}).') from error
        if clip.ms < self._letter_ms * sum(letter.isalpha() for letter in text):
            raise EngineError(f'The voice broke off in "{text}".')
        return clip


def _seal(name: str, data: bytes) -> bytes:
    """A last chunk of a WAV file, which holds the digest of all before it and of its name: damage shows."""
    return b"seal" + (32).to_bytes(4, "little") + hashlib.sha256(name.encode() + data).digest()


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


def try_voice() -> tuple[float, float]:
    """Seconds from a cold start to the first sentence, and for the next one; EngineError where none comes."""
    with tempfile.TemporaryDirectory() as folder:
        voice = Voice(VoiceSettings(), Path(folder))
        try:
            moments = [time.perf_counter()]
            for sentence in ("This is how I sound.", "And this is how quick I am."):
                voice.clip(sentence)
                moments.append(time.perf_counter())
        finally:
            voice.close()
    return moments[1] - moments[0], moments[2] - moments[1]


def unwritable(cache: Path) -> str:
    """Why spoken sentences cannot be kept there, in a sentence; "" where they can. Nothing is left behind."""
    there = next(folder for folder in (cache, *cache.parents) if folder.exists())
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(bytes(LEAST_ROOM))
    except OSError as error:
        return f"Spoken sentences cannot be kept in {cache} ({error.strerror or error}); they are made anew each time."
    return ""


def _versions() -> str:
    found = []
    for package in ("pyttsx3", "espeakng-loader"):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} unknown")
    return ", ".join(found)
