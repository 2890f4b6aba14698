"""A test of progress as it is talked through: around a flow of steps, a machine that moves like a session.

A try that is interrupted counts for nothing. Distress words get the fixed advice, as everywhere, and nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass

from voice_coach.commands import LARGEST_NUMBER, Vocabulary, numbers, phrases_of
from voice_coach.conversation.advising import Advising
from voice_coach.conversation.frame import ANSWER_WITHIN
from voice_coach.conversation.words import ALWAYS, ANSWERS
from voice_coach.measures.steps import Answer, Ask, Flow, Ran, Run, Score, Step, Tell, Want, line
from voice_coach.routine.model import Ms
from voice_coach.session.events import (
    Command,
    DeviceBack,
    DeviceLost,
    Effect,
    HeldUp,
    Hush,
    Intent,
    Priority,
    Reason,
    Record,
    SpeechMs,
    Tone,
    Via,
)
from voice_coach.session.lines import Key, Line
from voice_coach.session.segments import BEAT, LAST_SECONDS, TEN_SECONDS, Sheet
from voice_coach.session.timeline import Close, Cue, Mark, Timeline

KEYS_HINT: Ms = 60_000  # with no answer for so long she is told of the keys [P]
LONGEST: Ms = 10 * 60_000  # then nobody is there; long enough for a rest between two tries [P]
SPOKEN_LATE: Ms = 1_000  # a word needs about so long to be said and heard: a hold that it ends was shorter [P]
KEYS = frozenset({Intent.DONE, Intent.PAUSE, Intent.RESUME})  # enter, and space whatever it stands for
AGAIN = frozenset({Intent.REPEAT, Intent.HELP, Intent.HOW_TO, Intent.BACK})
WORDS = Vocabulary(
    only=(*phrases_of(*ALWAYS, *ANSWERS, Intent.DONE, Intent.HOW_TO), *numbers(0, LARGEST_NUMBER)),
)
_ASKED_AGAIN = {
    Want.READY: "again.ready",
    Want.YES_NO: "again.yes_no",
    Want.NUMBER: "again.number",
    Want.RIGHT: "again.yes_no",
}


@dataclass(slots=True)
class _Running:
    """The run that is on: time of its first millisecond, and the taps so far."""

    run: Run
    began: Ms
    taps: int = 0


class Trial(Advising):
    """The conversation about `test`. Each try that is done comes out as a record "measured" and stays in `scores`.

    `urgent` is the distress that was not taken back.
    """

    def __init__(self, test: str, flow: Flow, speech_ms: SpeechMs, emergency: str = "") -> None:
        super().__init__(speech_ms, emergency)
        self._test = test
        self._flow = flow
        self._running: _Running | None = None
        self._halted = False  # paused, or after a false alarm: nothing goes on by itself
        self._step: Step | None = next(flow)
        self.scores: list[Score] = []
        self._begin(self._timeline())

    @property
    def vocabulary(self) -> Vocabulary:
        """Few words, so that numbers counted aloud are heard as numbers."""
        return WORDS

    @property
    def asking(self) -> bool:
        """Always: what is explained is about safety, and is said to its end."""
        return True

    def hurry(self) -> list[Effect]:
        """Nothing is left out."""
        return []

    @property
    def standing(self) -> bool:
        """Whether the space key means "go on": while she is asked, or has paused."""
        return self.urgent is None and (self._halted or isinstance(self._step, Ask))

    def _outside(self, event: DeviceLost | DeviceBack | HeldUp) -> list[Effect]:
        """A run is void: "done" could not be heard, or the machine stood still."""
        if self._running is None:
            return super()._outside(event)
        effects = self._next(None)
        self._begin(self._timeline())
        return [Hush(at=self._now), *effects, *super()._outside(event)]

    def _once_more(self, *first: Line) -> Timeline:
        """A run is built anew, since it is measured from its beginning."""
        return super()._once_more(*first) if self._running is None else self._timeline(*first)

    def _passed(self, at: Ms) -> list[Effect]:
        """Everything is said, or the run is over."""
        running = self._running
        effects = self._next(Ran(ms=running.run.ms, taps=running.taps) if running else None)
        self._begin(self._timeline())
        return effects

    def _answer(self, command: Command) -> list[Effect]:
        intent = command.intent
        if intent is Intent.END:
            return self._leave()
        if self._running is not None:
            return self._while_running(self._running, command)
        if intent is Intent.STOP:
            return self._leave()
        if self._halted and intent in (Intent.RESUME, Intent.YES, Intent.DONE):
            return self._go_to(self._timeline())
        if self._halted and intent is Intent.NO:
            return self._leave()
        if intent in AGAIN:
            return self._go_to(self._timeline())
        if intent is Intent.PAUSE:
            self._halted = True
            return self._go_to(self._waiting(Key.PAUSED))
        return self._to_question(command)

    def _to_question(self, command: Command) -> list[Effect]:
        answers: dict[Intent, Answer] = {}
        if isinstance(self._step, Ask) and not self._halted:
            answers = {Intent.NOT_SURE: None}
            want = self._step.want
            if want in (Want.NUMBER, Want.RIGHT):
                answers[Intent.NUMBER] = command.value
            if want is not Want.NUMBER:
                answers |= {Intent.YES: True, Intent.NO: False}
            if want is Want.READY:
                answers |= {Intent.DONE: True, Intent.RESUME: True}
        if command.intent not in answers:
            return [self._tone(Tone.NOT_NOW)]
        return self._go_on(answers[command.intent])

    def _while_running(self, running: _Running, command: Command) -> list[Effect]:
        """In the run: taps, its end, or nothing. Numbers that she counts aloud are her own."""
        begun = self._now >= running.began
        key = command.via is Via.KEY and command.intent in KEYS
        if key and not running.run.ends:
            running.taps += begun
            return []
        if key or command.intent in (Intent.STOP, Intent.PAUSE) or (command.intent is Intent.DONE and running.run.ends):
            late = 0 if command.via is Via.KEY else SPOKEN_LATE
            held = max(0, min(running.run.ms, self._now - running.began - late))
            return self._go_on(Ran(ms=held) if begun and running.run.ends else None)
        return []

    def _unheard(self) -> list[Effect]:
        """In a run no tone: it would be taken for a call."""
        return [] if self._running is not None else super()._unheard()

    def _ask_again(self) -> Timeline:
        """After a false alarm: nothing goes on by itself."""
        self._halted = True
        return self._waiting(Key.ALARM_CLEARED)

    def _advise(self, command: Command) -> list[Effect]:
        before = self._next(None) if self._running is not None else []  # that try is void
        return [*before, *super()._advise(command)]

    def _go_on(self, answer: Answer) -> list[Effect]:
        """She was understood: what she said goes to the flow, and what comes next is begun."""
        effects = self._next(answer)
        return [*self._go_to(self._timeline()), *effects]

    def _next(self, answer: Answer) -> list[Effect]:
        """Hand the answer over and take the next step; tries that are done on the way are recorded."""
        effects: list[Effect] = []
        self._running = None
        try:
            self._step = self._flow.send(answer)
            while isinstance(self._step, Score):
                self.scores.append(self._step)
                effects.append(self._record(self._step))
                self._step = self._flow.send(None)
        except StopIteration:
            self._step = None
        return effects

    def _record(self, score: Score) -> Record:
        return Record(
            at=self._now,
            kind="measured",
            data={"test": self._test, "value": score.value, "detail": score.detail},
        )

    def _leave(self) -> list[Effect]:
        self._running = None
        self._step = Tell(lines=())
        sheet = self._sheet(line("bye"))
        sheet.cues.append(Cue(sheet.end, Close(Reason.ENDED)))
        return self._go_to(sheet.timeline(None, points=False))

    def _timeline(self, *first: Line) -> Timeline:
        """The step that is on, from its beginning."""
        self._halted = False
        if isinstance(self._step, Run):
            return self._measured(self._sheet(*first), self._step)
        sheet = self._sheet(*first, *(self._step.lines if isinstance(self._step, Ask | Tell) else ()))
        if isinstance(self._step, Ask):
            return self._until_answered(sheet, self._step.want)
        act = Close(Reason.COMPLETED) if self._step is None else Mark.FINISH
        sheet.cues.append(Cue(sheet.end, act))
        return sheet.timeline(None, points=False)

    def _measured(self, sheet: Sheet, run: Run) -> Timeline:
        """Counted in, begun, called out, ended; a moment later it is over, so that a last word can still be heard."""
        sheet.count_in()
        start = sheet.end
        self._running = _Running(run=run, began=self._now + start)
        sheet.tone(start, Tone.GO)
        sheet.place(start + 200, run.begin.key, *run.begin.args, priority=Priority.COUNT)
        for second in run.calls:
            sheet.place(start + second * BEAT, Key.NUMBER, second, priority=Priority.COUNT)
        if run.ten_left:
            sheet.place(start + run.ms - TEN_SECONDS, Key.SECONDS_LEFT, 10, priority=Priority.COUNT)
        for left in range(LAST_SECONDS, 0, -1):
            at = start + run.ms - left * BEAT
            sheet.tone(at, Tone.TICK)
            if run.ends:  # who counts aloud is not to be put out
                sheet.place(at, Key.NUMBER, left, priority=Priority.COUNT)
        sheet.tone(start + run.ms, Tone.REST)
        sheet.place(start + run.ms, Key.TALK, "measures.time", priority=Priority.COUNT)
        sheet.cues.append(Cue(start + run.ms + SPOKEN_LATE, Mark.FINISH))
        return sheet.timeline(None, points=False)

    def _until_answered(self, sheet: Sheet, want: Want) -> Timeline:
        asked = sheet.end
        again = line(_ASKED_AGAIN[want])
        sheet.place(asked + ANSWER_WITHIN, again.key, *again.args)
        sheet.place(asked + KEYS_HINT, Key.TALK, "measures.keys")
        return self._closing(sheet, asked + LONGEST)

    def _waiting(self, key: Key) -> Timeline:
        sheet = self._sheet(Line(key))
        sheet.place(sheet.end + KEYS_HINT, Key.STILL_PAUSED)
        return self._closing(sheet, sheet.end + LONGEST)

    def _closing(self, sheet: Sheet, bye: Ms) -> Timeline:
        sheet.cues.append(Cue(bye + sheet.place(bye, Key.TALK, "measures.bye"), Close(Reason.NO_ANSWER)))
        return sheet.timeline(None, points=False)
