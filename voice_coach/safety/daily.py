"""The short question before each session, and what it tells (EVIDENCE 1.1, below the table; 1.4; [P])."""

from __future__ import annotations

from collections.abc import Mapping

from voice_coach.person.model import Answer, Trouble
from voice_coach.person.questions import Kind, NextQuestion, Question
from voice_coach.safety.answers import Said, admitted, count, said
from voice_coach.safety.model import Standing
from voice_coach.safety.stops import Follow, follows

__all__ = ["NEW", "PASSED", "QUESTIONS", "Follow", "asking", "follows", "joint_level", "next_question", "told"]

NEW = Question(id="daily.new")
PASSED = Question(id="daily.passed")  # after a day that ended with dizziness or breathlessness
_JOINT = Question(id="daily.joint", kind=Kind.NUMBER)
SORE, SHARP = 4, 6  # of 10: "joint pain 4-5" and "6+" (EVIDENCE 1.4)
# Asked one by one after anything but no, most urgent first.
_WHICH: Mapping[str, Trouble] = {
    "daily.chest": Trouble.EMERGENCY,
    "daily.back": Trouble.BACK_PAIN,
    "daily.fall": Trouble.FALL,
    "daily.dizzy": Trouble.DIZZY,
    "daily.breath": Trouble.BREATH,
    "daily.broken": Trouble.FRACTURE,
    "daily.hospital": Trouble.HOSPITAL,
    "daily.ill": Trouble.UNWELL,
}
QUESTIONS = (PASSED, NEW, *(Question(id=name) for name in _WHICH), _JOINT)


def next_question(answers: Mapping[str, Answer]) -> Question | None:
    """Whether anything is new, then which; None at the end, and as soon as she needs help more than questions."""
    if NEW.id not in answers:
        return NEW
    if not admitted(answers, NEW.id) or Trouble.EMERGENCY in told(answers):
        return None
    return next((question for question in QUESTIONS[2:] if question.id not in answers), None)


def asking(standing: Standing) -> NextQuestion:
    """The same, and first whether it has passed where the last session ended with dizziness or breathlessness."""
    first = PASSED in standing.asks

    def following(answers: Mapping[str, Answer]) -> Question | None:
        return PASSED if first and PASSED.id not in answers else next_question(answers)

    return following


def told(answers: Mapping[str, Answer]) -> tuple[Trouble, ...]:
    """What happened, most urgent first; "not sure" is that it did.

    Something new that is none of the things asked for, or not yet told, is `UNWELL`: a gentle day.
    """
    found = {trouble for name, trouble in _WHICH.items() if admitted(answers, name)}
    if PASSED.id in answers and said(answers, PASSED.id) is not Said.YES:
        found.add(Trouble.DIZZY)
    level = joint_level(answers)
    if level is None and _JOINT.id in answers:
        found.add(Trouble.SHARP_PAIN)  # how strong, she is not sure
    elif level is not None and level >= SORE:
        found.add(Trouble.SHARP_PAIN if level >= SHARP else Trouble.JOINT_PAIN)
    if admitted(answers, NEW.id) and not found:
        found.add(Trouble.UNWELL)
    return tuple(trouble for trouble in Trouble if trouble in found)


def joint_level(answers: Mapping[str, Answer]) -> int | None:
    """How strong the worst joint pain is, 0-10; None where it was not told. It goes into the incident."""
    level = count(answers, _JOINT.id)
    return level if level is None or level <= _JOINT.most else None
