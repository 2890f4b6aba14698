"""The coach's own words: what it said itself, around the moment at which it sounded, is nobody's command."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from voice_coach.audio.mixer import Audible
from voice_coach.commands import normalise

# What the loudspeaker said between two moments, in the time of the ears. `Mixer.audible` is one.
Audibly: TypeAlias = Callable[[int, int], Iterable[Audible]]


def nothing(_start_ms: int, _end_ms: int) -> tuple[Audible, ...]:
    """The loudspeaker was silent."""
    return ()


def said_by_coach(phrase: str, start_ms: int, end_ms: int, audible: Iterable[Audible], margin_ms: int) -> bool:
    """Whether the phrase sounded from the coach itself around this stretch.

    Word times inside a clip are estimated by even division, and devices add up to a few tenths of a second, hence the
    margin; what a person says outside of it is hers, also while the same sentence goes on: "stop" must work while the
    coach explains "stop".
    """
    wanted = phrase.split()
    for heard in audible:
        words = normalise(heard.text).split()
        length = heard.ends_ms - heard.started_ms
        for index in range(len(words) - len(wanted) + 1):
            if words[index : index + len(wanted)] == wanted:
                begins = heard.started_ms + length * index // len(words)
                ends = heard.started_ms + length * (index + len(wanted)) // len(words)
                if begins - margin_ms <= start_ms and end_ms <= ends + margin_ms:
                    return True
    return False
