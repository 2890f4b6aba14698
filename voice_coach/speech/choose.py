"""Which recogniser listens: Vosk where a model is at hand, else PocketSphinx, else the keyboard. Never in silence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from voice_coach.errors import EngineError
from voice_coach.speech.ears import Ears, NoEars
from voice_coach.speech.pocketsphinx_ears import PocketSphinxEars
from voice_coach.speech.vosk_check import check_vosk_model, vosk_models_in
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


def _open(
    settings: EarsSettings, phrases: Sequence[str], announce: Callable[[str], None], generous: Sequence[str]
) -> Ears:
    if settings.engine == "keys":
        return NoEars()
    if settings.engine in ("auto", "vosk"):
        candidates = [settings.model] if settings.model else [m for f in settings.folders for m in vosk_models_in(f)]
        for model in candidates:
            problem = check_vosk_model(model, settings.cache)
            if problem is None:
                return VoskEars(model, phrases)
            announce(f"{problem}.")
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
