"""PocketSphinx with the English model in its wheel: hears from the first minute, with nothing downloaded.

It decodes only while somebody speaks. The end of an utterance is our own rule (voice activity over a quarter of a
second), not the model's. A grammar of whole phrases turns every sound into a phrase, so frequent words
stands beside the phrases; whatever they take is no command.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from voice_coach.audio.clip import FRAMES_PER_MS, RATE, Pcm
from voice_coach.errors import EngineError
from voice_coach.speech.ears import Utterance

FRAME_MS = 20
WINDOW_S = 0.3  # the voice activity of this long decides where speech begins and ends
RATIO = 0.8  # so much of it must be speech, or silence
LONGEST_MS = 8_000  # talk that goes on is cut here: no command is so long, and the work stays bounded
# Frequent words of ordinary talk that are no part of a command. One or two of them may follow each other; a free loop
# rejects more, but costs a fifth of a core where this costs a twentieth (measured, beside 169 phrases).
DECOYS = (
    *("about", "after", "all", "and", "because", "before", "could", "day", "even", "first", "from", "good", "have"),
    *(
        "here",
        "house",
        "just",
        "know",
        "little",
        "look",
        "make",
        "morning",
        "never",
        "people",
        "said",
        "should",
        "some",
    ),
    *("that", "there", "think", "today", "was", "water", "well", "would", "year", "your"),
)
FASTER = {"topn": 2, "maxhmmpf": 3000}  # fewer Gaussians and paths: nothing lost on commands, half the work
SILENCE = 0.1  # the probability of a pause inside a phrase


class PocketSphinxEars:
    """The recogniser with a closed grammar of phrases and a loop of decoys."""

    def __init__(self, phrases: Sequence[str], *, decoys: Sequence[str] = DECOYS) -> None:
        try:
            import pocketsphinx
        except ImportError as error:
            raise EngineError(f"PocketSphinx cannot be loaded ({error}); use --ears keys.") from error
        pocketsphinx.set_loglevel("FATAL")
        self.name = (
            f"PocketSphinx {pocketsphinx.__version__}" if hasattr(pocketsphinx, "__version__") else "PocketSphinx"
        )
        self._decoder: Any = pocketsphinx.Decoder(
            pocketsphinx.Config(lm=None, loglevel="FATAL", silprob=SILENCE, **FASTER)
        )
        known = [phrase for phrase in phrases if self._knows(phrase)]
        self.unknown_phrases = tuple(phrase for phrase in phrases if phrase not in set(known))
        self._decoder.add_jsgf_string("session", _grammar(known, decoys))
        self._decoder.activate_search("session")
        self._endpointer: Any = pocketsphinx.Endpointer(
            window=WINDOW_S,
            ratio=RATIO,
            vad_mode=pocketsphinx.Vad.STRICT,
            sample_rate=RATE,
            frame_length=FRAME_MS / 1000,
        )
        self._bytes: int = self._endpointer.frame_bytes
        self._rest = b""
        self._frames = 0
        self._started: int | None = None

    def accept(self, block: Pcm) -> list[Utterance]:
        """Listen to a block of any length; the utterances that ended in it."""
        self._frames += len(block)
        sound = self._rest + block.tobytes()
        whole = len(sound) // self._bytes * self._bytes
        self._rest = sound[whole:]
        found: list[Utterance] = []
        for at in range(0, whole, self._bytes):
            found += self._frame(sound[at : at + self._bytes])
        return found

    def flush(self) -> list[Utterance]:
        """Nothing more will come: what was being said."""
        if self._started is None:
            return []
        speech = self._endpointer.end_stream(self._rest)
        if speech is not None:
            self._decoder.process_raw(speech)
        return self._finish(self._frames // FRAMES_PER_MS)

    def close(self) -> None:
        """Give up the model."""
        self._decoder = None

    def _knows(self, phrase: str) -> bool:
        return all(self._decoder.lookup_word(word) is not None for word in phrase.split())

    def _frame(self, frame: bytes) -> list[Utterance]:
        was_speaking = self._endpointer.in_speech
        speech = self._endpointer.process(frame)
        if speech is None:
            return []
        if not was_speaking or self._started is None:
            self._started = round(1000 * self._endpointer.speech_start)
            self._decoder.start_utt()
        self._decoder.process_raw(speech)
        if not self._endpointer.in_speech:
            return self._finish(round(1000 * self._endpointer.speech_end))
        now = self._frames // FRAMES_PER_MS
        if now - self._started > LONGEST_MS:
            found = self._finish(now)
            self._started = now
            self._decoder.start_utt()
            return found
        return []

    def _finish(self, end_ms: int) -> list[Utterance]:
        assert self._started is not None
        self._decoder.end_utt()
        start, self._started = self._started, None
        hypothesis = self._decoder.hyp()
        words = hypothesis.hypstr if hypothesis else ""
        return [Utterance(text=words, start_ms=start, end_ms=end_ms)] if words else []


def _grammar(phrases: Sequence[str], decoys: Sequence[str]) -> str:
    """JSGF: one whole phrase, or one or two decoys, as likely as each other."""
    if not phrases:
        raise EngineError("PocketSphinx knows none of the words it should listen for.")
    wanted = f"( {' | '.join(phrases)} )"
    if decoys:
        others = f"( {' | '.join(decoys)} )"
        wanted = f"/0.5/ {wanted} | /0.5/ ( {others} [ {others} ] )"
    return f"#JSGF V1.0;\ngrammar session;\npublic <utterance> = {wanted};\n"
