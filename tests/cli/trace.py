"""What a logged session said and when, played again; and where a clip lies in a recording of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from voice_coach import script
from voice_coach.audio.clip import FRAMES_PER_MS, Samples
from voice_coach.journal import SessionLog, codec
from voice_coach.session.engine import Session
from voice_coach.session.events import Effect, Hush, Priority, Say

SEARCH_MS = 150


def effects(log: SessionLog) -> list[Effect]:
    """Everything that came out of the session."""
    entries = [entry.fields for entry in log.entries]
    plan = codec.unpack_plan(entries[0])
    lengths = codec.speech_from(length for e in entries if e["type"] == "speech" for length in e["lines"])
    session = Session(plan, lengths.__getitem__)
    found: list[Effect] = []
    for entry in entries:
        if entry["type"] == "event":
            found += session.receive(replace(codec.event_from(entry["event"]), at=entry["at"]))
    return found + session.advance(entries[-1]["at"])


def counted(log: SessionLog) -> list[tuple[int, str]]:
    """The counts that were not hushed before or within them: (millisecond, words)."""
    kept: list[Say] = []
    for effect in effects(log):
        if isinstance(effect, Hush):
            kept = [say for say in kept if say.at < effect.at - 1_500]
        elif isinstance(effect, Say) and effect.priority is Priority.COUNT:
            kept.append(effect)
    return sorted((say.at, script.text(say.line)) for say in kept)


def placed(sound: npt.NDArray[np.float64], clip: Samples, near_ms: int) -> float:
    """The millisecond near `near_ms` at which the clip fits the sound best (cross-correlation, to the frame)."""
    first = max(0, (near_ms - SEARCH_MS) * FRAMES_PER_MS)
    piece = sound[first : (near_ms + SEARCH_MS) * FRAMES_PER_MS + len(clip)]
    likeness = np.correlate(piece, clip.astype(np.float64), "valid")
    return (first + int(np.argmax(likeness))) / FRAMES_PER_MS
