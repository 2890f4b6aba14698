"""The questions of the screening, in their order, and which of them is next.

Written in our own words (EVIDENCE 1.1, [P]); no published questionnaire is copied. Where a row of the table there
holds two ideas with two consequences it is two questions here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voice_coach.person.model import Answer
from voice_coach.person.questions import Kind, Question
from voice_coach.safety.answers import Said, admitted, count, said

Answers = Mapping[str, Answer]
Asked = Callable[[Answers], bool]

MOST_BONES, MOST_FALLS = 30, 50  # more is misheard ([P])


def _always(_answers: Answers) -> bool:
    return True


def _after(name: str) -> Asked:
    return lambda answers: admitted(answers, name)


def _some(name: str) -> Asked:
    """After a number that is not nought, or is not known."""
    return lambda answers: name in answers and count(answers, name) != 0


def _yes_no(name: str, asked: Asked = _always) -> tuple[Question, Asked]:
    return Question(id=f"screening.{name}"), asked


def _number(name: str, most: int) -> tuple[Question, Asked]:
    return Question(id=f"screening.{name}", kind=Kind.NUMBER, most=most), _always


_ASKED: tuple[tuple[Question, Asked], ...] = (
    _yes_no("supervised"),  # 1
    _yes_no("chest"),  # 2
    _yes_no("faint"),  # 3
    _yes_no("breath"),  # 4
    _yes_no("heart"),  # 5
    _yes_no("well", _after("screening.heart")),  # 5b
    _yes_no("pressure"),  # 6
    _yes_no("recent"),  # 7
    _yes_no("back"),  # 8
    _yes_no("nerves", _after("screening.back")),  # the last three of 8, which are urgent
    _yes_no("spine"),  # 9
    _number("bones", MOST_BONES),  # 10
    _yes_no("hip", _some("screening.bones")),
    _yes_no("height"),  # 11
    _number("falls", MOST_FALLS),  # 12
    _yes_no("hurt", _some("screening.falls")),
    _yes_no("aid"),  # 13, its first consequence
    _yes_no("unsteady", lambda answers: said(answers, "screening.aid") is not Said.YES),
    _yes_no("bone"),  # 14: a scan or medicine
    _yes_no("steroids"),  # 14: months of tablets
    _yes_no("floor"),  # 15
    _yes_no("joint"),  # 16
    _yes_no("most_days", _after("screening.joint")),  # "pain on most days", in the table of tiers of 1.2
    _yes_no("near"),  # 17
)
QUESTIONS = tuple(question for question, _ in _ASKED)


def next_question(answers: Answers) -> Question | None:
    """The first that is not answered and is to be asked after these answers; None at the end."""
    return next((question for question, asked in _ASKED if question.id not in answers and asked(answers)), None)
