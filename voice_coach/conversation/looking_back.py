"""After the session: what was done is told, and "that was six, not eight" puts the last count right, once confirmed.

Nothing is asked. She may correct it while it is told and for a few seconds afterwards; what she says is asked back,
since a number is the word most easily misheard.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from voice_coach.commands import Match, Vocabulary, number_words, phrases_of
from voice_coach.conversation.advising import Advising
from voice_coach.conversation.frame import ANSWER_WITHIN
from voice_coach.conversation.words import ALWAYS, ANSWERS
from voice_coach.routine.model import Ms
from voice_coach.session import waiting
from voice_coach.session.events import Command, Effect, Hush, Intent, Reason, SpeechMs, Tone
from voice_coach.session.lines import Key, Line
from voice_coach.session.segments import Sheet
from voice_coach.session.timeline import Close, Cue, Timeline

# What she asks about the past when a routine is to be chosen; they stand among ids of routines, which have no spaces.
LAST_TIME, THIS_WEEK, THIS_MONTH = "how last time was", "how this week was", "how this month was"
ASKS_BACK: Mapping[str, str] = {
    **dict.fromkeys(("how did i do last time", "how was last time", "last time"), LAST_TIME),
    **dict.fromkeys(
        ("how was my week", "how was this week", "how is this week", "what have i done this week"), THIS_WEEK
    ),
    **dict.fromkeys(("how often", "how often do i train", "how often this month"), THIS_MONTH),
    **dict.fromkeys(("how many times this month", "what have i done this month"), THIS_MONTH),
}
# What the recogniser makes of some of them beside "how do i do it" and the words for knees (measured with three
# synthetic women). Nobody would say these, and a false one costs three sentences.
HEARD_AS: Mapping[str, str] = {"how do i do last time": LAST_TIME, "how was my knee": THIS_WEEK}
OPEN: Ms = 4_000  # so long after the last word a correction is still listened for [P]
LARGEST = 50  # no set has more reps (a routine's bound)
BEFORE = ("that was", "that was only", "it was", "make it")  # "make it six" is heard best (measured)
THAT_WAS = "that was"  # the name of the match; its intent is "done", its value how many were


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The last set that has a count."""

    name: str  # of the movement, as it is said
    reps: int


@cache
def that_was(counted: int = 0) -> Vocabulary:
    """ "That was six", "make it six", "six not eight" where eight were counted; beside what always counts.

    Understood, but not listened for: any other number behind the "not", and "that one six", as "that was" is heard.
    """
    numbers = [(number_words(each), each) for each in range(LARGEST + 1)]
    plain = [(f"{before} {words}", each) for before in BEFORE for words, each in numbers]
    whole = [*numbers, *((f"{BEFORE[0]} {words}", each) for words, each in numbers)]
    listed = [*plain, *((f"{phrase} not {number_words(counted)}", each) for phrase, each in whole)]
    beside = [(f"{phrase} not {other}", each) for phrase, each in whole for other, _ in numbers]
    heard = [(phrase.replace(" was ", " one "), each) for phrase, each in (*listed, *beside) if " was " in phrase]
    return Vocabulary(
        only=(*phrases_of(*ALWAYS), *(_match(*pair) for pair in listed)),
        beside=tuple(_match(*pair) for pair in (*beside, *heard)),
    )


@cache
def confirming(counted: int = 0) -> Vocabulary:
    """The answers to "Is that right?", and another number at once."""
    table = that_was(counted)
    return Vocabulary(only=(*phrases_of(*ALWAYS, *ANSWERS), *(table.only or ())), beside=table.beside)


