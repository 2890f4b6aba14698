"""How loud the coach may be while somebody speaks: softer while it listens, silent at the first sign of a "stop"."""

from __future__ import annotations

from collections.abc import Sequence

from voice_coach.audio.loudness import Loudness
from voice_coach.audio.mixer import Audible
from voice_coach.commands import GENEROUS, Match, normalise
from voice_coach.hearing.decisions import Attend, Attention
from voice_coach.hearing.rules import Rules
from voice_coach.hearing.saying import Saying

QUIET_MS = 300  # nothing has stood out for so long: nobody speaks any more, whatever the recogniser still thinks


class Attending:
    """Remembers for how long the coach is to be soft or silent. Nothing is dropped, and a count keeps its place."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._now = Attention.NONE
        self._soft_until_ms = 0
        self._silent_until_ms = 0
        self._silenced_by_ms: int | None = None  # by the utterance that began then

    def look(self, saying: Saying, match: Match | None, sounding: Sequence[Audible], loud: Loudness) -> None:
        """What is being said, what it means so far, what the coach says meanwhile, and how loud the microphone is.

        The coach's own words, and an echo that does not stand out, make it no softer; nor does talk that goes on: that
        is no command.
        """
        rules, now = self._rules, loud.now_ms
        if not saying.rest or not sounding or now - saying.began_ms > rules.longest or loud.quiet_ms > QUIET_MS:
            return
        said = {word for heard in sounding for word in normalise(heard.text).split()}
        if set(normalise(saying.rest).split()) <= said:
            return
        self._soft_until_ms = now + rules.release
        sign = match is not None and match.phrase in GENEROUS and not saying.judged
        if sign and self._silenced_by_ms != saying.began_ms:  # once an utterance, or talk could keep it silent
            self._silenced_by_ms = saying.began_ms
            self._silent_until_ms = now + rules.mute

    def rest(self) -> None:
        """A command was obeyed: what the coach answers is to be heard."""
        self._soft_until_ms = self._silent_until_ms = 0

    def change(self, now_ms: int) -> list[Attend]:
        """What the loudspeaker is to be told, if anything."""
        wanted = Attention.DUCK if now_ms < self._soft_until_ms else Attention.NONE
        wanted = Attention.MUTE if now_ms < self._silent_until_ms else wanted
        if wanted is self._now:
            return []
        self._now = wanted
        return [Attend(attention=wanted, at_ms=now_ms)]
