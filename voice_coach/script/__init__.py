"""Every sentence the coach can say. Short, kind, concrete; one thing at a time; the important word last."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voice_coach.routine.model import Ms
from voice_coach.script import session, talk
from voice_coach.script.words import seconds
from voice_coach.session.lines import Key, Line

__all__ = ["SENTENCES", "TEACHING", "WORDS_A_MINUTE", "estimated_ms", "estimated_text_ms", "seconds", "text"]

WORDS_A_MINUTE = 165
MS_A_CHARACTER = 68  # measured: espeak-ng at 165 words a minute; only for plans made without a voice
MS_A_PAUSE = 180
SENTENCES: Mapping[Key, Callable[..., str]] = {**session.SENTENCES, Key.TALK: talk.words}
# Nothing runs while the two talk, so any word may be said then.
TEACHING = session.TEACHING | {Key.TALK}


def text(line: Line) -> str:
    """The words of a line."""
    return SENTENCES[line.key](*line.args)


def estimated_ms(line: Line) -> Ms:
    """About how long a line takes to say at 165 words a minute, for plans and simulations without a voice."""
    return estimated_text_ms(text(line))


def estimated_text_ms(words: str) -> Ms:
    """About how long words take to say."""
    pauses = sum(words.count(mark) for mark in ".,:?!")
    return 150 + len(words) * MS_A_CHARACTER + max(0, pauses - 1) * MS_A_PAUSE
