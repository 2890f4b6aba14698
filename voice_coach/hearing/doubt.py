"""What may have been a command and was not understood: the person may be told. Talk in the room is not answered."""

from __future__ import annotations

from voice_coach.audio.loudness import Loudness
from voice_coach.hearing.decisions import Unclear
from voice_coach.hearing.rules import Rules
from voice_coach.speech.ears import Utterance

TALK_MS = 20_000  # whoever was not understood this often within so long
TALK_TIMES = 3  # is talking to somebody else, or is the television


class Doubt:
    """Waits a moment whether more follows: a command stands alone."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._pending: Utterance | None = None
        self._last_ms = -TALK_MS  # end of the last thing that was no command
        self._recent: list[int] = []

    def consider(self, utterance: Utterance, loud: Loudness, *, beside_coach: bool) -> None:
        """An utterance that means nothing. Beside the coach's own voice it may be what is left of that."""
        rules = self._rules
        shortest, longest = rules.unclear
        alone = utterance.start_ms - self._last_ms >= rules.unclear_after
        lasts = shortest <= utterance.end_ms - utterance.start_ms <= longest
        stands_out = loud.peak_between(utterance.start_ms, utterance.end_ms) >= loud.floor + rules.unclear_rise
        self._last_ms = utterance.end_ms
        self._recent = [*(at for at in self._recent if utterance.end_ms - at < TALK_MS), utterance.end_ms]
        talk = len(self._recent) >= TALK_TIMES
        self._pending = utterance if alone and lasts and stands_out and not talk and not beside_coach else None

    def drop(self) -> None:
        """A command was understood."""
        self._pending = None
        self._recent.clear()

    def settle(self, now_ms: int, *, speaking: bool) -> list[Unclear]:
        """What is beyond doubt by now."""
        pending = self._pending
        if pending is None or speaking:
            self._pending = None
            return []
        if now_ms < pending.end_ms + self._rules.unclear_after:
            return []
        self._pending = None
        return [Unclear(utterance=pending, at_ms=now_ms)]
