"""Who listens in a measure: the product with an engine, and the plain loop with the same engine beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.accepted import Run, product
from tests.benchmarks.curve import PATIENCES, patient
from tests.benchmarks.figure import Options
from tests.benchmarks.plain_loop import pocketsphinx_loop, vosk_loop
from voice_coach.audio.clip import Pcm
from voice_coach.commands import GENEROUS, Vocabulary
from voice_coach.errors import EngineError
from voice_coach.hearing import Rules
from voice_coach.speech.canceller import RoomCanceller
from voice_coach.speech.choose import EarsSettings, find_model, open_ears
from voice_coach.speech.ears import Ears
from voice_coach.speech.pocketsphinx_ears import PocketSphinxEars
from voice_coach.studio import ears_settings

CHILD_S = 300
ENGINES = {"vosk": "Vosk", "pocketsphinx": "PocketSphinx"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Somebody who listens to a recording from fresh, as often as asked."""

    who: str
    hear: Callable[[Pcm], Run]
    ours: bool = False
    dial: str = ""  # how it differs from the product, where it is a setting of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A recogniser as this run uses it; EngineError where it cannot be had."""

    name: str
    settings: EarsSettings
    model: Path | None

    @property
    def label(self) -> str:
        """For tables."""
        return f"Vosk ({self.model.name})" if self.model else ENGINES[self.name]

    def ears(self, words: Vocabulary) -> Ears:
        """Fresh ones, as a session has them."""
        return open_ears(self.settings, words.phrases, _nothing, GENEROUS)

    def cost(self) -> dict[str, float]:
        """Load time and memory, in a process of their own."""
        command = [sys.executable, "-m", "tests.benchmarks.ears_child", self.name]
        command += [str(self.model)] if self.model else []
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=CHILD_S)
        told: dict[str, float] = json.loads(done.stdout)
        return told


def engine(name: str, model: str | None, announce: Callable[[str], None]) -> Engine:
    """`name` is auto, vosk or pocketsphinx; auto is what a session would take."""
    settings = ears_settings(name, model)
    found = find_model(settings, announce) if name != "pocketsphinx" else None
    if found is None and name == "vosk":
        raise EngineError("There is no Vosk model that can be used. Name one with --model FOLDER.")
    chosen = "vosk" if found else "pocketsphinx"
    return Engine(name=chosen, settings=ears_settings(chosen, str(found) if found else None), model=found)


def engine_for(options: Options, announce: Callable[[str], None]) -> Engine:
    """That of the model that was named."""
    return engine("vosk", str(options.model), announce)


def engines_named(choice: str) -> tuple[str, ...]:
    """What `--ears` means."""
    return ("vosk", "pocketsphinx") if choice == "both" else (choice,)


def coach(on: Engine, words: Vocabulary, dial: str = "", rules: Rules | None = None) -> Listener:
    """The product."""
    return _ours(on, words, dial, lambda: on.ears(words), rules)


def plain(on: Engine, words: Vocabulary) -> Iterator[Listener]:
    """The loops one writes first."""
    if on.model is None:
        yield Listener(who="plain PocketSphinx loop, grammar", hear=lambda sound: pocketsphinx_loop(sound, words))
        return
    for unknown, name in ((True, "plain Vosk loop, grammar with [unk]"), (False, "plain Vosk loop, grammar")):
        yield Listener(who=name, hear=_vosk(on.model, words, unknown=unknown))


def dials(on: Engine, words: Vocabulary) -> Iterator[Listener]:
    """The product with other settings: what else could be had for what price."""
    if on.model is not None:
        yield coach(on, words, "only whole utterances", Rules(early=False))
        for times in PATIENCES:
            yield coach(on, words, f"patience × {times:g}", patient(times))
        return
    for dial, decoys, generous in (
        ("no decoys", False, GENEROUS),
        ("no free phones", True, words.phrases),
        ("no decoys, no free phones", False, words.phrases),
    ):

        def ears(decoys: bool = decoys, generous: tuple[str, ...] = generous) -> Ears:
            chosen = {} if decoys else {"decoys": ()}
            return PocketSphinxEars(words.phrases, generous=generous, **chosen)

        yield _ours(on, words, dial, ears, None)


def _ours(on: Engine, words: Vocabulary, dial: str, ears: Callable[[], Ears], rules: Rules | None) -> Listener:
    def hear(sound: Pcm) -> Run:
        opened = ears()
        try:
            return product(sound, opened, RoomCanceller(), words, rules)
        finally:
            opened.close()

    return Listener(who=f"voice-coach, {on.label}", hear=hear, ours=True, dial=dial)


def _vosk(model: Path, words: Vocabulary, *, unknown: bool) -> Callable[[Pcm], Run]:
    return lambda sound: vosk_loop(sound, model, words, unknown=unknown)


def _nothing(_sentence: str) -> None:
    """Announced once, when the engine was chosen."""
