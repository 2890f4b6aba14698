"""What would be accepted in a recording: the session's own path from sound to command, without a session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from voice_coach.audio.clip import BLOCK, BLOCK_MS, Pcm
from voice_coach.audio.mixer import Audible
from voice_coach.commands import Match, Vocabulary
from voice_coach.hearing import Accepted, Audibly, Decision, Dismissed, Listener, Rules, nothing
from voice_coach.speech.canceller import Canceller
from voice_coach.speech.ears import Ears, Utterance

_LEAD = 25  # blocks of silence before a recording: at home the microphone has always been listening for a while
_TAIL = 50  # and after it, so that a word at the very end is finished like any other
_LEAD_MS = _LEAD * BLOCK_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Something that was said, with its meaning; `match` is None where it means nothing. Timed from the first frame."""

    utterance: Utterance
    match: Match | None
    at_ms: int  # when it was decided; for a command, when the session would have had it
    decision: Accepted | Dismissed  # more about it, in the listener's own time


def listen(
    recording: Pcm,
    ears: Ears,
    canceller: Canceller,
    vocabulary: Vocabulary,
    *,
    played: Pcm | None = None,
    audible: Audibly | None = None,
    rules: Rules | None = None,
    wake: bool = False,
) -> Iterator[Heard]:
    """Everything that was said in the recording and decided about, in order. The ears and the canceller must be fresh.

    `played` is what the loudspeaker played meanwhile, `audible` its words; both in the time of the recording.
    """
    decided = decisions(recording, ears, canceller, vocabulary, played=played, audible=audible, rules=rules, wake=wake)
    for decision in decided:
        if isinstance(decision, (Accepted, Dismissed)):
            utterance = decision.utterance
            start, end = (max(0, ms - _LEAD_MS) for ms in (utterance.start_ms, utterance.end_ms))
            yield Heard(
                utterance=replace(utterance, start_ms=start, end_ms=end, words=()),
                match=decision.match if isinstance(decision, Accepted) else None,
                at_ms=decision.at_ms - _LEAD_MS,
                decision=decision,
            )


def decisions(
    recording: Pcm,
    ears: Ears,
    canceller: Canceller,
    vocabulary: Vocabulary,
    *,
    played: Pcm | None = None,
    audible: Audibly | None = None,
    rules: Rules | None = None,
    wake: bool = False,
) -> Iterator[Decision]:
    """Every decision, attention included, in the listener's own time: half a second of silence comes first."""
    said = audible or nothing

    def shifted(start_ms: int, end_ms: int) -> tuple[Audible, ...]:
        return tuple(
            replace(words, started_ms=words.started_ms + _LEAD_MS, ends_ms=words.ends_ms + _LEAD_MS)
            for words in said(start_ms - _LEAD_MS, end_ms - _LEAD_MS)
        )

    mic = _padded(recording, len(recording))
    loud = _padded(np.zeros(0, dtype=np.int16) if played is None else played, len(recording))
    listener = Listener(ears, canceller, vocabulary, rules, wake=wake)
    for at in range(0, len(mic), BLOCK):
        yield from listener.hear(mic[at : at + BLOCK], loud[at : at + BLOCK], shifted)
    yield from listener.flush(shifted)


def _padded(sound: Pcm, length: int) -> Pcm:
    """With silence before and after it, as whole blocks, as if it were `length` frames long."""
    padded = np.zeros(_LEAD * BLOCK + length + -length % BLOCK + _TAIL * BLOCK, dtype=np.int16)
    part = sound[:length]
    padded[_LEAD * BLOCK : _LEAD * BLOCK + len(part)] = part
    return padded
