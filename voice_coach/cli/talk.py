"""Questions to her whose answers are kept: each form becomes a line of the log, complete or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from voice_coach.cli.conversations import Conversations
from voice_coach.cli.memory import Memory
from voice_coach.conversation import Interview, Proposed
from voice_coach.conversation.advising import Advising
from voice_coach.conversation.interview import Halt, line
from voice_coach.conversation.looking_back import Counted, LookingBack
from voice_coach.measures import flow
from voice_coach.person.lines import Fact
from voice_coach.person.model import Answer, Answered, Form, Measured
from voice_coach.person.questions import NextQuestion, Question
from voice_coach.routine import Routine
from voice_coach.safety import Reason
from voice_coach.safety.about import emergency_number
from voice_coach.session.events import Reason as Ended
from voice_coach.session.lines import Line

Keeps: TypeAlias = "Callable[[Answered], Sequence[Fact]]"
"""Given a form as it was answered, to its end or not, all that is to be logged of it, in that order."""


class Leaves(Exception):
    """She does not go on: a stop, a long silence, or distress. What she answered is in the log."""


def _itself(form: Answered) -> Sequence[Fact]:
    return (form,)


class Talk:
    """All that is said and asked outside of a session. Every method raises `Leaves` where she ends it."""

    def __init__(self, held: Conversations, memory: Memory) -> None:
        self._held = held
        self.memory = memory

    def tell(self, *lines: Line) -> None:
        """Say something; nothing is asked."""
        if lines:
            self._hold(self._held.interview(_nothing, outro=lines, emergency=self._emergency))

    def one(self, question: Question, *intro: Line) -> Answer:
        """Ask one question that belongs to no form."""
        interview = self._held.interview(_only(question), intro=intro, emergency=self._emergency)
        self._hold(interview)
        return interview.answers[question.id]

    def form(
        self,
        which: Form,
        next_question: NextQuestion,
        *intro: Line,
        answers: Mapping[str, Answer] | None = None,
        outro: tuple[Line, ...] = (),
        halt: Halt | None = None,
        keeps: Keeps = _itself,
    ) -> dict[str, Answer]:
        """Ask a form, from `answers` on, and log it, however it ends: what `keeps` makes of it, then distress."""
        interview = self._held.interview(
            next_question, answers=answers, intro=intro, outro=outro, halt=halt, emergency=self._emergency
        )
        with self._distress_in(interview):
            try:
                self._held.hold(interview)
            finally:
                self._keep(which, interview, answers or {}, keeps)
        _goes_on(interview)
        return interview.answers

    def choose(self, routines: Sequence[Routine], proposed: Proposed | None = None) -> Routine:
        """Ask which routine."""
        chooser = self._held.choose(routines, proposed, self._emergency)
        with self._distress_in(chooser):
            self._held.hold(chooser)
        chosen = next((routine for routine in routines if routine.id == chooser.chosen), None)
        if chosen is None:
            raise Leaves
        return chosen

    def trial(self, test: str) -> None:
        """Hold a test of progress, and log every try that counts."""
        memory = self.memory
        trial = self._held.trial(test, flow(test, memory.person, memory.now()), self._emergency)
        with self._distress_in(trial):
            try:
                self._held.hold(trial)
            finally:
                at = memory.now()
                memory.note(*(Measured(at=at, test=test, value=one.value, detail=one.detail) for one in trial.scores))
        if trial.urgent:
            raise Leaves

    def look_back(self, lines: Sequence[Line], counted: Counted | None) -> int | None:
        """Tell what was done; the reps she says the last counted set really had, None where it stays as it is."""
        machine = self._held.looking_back(lines, counted, self._emergency)
        self._hold(machine)
        return machine.told

    @property
    def _emergency(self) -> str:
        return emergency_number(self.memory.person)

    def _hold(self, interview: Interview | LookingBack) -> None:
        with self._distress_in(interview):
            self._held.hold(interview)
        _goes_on(interview)

    @contextmanager
    def _distress_in(self, machine: Advising) -> Iterator[None]:
        """Log the distress in a conversation, however that ends: last, since what she answered was before it."""
        try:
            yield
        finally:
            if machine.distress:
                self.memory.distressed(machine.distress)

    def _keep(self, which: Form, interview: Interview, before: Mapping[str, Answer], keeps: Keeps) -> None:
        if interview.answers and (interview.complete or interview.answers != dict(before)):
            at, answers = self.memory.now(), dict(interview.answers)
            self.memory.note(*keeps(Answered(at=at, form=which, answers=answers, complete=interview.complete)))


def said(*reasons: Reason) -> tuple[Line, ...]:
    """Reasons as lines, each once."""
    return tuple(dict.fromkeys(line(reason.say, *reason.args) for reason in reasons))


def _goes_on(interview: Interview | LookingBack) -> None:
    if interview.ended is not Ended.COMPLETED:
        raise Leaves


def _only(question: Question) -> NextQuestion:
    return lambda answers: None if question.id in answers else question


def _nothing(_answers: Mapping[str, Answer]) -> None:
    return None
