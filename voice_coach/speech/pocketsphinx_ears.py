"""PocketSphinx with the English model in its wheel: hears from the first minute, with nothing downloaded.

It decodes only while somebody speaks. The end of an utterance is our own rule (voice activity over a quarter of a
second), not the model's. A grammar of whole phrases turns every sound into a phrase. Two things are set against that:
frequent words stand beside the phrases, and whatever they take is no command; and a second search spells the same
sound freely in phones. Where that fits much better than the phrase, the phrase is not what was said.

That can be told only at the end, which comes soon after the word. What is told before is a guess that changes often.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from voice_coach.errors import EngineError
from voice_coach.rate import FRAMES_PER_MS, RATE
from voice_coach.speech.ears import UNKNOWN, Partial, Report, Utterance

if TYPE_CHECKING:
    from voice_coach.audio.clip import Pcm

FRAME_MS = 20
WINDOW_S = 0.3  # the voice activity of this long decides where speech begins and ends
RATIO = 0.8  # so much of it must be speech, or silence
LONGEST_MS = 8_000  # talk that goes on is cut here: no command is so long, and the work stays bounded
# Frequent words of ordinary talk that are no part of a command. One or two of them may follow each other; a free loop
# rejects more, but costs a fifth of a core where this costs a twentieth (measured, beside 169 phrases).
DECOYS = (
    *("about", "after", "all", "and", "because", "before", "could", "day", "even", "first", "from", "good"),
    *("have", "here", "house", "just", "little", "look", "make", "morning", "never", "people", "said"),
    *("should", "some", "that", "there", "think", "today", "was", "water", "well", "would", "year", "your"),
)
FASTER = {"topn": 2, "maxhmmpf": 3000}  # fewer Gaussians and paths: nothing lost on commands, half the work
# Without the second pass over the lattice: that one may end inside a phrase ("what" of "what can I say"), which lost
# one command in five and took two thirds of the time.
WHOLE_PHRASES = {"bestpath": False}
FREE_PHONES = {"beam": 1e-10, "pbeam": 1e-10, "lw": 1.0, "topn": 2, "bestpath": False}
# How much better free phones may fit before a phrase is refused, in natural logarithms of the engine's scores: so much
# for each phone of the phrase, and for a short word at least as much as for a phrase of four phones and a half.
SLACK, LEAST_SLACK = 0.036, 0.16
SILENCE = 0.1  # the probability of a pause inside a phrase


class PocketSphinxEars:
    """The recogniser with a closed grammar of phrases, decoys beside them, and a second search over free phones.

    `generous` phrases are not measured against free phones: better heard too often than once too seldom.
    """

    def __init__(self, phrases: Sequence[str], *, decoys: Sequence[str] = DECOYS, generous: Sequence[str] = ()) -> None:
        try:
            import pocketsphinx
        except ImportError as error:
            raise EngineError(f"PocketSphinx cannot be loaded ({error}); use --ears keys.") from error
        pocketsphinx.set_loglevel("FATAL")
        self.name = (
            f"PocketSphinx {pocketsphinx.__version__}" if hasattr(pocketsphinx, "__version__") else "PocketSphinx"
        )
        self._decoder: Any = pocketsphinx.Decoder(
            pocketsphinx.Config(lm=None, loglevel="FATAL", silprob=SILENCE, **FASTER, **WHOLE_PHRASES)
        )
        phones = pocketsphinx.get_model_path("en-us/en-us-phone.lm.bin")
        self._free: Any = pocketsphinx.Decoder(
            pocketsphinx.Config(lm=None, allphone=phones, loglevel="FATAL", **FREE_PHONES)
        )
        self._generous = frozenset(generous)
        self._decoys = decoys
        self._started: int | None = None
        self._partial = ""
        self.listen_for(phrases)
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

    def listen_for(self, phrases: Sequence[str]) -> None:
        """From now on other phrases, on the same model; what was being said is dropped, and time goes on."""
        if self._started is not None:
            self._decoder.end_utt()
            self._free.end_utt()
            self._started, self._partial = None, ""
        known = [phrase for phrase in phrases if self._knows(phrase)]
        self.unknown_phrases = tuple(phrase for phrase in phrases if phrase not in set(known))
        self._decoder.add_jsgf_string("session", _grammar(known, self._decoys))
        self._decoder.activate_search("session")

    def accept(self, block: Pcm) -> list[Report]:
        """Listen to a block of any length; what is new. A partial comes only when its text has changed."""
        return self.hear(block.astype("<i2", copy=False).tobytes())

    def hear(self, sound: bytes) -> list[Report]:
        """The same, of samples as they are sent: 16 bits, little-endian."""
        self._frames += len(sound) // 2
        sound = self._rest + sound
        whole = len(sound) // self._bytes * self._bytes
        self._rest = sound[whole:]
        found: list[Report] = []
        for at in range(0, whole, self._bytes):
            found += self._frame(sound[at : at + self._bytes])
        return found + self._changed()

    def flush(self) -> list[Utterance]:
        """Nothing more will come: what was being said."""
        if self._started is None:
            return []
        speech = self._endpointer.end_stream(self._rest)
        if speech is not None:
            self._decode(speech)
        return self._finish(self._frames // FRAMES_PER_MS)

    def close(self) -> None:
        """Give up the models."""
        self._decoder = self._free = None

    def _knows(self, phrase: str) -> bool:
        return all(self._decoder.lookup_word(word) is not None for word in phrase.split())

    def _frame(self, frame: bytes) -> list[Utterance]:
        was_speaking = self._endpointer.in_speech
        speech = self._endpointer.process(frame)
        if speech is None:
            return []
        if not was_speaking or self._started is None:
            self._begin(round(1000 * self._endpointer.speech_start))
        self._decode(speech)
        if not self._endpointer.in_speech:
            return self._finish(round(1000 * self._endpointer.speech_end))
        now = self._frames // FRAMES_PER_MS
        if self._started is not None and now - self._started > LONGEST_MS:
            found = self._finish(now)
            self._begin(now)
            return found
        return []

    def _changed(self) -> list[Report]:
        phrase = self._decoder.hyp() if self._started is not None else None
        text = phrase.hypstr if phrase is not None else ""
        if text == self._partial or self._started is None:
            return []
        self._partial = text
        return [Partial(text=text, at_ms=self._frames // FRAMES_PER_MS, sure=False)]

    def _phones(self, phrase: str) -> int:
        """How many phones a phrase of the grammar has."""
        return sum(len(self._decoder.lookup_word(word).split()) for word in phrase.split())

    def _begin(self, at_ms: int) -> None:
        self._started = at_ms
        self._decoder.start_utt()
        self._free.start_utt()

    def _decode(self, speech: bytes) -> None:
        self._decoder.process_raw(speech)
        self._free.process_raw(speech)

    def _finish(self, end_ms: int) -> list[Utterance]:
        assert self._started is not None
        self._decoder.end_utt()
        self._free.end_utt()
        start, self._started = self._started, None
        self._partial = ""
        phrase, phones = self._decoder.hyp(), self._free.hyp()
        if phrase is None or not phrase.hypstr:
            return []
        slack = max(LEAST_SLACK, SLACK * self._phones(phrase.hypstr))
        fits = phrase.hypstr in self._generous or _misfit(phrase, phones) <= slack
        text = phrase.hypstr if fits else UNKNOWN
        return [Utterance(text=text, start_ms=start, end_ms=end_ms)]


def _misfit(phrase: Any, phones: Any) -> float:
    """How much worse a phrase explains the sound than free phones do; 0 where those found nothing."""
    smallest = 1e-300  # the logarithm of a score that has become nothing
    best = math.log(max(phrase.best_score, smallest))
    return math.log(max(phones.best_score, smallest)) - best if phones is not None else 0.0


def _grammar(phrases: Sequence[str], decoys: Sequence[str]) -> str:
    """JSGF: one whole phrase, or one or two decoys, as likely as each other."""
    if not phrases:
        raise EngineError("PocketSphinx knows none of the words it should listen for.")
    wanted = f"( {' | '.join(phrases)} )"
    if decoys:
        others = f"( {' | '.join(decoys)} )"
        wanted = f"/0.5/ {wanted} | /0.5/ ( {others} [ {others} ] )"
    return f"#JSGF V1.0;\ngrammar session;\npublic <utterance> = {wanted};\n"
