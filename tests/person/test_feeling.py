"""The questions of her diary: the same ones before and after, each may be skipped, each has its sentence."""

from __future__ import annotations

from voice_coach.person.feeling import GOOD, JOINTS, NEXT_DAY, SURE, after, before
from voice_coach.person.model import Answer
from voice_coach.person.questions import Kind, NextQuestion
from voice_coach.script import talk


def asked(following: NextQuestion) -> list[str]:
    answers: dict[str, Answer] = {}
    for _ in range(10):
        question = following(answers)
        if question is None:
            return list(answers)
        assert question.kind is Kind.NUMBER and (question.least, question.most) == (0, 10) and question.optional
        assert talk.words(question.id, *question.args).endswith("?")
        answers[question.id] = 5
    raise AssertionError("the questions do not come to an end")


def test_what_is_asked_before_and_after() -> None:
    assert asked(before()) == [JOINTS, GOOD, SURE]
    assert asked(before(next_day=True)) == [NEXT_DAY, JOINTS, GOOD, SURE]
    assert asked(after()) == [JOINTS, GOOD, SURE]


def test_an_answered_question_is_not_asked_again() -> None:
    question = before()({JOINTS: "not sure", SURE: 3})
    assert question and question.id == GOOD
