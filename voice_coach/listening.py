"""What would be accepted in a recording: the session's own path from sound to command, without a session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from voice_coach.audio.clip import BLOCK, BLOCK_MS, Pcm
from voice_coach.commands import Match, Vocabulary
from voice_coach.hearing import understand
from voice_coach.speech.canceller import Canceller
from voice_coach.speech.ears import Ears, Utterance

_SILENCE = np.zeros(BLOCK, dtype=np.int16)
_LEAD = 25  # blocks of silence before a recording: at home the microphone has always been listening for a while
_TAIL = 50  # and after it, so that a word at the very end is finished like any other


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An utterance with its meaning; `match` is None where it means nothing."""

    utterance: Utterance
    match: Match | None


def listen(recording: Pcm, ears: Ears, canceller: Canceller, vocabulary: Vocabulary) -> Iterator[Heard]:
    """Every utterance of the recording in order, timed from its first frame. The ears must be fresh."""
    silence = np.zeros(_LEAD * BLOCK, dtype=np.int16)
    tail = np.zeros(_TAIL * BLOCK + -len(recording) % BLOCK, dtype=np.int16)
    sound = np.concatenate([silence, recording, tail])
    for at in range(0, len(sound), BLOCK):
        near = canceller.process(sound[at : at + BLOCK], _SILENCE)
        for utterance in ears.accept(near):
            yield _understood(utterance, vocabulary)
    for utterance in ears.flush():
        yield _understood(utterance, vocabulary)


def _understood(utterance: Utterance, vocabulary: Vocabulary) -> Heard:
    start, end = (max(0, ms - _LEAD * BLOCK_MS) for ms in (utterance.start_ms, utterance.end_ms))
    shifted = Utterance(text=utterance.text, start_ms=start, end_ms=end)
    return Heard(utterance=shifted, match=understand(shifted, vocabulary, ()))
