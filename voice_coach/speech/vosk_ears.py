"""Vosk: the better recogniser, where a model is at hand. It never fetches one.

The grammar is the list of phrases and "[unk]". Vosk trains a word-pair model of it, so other orders of the same words
may come out as well; whoever reads the text must match whole phrases.

What is being said is told while it is said, a few hundredths of a second after the model knows; it has no times.
(Vosk's partial words would have them, but come only when its lattice is determinised: a short word is over by then.)
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voice_coach.errors import EngineError
from voice_coach.rate import FRAMES_PER_MS, RATE
from voice_coach.speech.ears import UNKNOWN, Partial, Report, Utterance, Word

if TYPE_CHECKING:
    from voice_coach.audio.clip import Pcm

# The text is looked at once a feed. A shorter feed costs a look (0.2 ms) more often; a longer one answers later.
# With 20 ms more is taken for a command that was none (wrong 4.1 % instead of 2.8, 320 real commands).
FEED = 40 * FRAMES_PER_MS


def binding() -> Any:
    """The package vosk, which takes a tenth of a second to load. EngineError where it cannot be loaded."""
    try:
        import vosk
    except (ImportError, OSError) as error:
        raise EngineError(f"vosk cannot be loaded ({error})") from error
    return vosk


class VoskEars:
    """A recogniser with a grammar. A damaged model may end the process: the program has it in one of its own.

    EngineError where vosk itself cannot be loaded, or where the model knows none of the phrases.
    """

    def __init__(self, model: Path, phrases: Sequence[str]) -> None:
        vosk = binding()
        vosk.SetLogLevel(-1)
        try:
            self._model: Any = vosk.Model(str(model))
        except Exception as error:  # vosk raises nothing more precise
            raise EngineError(f"vosk cannot load it ({error})") from error
        self._engine: Any = vosk
        self.name = f"Vosk with {model.name}"
        self._frames = 0
        self._rest = b""
        self.listen_for(phrases)

    def listen_for(self, phrases: Sequence[str]) -> None:
        """From now on other phrases, on the same model (a millisecond); what was being said is dropped.

        EngineError where the model knows none of them.
        """
        known = [phrase for phrase in phrases if self._knows(phrase)]
        self.unknown_phrases = tuple(phrase for phrase in phrases if phrase not in set(known))
        if not known:  # an empty grammar would end the process
            raise EngineError("it knows none of the words to listen for; is it for English?")
        self._grammar = json.dumps([*dict.fromkeys(known), UNKNOWN])
        self.reset()

    def accept(self, block: Pcm) -> list[Report]:
        """Listen to a block of any length; what is new. A partial comes only when its text has changed."""
        return self.hear(block.astype("<i2", copy=False).tobytes())

    def hear(self, sound: bytes) -> list[Report]:
        """The same, of samples as they are sent: 16 bits, little-endian."""
        self._frames += len(sound) // 2
        self._rest += sound
        heard: list[Report] = []
        while len(self._rest) >= 2 * FEED:
            piece, self._rest = self._rest[: 2 * FEED], self._rest[2 * FEED :]
            if self._recogniser.AcceptWaveform(piece):
                heard += self._utterance(self._recogniser.Result()) or self._changed("")
                self._partial = ""
            else:
                heard += self._changed(json.loads(self._recogniser.PartialResult()).get("partial", ""))
        return heard

    def flush(self) -> list[Utterance]:
        """Nothing more will come: what was being said."""
        if self._rest:
            self._recogniser.AcceptWaveform(self._rest)
        heard = self._utterance(self._recogniser.FinalResult())
        self.reset()
        return heard

    def reset(self) -> None:
        """Forget what is being said; time goes on."""
        self._recogniser: Any = self._engine.KaldiRecognizer(self._model, RATE, self._grammar)
        self._recogniser.SetWords(True)
        self._origin_ms = self._frames // FRAMES_PER_MS  # a new recogniser counts from its own beginning
        self._rest = b""
        self._partial = ""

    def close(self) -> None:
        """Give up the model."""
        self._recogniser = self._model = None

    def _knows(self, phrase: str) -> bool:
        words = phrase.split()
        return bool(words) and all(self._model.vosk_model_find_word(word) != -1 for word in words)

    def _changed(self, text: str) -> list[Report]:
        if text == self._partial:
            return []
        self._partial = text
        fed = self._frames - len(self._rest) // 2
        return [Partial(text=text, at_ms=fed // FRAMES_PER_MS)]

    def _utterance(self, result: str) -> list[Utterance]:
        answer = json.loads(result)
        found = answer.get("result", [])
        if not answer.get("text") or not found:
            return []
        words = tuple(
            Word(
                text=word["word"],
                start_ms=self._origin_ms + round(1000 * word["start"]),
                end_ms=self._origin_ms + round(1000 * word["end"]),
                confidence=word["conf"],
            )
            for word in found
        )
        return [Utterance(text=answer["text"], start_ms=words[0].start_ms, end_ms=words[-1].end_ms, words=words)]
