"""Which routine today? Greets, names the routines, hears the choice, asks once more, and hands it over.

A distress word is obeyed here too: the fixed advice, and no training.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from voice_coach.conversation.advising import Advising
from voice_coach.conversation.frame import ANSWER_WITHIN, LONGEST
from voice_coach.session.events import Command, Effect, Hush, Intent, Reason, SpeechMs, Tone
from voice_coach.session.lines import Key, Line
from voice_coach.session.segments import Sheet
from voice_coach.session.timeline import Close, Cue, Timeline

TODAY = "what is for today"  # stands for what is proposed among the ids of routines, which have no spaces
BUSY = "something short"
MY_WEEK = "what the week is for"
ASKS_TODAY = ("what shall i do today", "what can i do today", "today")
ASKS_SHORT = ("something short", "short one", "i have little time", "i have no time")
ASKS_WEEK = ("what is the plan", "what is my plan", "what is on this week", "what about this week")
ASKS: Mapping[str, str] = {
    **dict.fromkeys(ASKS_TODAY, TODAY),
    **dict.fromkeys(ASKS_SHORT, BUSY),
    **dict.fromkeys(ASKS_WEEK, MY_WEEK),
}
# Understood when typed, and never listened for: said aloud "I'm busy" is heard as "I'm dizzy" (20 of 20 with five
# synthetic women), "my week" often as "my knee", and the last one is too near to "what did I do this week".
TYPED: Mapping[str, str] = {
    **dict.fromkeys(("i'm busy", "i am busy", "a short one"), BUSY),
    **dict.fromkeys(("what is my week", "how does my week look", "what shall i do this week"), MY_WEEK),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A routine on offer."""

    routine: str  # its id
    title: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What is proposed for today: the reasons as they are said, and the routine, "" where that is rest.

    `short` is what is proposed where there is little time. `back` are the answers to what else she may ask, about the
    past and the week ahead, by the name of what was asked.
    """

    routine: str
    say: tuple[Line, ...]
    short: Proposed | None = None
    back: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)


class Chooser(Advising):
    """The conversation before a session. `chosen` is the id of the routine once `over`, or None.

    With `proposed`, "what shall I do today?" is answered and offered.
    """

    def __init__(
        self,
        choices: Sequence[Choice],
        speech_ms: SpeechMs,
        proposed: Proposed | None = None,
        emergency: str = "",
    ) -> None:
        super().__init__(speech_ms, emergency)
        self._choices = tuple(choices)
        self._proposed = proposed
        self._offered: Choice | None = None
        self.chosen: str | None = None
        self._begin(self._menu(Key.GREETING, Key.MENU_INTRO))

    def _advise(self, command: Command) -> list[Effect]:
        self._offered = None
        return super()._advise(command)

    def _ask_again(self) -> Timeline:
        return self._menu(Key.MENU_ASK)

    def _answer(self, command: Command) -> list[Effect]:
        intent = command.intent
        if intent in (Intent.STOP, Intent.END):
            return self._go_to(self._leave(Reason.ENDED))
        if intent is Intent.PAUSE:
            return self._go_to(self._waiting(Sheet(self._speech_ms)))
        if intent is Intent.ROUTINE and command.name == TODAY and self._proposed:
            return self._propose(self._proposed)
        if intent is Intent.ROUTINE and command.name == BUSY and self._proposed and self._proposed.short:
            return self._propose(self._proposed.short)
        if intent is Intent.ROUTINE and self._proposed and command.name in self._proposed.back:
            return self._tell(*self._proposed.back[command.name])
        if (choice := self._choice(command)) is not None:
            return self._offer(choice)
        if intent is Intent.YES and self._offered:
            self.chosen = self._offered.routine
            return [Hush(at=self._now), self._tone(Tone.HEARD), self._end(Reason.COMPLETED, self._now)]
        if intent in (Intent.NO, Intent.REPEAT, Intent.HELP, Intent.BACK):
            self._offered = None
            return self._go_to(self._menu(Key.MENU_INTRO, more=intent is Intent.HELP))
        return [self._tone(Tone.NOT_NOW)]

    def _choice(self, command: Command) -> Choice | None:
        if command.intent is Intent.NUMBER and 1 <= command.value <= len(self._choices):
            return self._choices[command.value - 1]
        if command.intent is Intent.ROUTINE:
            return next((choice for choice in self._choices if choice.routine == command.name), None)
        return None

    def _offer(self, choice: Choice, *first: Line) -> list[Effect]:
        self._offered = choice
        sheet = self._sheet(*first)
        sheet.tell(Key.CONFIRM, choice.title, choice.minutes)
        return self._go_to(self._waiting(sheet))

    def _propose(self, proposed: Proposed) -> list[Effect]:
        choice = next((choice for choice in self._choices if choice.routine == proposed.routine), None)
        if choice is not None:
            return self._offer(choice, *proposed.say)
        return self._tell(*proposed.say)

    def _tell(self, *lines: Line) -> list[Effect]:
        """Say it, and go on with the question."""
        self._offered = None
        sheet = self._sheet(*lines)
        sheet.tell(Key.MENU_ASK)
        return self._go_to(self._waiting(sheet))

    def _menu(self, *first: Key, more: bool = False) -> Timeline:
        sheet = self._sheet(*(Line(key) for key in first))
        for number, choice in enumerate(self._choices, 1):
            sheet.tell(Key.MENU_ITEM, number, choice.title)
        if self._proposed:
            sheet.tell(Key.TALK, "interview.ask_today")
        if more and self._proposed and self._proposed.back:
            sheet.tell(Key.TALK, "week.ask")
            sheet.tell(Key.TALK, "looking.ask")
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
        sheet = self._sheet(Line(Key.MENU_BYE))
        sheet.cues.append(Cue(sheet.end, Close(reason)))
        return sheet.timeline(None, points=False)
