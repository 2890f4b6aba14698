"""The figures of one listener over a pack, counted once, as data."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass

from tests.benchmarks.accepted import Run
from tests.benchmarks.scoring import (
    WORDS,
    Hourly,
    Outcome,
    Recall,
    Share,
    grouped,
    holds_phrase,
    hourly,
    obeyed,
    percentile,
    recall,
)
from tests.benchmarks.stage import Stage
from voice_coach.commands import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A command that was obeyed and not said: where, what was heard, what it meant, what was really there."""

    clip: str
    at_s: float  # from the beginning of the clip
    heard: str
    intent: str
    label: str
    true_perhaps: bool  # the label, or else the hint, holds the phrase: it may really have been said


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that was counted for one listener."""

    who: str
    commands: Recall
    commands_by: Mapping[str, Mapping[str, Recall]]  # corpus, word, sex
    foreign: Share  # single words that are no command of ours
    foreign_by: Mapping[str, Mapping[str, Share]]  # kind in the manifest, corpus, word
    talk: Hourly  # continuous speech, noise and music
    talk_by: Mapping[str, Hourly]
    talk_without_phrases: Hourly  # the same without the clips whose label holds a phrase of ours
    mistakes: tuple[Mistake, ...]
    misheard: tuple[Mistake, ...]  # words that were taken for another command
    latency_ms: Mapping[str, float]
    core_percent: float
    ours: bool = False
    extra: Mapping[str, float] = field(default_factory=dict)  # load time, memory


def report(who: str, found: Sequence[Outcome], run: Run, on: Stage, vocabulary: Vocabulary) -> Report:
    """Count everything once."""
    commands = [each for each in found if each.wanted is not None]
    foreign = [each for each in found if each.wanted is None and each.entry.kind in WORDS]
    talk = [each for each in found if each.entry.kind not in WORDS]
    silent = [each for each in talk if not holds_phrase(each.entry.transcript, vocabulary)]
    by: Mapping[str, Callable[[Outcome], str]] = {
        "corpus": lambda each: each.entry.corpus,
        "word": lambda each: each.word,
        "sex": lambda each: each.entry.sex,
        "kind": lambda each: each.entry.kind.value,
    }
    latencies = [float(each.latency_ms) for each in commands if each.latency_ms is not None]
    return Report(
        who=who,
        commands=recall(commands),
        commands_by={
            name: {group: recall(each) for group, each in grouped(commands, by[name]).items()}
            for name in ("corpus", "word", "sex")
        },
        foreign=obeyed(foreign),
        foreign_by={
            name: {group: obeyed(each) for group, each in grouped(foreign, by[name]).items()}
            for name in ("kind", "corpus", "word")
        },
        talk=hourly(talk),
        talk_by={kind: hourly(each) for kind, each in grouped(talk, lambda each: each.entry.kind.value).items()},
        talk_without_phrases=hourly(silent),
        mistakes=_mistakes([*talk, *foreign]),
        misheard=_mistakes(each for each in commands if each.wrong),
        latency_ms={
            "median": percentile(latencies, 0.5),
            "p95": percentile(latencies, 0.95),
            "least": min(latencies, default=float("nan")),
            "most": max(latencies, default=float("nan")),
        },
        core_percent=100 * run.cpu_s / on.seconds,
    )


def _mistakes(found: Iterable[Outcome]) -> tuple[Mistake, ...]:
    return tuple(
        Mistake(
            clip=outcome.entry.name,
            at_s=round((each.start_ms - outcome.slot.start_ms) / 1000, 2),
            heard=each.text,
            intent=each.match.intent.value + (f" {each.match.value}" if each.match.value else ""),
            label=outcome.entry.transcript,
            true_perhaps=f" {each.match.phrase} " in f" {(outcome.entry.transcript or outcome.entry.hint).lower()} ",
        )
        for outcome in found
        for each in outcome.accepted
    )


def plainly(value: object) -> object:
    """Anything of a measure as JSON has it: shares and rates with their intervals, no number that is none."""
    if isinstance(value, Share):
        return {"count": value.count, "of": value.of, **_with(value.percent, value.interval, "percent")}
    if isinstance(value, Hourly):
        return {"count": value.count, "minutes": value.minutes, **_with(value.rate, value.interval, "an_hour")}
    if is_dataclass(value):
        return {each.name: plainly(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plainly(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plainly(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _with(figure: float, interval: tuple[float, float], name: str) -> dict[str, object]:
    """A figure and its 95 % interval."""
    return {name: plainly(figure), "interval": plainly(interval)}
