"""Which routine today? Greets, names the routines, hears the choice, asks once more, and hands it over.

Moves like a session (`receive`, `advance`, `deadline`, `over`), so the same loop drives it. A distress word is obeyed
here too: the fixed advice, and no training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voice_coach.routine.model import Ms
from voice_coach.session import waiting
from voice_coach.session.events import (
    DISTRESS,
    Command,
    Effect,
    End,
    Event,
    Hush,
    Intent,
    Priority,
    Reason,
    Record,
    Say,
    Sound,
    SpeechMs,
    Tone,
    Unheard,
    Volume,
)
from voice_coach.session.lines import Key
from voice_coach.session.misses import TOLD_EVERY
from voice_coach.session.segments import Sheet
from voice_coach.session.timeline import Close, Cue, Playhead, Speak, Timeline

ANSWER_WITHIN: Ms = 10_000  # question window of 8 to 10 s with one gentle re-ask (EVIDENCE part 6, "Pauses" [P])
LONGEST: Ms = 120_000  # then nobody is there


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A routine on offer."""

    routine: str  # its id
    title: str
    minutes: int


class Chooser:
    """The conversation before a session. `chosen` is the id of the routine once `over`, or None."""

    def __init__(self, choices: Sequence[Choice], speech_ms: SpeechMs) -> None:
        self._choices = tuple(choices)
        self._speech_ms = speech_ms
        self._offered: Choice | None = None
        self._distressed: Intent | None = None
        self._now: Ms = 0
        self._told_at = -TOLD_EVERY
        self._head = Playhead(timeline=self._menu(Key.GREETING, Key.MENU_INTRO), began=0)
        self.chosen: str | None = None
        self.over = False

    @property
    def deadline(self) -> Ms | None:
        """When something is said next, unless she speaks first."""
        return None if self.over else self._head.deadline

    @property
    def standing(self) -> bool:
        """False: there is nothing here that the space key could resume."""
        return False

    def advance(self, to: Ms) -> list[Effect]:
        """Let time pass up to and including `to`."""
        effects: list[Effect] = []
        while not self.over and (due := self._head.deadline) is not None and due <= to:
            cue = self._head.timeline.cues[self._head.cursor]
            self._head = self._head.moved_on()
            effects += self._play(cue, due)
        self._now = max(self._now, to)
        return effects

    def receive(self, event: Event) -> list[Effect]:
        """Let time pass up to the event, then answer it."""
        effects = self.advance(event.at)
        if isinstance(event, Command) and not self.over:
            effects += self._answer(event)
        if isinstance(event, Unheard) and not self.over:
            effects += self._unheard()
        return effects

    def _play(self, cue: Cue, at: Ms) -> list[Effect]:
        match cue.act:
            case Speak(line=line):
                return [Say(at=at, line=line, priority=Priority.SAFETY if self._distressed else Priority.TALK)]
            case Tone() as tone:
                return [Sound(at=at, tone=tone)]
            case Close(reason=reason):
                self.over = True
                return [End(at=at, reason=reason)]
        return []

    def _answer(self, command: Command) -> list[Effect]:
        intent = command.intent
        if intent in DISTRESS:
            return self._distress(command)
        if intent in (Intent.LOUDER, Intent.QUIETER):
            return [Volume(at=self._now, step=1 if intent is Intent.LOUDER else -1)]
        if intent in (Intent.NAME, Intent.ANYTHING):
            return [self._heard()]
        if self._distressed and intent is Intent.STOP:  # silences the advice, as in a session
            return [Hush(at=self._now)]
        if self._distressed and intent is Intent.END:
            self.over = True
            return [Hush(at=self._now), End(at=self._now, reason=Reason.DISTRESS)]
        if self._distressed:
            return self._go_to(self._menu(Key.MENU_ASK)) if intent is Intent.FALSE_ALARM else []
        if intent in (Intent.STOP, Intent.END):
            return self._go_to(self._leave(Reason.ENDED))
        if intent is Intent.PAUSE:
            return self._go_to(self._waiting(Sheet(self._speech_ms)))
        if (choice := self._choice(command)) is not None:
            return self._offer(choice)
        if intent is Intent.YES and self._offered:
            self.chosen, self.over = self._offered.routine, True
            return [Hush(at=self._now), self._heard(), End(at=self._now, reason=Reason.COMPLETED)]
        if intent in (Intent.NO, Intent.REPEAT, Intent.HELP, Intent.BACK):
            self._offered = None
            return self._go_to(self._menu(Key.MENU_INTRO))
        return [Sound(at=self._now, tone=Tone.NOT_NOW)]

    def _unheard(self) -> list[Effect]:
        """A soft tone now and then; the question is asked again by itself."""
        if self._distressed or self._now - self._told_at < TOLD_EVERY:
            return []
        self._told_at = self._now
        return [Sound(at=self._now, tone=Tone.UNCLEAR)]

    def _choice(self, command: Command) -> Choice | None:
        if command.intent is Intent.NUMBER and 1 <= command.value <= len(self._choices):
            return self._choices[command.value - 1]
        if command.intent is Intent.ROUTINE:
            return next((choice for choice in self._choices if choice.routine == command.name), None)
        return None

    def _offer(self, choice: Choice) -> list[Effect]:
        self._offered = choice
        sheet = Sheet(self._speech_ms)
        sheet.end = 300
        sheet.tell(Key.CONFIRM, choice.title, choice.minutes)
        return self._go_to(self._waiting(sheet))

    def _distress(self, command: Command) -> list[Effect]:
        self._distressed, self._offered = command.intent, None
        data = {"intent": command.intent.value, "phrase": command.phrase, "via": command.via.value}
        record = Record(at=self._now, kind="distress", data=data)
        self._head = Playhead(timeline=waiting.distress(self._speech_ms, command.intent), began=self._now)
        return [Hush(at=self._now), record]

    def _heard(self) -> Sound:
        return Sound(at=self._now, tone=Tone.HEARD)

    def _go_to(self, timeline: Timeline) -> list[Effect]:
        self._distressed = None
        self._head = Playhead(timeline=timeline, began=self._now)
        return [Hush(at=self._now), self._heard()]

    def _menu(self, *first: Key) -> Timeline:
        sheet = Sheet(self._speech_ms)
        sheet.end = 300
        for key in first:
            sheet.tell(key)
        for number, choice in enumerate(self._choices, 1):
            sheet.tell(Key.MENU_ITEM, number, choice.title)
        sheet.tell(Key.MENU_ASK)
        return self._waiting(sheet)

    def _waiting(self, sheet: Sheet) -> Timeline:
        """What was written so far, then two gentle reminders, then a goodbye."""
        asked = sheet.end
        for number, key in enumerate((Key.MENU_AGAIN, Key.MENU_KEYS), 1):
            sheet.place(asked + number * ANSWER_WITHIN, key)
        bye = asked + LONGEST
        sheet.cues.append(Cue(bye + sheet.place(bye, Key.MENU_BYE), Close(Reason.NO_ANSWER)))
        return sheet.timeline(None, points=False)

    def _leave(self, reason: Reason) -> Timeline:
        sheet = Sheet(self._speech_ms)
        sheet.end = 300
        sheet.tell(Key.MENU_BYE)
        sheet.cues.append(Cue(sheet.end, Close(reason)))
        return sheet.timeline(None, points=False)
