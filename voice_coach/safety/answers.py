"""Reading answers: what is not a plain yes, no or number is "not sure", and never an error."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from voice_coach.person.model import NO, YES, Answer


class Said(Enum):
    """An answer to a question that takes yes or no."""

    YES = "yes"
    NO = "no"
    UNSURE = "not sure"  # also whatever cannot be read
    UNSAID = "unsaid"


def said(answers: Mapping[str, Answer], name: str) -> Said:
    """What was answered to that question."""
    if name not in answers:
        return Said.UNSAID
    answer = answers[name]
    if isinstance(answer, str) and answer in (YES, NO):
        return Said.YES if answer == YES else Said.NO
    return Said.UNSURE


def count(answers: Mapping[str, Answer], name: str) -> int | None:
    """The number that was answered; None where there is none, or none that can be."""
    answer = answers.get(name)
    return answer if type(answer) is int and answer >= 0 else None


def admitted(answers: Mapping[str, Answer], name: str) -> bool:
    """Whether it was answered, and with anything but no."""
    return said(answers, name) in (Said.YES, Said.UNSURE)
