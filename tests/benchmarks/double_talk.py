"""Where a person's words are put while the coach speaks, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tests.benchmarks.pack import Entry
from tests.benchmarks.stage import FRAME, active
from voice_coach.audio.clip import FRAMES_PER_MS, Pcm
from voice_coach.commands import Match
from voice_coach.session.events import Command

STEP_MS = FRAME // FRAMES_PER_MS
FIRST_MS = 6_000  # so long the canceller hears the coach alone, as in any session
BETWEEN_MS = 2_500  # from the end of a word to the next: whatever is obeyed meanwhile belongs to the word
OVERLAP = 0.6  # of the word that must lie under the coach's sound
LOUD = 0.003  # of full scale (-50 dBFS): softer than this the coach is silent
LOOK_MS = 1_500  # how far the choice of a place reaches, so that not every word begins with a sentence


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Word:
    """Something a person says: a clip of a pack, or (`human` False) a synthetic voice."""

    entry: Entry
    sound: Pcm
    wanted: Match
    human: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A word and where it lies: its first sample, and where its speech begins and ends."""

    word: Word
    at_ms: int
    begins_ms: int
    ends_ms: int


def place(words: Sequence[Word], coach: Pcm, seed: int = 0) -> Iterator[Placed]:
    """The words in their order, each where the coach speaks, for as long as the coach does."""
    chance = np.random.default_rng(seed)
    busy = _busy(coach)
    at = FIRST_MS // STEP_MS
    for word in words:
        speaking = active(word.sound)
        starts = np.arange(at, len(busy) - int(speaking[-1]) - BETWEEN_MS // STEP_MS)
        if not len(starts):
            return
        under = np.array([busy[start + speaking].mean() for start in starts])
        good = starts[under >= OVERLAP]
        if not len(good):
            return
        near = good[good <= good[0] + LOOK_MS // STEP_MS]
        start = int(chance.choice(near))
        begins, ends = (STEP_MS * (start + int(edge)) for edge in (speaking[0], speaking[-1] + 1))
        yield Placed(word=word, at_ms=STEP_MS * start, begins_ms=begins, ends_ms=ends)
        at = (ends + BETWEEN_MS) // STEP_MS


def _busy(coach: Pcm) -> npt.NDArray[np.bool_]:
    frames = coach[: len(coach) // FRAME * FRAME].reshape(-1, FRAME).astype(np.float64) / 32768
    return np.asarray(np.sqrt(np.square(frames).mean(axis=1)) > LOUD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of a word: whether it was obeyed, and whether something else was."""

    word: Word
    right: bool
    wrong: bool
    latency_ms: int | None


def fates(placed: Sequence[Placed], obeyed: Iterable[tuple[int, Match]]) -> tuple[list[Fate], list[tuple[int, Match]]]:
    """For every word; and what was obeyed while nobody had said anything. `obeyed`: when, and what."""
    told: list[list[tuple[int, Match]]] = [[] for _ in placed]
    strays: list[tuple[int, Match]] = []
    for at, match in obeyed:
        mine = [n for n, each in enumerate(placed) if each.begins_ms <= at < each.ends_ms + BETWEEN_MS]
        (told[mine[-1]] if mine else strays).append((at, match))
    return [_fate(each, heard) for each, heard in zip(placed, told, strict=True)], strays


def _fate(placed: Placed, told: Sequence[tuple[int, Match]]) -> Fate:
    wanted = placed.word.wanted
    right = [at for at, match in told if (match.intent, match.value) == (wanted.intent, wanted.value)]
    return Fate(
        word=placed.word,
        right=bool(right),
        wrong=len(right) < len(told),
        latency_ms=right[0] - placed.ends_ms if right else None,
    )


def as_matches(commands: Iterable[Command]) -> list[tuple[int, Match]]:
    """When what was obeyed."""
    return [(each.at, Match(intent=each.intent, phrase=each.phrase, value=each.value)) for each in commands]
