"""What a command says to the question that stands: an answer, one to be read back, more digits to come, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from voice_coach.person.model import NO, NOT_SURE, YES, Answer
from voice_coach.person.questions import Kind, Question
from voice_coach.routine.model import Ms
from voice_coach.session.events import Command, Intent, Via
from voice_coach.session.lines import Key, Line

MISTAKEN = 13  # numbers from here on are read back when they were heard: thirteen and thirty sound alike [P]
LONGEST_DIGITS = 15  # of a telephone number (ITU-T E.164)
MORE_DIGITS: Ms = 5_000  # after so long without another digit those so far are read back [P]
KEY_PAUSE: Ms = 3_000  # "1" by key may be the beginning of "10" for so long [P]
SAID_AS: Mapping[Intent, Answer] = {Intent.YES: YES, Intent.NO: NO, Intent.NOT_SURE: NOT_SURE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure:
    """The answer, and what is said of it."""

    answer: Answer
    echo: Line | None = None


@dataclass(frozen=True, slots=True)
class Unsure:
    """An answer that may have been misheard: she is asked whether it is right."""

    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """Digits so far; for `ms` more of them may follow."""

    digits: str
    ms: Ms


@dataclass(frozen=True, slots=True)
class Unusable:
    """An answer of the right kind that cannot be, and what is said to it before the question is asked again."""

    why: Line


Taken: TypeAlias = "Sure | Unsure | More | Unusable"


def taken(command: Command, question: Question, digits: str, *, whole: bool) -> Taken | None:
    """What a command says, after these digits; None where it is no answer. With `whole` numbers are typed in one."""
    intent = command.intent
    left_out = intent is Intent.SKIP or (intent is Intent.NO and question.kind is not Kind.YES_NO)
    if left_out and question.optional:
        return Sure(answer=NOT_SURE, echo=_line("left_out"))
    if intent is Intent.SKIP:
        return Unusable(_line("needed"))
    if intent is Intent.NOT_SURE or (intent in SAID_AS and question.kind is Kind.YES_NO):
        return Sure(answer=SAID_AS[intent], echo=_line(intent.value.replace(" ", "_")))
    by_key = command.via is Via.KEY
    if intent is Intent.NUMBER:
        match question.kind:
            case Kind.NUMBER if by_key and not whole and is_digit(command):
                return _typed(digits + str(command.value), question)
            case Kind.NUMBER:
                return _number(command.value, question, heard=command.via is Via.VOICE)
            case Kind.LOAD:
                return Unsure(command.name or command.value)
            case Kind.DIGITS:
                so_far = digits + (command.name or str(command.value))
                return (
                    _digits(so_far, question, heard=False) if by_key and whole else More(digits=so_far, ms=MORE_DIGITS)
                )
    if intent is Intent.DONE and digits:
        return enough(digits, question)
    return None


def enough(digits: str, question: Question) -> Taken:
    """What the digits come to when no more of them follow."""
    if question.kind is Kind.NUMBER:
        return _number(int(digits), question, heard=False)
    return _digits(digits, question, heard=True)


def read_back(answer: Answer, question: Question) -> Line:
    """The question whether this was said."""
    if isinstance(answer, str):
        return _line("digits" if answer.isdecimal() else "band", answer)
    return _line("grams" if question.kind is Kind.LOAD else "read_back", answer)


def is_digit(command: Command) -> bool:
    """Whether it may be a part of a number that is typed digit by digit."""
    return command.intent is Intent.NUMBER and command.via is Via.KEY and 0 <= command.value <= 9


def _typed(digits: str, question: Question) -> Taken:
    """A digit by key: the whole number where no other can follow."""
    if int(digits) == 0 or int(digits) * 10 > question.most:
        return _number(int(digits), question, heard=False)
    return More(digits=digits, ms=KEY_PAUSE)


def _number(number: int, question: Question, *, heard: bool) -> Taken:
    if not question.least <= number <= question.most:
        return Unusable(_line("range", question.least, question.most))
    return Unsure(number) if heard and number >= MISTAKEN else Sure(answer=number, echo=_line("number", number))


def _digits(digits: str, question: Question, *, heard: bool) -> Taken:
    if len(digits) > LONGEST_DIGITS or not question.least <= int(digits) <= question.most:
        return Unusable(_line("too_many_digits"))
    return Unsure(digits) if heard else Sure(answer=digits)


def _line(name: str, *args: str | int) -> Line:
    return Line(Key.TALK, (f"interview.{name}", *args))