class LookingBack(Advising):
    """The conversation. Once `over`, `told` is the confirmed number of reps, or None where nothing was corrected.

    Whoever writes it down tells her so. Without `counted` nothing can be corrected here, and she is told where
    it can.
    """

    def __init__(
        self, lines: Sequence[Line], counted: Counted | None, speech_ms: SpeechMs, emergency: str = ""
    ) -> None:
        super().__init__(speech_ms, emergency)
        self._lines = tuple(lines)
        self._counted = counted
        reps = counted.reps if counted else 0
        self._corrections, self._answers = that_was(reps), confirming(reps)  # made before anything sounds
        self._candidate: int | None = None
        self._paused = False
        self.told: int | None = None
        self._begin(self._open(*self._lines))

    @property
    def standing(self) -> bool:
        """Whether the space key means "go on"."""
        return self._paused

    @property
    def vocabulary(self) -> Vocabulary:
        """What counts now."""
        return self._corrections if self._candidate is None else self._answers

    @property
    def asking(self) -> bool:
        """Whether an answer is waited for."""
        return self._candidate is not None or self._paused or self.urgent is not None

    def hurry(self) -> list[Effect]:
        """Leave out what is still to be said."""
        return [] if self.asking or self.over else [Hush(at=self._now), self._end(Reason.COMPLETED, self._now)]

    def _ask_again(self) -> Timeline:
        return self._open()

    def _advise(self, command: Command) -> list[Effect]:
        self._candidate, self._paused = None, False
        return super()._advise(command)

    def _answer(self, command: Command) -> list[Effect]:
        intent = command.intent
        if intent in (Intent.STOP, Intent.END):
            return [Hush(at=self._now), self._end(Reason.ENDED, self._now)]
        if self._paused and intent is not Intent.RESUME:
            return [self._tone(Tone.NOT_NOW)]
        if intent is Intent.DONE and command.name == THAT_WAS:
            return self._go_to(self._corrected(command.value))
        if self._candidate is not None and intent in (Intent.YES, Intent.NO, Intent.NOT_SURE):
            return self._go_to(self._decided(yes=intent is Intent.YES))
        return self._moved(intent)

    def _moved(self, intent: Intent) -> list[Effect]:
        match intent:
            case Intent.PAUSE:
                self._candidate, self._paused = None, True
                return self._go_to(waiting.paused(self._speech_ms, _line("interview.paused")))
            case Intent.RESUME if self._paused:
                self._paused = False
                return self._go_to(self._open())
            case Intent.REPEAT if self._candidate is None:
                return self._go_to(self._open(*self._lines))
            case Intent.HELP if self._candidate is None:
                return self._go_to(self._open(_line("looking.hint")))
            case Intent.BACK | Intent.REPEAT | Intent.HELP if self._candidate is not None:
                return self._go_to(self._asked(self._candidate))
        return [self._tone(Tone.NOT_NOW)]

    def _corrected(self, reps: int) -> Timeline:
        """What follows on a number: the question back, where there is something to correct."""
        self._candidate = None
        if self._counted is None:
            return self._closing(_line("looking.elsewhere"))
        if reps == self._counted.reps:
            return self._closing(_line("looking.same", reps))
        self._candidate = reps
        return self._asked(reps)

    def _asked(self, reps: int) -> Timeline:
        """The question back, twice; without an answer it stays as it was."""
        assert self._counted is not None
        question = _line("looking.instead", self._counted.name, reps, self._counted.reps)
        sheet = self._sheet(question)
        sheet.end += ANSWER_WITHIN
        sheet.tell(question.key, *question.args)
        sheet.end += ANSWER_WITHIN
        return self._ending(sheet, _line("looking.stays"))

    def _decided(self, *, yes: bool) -> Timeline:
        if yes:
            self.told = self._candidate
        self._candidate = None
        return self._closing() if yes else self._closing(_line("looking.stays"))

    def _open(self, *lines: Line) -> Timeline:
        """What is told, and the time for a correction."""
        sheet = self._sheet(*lines)
        sheet.end += OPEN
        return self._ending(sheet)

    def _closing(self, *lines: Line) -> Timeline:
        return self._ending(self._sheet(*lines))

    def _ending(self, sheet: Sheet, *lines: Line) -> Timeline:
        for line in lines:
            sheet.tell(line.key, *line.args)
        sheet.cues.append(Cue(sheet.end, Close(Reason.COMPLETED)))
        return sheet.timeline(None, points=False)


def _line(name: str, *args: str | int) -> Line:
    return Line(Key.TALK, (name, *args))


def _match(phrase: str, reps: int) -> Match:
    return Match(intent=Intent.DONE, phrase=phrase, value=reps, name=THAT_WAS, unhurried=True)
