"""Reports as tables to read: all listeners side by side, then everything about one of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Console
from rich.table import Table

from tests.benchmarks.barged import Row
from tests.benchmarks.curve import Point
from tests.benchmarks.own_words import OwnWords
from tests.benchmarks.report import Mistake, Report
from tests.benchmarks.scoring import Hourly, Recall, Share

CORPORA = ("Speech Commands", "AN4", "FSDD")  # the columns of the first table; others are in the second


def share(value: Share) -> str:
    """ "93.1 (88.0–96.1) of 160"."""
    if not value.of:
        return "–"
    low, high = value.interval
    return f"{value.percent:.1f} ({low:.0f}–{high:.0f}) of {value.of}"


def rate(value: Hourly) -> str:
    """ "4.2 (0.5–15) in 14.2 min"."""
    if not value.minutes:
        return "–"
    low, high = value.interval
    return f"{value.rate:.1f} ({low:.1f}–{high:.0f}), {value.count} in {value.minutes:.1f} min"


def number(value: float, digits: int = 0) -> str:
    """A figure, or a dash where there is none."""
    return f"{value:.{digits}f}" if math.isfinite(value) else "–"


def side_by_side(reports: Sequence[Report]) -> Table:
    """One row a listener."""
    headings = ("", *(f"{name} heard, %" for name in CORPORA), "wrong, %", "foreign words obeyed, %")
    table = _table(
        "Every listener over the same recording (95 % intervals)",
        (*headings, "false commands an hour", "… without phrases", "end of word to command, ms", "% of a core"),
    )
    for each in reports:
        corpora = each.commands_by["corpus"]
        table.add_row(
            each.who,
            *(share(corpora[name].right) if name in corpora else "–" for name in CORPORA),
            number(each.commands.wrong.percent, 1),
            share(each.foreign),
            rate(each.talk),
            rate(each.talk_without_phrases),
            f"{number(each.latency_ms['median'])} / {number(each.latency_ms['p95'])}",
            number(each.core_percent, 1),
        )
    return table


def _table(title: str, headings: Iterable[str]) -> Table:
    table = Table(title=title, title_justify="left", show_lines=False)
    for position, heading in enumerate(headings):
        table.add_column(heading, justify="right" if position else "left")
    return table


def commands(title: str, by: Mapping[str, Recall]) -> Table:
    """Heard, wrong, nothing for each name."""
    table = _table(title, ("", "heard, %", "wrong, %", "nothing, %", "doubled", "late"))
    for name, each in by.items():
        table.add_row(
            name,
            share(each.right),
            number(each.wrong.percent, 1),
            number(each.nothing.percent, 1),
            str(each.doubled),
            str(each.late),
        )
    return table


def shares(title: str, by: Mapping[str, Share]) -> Table:
    """A share for each name."""
    table = _table(title, ("", "obeyed, %"))
    for name, each in by.items():
        table.add_row(name, share(each))
    return table


def mistakes(title: str, found: Sequence[Mistake]) -> Table:
    """Each with its place."""
    table = _table(title, ("clip", "at, s", "heard", "obeyed as", "what is there"))
    for each in found:
        label = each.label[:60] + (" (perhaps said)" if each.true_perhaps else "")
        table.add_row(each.clip, f"{each.at_s:.1f}", each.heard, each.intent, label)
    return table


def show(console: Console, each: Report) -> None:
    """Everything about one listener."""
    console.rule(each.who, align="left")
    for name, by in each.commands_by.items():
        console.print(commands(f"Commands by {name}", {**by, "all": each.commands}))
    for name, foreign in each.foreign_by.items():
        console.print(shares(f"Words that are no commands of ours, by {name}", {**foreign, "all": each.foreign}))
    console.print(mistakes("Words taken for another command", each.misheard))
    table = _table("False commands over talk, noise and music", ("", "an hour"))
    for name, hours in {
        **each.talk_by,
        "all": each.talk,
        "all, without clips whose label holds a phrase": each.talk_without_phrases,
    }.items():
        table.add_row(name, rate(hours))
    console.print(table)
    console.print(mistakes("What was obeyed and not said", each.mistakes))
    console.print(
        "end of word to command: "
        + ", ".join(f"{name} {number(value)} ms" for name, value in each.latency_ms.items())
        + f"; {each.core_percent:.1f} % of a core"
        + "".join(f"; {name} {value:.2f}" for name, value in each.extra.items())
    )


def points(found: Sequence[Point]) -> Table:
    """The operating curve."""
    table = _table(
        "Operating curve",
        ("listener", "setting", "commands heard, %", "wrong, %", "foreign words obeyed, %", "false commands an hour"),
    )
    for each in found:
        table.add_row(
            each.listener + (" *" if each.usual else ""),
            each.dial,
            share(each.heard),
            number(each.wrong.percent, 1),
            share(each.foreign),
            rate(each.false),
        )
    return table


def conditions(found: Mapping[str, Mapping[str, Recall]]) -> Table:
    """Heard, and wrong, for each condition and listener."""
    listeners = list(dict.fromkeys(name for each in found.values() for name in each))
    table = _table("The same commands elsewhere: heard, % (wrong, %)", ("", *listeners))
    for name, by in found.items():
        table.add_row(name, *(f"{share(by[who].right)} ({number(by[who].wrong.percent, 1)})" for who in listeners))
    return table


def talked_over(rows: Sequence[Row]) -> Table:
    """Words said while the coach speaks."""
    table = _table(
        "Person against coach, at the microphone",
        ("", "dB", "", "said", "heard, %", "of those heard in silence, %", "wrong, %", "median, ms", "false"),
    )
    for each in sorted(rows, key=lambda row: (row.who, row.what, -row.level_db)):
        table.add_row(
            each.who,
            f"{each.level_db:g}",
            each.condition,
            each.what,
            share(each.right),
            share(each.kept),
            number(each.wrong.percent, 1),
            number(each.median_ms),
            str(each.strays),
        )
    return table


def own_words(found: Sequence[OwnWords]) -> Iterator[Table]:
    """What the coach took for a command in its own voice: the count, then each."""
    table = _table("The coach's own prompts, nobody else speaking", ("", "", "prompts", "rooms", "min", "triggered"))
    for each in found:
        counts = (each.prompts, each.rooms, round(each.minutes), len(each.triggered))
        table.add_row(each.who, each.condition, *map(str, counts))
    yield table
    for each in found:
        if each.triggered:
            listed = _table(f"{each.who}, {each.condition}: what was triggered", ("room", "obeyed", "prompt"))
            for own in each.triggered:
                listed.add_row(own.room, own.phrase, own.prompt)
            yield listed
