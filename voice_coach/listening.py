"""What would be accepted in a recording: the session's own path from sound to command, without a session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from voice_coach.audio.clip import BLOCK, Pcm
from voice_coach.commands import Match, Vocabulary
from voice_coach.hearing import understand
from voice_coach.speech.canceller import Canceller
from voice_coach.speech.ears import Ears, Utterance

_SILENCE = np.zeros(BLOCK, dtype=np.int16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An utterance with its meaning; `match` is None where it means nothing."""

    utterance: Utterance
    match: Match | None


def listen(recording: Pcm, ears: Ears, canceller: Canceller, vocabulary: Vocabulary) -> Iterator[Heard]:
    """Every utterance of the recording in order, timed from its first frame. The ears must be fresh.

    A second of silence is added, so that a word at the very end is finished like any other.
    """
    tail = np.zeros(50 * BLOCK + -len(recording) % BLOCK, dtype=np.int16)
    sound = np.concatenate([recording, tail])
    for at in range(0, len(sound), BLOCK):
        near = canceller.process(sound[at : at + BLOCK], _SILENCE)
        for utterance in ears.accept(near):
            yield Heard(utterance=utterance, match=understand(utterance, vocabulary, ()))
    for utterance in ears.flush():
        yield Heard(utterance=utterance, match=understand(utterance, vocabulary, ()))
