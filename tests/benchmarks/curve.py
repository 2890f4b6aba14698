"""The operating curve: how much recall a listener pays for how few false commands, over the dials it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from tests.benchmarks.accepted import Run
from tests.benchmarks.scoring import WORDS, Hourly, Outcome, Share, hourly, obeyed, recall
from voice_coach.hearing import Patience, Rules

CONFIDENCES = (0.0, 0.5, 0.7, 0.9, 0.97, 0.99, 1.0)
PATIENCES = (0.5, 2.0)  # times what the product waits for


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One setting of a dial."""

    listener: str
    dial: str
    heard: Share  # of all commands
    wrong: Share
    foreign: Share
    false: Hourly
    usual: bool = False  # the setting the listener is used with
    on_the_curve: bool = True  # the listener as it is, with another threshold; not with other rules


def point(
    listener: str, dial: str, found: Sequence[Outcome], *, usual: bool = False, on_the_curve: bool = True
) -> Point:
    """Where a listener stands with this setting."""
    commands = recall([each for each in found if each.wanted is not None])
    return Point(
        listener=listener,
        dial=dial,
        heard=commands.right,
        wrong=commands.wrong,
        foreign=obeyed([each for each in found if each.wanted is None and each.entry.kind in WORDS]),
        false=hourly([each for each in found if each.entry.kind not in WORDS]),
        usual=usual,
        on_the_curve=on_the_curve,
    )


def by_confidence(
    listener: str, run: Run, judge: Callable[[Run], Sequence[Outcome]], dial: str = ""
) -> Iterator[Point]:
    """The same run with the least sure of its commands left out; only where the recogniser tells how sure it is."""
    if all(each.confidence == 1.0 for each in run.accepted):
        yield point(listener, dial or "as it is", judge(run), usual=not dial, on_the_curve=not dial)
        return
    for least in CONFIDENCES:
        setting = f"confidence ≥ {least:g}" if least else "as it is"
        named = f"{dial}, {setting}" if dial and least else dial or setting
        found = judge(run.surer_than(least))
        yield point(listener, named, found, usual=not least and not dial, on_the_curve=not dial)


def patient(times: float) -> Rules:
    """The product's rules with every wait so many times as long."""
    rules = Rules()

    def longer(patience: Patience) -> Patience:
        return Patience(stable=round(times * patience.stable), quiet=round(times * patience.quiet))

    return replace(
        rules,
        generous=longer(rules.generous),
        ordinary=longer(rules.ordinary),
        strict=longer(rules.strict),
        noisy=round(times * rules.noisy),
    )
