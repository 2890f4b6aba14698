"""Vosk: the better recogniser, where a model is at hand. It never fetches one.

The grammar is the list of phrases and "[unk]". Vosk trains a word-pair model of it, so other orders of the same words
may come out as well; whoever reads the text must match whole phrases.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from voice_coach.audio.clip import FRAMES_PER_MS, RATE, Pcm
from voice_coach.errors import EngineError
from voice_coach.speech.ears import UNKNOWN, Utterance

FEED = 100 * FRAMES_PER_MS  # the end of an utterance is looked for once a feed, so a longer one would answer later


class VoskEars:
    """A recogniser with a grammar. The folder must have passed `check_vosk_model`: a damaged one ends the process.

    EngineError where vosk itself cannot be loaded, or where the model knows none of the phrases.
    """

    def __init__(self, model: Path, phrases: Sequence[str]) -> None:
        try:
            import vosk
        except (ImportError, OSError) as error:
            raise EngineError(f"vosk cannot be loaded ({error})") from error
        vosk.SetLogLevel(-1)
        try:
            self._model: Any = vosk.Model(str(model))
        except Exception as error:  # vosk raises nothing more precise
            raise EngineError(f"vosk cannot load the model in {model} ({error})") from error
        self._engine: Any = vosk
        self.name = f"Vosk with {model.name}"
        known = [phrase for phrase in phrases if self._knows(phrase)]
        self.unknown_phrases = tuple(phrase for phrase in phrases if phrase not in set(known))
        if not known:  # an empty grammar would end the process
            raise EngineError(f"the model in {model} knows none of the words to listen for; is it for English?")
        self._grammar = json.dumps([*dict.fromkeys(known), UNKNOWN])
        self._frames = 0
        self._rest = b""
        self.reset()

    def accept(self, block: Pcm) -> list[Utterance]:
        """Listen to a block of any length; the utterances that ended in it."""
        self._frames += len(block)
        self._rest += block.astype("<i2", copy=False).tobytes()
        heard: list[Utterance] = []
        while len(self._rest) >= 2 * FEED:
            piece, self._rest = self._rest[: 2 * FEED], self._rest[2 * FEED :]
            if self._recogniser.AcceptWaveform(piece):
                heard += self._utterance(self._recogniser.Result())
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

    def close(self) -> None:
        """Give up the model."""
        self._recogniser = self._model = None

    def _knows(self, phrase: str) -> bool:
        words = phrase.split()
        return bool(words) and all(self._model.vosk_model_find_word(word) != -1 for word in words)

    def _utterance(self, result: str) -> list[Utterance]:
        answer = json.loads(result)
        words = answer.get("result", [])
        if not answer.get("text") or not words:
            return []
        start, end = (self._origin_ms + round(1000 * seconds) for seconds in (words[0]["start"], words[-1]["end"]))
        return [Utterance(text=answer["text"], start_ms=start, end_ms=end)]
