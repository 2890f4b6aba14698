"""What all conversations have in common: a timeline that plays, and events that are answered."""

from __future__ import annotations

from abc import ABC, abstractmethod

from voice_coach.routine.model import Ms
from voice_coach.session.events import (
    Command,
    Effect,
    End,
    Event,
    Priority,
    Reason,
    Say,
    Sound,
    SpeechMs,
    Tone,
    Unheard,
)
from voice_coach.session.lines import Line
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
        self._talk_until: Ms = 0  # when the last sentence that was begun is over
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
            case Speak(line=line, ms=ms, priority=priority):
                self._talk_until = max(self._talk_until, at + ms)
                return [Say(at=at, line=line, priority=min(self._priority, priority))]
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
        self._talk_until = self._now

    def _sheet(self, *first: Line) -> Sheet:
        """A timeline to write on, with what comes first."""
        sheet = Sheet(self._speech_ms)
        sheet.end = ANSWER_AFTER
        for line in first:
            sheet.tell(line.key, *line.args)
        return sheet

    def _tone(self, tone: Tone) -> Sound:
        return Sound(at=self._now, tone=tone)
