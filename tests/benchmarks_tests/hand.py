"""Clips, stages and commands made by hand."""

from __future__ import annotations

import numpy as np

from tests.benchmarks.accepted import Accepted
from tests.benchmarks.pack import Entry, Kind
from tests.benchmarks.stage import Stage, stage
from voice_coach.audio.clip import FRAMES_PER_MS, RATE, Pcm, to_pcm
from voice_coach.commands import Vocabulary

WORDS = Vocabulary()


def tone(ms: int, level: float = 0.3, pitch: float = 440.0) -> Pcm:
    """A sine."""
    t = np.arange(ms * FRAMES_PER_MS) / RATE
    return to_pcm((level * np.sin(2 * np.pi * pitch * t)).astype(np.float32))


def silence(ms: int) -> Pcm:
    """Digital silence."""
    return np.zeros(ms * FRAMES_PER_MS, dtype=np.int16)


def entry(
    word: str, kind: Kind = Kind.COMMAND, corpus: str = "AN4", speaker: str = "an4-fabc", hint: str = ""
) -> Entry:
    """A line of a manifest."""
    return Entry(
        path=None,
        name=f"{word or kind.value}.wav",
        kind=kind,
        corpus=corpus,
        speaker=speaker,
        transcript=word,
        hint=hint,
    )


def staged(*entries: Entry, ms: int = 400) -> Stage:
    """Every clip a tone of so many milliseconds."""
    return stage([(each, tone(ms)) for each in entries])


def heard(text: str, start_ms: int, end_ms: int, after_ms: int = 200, confidence: float = 1.0) -> Accepted:
    """A command that was obeyed some time after its words."""
    match = WORDS.match(text)
    assert match is not None, text
    return Accepted(
        at_ms=end_ms + after_ms, start_ms=start_ms, end_ms=end_ms, text=text, match=match, confidence=confidence
    )
