"""A conversation in which a word of distress counts above all, and which tells what goes wrong with the sound."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace

from voice_coach.conversation.frame import Conversation
from voice_coach.session import waiting
from voice_coach.session.events import (
    DISTRESS,
    EARS,
    Command,
    DeviceBack,
    DeviceLost,
    Effect,
    Event,
    HeldUp,
    Hitch,
    Hush,
    Intent,
    Priority,
    Reason,
    Record,
    SpeechMs,
    Tone,
    Volume,
)
from voice_coach.session.lines import Key, Line
from voice_coach.session.misses import TOLD_EVERY
from voice_coach.session.timeline import Timeline

KEYS_ONLY = Line(Key.TALK, ("interview.keys_only",))
NOTHING_HEARD = Line(Key.TALK, ("interview.nothing_heard",))


class Advising(Conversation):
    """One that gives the fixed advice when she is in distress, and then nothing else until that was misheard.

    `urgent` is the most urgent command that called for it; None again after "false alarm". `distress` are all of them,
    as they came. `emergency` is the number she calls. What she cannot have heard is said again when the sound is back.
    """

    def __init__(self, speech_ms: SpeechMs, emergency: str = "") -> None:
        super().__init__(speech_ms)
        self._emergency = emergency
        self._told_at = -TOLD_EVERY
        self._silent = False  # the sound device is away
        self._deaf: Line | None = None  # why she cannot be heard
        self.urgent: Command | None = None
        self.distress: tuple[Command, ...] = ()

    @abstractmethod
    def _answer(self, command: Command) -> list[Effect]:
        """Answer what is said while nothing is wrong."""

    @abstractmethod
    def _ask_again(self) -> Timeline:
        """What is said after a false alarm."""

    def receive(self, event: Event) -> list[Effect]:
        """Let time pass up to the event, then answer it."""
        effects = super().receive(event)
        if isinstance(event, DeviceLost | DeviceBack | HeldUp) and not self.over:
            effects += self._outside(event)
        return effects

    def _obey(self, command: Command) -> list[Effect]:
        intent = command.intent
        if intent in DISTRESS:
            return self._advise(command)
        if intent in (Intent.LOUDER, Intent.QUIETER):
            return [Volume(at=self._now, step=1 if intent is Intent.LOUDER else -1)]
        if intent in (Intent.NAME, Intent.ANYTHING):
            return [self._tone(Tone.HEARD)]
        if self.urgent is None:
            return self._answer(command)
        return self._while_urgent(command, self.urgent)

    def _while_urgent(self, command: Command, urgent: Command) -> list[Effect]:
        """As in a session: nothing but the advice, silence, whether she is getting help, and the way out."""
        match command.intent:
            case Intent.STOP:
                return self._silence()
            case Intent.END:
                return [Hush(at=self._now), self._end(Reason.DISTRESS, self._now)]
            case Intent.FALSE_ALARM if not waiting.takes_back(command, urgent.intent):
                return self._silence()
            case Intent.FALSE_ALARM:
                first = (self._deaf,) if self._deaf else ()
                return self._go_to(self._behind(first, self._ask_again()))
            case Intent.REPEAT | Intent.HELP:
                return self._say_advice(urgent)
            case Intent.YES | Intent.NO | Intent.NOT_SURE if waiting.asked_for_help(self._head):
                coming = command.intent is Intent.YES
                record = Record(at=self._now, kind="getting help", data={"coming": coming})
                if not coming:
                    return [*self._say_advice(urgent), record]
                self._begin(waiting.help_coming(self._speech_ms))
                return [Hush(at=self._now), record]
        return []

    def _silence(self) -> list[Effect]:
        """No more advice for now."""
        self._talk_until = self._now
        return [Hush(at=self._now)]

    def _unheard(self) -> list[Effect]:
        """A soft tone now and then; the question is asked again by itself."""
        if self.urgent or self._now - self._told_at < TOLD_EVERY:
            return []
        self._told_at = self._now
        return [self._tone(Tone.UNCLEAR)]

    def _advise(self, command: Command) -> list[Effect]:
        """A more urgent word replaces what is said; no other talks over it, and never a milder one takes its place."""
        data = {"intent": command.intent.value, "phrase": command.phrase, "via": command.via.value}
        record = Record(at=self._now, kind="distress", data=data)
        self.distress = (*self.distress, command)
        urgent = min((each for each in (self.urgent, command) if each), key=lambda each: DISTRESS.index(each.intent))
        if urgent is self.urgent and self._now < self._talk_until:
            return [record]
        self.urgent, self._priority = urgent, Priority.SAFETY
        return [*self._say_advice(urgent), record]

    def _say_advice(self, urgent: Command) -> list[Effect]:
        self._begin(waiting.distress(self._speech_ms, urgent.intent, self._emergency))
        return [Hush(at=self._now)]

    def _go_to(self, timeline: Timeline) -> list[Effect]:
        """She was understood: silence, a tone, and what comes now."""
        self.urgent, self.distress, self._priority = None, (), Priority.TALK
        self._begin(timeline)
        return [Hush(at=self._now), self._tone(Tone.HEARD)]

    def _outside(self, event: DeviceLost | DeviceBack | HeldUp) -> list[Effect]:
        """What went wrong around the two is told, and what was being said is said once more; to advice only that."""
        unheard = self._silent
        self._note(event)
        came_back = unheard and not self._silent
        asked = self.urgent is None and self._asked_something
        if isinstance(event, DeviceLost) or not (came_back or asked):
            return []
        self._begin(self._once_more(*(_news(event) if asked else ())))
        return [Hush(at=self._now)]

    @property
    def _asked_something(self) -> bool:
        """Whether she may say something, where nothing is wrong."""
        return True

    def _note(self, event: DeviceLost | DeviceBack | HeldUp) -> None:
        """Whether she can hear and be heard from now on. Ears that have failed for good do not come back."""
        match event:
            case DeviceLost():
                self._silent = True
            case HeldUp(hitch=Hitch.EARS):
                self._deaf = KEYS_ONLY
            case HeldUp(hitch=Hitch.DEAF):
                self._deaf = self._deaf or NOTHING_HEARD
            case DeviceBack(what=what) if what != EARS:
                self._silent = False
                self._deaf = self._deaf if self._deaf is KEYS_ONLY else None

    def _once_more(self, *first: Line) -> Timeline:
        """What was being said, from its beginning, behind what comes first."""
        return self._behind(first, self._head.timeline)

    def _behind(self, first: tuple[Line, ...], timeline: Timeline) -> Timeline:
        """A timeline with something told before it."""
        if not first:
            return timeline
        sheet = self._sheet(*first)
        later = (replace(cue, at=cue.at + sheet.end) for cue in timeline.cues)
        return Timeline(cues=(*sheet.cues, *later), length=None)


def _news(event: DeviceBack | HeldUp) -> tuple[Line, ...]:
    """What is said of it. That there is sound again is heard."""
    match event:
        case DeviceBack(what=what):
            return (Line(Key.NOT_LISTENED),) if what == EARS else ()
        case HeldUp(hitch=Hitch.DEAF):
            return (NOTHING_HEARD,)
        case HeldUp(hitch=Hitch.EARS):
            return (KEYS_ONLY,)
        case HeldUp():
            return (Line(Key.HELD_UP),)
