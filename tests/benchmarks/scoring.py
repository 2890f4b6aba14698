"""What became of every clip: the right command, a wrong one or nothing; foreign words and talk that were obeyed.

An accepted command belongs to the clip in which the middle of its words lies. A clip whose label is a phrase of ours
is a command, whatever the manifest calls it; any other single word is foreign.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.benchmarks.accepted import Accepted
from tests.benchmarks.pack import Entry, Kind
from tests.benchmarks.stage import Slot, Stage
from voice_coach.commands import Match, Vocabulary, normalise

Z = 1.96  # 95 %
LATE_MS = 1_000  # the right command so long after the word is counted as heard, and as late
WORDS = frozenset({Kind.COMMAND, Kind.FOREIGN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A clip, what it should have been taken for (None: nothing), and what was accepted in it."""

    slot: Slot
    wanted: Match | None
    accepted: tuple[Accepted, ...] = ()

    @property
    def entry(self) -> Entry:
        """The clip."""
        return self.slot.entry

    @property
    def word(self) -> str:
        """Its label."""
        return normalise(self.entry.transcript) or "(no label)"

    @property
    def right(self) -> bool:
        """Whether the command was obeyed, and no other."""
        return bool(self.accepted) and self.wanted is not None and not self.wrong

    @property
    def wrong(self) -> bool:
        """Whether anything was obeyed that was not said."""
        return any(self.wanted is None or not _same(each.match, self.wanted) for each in self.accepted)

    @property
    def doubled(self) -> bool:
        """Whether the right command was obeyed more than once."""
        return self.right and len(self.accepted) > 1

    @property
    def latency_ms(self) -> int | None:
        """From the end of the word to the command; None where it was not obeyed."""
        return self.accepted[0].at_ms - self.slot.word_ends_ms if self.right else None

    @property
    def late(self) -> bool:
        """Whether it was obeyed after the person would have said it again."""
        return self.latency_ms is not None and self.latency_ms > LATE_MS


def _same(accepted: Match, wanted: Match) -> bool:
    return (accepted.intent, accepted.value, accepted.name) == (wanted.intent, wanted.value, wanted.name)


def outcomes(stage: Stage, accepted: Iterable[Accepted], vocabulary: Vocabulary) -> tuple[Outcome, ...]:
    """One for each clip of the recording, in its order."""
    found: list[list[Accepted]] = [[] for _ in stage.slots]
    for each in sorted(accepted, key=lambda each: each.at_ms):
        found[stage.slot_at((each.start_ms + each.end_ms) / 2)].append(each)
    return tuple(
        Outcome(slot=slot, wanted=wanted(slot.entry, vocabulary), accepted=tuple(heard))
        for slot, heard in zip(stage.slots, found, strict=True)
    )


def wanted(entry: Entry, vocabulary: Vocabulary) -> Match | None:
    """The command that a clip's single word is; None where it is none of ours, and for talk, noise and music."""
    return vocabulary.match(entry.transcript) if entry.kind in WORDS else None


def holds_phrase(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a phrase of ours stands somewhere in a text."""
    padded = f" {normalise(text)} "
    return any(f" {phrase} " in padded for phrase in vocabulary.phrases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many, with its 95 % interval by Wilson's formula."""

    count: int
    of: int

    @property
    def percent(self) -> float:
        """Not a number where there was nothing to count."""
        return 100 * self.count / self.of if self.of else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """In percent (E. B. Wilson, J. Am. Stat. Assoc. 1927;22:209-212)."""
        if not self.of:
            return math.nan, math.nan
        p, n = self.count / self.of, self.of
        middle = p + Z * Z / (2 * n)
        spread = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        low, high = ((middle + sign * spread) / (1 + Z * Z / n) for sign in (-1, 1))
        return 100 * max(0.0, low), 100 * min(1.0, high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hourly:
    """Events in so many minutes, as a rate an hour with its 95 % interval."""

    count: int
    minutes: float

    @property
    def rate(self) -> float:
        """Events an hour; not a number where there was no time."""
        return 60 * self.count / self.minutes if self.minutes else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Byar's approximation to the exact Poisson limits (Breslow & Day 1987, p. 69); 3.7 events when none came."""
        if not self.minutes:
            return math.nan, math.nan
        n, more = self.count, self.count + 1
        low = n * (1 - 1 / (9 * n) - Z / (3 * math.sqrt(n))) ** 3 if n else 0.0
        high = more * (1 - 1 / (9 * more) + Z / (3 * math.sqrt(more))) ** 3
        return 60 * max(0.0, low) / self.minutes, 60 * high / self.minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """What became of commands that were said."""

    right: Share
    wrong: Share
    nothing: Share
    doubled: int
    late: int


def recall(found: Sequence[Outcome]) -> Recall:
    """Over these outcomes, all of them commands."""
    right, wrong = sum(each.right for each in found), sum(each.wrong for each in found)
    many = len(found)
    return Recall(
        right=Share(count=right, of=many),
        wrong=Share(count=wrong, of=many),
        nothing=Share(count=many - right - wrong, of=many),
        doubled=sum(each.doubled for each in found),
        late=sum(each.late for each in found),
    )


def obeyed(found: Sequence[Outcome]) -> Share:
    """How many of these clips, none of them a command, were taken for one."""
    return Share(count=sum(bool(each.accepted) for each in found), of=len(found))


def hourly(found: Sequence[Outcome]) -> Hourly:
    """Commands an hour over these clips, the gaps between them not counted as time."""
    minutes = sum(each.slot.end_ms - each.slot.start_ms for each in found) / 60_000
    return Hourly(count=sum(len(each.accepted) for each in found), minutes=minutes)


def grouped(found: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, list[Outcome]]:
    """The outcomes by a name, sorted; those without a name are left out."""
    groups: dict[str, list[Outcome]] = {}
    for each in found:
        if name := key(each):
            groups.setdefault(name, []).append(each)
    return dict(sorted(groups.items()))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so much of the others does not exceed; not a number where there is none."""
    ordered = sorted(values)
    return ordered[math.ceil(share * len(ordered)) - 1] if ordered else math.nan
