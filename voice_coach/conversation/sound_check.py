"""The first words between the two: what she must know at once, and "say pause when you hear me".

Moves like a session, so the same loop drives it. Whoever does not answer is asked once more, then shown the key.
"""

from __future__ import annotations

from voice_coach.routine.model import Ms
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
    Say,
    Sound,
    SpeechMs,
    Tone,
    Via,
)
from voice_coach.session.lines import Key
from voice_coach.session.segments import Sheet
from voice_coach.session.timeline import Close, Cue, Playhead, Speak, Timeline

ANSWER_WITHIN: Ms = 10_000  # as in the question which routine
ANSWER_AFTER: Ms = 300  # a moment of silence, or what the tone needs
URGENT = frozenset({Intent.STOP, Intent.END, *DISTRESS})


class SoundCheck:
    """The conversation: with `keeping` she is told that she is recorded, then, with `ask`, she is asked to speak.

    Once `over`, `heard` says whether she was, `unanswered` that nothing came, and `urgent` is the stop or distress that
    whoever comes next is to answer. Any command will do: it shows that she is heard, whatever it was. A key ends the
    conversation. That she is recorded is said to its end, unless it is urgent.
    """

    def __init__(self, speech_ms: SpeechMs, *, keeping: bool = False, ask: bool = True) -> None:
        self._speech_ms = speech_ms
        self._now: Ms = 0
        self._ask = ask
        self._told: Ms = 0  # by then she knows that she is recorded
        self._head = Playhead(timeline=self._asking(keeping), began=0)
        self.heard = False
        self.unanswered = False
        self.urgent: Command | None = None
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
            match cue.act:
                case Speak(line=line):
                    effects.append(Say(at=due, line=line, priority=Priority.TALK))
                case Close(reason=reason):
                    self.over, self.unanswered = True, reason is Reason.NO_ANSWER
                    effects.append(End(at=due, reason=reason))
        self._now = max(self._now, to)
        return effects

    def receive(self, event: Event) -> list[Effect]:
        """Let time pass up to the event, then answer it."""
        effects = self.advance(event.at)
        if self.over or not isinstance(event, Command):
            return effects
        urgent = event.intent in URGENT
        if self._now < self._told and not urgent:
            return effects
        if urgent or event.via is Via.KEY:
            self.urgent = event if urgent else None
            self.over = True
            return [*effects, Hush(at=self._now), End(at=self._now, reason=Reason.ENDED)]
        if not self._ask or self.heard:
            return effects
        self.heard = True
        sheet = Sheet(self._speech_ms)
        sheet.end = ANSWER_AFTER
        sheet.tell(Key.CHECK_HEARD)
        self._head = Playhead(timeline=_closed(sheet, Reason.COMPLETED), began=self._now)
        return [*effects, Hush(at=self._now), Sound(at=self._now, tone=Tone.HEARD)]

    def _asking(self, keeping: bool) -> Timeline:
        sheet = Sheet(self._speech_ms)
        sheet.end = ANSWER_AFTER
        if keeping:
            sheet.tell(Key.KEEPING)
            self._told = sheet.end
        if not self._ask:
            return _closed(sheet, Reason.COMPLETED)
        for key in (Key.CHECK_ASK, Key.CHECK_AGAIN):
            sheet.tell(key)
            sheet.end += ANSWER_WITHIN
        sheet.tell(Key.CHECK_KEYS)
        return _closed(sheet, Reason.NO_ANSWER)


def _closed(sheet: Sheet, reason: Reason) -> Timeline:
    sheet.cues.append(Cue(sheet.end, Close(reason)))
    return sheet.timeline(None, points=False)
