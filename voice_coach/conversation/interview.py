"""Questions one after the other, answered by voice, by a typed word or by a key: one machine for all forms.

What she hears of an answer: a short echo where it is harmless, and a question back where it is easily misheard. Silence
or words that were not understood bring the question once more with a reason, then the keys, and never a third "sorry"
(EVIDENCE part 6). What may be left out is left out after two silences; what may not ends it after a long one. "Stop"
breaks it off; what was answered is in `answers`, so that another one can go on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from voice_coach.commands import Vocabulary, phrases_of
from voice_coach.conversation.advising import Advising
from voice_coach.conversation.answers import (
    SAID_AS,
    More,
    Sure,
    Taken,
    Unsure,
    Unusable,
    enough,
    is_digit,
    read_back,
    taken,
)
from voice_coach.conversation.frame import ANSWER_WITHIN, LONGEST
from voice_coach.conversation.words import ALWAYS, words_for
from voice_coach.person.model import NOT_SURE, Answer
from voice_coach.person.questions import Kind, NextQuestion, Question
from voice_coach.routine.model import Ms
from voice_coach.script import talk
from voice_coach.session import waiting
from voice_coach.session.events import Command, Effect, Hush, Intent, Reason, SpeechMs, Tone, Via
from voice_coach.session.lines import Key, Line
from voice_coach.session.segments import SENTENCE_GAP, Sheet
from voice_coach.session.timeline import Close, Cue, Mark, Speak, Timeline

ANSWERING = frozenset({*SAID_AS, Intent.NUMBER, Intent.DONE, Intent.SKIP})
_BESIDE = Vocabulary(only=phrases_of(*ALWAYS))  # while nothing is asked

Halt: TypeAlias = Callable[[Mapping[str, Answer]], tuple[Line, ...]]
"""Given what was answered so far, what she must be told at once instead of being asked more; empty: go on."""


def line(name: str, *args: str | int) -> Line:
    """A sentence of `script.talk`."""
    return Line(Key.TALK, (name, *args))


def _never(_answers: Mapping[str, Answer]) -> tuple[Line, ...]:
    return ()


class Interview(Advising):
    """The conversation. Once `over`, `complete` says whether all was asked.

    `answers` begins with those of an earlier one. `halt` breaks it off with a sentence. With `whole_lines` numbers are
    typed whole, not digit by digit. What is heard before the question begins is no answer to it; what is typed is.
    """

    def __init__(
        self,
        next_question: NextQuestion,
        speech_ms: SpeechMs,
        *,
        answers: Mapping[str, Answer] | None = None,
        intro: tuple[Line, ...] = (),
        outro: tuple[Line, ...] = (),
        halt: Halt | None = None,
        whole_lines: bool = False,
        emergency: str = "",
    ) -> None:
        super().__init__(speech_ms, emergency)
        self._next = next_question
        self._outro = outro
        self._halt = halt or _never
        self._whole_lines = whole_lines
        self.answers: dict[str, Answer] = dict(answers or {})
        self.complete = False
        self._question: Question | None = None
        self._candidate: Answer | None = None  # heard, and read back
        self._digits = ""  # told so far, by voice or by key
        self._paused = False
        self._stage = 0  # 0 asked, 1 asked again, 2 shown the keys
        self._put = False  # the question, or what was read back, has begun
        self._begin(self._onward(*intro))

    @property
    def standing(self) -> bool:
        """Whether the space key means "go on"."""
        return self._paused

    @property
    def vocabulary(self) -> Vocabulary:
        """What counts now."""
        return words_for(self._question) if self._question else _BESIDE

    @property
    def asking(self) -> bool:
        """Whether an answer is waited for."""
        return self._question is not None or self.urgent is not None

    def hurry(self) -> list[Effect]:
        """Leave out what is still to be said at the end."""
        reason = Reason.COMPLETED if self.complete else Reason.ENDED
        return [] if self.asking or self.over else [Hush(at=self._now), self._end(reason, self._now)]

    def _ask_again(self) -> Timeline:
        return self._asking() if self._question else self._ending()

    def _answer(self, command: Command) -> list[Effect]:
        intent, question = command.intent, self._question
        if question is None:  # all is said but the last sentence
            stops = intent in (Intent.STOP, Intent.END)
            return [Hush(at=self._now), self._end(Reason.ENDED, self._now)] if stops else []
        if intent in (Intent.STOP, Intent.END):
            return self._go_to(self._leave(line("interview.kept")))
        if self._paused and intent is not Intent.RESUME:
            return [self._tone(Tone.NOT_NOW)]
        if self._digits and question.kind is Kind.NUMBER and intent is not Intent.DONE and not is_digit(command):
            typed = self._take(enough(self._digits, question))  # she goes on: there is no further digit
            return [*typed, *self._answer(command)]
        if intent in ANSWERING:
            early = command.via is Via.VOICE and not self._put
            return [] if early else self._answered(command, question)
        return self._moved(intent, question)

    def _moved(self, intent: Intent, question: Question) -> list[Effect]:
        """What is no answer: again, help, back, pause."""
        match intent:
            case Intent.PAUSE:
                self._paused = True
                return self._go_to(waiting.paused(self._speech_ms, line("interview.paused")))
            case Intent.RESUME if self._paused:
                return self._go_to(self._asking())
            case Intent.REPEAT:
                return self._go_to(self._asking())
            case Intent.HELP:
                return self._go_to(self._asking(_about("help", question)))
            case Intent.BACK:
                return self._go_to(self._back())
        return [self._tone(Tone.NOT_NOW)]

    def _answered(self, command: Command, question: Question) -> list[Effect]:
        if self._candidate is None or command.intent is Intent.NUMBER:
            found = taken(command, question, self._digits, whole=self._whole_lines)
            return self._take(found) if found else [self._tone(Tone.NOT_NOW)]
        if command.intent is Intent.YES:
            return self._store(self._candidate)
        if command.intent in (Intent.NO, Intent.NOT_SURE):
            self._forget()
            return self._go_to(self._asking())
        return [self._tone(Tone.NOT_NOW)]

    def _take(self, found: Taken) -> list[Effect]:
        self._forget()
        match found:
            case Sure(answer=answer, echo=echo):
                return self._store(answer, *((echo,) if echo else ()))
            case Unsure(answer=answer):
                self._candidate = answer
                return self._go_to(self._asking())
            case More(digits=digits, ms=ms):
                self._digits = digits
                return self._go_to(Timeline(cues=(Cue(ms, Mark.FINISH),), length=None))
            case Unusable(why=why):
                return self._go_to(self._asking(why))

    def _store(self, answer: Answer, *echo: Line) -> list[Effect]:
        assert self._question is not None
        self.answers[self._question.id] = answer
        self._forget()
        if urgent := self._halt(self.answers):
            return self._go_to(self._leave(*urgent))
        return self._go_to(self._onward(*echo))

    def _back(self) -> Timeline:
        if self._candidate is not None or self._digits:
            self._forget()
            return self._asking()
        if not self.answers:
            return self._asking(line("interview.first"))
        self.answers.popitem()
        return self._onward()

    def _forget(self) -> None:
        self._candidate, self._digits = None, ""

    def _onward(self, *first: Line) -> Timeline:
        """The next question, or the end."""
        self._question = self._next(self.answers)
        if self._question:
            return self._asking(*first)
        self.complete = True
        return self._ending(*first)

    def _asking(self, *first: Line) -> Timeline:
        """What comes first, then what is asked."""
        self._paused, self._put, self._stage = False, False, 0
        return self._waiting(self._sheet(*first))

    def _waiting(self, sheet: Sheet) -> Timeline:
        """The question, and the time for an answer."""
        asked = self._asked()
        sheet.tell(asked.key, *asked.args)
        sheet.cues.append(Cue(sheet.end - SENTENCE_GAP + ANSWER_WITHIN, Mark.FINISH))
        return sheet.timeline(None, points=False)

    def _play(self, cue: Cue, at: Ms) -> list[Effect]:
        if self._question is not None and isinstance(cue.act, Speak) and cue.act.line == self._asked():
            self._put = True
        return super()._play(cue, at)

    @property
    def _asked_something(self) -> bool:
        return self._question is not None

    def _once_more(self, *first: Line) -> Timeline:
        """The question, where it was put; else what comes before it, or behind it, from its beginning."""
        if self.urgent is None and self._question is not None and self._put and not self._paused:
            return self._asking(*first)
        return super()._once_more(*first)

    def _passed(self, at: Ms) -> list[Effect]:
        if self._question is not None and self._digits:
            return self._take(enough(self._digits, self._question))
        if self._question is not None and self._question.optional and self._stage > 0:
            self._left_out(self._question)
        else:
            self._not_answered()
        return []

    def _left_out(self, question: Question) -> None:
        """Nobody answers what need not be answered: it is left out as if she had said so, and nothing waits for it."""
        self.answers[question.id] = NOT_SURE
        self._forget()
        self._begin(self._onward(line("interview.left_out")))

    def _unheard(self) -> list[Effect]:
        """Not understood counts like silence; after the keys were shown there is only a soft tone now and then."""
        if self.urgent or self._paused or not self._question or self._stage == 2 or not self._put:
            return super()._unheard()
        self._not_answered()
        return [Hush(at=self._now), self._tone(Tone.UNCLEAR)]

    def _not_answered(self) -> None:
        """Once more with a reason, then the keys, then nothing but the end: soon where it may be left out."""
        assert self._question is not None
        self._stage += 1
        if self._stage == 1:
            reason = () if self._candidate is not None else (_about("again", self._question),)
            self._begin(self._waiting(self._sheet(*reason)))
            return
        self._stage = 2
        kind = Kind.YES_NO if self._candidate is not None else self._question.kind
        sheet = self._sheet(line(f"interview.keys_{_name(kind)}"))
        if self._question.optional:
            sheet.cues.append(Cue(sheet.end - SENTENCE_GAP + ANSWER_WITHIN, Mark.FINISH))
            self._begin(sheet.timeline(None, points=False))
            return
        bye = sheet.end + LONGEST
        sheet.cues.append(Cue(bye + sheet.place(bye, Key.TALK, "interview.nobody"), Close(Reason.NO_ANSWER)))
        self._begin(sheet.timeline(None, points=False))

    def _asked(self) -> Line:
        """What is asked now: the question, or whether an answer was heard rightly."""
        assert self._question is not None
        if self._candidate is not None:
            return read_back(self._candidate, self._question)
        return line(self._question.id, *self._question.args)

    def _leave(self, *last: Line) -> Timeline:
        self._question, self._outro = None, last
        return self._ending()

    def _ending(self, *first: Line) -> Timeline:
        sheet = self._sheet(*first, *self._outro)
        sheet.cues.append(Cue(sheet.end, Close(Reason.COMPLETED if self.complete else Reason.ENDED)))
        return sheet.timeline(None, points=False)


def _about(what: str, question: Question) -> Line:
    """A question's own words for "again" or "help", else those of its kind."""
    own = f"{question.id}.{what}"
    if own in talk.SAID:
        return line(own)
    return line("interview.again" if what == "again" else f"interview.help_{_name(question.kind)}")


def _name(kind: Kind) -> str:
    return kind.value.replace(" ", "_")
