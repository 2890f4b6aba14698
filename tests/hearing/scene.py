"""A scene by numbers: when somebody makes sound, what the ears tell when, what the coach plays; and what is decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from voice_coach.audio.clip import BLOCK, BLOCK_MS, FRAMES_PER_MS, Pcm
from voice_coach.audio.mixer import Audible
from voice_coach.commands import Vocabulary
from voice_coach.hearing import Accepted, Attend, Attention, Decision, Dismissed, Listener, Rules, Unclear
from voice_coach.session.events import Intent
from voice_coach.speech.canceller import NoCanceller
from voice_coach.speech.ears import Ears, Partial, Report, Utterance, Word

LENGTH = 6_000
LOUD = 0.1  # -20 dBFS
FAINT = 0.0003  # the room: -70 dBFS

Span = tuple[int, int]


class Scripted:
    """Ears that tell what the script says at its times, and what is left at the end."""

    name = "scripted"
    unknown_phrases: tuple[str, ...] = ()

    def __init__(self, reports: Iterable[tuple[int, Report]], last: Sequence[Utterance] = ()) -> None:
        self._reports = sorted(reports, key=lambda entry: entry[0])
        self._last = list(last)
        self._frames = 0

    def accept(self, block: Pcm) -> list[Report]:
        self._frames += len(block)
        due = [entry for entry in self._reports if entry[0] * FRAMES_PER_MS <= self._frames]
        self._reports = self._reports[len(due) :]
        return [report for _, report in due]

    def flush(self) -> list[Utterance]:
        return self._last

    def listen_for(self, phrases: Sequence[str]) -> None:
        """The script stays as it is."""

    def close(self) -> None:
        """Nothing to give up."""


def so_far(at_ms: int, text: str, *, sure: bool = True) -> tuple[int, Report]:
    """At this time the text so far is this one."""
    return at_ms, Partial(text=text, at_ms=at_ms, sure=sure)


def whole(at_ms: int, start_ms: int, end_ms: int, text: str, confidence: float | None = None) -> tuple[int, Report]:
    """At this time the utterance is over; with a confidence its words are told, of one length each."""
    said = text.split()
    step = (end_ms - start_ms) // max(1, len(said))
    words = tuple(
        Word(text=word, start_ms=start_ms + i * step, end_ms=start_ms + (i + 1) * step, confidence=confidence)
        for i, word in enumerate(said)
        if confidence is not None
    )
    return at_ms, Utterance(text=text, start_ms=start_ms, end_ms=end_ms, words=words)


def sound(spans: Iterable[Span], level: float = LOUD, noise: float = FAINT, length: int = LENGTH) -> Pcm:
    """A hum at `level` (its RMS) during the spans over a faint noise."""
    chance = np.random.default_rng(5)
    samples = chance.normal(0, noise, length * FRAMES_PER_MS)
    time = np.arange(len(samples))
    for start, end in spans:
        inside = slice(start * FRAMES_PER_MS, end * FRAMES_PER_MS)
        samples[inside] += level * np.sqrt(2) * np.sin(2 * np.pi * 200 * time[inside] / 16_000)
    return (np.clip(samples, -1, 1) * 32767).astype(np.int16)


def decided(
    reports: Iterable[tuple[int, Report]],
    spans: Iterable[Span] = (),
    *,
    coach: Sequence[Audible] = (),
    played: Pcm | None = None,
    mic: Pcm | None = None,
    rules: Rules | None = None,
    wake: bool = False,
    vocabulary: Vocabulary | None = None,
) -> list[Decision]:
    """All decisions of a scene; each has `at_ms`, the end of its block."""
    heard = sound(spans) if mic is None else mic
    loud = np.zeros(len(heard), dtype=np.int16) if played is None else played
    listener = Listener(Scripted(reports), NoCanceller(), vocabulary or Vocabulary(), rules, wake=wake)

    def audible(start_ms: int, end_ms: int) -> tuple[Audible, ...]:
        now = listener.now_ms
        return tuple(w for w in coach if w.started_ms <= min(now, end_ms) and w.ends_ms > start_ms)

    found: list[Decision] = []
    for at in range(0, len(heard), BLOCK):
        found += listener.hear(heard[at : at + BLOCK], loud[at : at + BLOCK], audible)
    return found + listener.flush(audible)


def changed(
    ears: Ears,
    mic: Pcm,
    changes: Iterable[tuple[int, Vocabulary]],
    *,
    first: Vocabulary | None = None,
    coach: Sequence[Audible] = (),
    played: Pcm | None = None,
    rules: Rules | None = None,
) -> list[Decision]:
    """All decisions where the words change at these times."""
    listener = Listener(ears, NoCanceller(), first or Vocabulary(), rules)
    waiting, loud, found = sorted(changes, key=lambda each: each[0]), mic * 0 if played is None else played, []
    for at in range(0, len(mic), BLOCK):
        while waiting and waiting[0][0] <= listener.now_ms:
            listener.listen_for(waiting.pop(0)[1])
        found += listener.hear(
            mic[at : at + BLOCK],
            loud[at : at + BLOCK],
            lambda start, end: [each for each in coach if each.started_ms <= end and each.ends_ms > start],
        )
    return found


def commands(found: Iterable[Decision]) -> list[tuple[int, Intent]]:
    """What was accepted, and when."""
    return [(each.at_ms, each.match.intent) for each in found if isinstance(each, Accepted)]


def dismissed(found: Iterable[Decision]) -> list[tuple[str, str]]:
    """What was not, and why."""
    return [(each.utterance.text, each.why.value) for each in found if isinstance(each, Dismissed)]


def attention(found: Iterable[Decision]) -> list[tuple[int, Attention]]:
    """How loud the coach was to be, from when."""
    return [(each.at_ms, each.attention) for each in found if isinstance(each, Attend)]


def unclear(found: Iterable[Decision]) -> list[int]:
    """When the person was to be told that she was not understood."""
    return [each.at_ms for each in found if isinstance(each, Unclear)]


def block(ms: int) -> int:
    """The end of the block in which a millisecond lies."""
    return -(-ms // BLOCK_MS) * BLOCK_MS
