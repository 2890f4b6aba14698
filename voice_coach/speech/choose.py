"""Which recogniser listens: Vosk where a model is at hand, else PocketSphinx, else the keyboard. Never in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from voice_coach.errors import EngineError
from voice_coach.speech.ears import Ears, NoEars
from voice_coach.speech.ears_link import Link, ProcessLink
from voice_coach.speech.ears_process import EarsEndedError, ProcessEars
from voice_coach.speech.ears_wire import Wanted
from voice_coach.speech.vosk_check import COMMON, check_vosk_model, look_at, unusable, vosk, vosk_models_in

ENGINES = ("auto", "vosk", "pocketsphinx", "keys")
NAMED = 5  # phrases, where there are too many to name


@dataclass(frozen=True, slots=True, kw_only=True)
class EarsSettings:
    """What was asked for, and where models may lie (searched in this order)."""

    engine: str = "auto"
    model: Path | None = None  # named by the person, or by VOICE_COACH_MODEL
    folders: tuple[Path, ...] = ()


class Opening:
    """Ears on their way: the first that may do are begun at once, and load while other things are opened.

    `generous` are those of the phrases that must not be missed: pause, stop, distress. `begun` is a process that was
    started before they were known; who started it closes it.
    """

    def __init__(
        self, settings: EarsSettings, phrases: Sequence[str], generous: Sequence[str] = (), begun: Link | None = None
    ) -> None:
        self._settings = settings
        self._begun = begun
        self._said: list[str] = []  # what could not be used
        self._phrases = tuple(phrases)
        self._candidates = self._wanted(tuple(generous))
        self._now = self._next()

    def done(self, announce: Callable[[str], None], *, realtime: bool = False) -> Ears:
        """The best ears there are; what was chosen, and what could not be used, is announced in sentences.

        With `realtime` the sound comes from a card. EngineError where the engine that was asked for by name cannot be
        used; with "auto" a model that cannot be used is announced, and PocketSphinx or the keys take its place.
        """
        ears = self._first_that_opens(realtime=realtime)
        for sentence in self._said:
            announce(sentence)
        if ears is None and self._settings.engine == "vosk":
            where = ", ".join(str(folder) for folder in self._settings.folders)
            raise EngineError(
                f"There is no Vosk model that can be used. Name one with --model, or put it into {where}."
            )
        if ears is None and self._settings.engine == "pocketsphinx":
            raise EngineError(self._said[-1])
        chosen: Ears = ears or NoEars()
        announce(f"Listening: {chosen.name}.")
        if chosen.unknown_phrases:
            announce(_unknown(chosen, self._phrases))
        return chosen

    def close(self) -> None:
        """End what is on its way; nothing once it is done."""
        if self._now is not None:
            self._now[0].close()

    def _wanted(self, generous: tuple[str, ...]) -> Iterator[Wanted]:
        """One after the other; what can be seen to be of no use is left out, and said."""
        if self._settings.engine in ("auto", "vosk"):
            for model in candidates(self._settings):
                problem = look_at(model)
                if problem is None:
                    yield vosk(model, self._phrases)
                else:
                    self._said.append(f"{problem}.")
        if self._settings.engine in ("auto", "pocketsphinx"):
            yield Wanted(engine="pocketsphinx", phrases=self._phrases, generous=generous)

    def _next(self) -> tuple[ProcessEars, Wanted] | None:
        wanted = next(self._candidates, None)
        return (ProcessEars(wanted, link=self._link), wanted) if wanted else None

    def _link(self) -> Link:
        begun, self._begun = self._begun, None
        return begun or ProcessLink()

    def _first_that_opens(self, *, realtime: bool) -> ProcessEars | None:
        while self._now is not None:
            ears, wanted = self._now
            ears.realtime = realtime
            try:
                ears.wait_until_open()
            except EngineError as error:
                self._said.append(f"{unusable(Path(wanted.model), error)}." if wanted.model else _sphinx(error))
                self._now = self._next()
            else:
                self._now = None
                return ears
        return None


def open_ears(
    settings: EarsSettings,
    phrases: Sequence[str],
    announce: Callable[[str], None],
    generous: Sequence[str] = (),
    *,
    realtime: bool = False,
) -> Ears:
    """The best ears there are, waited for (see `Opening`)."""
    return Opening(settings, phrases, generous).done(announce, realtime=realtime)


def candidates(settings: EarsSettings) -> list[Path]:
    """The Vosk models there are, the first to be tried first: the named one alone, or all in the folders."""
    return [settings.model] if settings.model else [m for folder in settings.folders for m in vosk_models_in(folder)]


def find_model(settings: EarsSettings, announce: Callable[[str], None]) -> Path | None:
    """The first Vosk model that can be used; what is wrong with those before it is announced."""
    for model in candidates(settings):
        problem = check_vosk_model(model)
        if problem is None:
            return model
        announce(f"{problem}.")
    return None


def unknown_words(settings: EarsSettings, words: Sequence[str]) -> tuple[str, ...]:
    """Those of the words that whatever would listen does not know; without ears it need not know any.

    EngineError where the engine that was asked for by name cannot be used.
    """
    if not words or settings.engine == "keys":
        return ()
    model = find_model(settings, _nothing) if settings.engine in ("auto", "vosk") else None
    table = model / "graph" / "words.txt" if model else None
    if table and table.is_file():  # no need to load anything; the official models keep their words elsewhere
        known = {line.split(" ")[0] for line in table.read_text(encoding="utf-8", errors="replace").splitlines()}
        return tuple(word for word in words if word not in known)
    wanted = (*words, *COMMON)
    ears = ProcessEars(vosk(model, wanted) if model else Wanted(engine="pocketsphinx", phrases=wanted))
    try:
        ears.wait_until_open()
        return tuple(word for word in words if word in ears.unknown_phrases)
    except EngineError:
        if settings.engine == "auto":
            return ()  # the keys
        raise
    finally:
        ears.close()


def _unknown(ears: Ears, phrases: Sequence[str]) -> str:
    """Which phrases it cannot hear; where that is most of them, only some are named."""
    unknown = ears.unknown_phrases
    most = len(unknown) > len(phrases) / 2
    words = ", ".join(f'"{phrase}"' for phrase in (unknown[:NAMED] if most else unknown))
    if not most:
        return f"{ears.name} does not know every word of: {words}. Use another name, or keys."
    return (
        f"{ears.name} knows {len(phrases) - len(unknown)} of the {len(phrases)} phrases; is it for English? "
        f"It does not know every word of: {words} and so on. Use another model, or keys."
    )


def _sphinx(error: EngineError) -> str:
    if isinstance(error, EarsEndedError):
        return f"PocketSphinx cannot be used ({error}); use --ears keys."
    return str(error)


def _nothing(_sentence: str) -> None:
    """The announcements come when something is really opened."""
