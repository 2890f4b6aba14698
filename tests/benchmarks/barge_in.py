"""`python -m tests.benchmarks.barge_in PACK`: is a person heard while the coach speaks, and does the coach hear itself?

A real session's sound (counts, cues, the announcements of a rest) reaches the microphone through the pack's room
responses. A person says commands of the pack while the coach speaks, 0, 10 and 20 dB softer than the coach at the
microphone; the same clips at the same level with a silent coach are what it is held against. Everything goes through
the product's own loop, so the coach is ducked as at home; only that it obeys nothing, so that every run is the same.
"With canceller" is what a session chooses for itself; WebRTC's is measured beside it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from tests.benchmarks import tables
from tests.benchmarks.barged import Barged, Setting, barged
from tests.benchmarks.clips import make_pack
from tests.benchmarks.figure import Figure, Options
from tests.benchmarks.goals import barge_in_figures
from tests.benchmarks.hearing import load, sounds, tell
from tests.benchmarks.listeners import engine, engine_for, engines_named
from tests.benchmarks.own_words import OwnWords, own_words, texts_of
from tests.benchmarks.pack import Kind, Pack
from tests.benchmarks.report import plainly
from voice_coach import paths
from voice_coach.cli.common import offered, vocabulary
from voice_coach.cli.demo_command import PERSON
from voice_coach.errors import CoachError
from voice_coach.speech.voice import Voice, VoiceSettings

DELAY_MS = 60.0
MANY = 60
ROUTINE = "first_week_chair"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """All that one run found with one engine."""

    listener: str
    routine: str
    delay_ms: float
    drift_ppm: float
    rooms: tuple[str, ...]
    barged: Barged
    own: tuple[OwnWords, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0, or 2 with a sentence where the pack or the ears cannot be used."""
    options = _options(arguments)
    console = Console(width=None if sys.stdout.isatty() else 180)
    try:
        pack = load(options.pack)
        found = [measured(pack, _setting(name, options), options.prompts) for name in engines_named(options.ears)]
    except CoachError as error:
        tell(str(error))
        return 2
    for each in found:
        show(console, each)
    if options.json:
        options.json.write_text(json.dumps(plainly(found), indent=1), encoding="utf-8")
    return 0


def measure(options: Options) -> list[Figure]:
    """What has a goal, for the table of all benchmarks: of the pack that was named, or of clips that are made here."""
    few = options.smoke or options.pack is None
    setting = Setting(
        engine=engine_for(options, tell),
        words=vocabulary(offered()[0]),
        levels_db=(-10.0,),
        delay_ms=DELAY_MS,
        drift_ppm=0.0,
        many=6 if few else MANY,
        routine="first_taste" if few else ROUTINE,
        plain_too=True,
    )
    found = measured(load(options.pack or make_pack(options.folder)), setting, "way", most_prompts=6 if few else None)
    return barge_in_figures(found.barged, found.own, real=options.pack is not None)


def measured(pack: Pack, setting: Setting, which: str, most_prompts: int | None = None) -> Measured:
    """`which` prompts are played alone: none, those on the way of a session, or all."""
    rooms = list(sounds(pack, Kind.ROOM))
    if not rooms:
        raise CoachError(f"The pack {pack.name} holds no room response (kind rir), so nothing can echo.")
    with (
        contextlib.closing(Voice(VoiceSettings(), paths.user_cache())) as voice,
        contextlib.closing(Voice(PERSON, paths.user_cache())) as other,
    ):
        said = barged(list(sounds(pack, Kind.COMMAND)), rooms, voice, other, setting, tell)
        texts = [] if which == "none" else texts_of(offered()[0], every=which == "all")[:most_prompts]
        own = own_words(texts, rooms, voice, setting, tell)
    return Measured(
        listener=setting.engine.label,
        routine=setting.routine,
        delay_ms=setting.delay_ms,
        drift_ppm=setting.drift_ppm,
        rooms=tuple(entry.transcript or entry.name for entry, _ in rooms),
        barged=said,
        own=tuple(own),
    )


def show(console: Console, found: Measured) -> None:
    """As tables."""
    console.print(
        f"{found.listener}: {found.barged.said} words in {found.barged.minutes:.0f} min of {found.routine}; "
        f"the echo is {found.delay_ms:g} ms late, drift {found.drift_ppm:g} ppm; rooms: {', '.join(found.rooms)}"
    )
    console.print(tables.talked_over(found.barged.rows))
    for table in tables.own_words(found.own):
        console.print(table)


def _setting(name: str, options: argparse.Namespace) -> Setting:
    return Setting(
        engine=engine(name, options.model, tell),
        words=vocabulary(offered()[0]),
        levels_db=tuple(options.levels),
        delay_ms=options.delay,
        drift_ppm=options.drift,
        many=options.many,
        routine=options.routine,
        plain_too=not options.no_plain,
    )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.barge_in", description=__doc__)
    parser.add_argument("pack", type=Path, metavar="PACK", help="a folder with a manifest.csv")
    parser.add_argument("--ears", choices=("auto", "vosk", "pocketsphinx", "both"), default="auto")
    parser.add_argument("--model", metavar="FOLDER", help="a Vosk model; else the one a session would take")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--routine", default=ROUTINE, help="what the coach is busy with")
    parser.add_argument("--levels", type=float, nargs="+", default=[0.0, -10.0, -20.0], metavar="DB")
    parser.add_argument(
        "--delay", type=float, default=DELAY_MS, metavar="MS", help="from the loudspeaker to the microphone"
    )
    parser.add_argument("--drift", type=float, default=0.0, metavar="PPM", help="of the loudspeaker's crystal")
    parser.add_argument(
        "--many", type=int, default=MANY, metavar="CLIPS", help="of the pack's commands; 0: only the prompts"
    )
    parser.add_argument("--prompts", choices=("none", "way", "all"), default="way", help="which are played alone")
    parser.add_argument("--no-plain", action="store_true", help="leave the plain loop out")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
