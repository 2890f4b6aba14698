"""What all conversations have in common: a timeline that plays, events that are answered, and what cannot wait."""

from __future__ import annotations

from abc import ABC, abstractmethod

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
from voice_coach.session.lines import Line
from voice_coach.session.misses import TOLD_EVERY
from voice_coach.session.segments import Sheet
from voice_coach.session.timeline import Close, Cue, Mark, Playhead, Speak, Timeline

ANSWER_WITHIN: Ms = 10_000  # question window of 8 to 10 s with one gentle re-ask (EVIDENCE part 6, "Pauses" [P])
ANSWER_AFTER: Ms = 300  # a moment of silence, or what the tone needs
LONGEST: Ms = 120_000  # then nobody is there


class Conversation(ABC):
    """Moves like a session (`receive`, `advance`, `deadline`, `over`, `standing`), so the same loop drives it.

    `ended` says how, once it is over.
    """

    def __init__(self, speech_ms: SpeechMs) -> None:
        self._speech_ms = speech_ms
        self._now: Ms = 0
        self._head = Playhead(timeline=Timeline(cues=(), length=None), began=0)
        self._priority = Priority.TALK
        self.over = False
        self.ended: Reason | None = None

    @property
    def deadline(self) -> Ms | None:
        """When something is said next, unless she speaks first."""
        return None if self.over else self._head.deadline

    @property
    def standing(self) -> bool:
        """Whether the space key would resume something."""
        return False

    def advance(self, to: Ms) -> list[Effect]:
        """Let time pass up to and including `to`."""
        effects: list[Effect] = []
        while not self.over and (due := self._head.deadline) is not None and due <= to:
            cue = self._head.timeline.cues[self._head.cursor]
            self._head = self._head.moved_on()
            self._now = max(self._now, due)
            effects += self._play(cue, due)
        self._now = max(self._now, to)
        return effects

    def receive(self, event: Event) -> list[Effect]:
        """Let time pass up to the event, then answer it."""
        effects = self.advance(event.at)
        if isinstance(event, Command) and not self.over:
            effects += self._obey(event)
        if isinstance(event, Unheard) and not self.over:
            effects += self._unheard()
        return effects

    @abstractmethod
    def _obey(self, command: Command) -> list[Effect]:
        """Answer a command."""

    def _unheard(self) -> list[Effect]:
        """Something was said and not understood."""
        return []

    def _passed(self, at: Ms) -> list[Effect]:
        """The timeline has come to a turning point."""
        return []

    def _play(self, cue: Cue, at: Ms) -> list[Effect]:
        match cue.act:
            case Speak(line=line):
                return [Say(at=at, line=line, priority=self._priority)]
            case Tone() as tone:
                return [Sound(at=at, tone=tone)]
            case Close(reason=reason):
                return [self._end(reason, at)]
            case Mark():
                return self._passed(at)
        return []

    def _end(self, reason: Reason, at: Ms) -> End:
        self.over, self.ended = True, reason
        return End(at=at, reason=reason)

    def _begin(self, timeline: Timeline) -> None:
        """From now on this is said."""
        self._head = Playhead(timeline=timeline, began=self._now)

    def _sheet(self, *first: Line) -> Sheet:
        """A timeline to write on, with what comes first."""
        sheet = Sheet(self._speech_ms)
        sheet.end = ANSWER_AFTER
        for line in first:
            sheet.tell(line.key, *line.args)
        return sheet

    def _tone(self, tone: Tone) -> Sound:
        return Sound(at=self._now, tone=tone)


class Advising(Conversation):
    """One that gives the fixed advice when she is in distress, and then nothing else until that was misheard.

    `urgent` is the command that called for it; None again after "false alarm". `emergency` is the number she calls.
    """

    def __init__(self, speech_ms: SpeechMs, emergency: str = "") -> None:
        super().__init__(speech_ms)
        self._emergency = emergency
        self._told_at = -TOLD_EVERY
        self.urgent: Command | None = None

    @abstractmethod
    def _answer(self, command: Command) -> list[Effect]:
        """Answer what is said while nothing is wrong."""

    @abstractmethod
    def _ask_again(self) -> Timeline:
        """What is said after a false alarm."""

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
        if intent is Intent.STOP:  # silences the advice, as in a session
            return [Hush(at=self._now)]
        if intent is Intent.END:
            return [Hush(at=self._now), self._end(Reason.DISTRESS, self._now)]
        return self._go_to(self._ask_again()) if intent is Intent.FALSE_ALARM else []

    def _unheard(self) -> list[Effect]:
        """A soft tone now and then; the question is asked again by itself."""
        if self.urgent or self._now - self._told_at < TOLD_EVERY:
            return []
        self._told_at = self._now
        return [self._tone(Tone.UNCLEAR)]

    def _advise(self, command: Command) -> list[Effect]:
        self.urgent, self._priority = command, Priority.SAFETY
        data = {"intent": command.intent.value, "phrase": command.phrase, "via": command.via.value}
        self._begin(waiting.distress(self._speech_ms, command.intent, self._emergency))
        return [Hush(at=self._now), Record(at=self._now, kind="distress", data=data)]

    def _go_to(self, timeline: Timeline) -> list[Effect]:
        """She was understood: silence, a tone, and what comes now."""
        self.urgent, self._priority = None, Priority.TALK
        self._begin(timeline)
        return [Hush(at=self._now), self._tone(Tone.HEARD)]
