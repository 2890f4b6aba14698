"""Recordings on disk: one long file of samples a source, a table of its clips, and where each clip's phones lie."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.training.phones import NUMBER

RATE = 16_000
Samples = npt.NDArray[np.int16]
UNSURE = -1  # a stretch of speech whose phone nobody knows

_SAMPLES, _CLIPS, _SEGMENTS = "samples.i16", "clips.json", "segments.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One recording: who speaks, what is said ("" where nobody knows), and where its samples lie in the file."""

    speaker: str
    text: str
    start: int = 0
    length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Segments:
    """A clip's phones in time order: the first sample of each, and its number in PHONES or UNSURE.

    `quality` is the mean log score of its speech, which tells a wrong or cut recording; 0 where it was not scored.
    """

    starts: npt.NDArray[np.int32]
    phones: npt.NDArray[np.int16]
    quality: float = 0.0

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, str]], quality: float = 0.0) -> Segments:
        """From (first sample, phone name)."""
        starts, names = zip(*pairs, strict=True)
        numbers = [NUMBER.get(name, UNSURE) for name in names]
        return cls(starts=np.array(starts, np.int32), phones=np.array(numbers, np.int16), quality=quality)


class Source:
    """A folder of clips of one kind; made once, then only read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = folder.name
        self.clips = [Clip(**row) for row in json.loads((folder / _CLIPS).read_text())]
        self.samples: Samples = np.memmap(folder / _SAMPLES, np.int16, "r")

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether it was written to its end."""
        return (folder / _CLIPS).exists()

    @classmethod
    def write(cls, folder: Path, recordings: Iterable[tuple[Clip, Samples]]) -> Source:
        """All recordings, one after the other; the table comes last, so that a half-written source is no source."""
        folder.mkdir(parents=True, exist_ok=True)
        clips, at = [], 0
        with (folder / _SAMPLES).open("wb") as file:
            for clip, samples in recordings:
                file.write(samples.astype("<i2").tobytes())
                clips.append(replace(clip, start=at, length=len(samples)))
                at += len(samples)
        save(folder / _CLIPS, lambda path: path.write_text(json.dumps([asdict(clip) for clip in clips])))
        return cls(folder)

    def audio(self, index: int) -> Samples:
        """One clip's samples."""
        clip = self.clips[index]
        return self.samples[clip.start : clip.start + clip.length]

    @property
    def seconds(self) -> float:
        """Of all clips together."""
        return len(self.samples) / RATE

    def retext(self, texts: Sequence[str]) -> None:
        """Gives every clip its text, as a transcriber heard it."""
        self.clips = [replace(clip, text=text) for clip, text in zip(self.clips, texts, strict=True)]
        save(self.folder / _CLIPS, lambda path: path.write_text(json.dumps([asdict(clip) for clip in self.clips])))

    def align(self, segments: Sequence[Segments | None], name: str = _SEGMENTS) -> None:
        """Keeps where the phones of every clip lie; None is a clip that cannot be trained on."""
        kept = [(index, found) for index, found in enumerate(segments) if found is not None]
        arrays: dict[str, Any] = {
            "clips": np.array([index for index, _ in kept], np.int32),
            "sizes": np.array([len(found.starts) for _, found in kept], np.int32),
            "quality": np.array([found.quality for _, found in kept], np.float32),
            "starts": np.concatenate([found.starts for _, found in kept] or [np.zeros(0, np.int32)]),
            "phones": np.concatenate([found.phones for _, found in kept] or [np.zeros(0, np.int16)]),
        }

        def write(path: Path) -> None:
            with path.open("wb") as file:
                np.savez(file, **arrays)

        save(self.folder / name, write)

    @property
    def aligned(self) -> bool:
        """Whether there are any alignments."""
        return (self.folder / _SEGMENTS).exists()

    def segments(self) -> dict[int, Segments]:
        """By the clip's index."""
        with np.load(self.folder / _SEGMENTS) as kept:
            ends = np.cumsum(kept["sizes"])[:-1]
            starts, phones = np.split(kept["starts"], ends), np.split(kept["phones"], ends)
            return {
                int(clip): Segments(starts=start, phones=phone, quality=float(quality))
                for clip, start, phone, quality in zip(kept["clips"], starts, phones, kept["quality"], strict=True)
            }


def save(path: Path, write: Callable[[Path], object]) -> None:
    """Writes beside `path` and then renames, so that a reader never sees half a file."""
    draft = path.with_name(f".{path.name}.draft")
    write(draft)
    draft.replace(path)
