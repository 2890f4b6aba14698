"""The first ear: PocketSphinx tells where phones lie before our own net can, and what untranscribed readers say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.training.corpus import RATE, Samples, Segments
from models.training.lexicon import dictionary
from models.training.phones import NUMBER, SILENCE

_STEP = RATE // 100
# One pass, fewer paths, every second frame's densities: three times as fast as usual.
_FAST = {"fwdflat": False, "bestpath": False, "maxhmmpf": 3000, "maxwpf": 10, "ds": 2, "topn": 2, "pl_window": 5}


class Aligner:
    """Finds the phones of a known text in a recording, by PocketSphinx's model of English."""

    def __init__(self) -> None:
        import pocketsphinx

        self._decoder: Any = pocketsphinx.Decoder(
            lm=None, samprate=RATE, loglevel="FATAL", dict=pocketsphinx.get_model_path("en-us/cmudict-en-us.dict")
        )

    def align(self, samples: Samples, text: str) -> Segments | None:
        """None where a word is unknown or no alignment was found."""
        decoder = self._decoder
        if not text or any(decoder.lookup_word(word) is None for word in text.split()):
            return None
        decoder.set_align_text(text)
        try:
            self._pass(samples)
            if decoder.hyp() is None:
                return None
            decoder.set_alignment()
            self._pass(samples)
            found = decoder.get_alignment()
        except RuntimeError:  # PocketSphinx's way to say that the words do not fit
            return None
        if found is None:
            return None
        pairs = [(0, SILENCE), *self._phones(found)]
        return Segments.of(pairs) if len(pairs) > 1 else None

    def _pass(self, samples: Samples) -> None:
        self._decoder.start_utt()
        self._decoder.process_raw(samples.tobytes(), full_utt=True)
        self._decoder.end_utt()

    @staticmethod
    def _phones(alignment: Any) -> Iterator[tuple[int, str]]:
        for word in alignment:
            for phone in word:
                yield phone.start * _STEP, phone.name if phone.name in NUMBER else SILENCE


class Transcriber:
    """Writes down what is said, with PocketSphinx's large vocabulary, in a tenth of the time it took to say.

    Many words are wrong; the alignment with our own net finds out which.
    """

    def __init__(self) -> None:
        import pocketsphinx

        self._decoder: Any = pocketsphinx.Decoder(samprate=RATE, loglevel="FATAL", **_FAST)

    def text(self, samples: Samples) -> str:
        """Lower-case words; empty where none were heard."""
        self._decoder.start_utt()
        self._decoder.process_raw(samples.tobytes(), full_utt=True)
        self._decoder.end_utt()
        heard = [segment.word.partition("(")[0] for segment in self._decoder.seg()]
        return " ".join(word for word in heard if word in dictionary())
