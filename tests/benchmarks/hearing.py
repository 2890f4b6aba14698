"""`python -m tests.benchmarks.hearing PACK`: which commands are heard, and what else is taken for one.

PACK is a folder of recordings with a `manifest.csv` (see `pack.py`). All clips lie one after another in one recording,
a little more than a second of a quiet room's noise between them, and go through the product's own path from sound to
command, with every phrase of a session in the grammar. Beside it stand the loops one writes first (`plain_loop.py`).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from tests.benchmarks import tables
from tests.benchmarks.accepted import Run
from tests.benchmarks.clips import make_pack
from tests.benchmarks.conditions import conditions, some
from tests.benchmarks.curve import Point, by_confidence
from tests.benchmarks.figure import Figure, Options
from tests.benchmarks.goals import hearing_figures
from tests.benchmarks.listeners import Engine, Listener, coach, dials, engine, engine_for, engines_named, plain
from tests.benchmarks.pack import Entry, Kind, Pack, PackError, read_pack, sound_of
from tests.benchmarks.picture import picture
from tests.benchmarks.report import Report, plainly, report
from tests.benchmarks.scoring import Outcome, Recall, outcomes, recall, wanted
from tests.benchmarks.stage import Stage, stage
from voice_coach.audio.clip import Pcm
from voice_coach.cli.common import offered, vocabulary
from voice_coach.commands import Vocabulary
from voice_coach.errors import CoachError

SPOKEN = (Kind.COMMAND, Kind.FOREIGN, Kind.CONTINUOUS, Kind.NOISE, Kind.MUSIC)
SUBSET = 80  # commands that are heard again in noise


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """All that one run of the measure found."""

    pack: str
    clips: int
    minutes: float
    phrases: int
    reports: tuple[Report, ...]
    points: tuple[Point, ...]
    conditions: dict[str, dict[str, Recall]]  # condition, listener


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0, or 2 with a sentence where the pack or the ears cannot be used."""
    options = _options(arguments)
    console = Console(width=None if sys.stdout.isatty() else 200)
    words = vocabulary(offered()[0])
    try:
        engines = [engine(name, options.model, tell) for name in engines_named(options.ears)]
        found = measured(
            load(options.pack),
            engines,
            words,
            plain_too=not options.no_plain,
            curve=options.curve,
            noisy=options.conditions,
        )
    except CoachError as error:
        tell(str(error))
        return 2
    show(console, found)
    if options.json:
        options.json.write_text(json.dumps(plainly(found), indent=1), encoding="utf-8")
    if options.picture:
        title = f"Recall against false commands, {found.pack}"
        options.picture.write_text(picture(found.points, title), encoding="utf-8")
    return 0


def measure(options: Options) -> list[Figure]:
    """What has a goal, for the table of all benchmarks: of the pack that was named, or of clips that are made here."""
    pack = load(options.pack or make_pack(options.folder))
    words = vocabulary(offered()[0])
    found = measured(pack, [engine_for(options, tell)], words, plain_too=True, curve=False, noisy=False)
    ours = next(each for each in found.reports if each.ours)
    others = next(each for each in found.reports if not each.ours)
    beside = [replace(figure, goal=None) for figure in hearing_figures(others, real=False)]
    return [*hearing_figures(ours, real=options.pack is not None), *beside]


def load(folder: Path) -> Pack:
    """The pack; what is wrong with it is told."""
    pack = read_pack(folder)
    for problem in pack.problems:
        tell(problem)
    return pack


def measured(
    pack: Pack, engines: Sequence[Engine], words: Vocabulary, *, plain_too: bool, curve: bool, noisy: bool
) -> Measured:
    """Everything that was asked for; each listener hears the whole recording."""
    clips = list(sounds(pack, *SPOKEN))
    if not clips:
        raise PackError(f"The pack {pack.name} holds nothing that could be listened to.")
    on = stage(clips)
    reports: list[Report] = []
    points: list[Point] = []
    heard_again: dict[str, dict[str, Recall]] = {}

    def judge(run: Run) -> Sequence[Outcome]:
        return outcomes(on, run.accepted, words)

    for chosen in engines:
        usual = [coach(chosen, words), *(plain(chosen, words) if plain_too else ())]
        for listener in usual:
            run = _heard(listener, on)
            found = report(listener.who, judge(run), run, on, words)
            reports.append(replace(found, ours=True, extra=chosen.cost()) if listener.ours else found)
            points += by_confidence(listener.who, run, judge)
        for listener in dials(chosen, words) if curve else ():
            points += by_confidence(listener.who, _heard(listener, on), judge, listener.dial)
        if noisy:
            for name, background in noises(pack, words):
                for listener in usual:
                    accepted = _heard(listener, background).accepted
                    heard_again.setdefault(name, {})[listener.who] = recall(outcomes(background, accepted, words))
    return Measured(
        pack=pack.name,
        clips=len(on.slots),
        minutes=on.seconds / 60,
        phrases=len(words.phrases),
        reports=tuple(reports),
        points=tuple(points),
        conditions=heard_again,
    )


def noises(pack: Pack, words: Vocabulary) -> Iterator[tuple[str, Stage]]:
    """The conditions, each with some commands of the pack."""
    commands = [(entry, sound) for entry, sound in sounds(pack, Kind.COMMAND) if wanted(entry, words) is not None]
    others = [list(sounds(pack, kind)) for kind in (Kind.NOISE, Kind.MUSIC, Kind.ROOM)]
    yield from conditions(some(commands, SUBSET), *others)


def sounds(pack: Pack, *kinds: Kind) -> Iterator[tuple[Entry, Pcm]]:
    """The clips that can be read; the others are told of."""
    for entry in pack.of(*kinds):
        try:
            yield entry, sound_of(entry)
        except PackError as error:
            tell(f"{error} Left out.")


def _heard(listener: Listener, on: Stage) -> Run:
    run = listener.hear(on.sound)
    tell(f"{listener.who} {listener.dial}: {run.cpu_s:.0f} s of processor time")
    return run


def show(console: Console, found: Measured) -> None:
    """As tables."""
    console.print(f"{found.pack}: {found.clips} clips, {found.minutes:.1f} min; {found.phrases} phrases")
    console.print(tables.side_by_side(found.reports))
    for each in found.reports:
        if each.ours:
            tables.show(console, each)
    console.print(tables.points(found.points))
    if found.conditions:
        console.print(tables.conditions(found.conditions))


def tell(sentence: str) -> None:
    """Beside the figures, not among them."""
    print(sentence, file=sys.stderr)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.hearing", description=__doc__)
    parser.add_argument("pack", type=Path, metavar="PACK", help="a folder with a manifest.csv")
    parser.add_argument("--ears", choices=("auto", "vosk", "pocketsphinx", "both"), default="auto")
    parser.add_argument("--model", metavar="FOLDER", help="a Vosk model; else the one a session would take")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--picture", type=Path, metavar="FILE.svg", help="draw recall against false commands there")
    parser.add_argument("--curve", action="store_true", help="more settings of the product's dials (minutes)")
    parser.add_argument("--conditions", action="store_true", help="also in noise, in music, in other rooms (minutes)")
    parser.add_argument("--no-plain", action="store_true", help="leave the plain loops out")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
