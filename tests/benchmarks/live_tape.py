"""What a recording of loudspeaker and person tells of a word: when it ended, and when the loudspeaker fell silent.

The coach's sentence that follows a command is known to the sample, and it is placed a fixed time after the moment at
which the session obeyed; so the moment is read off the recording, with everything that devices add to it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tests.benchmarks.stage import speech_ends_ms
from tests.pulse import Recorded
from voice_coach.audio.clip import FRAMES_PER_MS, RATE, Pcm

LIKE = 0.9  # how alike the loudspeaker's sound and the sentence must be (1: the same but for its loudness)
TEMPLATE_MS = 600  # of a sentence so much is looked for
EARLY_S, LATE_S = 1.0, 4.0  # a word lies so near to the moment at which it was sent off
ANSWERED_S = 5.0  # and the answer so near to its end
SOUND = 60  # a sample beyond it is sound (-55 dBFS); besides sound a loudspeaker plays digital silence
AT_ITS_END_MS = 60  # who is heard so shortly before the end of a word is heard at its end


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A word that was obeyed, in milliseconds from its end."""

    obeyed_ms: float  # the coach is hushed
    silent_ms: float  # its last sound, whatever ended that
    answer_ms: float  # the first word of its answer
    over: bool  # whether the coach was heard at the end of the word, or after it


def answered(recorded: Recorded, *, said_s: float, lasts_s: float, answer: Pcm, after_ms: int) -> Answered | None:
    """What followed one word; None where there is no word, or the sentence that answers it is not to be found.

    The word was played to the person's channel about `said_s` after the recording began, with whatever silence before
    it is in `lasts_s`; `answer` is the coach's clip, which begins `after_ms` after the command.
    """
    first = max(0, round((said_s - EARLY_S) * RATE))
    person = recorded.person[first : round((said_s + lasts_s + LATE_S) * RATE)]
    spoken = np.flatnonzero(np.abs(person.astype(np.int32)) > SOUND)
    if not len(spoken):
        return None
    begins = int(spoken[0])
    ends = first + begins + speech_ends_ms(person[begins : int(spoken[-1]) + 1]) * FRAMES_PER_MS
    found = find(recorded.speaker[ends : ends + round(ANSWERED_S * RATE)], answer[: TEMPLATE_MS * FRAMES_PER_MS])
    if found is None:
        return None
    obeyed = ends + found - after_ms * FRAMES_PER_MS
    sounding = np.flatnonzero(np.abs(recorded.speaker[: max(0, obeyed)].astype(np.int32)) > SOUND)
    silent = int(sounding[-1]) if len(sounding) else 0
    return Answered(
        obeyed_ms=(obeyed - ends) / FRAMES_PER_MS,
        silent_ms=(silent - ends) / FRAMES_PER_MS,
        answer_ms=found / FRAMES_PER_MS,
        over=silent > ends - AT_ITS_END_MS * FRAMES_PER_MS,
    )


def find(where: Pcm, what: Pcm) -> int | None:
    """The frame at which a sound begins in another; None where nothing there is like it."""
    frames = len(what)
    if len(where) < frames:
        return None
    size = 1 << (len(where) + frames - 1).bit_length()
    wanted = what.astype(np.float64)
    products = np.fft.irfft(np.fft.rfft(where, size) * np.fft.rfft(wanted, size).conj(), size)[
        : len(where) - frames + 1
    ]
    power = np.concatenate([[0.0], np.cumsum(np.square(where.astype(np.float64)))])
    sizes = np.sqrt(np.maximum(1.0, power[frames:] - power[:-frames]) * np.square(wanted).sum())
    alike = products[: len(where) - frames + 1] / np.maximum(sizes, 1.0)
    best = int(np.argmax(alike))
    return best if alike[best] > LIKE else None
