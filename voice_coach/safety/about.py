"""What is asked once, and need not be answered: age, weight, the emergency number. Digits, said one at a time."""

from __future__ import annotations

from collections.abc import Mapping

from voice_coach.person.model import Answer, Form, Person
from voice_coach.person.questions import Kind, Question

AGES = (18, 110)  # beyond it is misheard [P]
KILOS = (30, 200)  # the same [P]
NUMBER_DIGITS = (2, 15)  # "at most 15 digits" is a telephone number anywhere (ITU-T E.164)

AGE = Question(id="about.age", kind=Kind.DIGITS, least=AGES[0], most=AGES[1], optional=True)
WEIGHT = Question(id="about.weight", kind=Kind.DIGITS, least=KILOS[0], most=KILOS[1], optional=True)
# as many digits as NUMBER_DIGITS, ITU-T E.164
EMERGENCY = Question(id="about.emergency", kind=Kind.DIGITS, most=10 ** NUMBER_DIGITS[1] - 1, optional=True)
QUESTIONS = (EMERGENCY, AGE, WEIGHT)


def next_question(answers: Mapping[str, Answer]) -> Question | None:
    """The first that was not answered; None at the end."""
    return next((question for question in QUESTIONS if question.id not in answers), None)


def age(person: Person) -> int | None:
    """In years, as she last said it; None where she did not, or nobody is that old."""
    return _number(person, AGE)


def kilos(person: Person) -> int | None:
    """Her weight, as she last said it; None where she did not, or it cannot be."""
    return _number(person, WEIGHT)


def emergency_number(person: Person) -> str:
    """The digits she gave; "" where she gave none that can be called."""
    digits = _digits(person, EMERGENCY)
    return digits if NUMBER_DIGITS[0] <= len(digits) <= NUMBER_DIGITS[1] else ""


def _number(person: Person, question: Question) -> int | None:
    digits = _digits(person, question)
    value = int(digits) if 0 < len(digits) <= 3 else -1
    return value if question.least <= value <= question.most else None


def _digits(person: Person, question: Question) -> str:
    """The newest answer of digits alone, over all forms of this kind."""
    given = (form.answers.get(question.id) for form in reversed(person.forms) if form.form is Form.ABOUT)
    texts = (str(each) for each in given if isinstance(each, str) or type(each) is int)
    return next((text for text in texts if text.isascii() and text.isdecimal()), "")
