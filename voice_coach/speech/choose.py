"""Which recogniser listens: Vosk where a model is at hand, else PocketSphinx, else the keyboard. Never in silence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from voice_coach.errors import EngineError
from voice_coach.speech.ears import Ears, NoEars
from voice_coach.speech.pocketsphinx_ears import PocketSphinxEars
from voice_coach.speech.vosk_check import COMMON, check_vosk_model, vosk_models_in
from voice_coach.speech.vosk_ears import VoskEars

ENGINES = ("auto", "vosk", "pocketsphinx", "keys")


@dataclass(frozen=True, slots=True, kw_only=True)
class EarsSettings:
    """What was asked for, and where models may lie (searched in this order)."""

    engine: str = "auto"
    model: Path | None = None  # named by the person, or by VOICE_COACH_MODEL
    folders: tuple[Path, ...] = ()
    cache: Path | None = None


def open_ears(
    settings: EarsSettings,
    phrases: Sequence[str],
    announce: Callable[[str], None],
    generous: Sequence[str] = (),
) -> Ears:
    """The best ears there are; what was chosen, and what could not be used, is announced in sentences.

    `generous` are those of the phrases that must not be missed: pause, stop, distress.
    EngineError where the engine or model that was asked for by name cannot be used.
    """
    ears = _open(settings, phrases, announce, generous)
    announce(f"Listening: {ears.name}.")
    if ears.unknown_phrases:
        words = ", ".join(f'"{phrase}"' for phrase in ears.unknown_phrases)
        announce(f"{ears.name} does not know every word of: {words}. Use another name, or keys.")
    return ears


def candidates(settings: EarsSettings) -> list[Path]:
    """The Vosk models there are, the first to be tried first: the named one alone, or all in the folders."""
    return [settings.model] if settings.model else [m for folder in settings.folders for m in vosk_models_in(folder)]


def find_model(settings: EarsSettings, announce: Callable[[str], None]) -> Path | None:
    """The first Vosk model that can be used; what is wrong with those before it is announced."""
    for model in candidates(settings):
        problem = check_vosk_model(model, settings.cache)
        if problem is None:
            return model
        announce(f"{problem}.")
    return None


def unknown_words(settings: EarsSettings, words: Sequence[str]) -> tuple[str, ...]:
    """Those of the words that whatever would listen does not know; without ears it need not know any.

    EngineError where the engine that was asked for by name cannot be used.
    """
    model = find_model(settings, _nothing) if settings.engine in ("auto", "vosk") else None
    table = model / "graph" / "words.txt" if model else None
    if table and table.is_file():  # no need to load anything; the official models keep their words elsewhere
        known = {line.split(" ")[0] for line in table.read_text(encoding="utf-8").splitlines()}
        return tuple(word for word in words if word not in known)
    if not words:
        return ()
    ears = _open(settings, [*words, *COMMON], _nothing, ())
    try:
        return tuple(word for word in words if word in ears.unknown_phrases)
    finally:
        ears.close()


def _nothing(_sentence: str) -> None:
    """The announcements come when something is really opened."""


def _open(
    settings: EarsSettings, phrases: Sequence[str], announce: Callable[[str], None], generous: Sequence[str]
) -> Ears:
    if settings.engine == "keys":
        return NoEars()
    if settings.engine in ("auto", "vosk"):
        model = find_model(settings, announce)
        if model is not None:
            return VoskEars(model, phrases)
        if settings.engine == "vosk":
            where = ", ".join(str(folder) for folder in settings.folders)
            raise EngineError(
                f"There is no Vosk model that can be used. Name one with --model, or put it into {where}."
            )
    try:
        return PocketSphinxEars(phrases, generous=generous)
    except EngineError as error:
        if settings.engine == "pocketsphinx":
            raise
        announce(str(error))
        return NoEars()
