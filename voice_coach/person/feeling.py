"""What she is asked about herself before and after a session, for her diary. Every question may be skipped.

Own words, from nought to ten (EVIDENCE 5; no published scale is copied). Asked before under `Form.FEELING`, after under
`Form.AFTER`; the same id in both is the same question at another time.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from voice_coach.person.model import Answer
from voice_coach.person.questions import Kind, NextQuestion, Question

GOOD = "feeling.good"
SURE = "feeling.sure"  # of the day without falling
JOINTS = "feeling.joints"  # how sore they are now
NEXT_DAY = "feeling.next_day"  # how sore they were on the day after the last one


def before(*, next_day: bool = False) -> NextQuestion:
    """What is asked before a session; with `next_day` also about the day after the last one."""
    return partial(_next, (*((NEXT_DAY,) if next_day else ()), JOINTS, GOOD, SURE))


def after() -> NextQuestion:
    """What is asked after one."""
    return partial(_next, (JOINTS, GOOD, SURE))


def _next(ids: tuple[str, ...], answers: Mapping[str, Answer]) -> Question | None:
    waiting = (each for each in ids if each not in answers)
    identity = next(waiting, None)
    return Question(id=identity, kind=Kind.NUMBER, optional=True) if identity else None
