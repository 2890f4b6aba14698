"""The first words between the two: what she must know at once, and "say pause when you hear me".

Whoever does not answer is asked once more, then shown the key.
"""

from __future__ import annotations

from voice_coach.conversation.frame import ANSWER_WITHIN, Conversation
from voice_coach.routine.model import Ms
from voice_coach.session.events import (
    DISTRESS,
    Command,
    Effect,
    Hush,
    Intent,
    Reason,
    SpeechMs,
    Tone,
    Via,
)
from voice_coach.session.lines import Key, Line
from voice_coach.session.segments import Sheet
from voice_coach.session.timeline import Close, Cue, Timeline

URGENT = frozenset({Intent.STOP, Intent.END, *DISTRESS})


class SoundCheck(Conversation):
    """The conversation: with `keeping` she is told that she is recorded, then, with `ask`, she is asked to speak.

    Once `over`, `heard` says whether she was, `unanswered` that nothing came, and `urgent` is the stop or distress that
    whoever comes next is to answer. Any command will do: it shows that she is heard, whatever it was. A key ends the
    conversation. That she is recorded is said to its end, unless it is urgent.
    """

    def __init__(self, speech_ms: SpeechMs, *, keeping: bool = False, ask: bool = True) -> None:
        super().__init__(speech_ms)
        self._ask = ask
        self._told: Ms = 0  # by then she knows that she is recorded
        self.heard = False
        self.urgent: Command | None = None
        self._begin(self._asking(keeping))

    @property
    def unanswered(self) -> bool:
        """Whether nothing came."""
        return self.ended is Reason.NO_ANSWER

    def _obey(self, command: Command) -> list[Effect]:
        urgent = command.intent in URGENT
        if self._now < self._told and not urgent:
            return []
        if urgent or command.via is Via.KEY:
            self.urgent = command if urgent else None
            return [Hush(at=self._now), self._end(Reason.ENDED, self._now)]
        if not self._ask or self.heard:
            return []
        self.heard = True
        sheet = self._sheet(Line(Key.CHECK_HEARD))
        self._begin(_closed(sheet, Reason.COMPLETED))
        return [Hush(at=self._now), self._tone(Tone.HEARD)]

    def _asking(self, keeping: bool) -> Timeline:
        sheet = self._sheet()
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
