"""Finding the phones of a known text with the net itself: the likeliest path through all ways to say the words.

PocketSphinx finds them first; once the net has learnt a little it finds them better, and in more recordings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from models.training.corpus import UNSURE, Samples, Segments
from models.training.features import FRAME, HOP, Floats, mfcc
from models.training.layout import SUBSAMPLING
from models.training.lexicon import Pronunciation, dictionary
from models.training.net import outputs
from models.training.phones import NUMBER, PDF_COUNT, PHONES, SILENCE, pdfs

_PRIOR_EXPONENT = 0.3
_PAUSE, _STAY = -1.0, -0.1  # log scores of entering a pause between words, and of a frame more in the same state
_PAD = int(0.3 * 16_000)  # a clip may begin or end with speech; what is around it is taken for silence
_IMPOSSIBLE = np.float32(-1e30)
_DOUBTFUL = -3.0  # a phone of a guessed text counts if the net gives it more than e to this at some frame


def align(
    checkpoint: Mapping[str, Any], samples: Samples, text: str, *, guessed: bool = False
) -> Segments | None:  # fmt: skip
    """The phones of `text` in a recording; None where a word is unknown or the recording is too short for the text.

    Where the text is only guessed, phones that the net does not hear at all are marked UNSURE.
    """
    words = [dictionary().get(word) for word in text.split()]
    ways = [way for way in words if way is not None]
    if not ways or len(ways) < len(words):
        return None
    sound = np.pad(samples.astype(np.float32), _PAD) + _dither(len(samples) + 2 * _PAD)
    scores = outputs(checkpoint, mfcc(sound))[:, :PDF_COUNT]
    states, arcs = _graph(ways)
    scaled = scores - _PRIOR_EXPONENT * np.log(checkpoint["priors"][:PDF_COUNT])
    path = _best_path(scaled[:, [pdf for pdf, _, _ in states]], arcs)
    if path is None:
        return None
    return _segments(path, states, scores, scaled, len(samples), guessed)


State = tuple[int, int, int]  # its pdf, its phone, and which phone of the graph it belongs to


def _graph(words: Sequence[Sequence[Pronunciation]]) -> tuple[list[State], Floats]:
    """States, and the log score of going from one to another; the first is a pause, and any last may end it."""
    states: list[State] = []
    arcs: list[tuple[int, int, float]] = []

    def add(phone: str, before: Sequence[int], score: float = 0.0) -> int:
        for number, pdf in enumerate(pdfs(phone)):
            states.append((pdf, NUMBER[phone], states[-1][2] if number else len(states)))
            here = len(states) - 1
            sources = before if number == 0 else [here - 1]
            arcs.extend((source, here, score if number == 0 else 0.0) for source in sources)
        return len(states) - 1

    ends = [add(SILENCE, [])]
    for ways in words:
        finished: list[int] = []
        for way in dict.fromkeys(ways):
            at: Sequence[int] = ends
            for phone in way:
                at = [add(phone, at)]
            finished.extend(at)
        ends = [*finished, add(SILENCE, finished, _PAUSE)]
    matrix = np.full((len(states), len(states)), _IMPOSSIBLE, np.float32)
    for source, target, score in arcs:
        matrix[source, target] = score
    np.fill_diagonal(matrix, _STAY)
    return states, matrix


def _best_path(scores: Floats, arcs: Floats) -> npt.NDArray[np.int64] | None:
    """From the first state to the last one, which is a pause; None if there are too few frames."""
    best = np.full(scores.shape[1], _IMPOSSIBLE, np.float32)
    best[0] = scores[0, 0]
    came = np.zeros(scores.shape, np.int64)
    for frame in range(1, len(scores)):
        entering = best[:, None] + arcs
        came[frame] = entering.argmax(axis=0)
        best = entering[came[frame], np.arange(len(best))] + scores[frame]
    if best[-1] < _IMPOSSIBLE / 2:
        return None
    path = np.zeros(len(scores), np.int64)
    path[-1] = len(best) - 1
    for frame in range(len(scores) - 1, 0, -1):
        path[frame - 1] = came[frame, path[frame]]
    return path


def _segments(
    path: npt.NDArray[np.int64], states: Sequence[State], scores: Floats, scaled: Floats, length: int, guessed: bool
) -> Segments:
    frames = np.arange(len(path))
    phones = np.array([states[state][1] for state in path])
    pdf = np.array([states[state][0] for state in path])
    visits = np.array([states[state][2] for state in path])
    starts = np.flatnonzero(np.append(True, visits[1:] != visits[:-1]))
    speech = phones != NUMBER[SILENCE]
    found = phones[starts].astype(np.int16)
    if guessed:
        heard = np.maximum.reduceat(scores[frames, pdf], starts)
        found[(heard < _DOUBTFUL) & (found != NUMBER[SILENCE])] = UNSURE
    # the boundary between two outputs lies half an output before the second one's middle
    middle = starts * SUBSAMPLING * HOP + FRAME // 2 - _PAD
    places = np.clip(middle - SUBSAMPLING * HOP // 2, 0, length)
    inside = np.append(places[1:], length) > places
    places[0] = 0
    return Segments(
        starts=places[inside].astype(np.int32),
        phones=found[inside],
        quality=float(scaled[frames, pdf][speech].mean()),
    )


def _dither(count: int) -> Floats:
    return np.random.default_rng(count).standard_normal(count, np.float32)


def spelt(segments: Segments) -> str:
    """Its phones in a row, for people: "SIL P AO Z SIL"; a question mark is one that nobody knows."""
    return " ".join("?" if phone == UNSURE else PHONES[phone] for phone in segments.phones)
