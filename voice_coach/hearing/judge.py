"""What words mean, and why they are no command although they are a phrase."""

from __future__ import annotations

from voice_coach.audio.loudness import TAIL_MS, Loudness
from voice_coach.commands import GENEROUS, NAME, Match, Vocabulary, normalise
from voice_coach.hearing.decisions import Why
from voice_coach.hearing.own import Audibly, said_by_coach
from voice_coach.hearing.rules import Rules
from voice_coach.session.events import DISTRESS, Intent
from voice_coach.speech.ears import Utterance

NOTHING_DB = -85.0  # a microphone that hears less than this is none: words come from a script
ECHO_MS = 500  # what sounded so long before may still be heard: devices are late, rooms reverberate
ANSWERS = frozenset({Intent.YES, Intent.NO, Intent.NOT_SURE, Intent.NUMBER, Intent.ROUTINE, Intent.DONE})


class Judge:
    """Judges by the rules; whether a name is asked for may change on the way."""

    def __init__(self, vocabulary: Vocabulary, rules: Rules, *, wake: bool) -> None:
        self.wake = wake
        self._vocabulary = vocabulary
        self.rules = rules

    def listen_for(self, vocabulary: Vocabulary) -> None:
        """From now on these words mean something."""
        self._vocabulary = vocabulary

    def meaning(self, text: str) -> Match | None:
        """The command that the words are, as a whole."""
        return self._vocabulary.whole(text)

    def distress(self, utterance: Utterance) -> Match | None:
        """Distress anywhere in what was said, where the recogniser is sure of its words."""
        match = self._vocabulary.inside(utterance.text) if self.rules.distress_in_talk else None
        if match is None:
            return None
        wanted = set(match.phrase.split())
        sure = min((word.confidence for word in utterance.words if word.text in wanted), default=1.0)
        return match if sure >= self.rules.distress_confidence else None

    def ripe(self, match: Match, *, stood_ms: int, quiet_ms: int | None) -> bool:
        """Whether a text that has stood for so long can be acted upon before the utterance is over.

        `quiet_ms` is for how long nothing has stood out at the microphone; None where nothing has stood out at all.
        """
        rules, patience = self.rules, self.rules.patience(match.intent, match.phrase)
        if self._large(match) or match.unhurried:
            return False
        more = rules.goes_on if self._vocabulary.goes_on(match.phrase) else 0
        if stood_ms >= rules.noisy + more:
            return True
        return quiet_ms is not None and stood_ms >= patience.stable and quiet_ms >= patience.quiet + more

    def waits(self, match: Match, utterance: Utterance, audible: Audibly) -> bool:
        """Whether the end of the utterance must be waited for: only then is it known how sure the words are."""
        return bool(self.rules.beside_coach) and self._beside(match, utterance, audible)

    def fault(self, match: Match | None, utterance: Utterance, audible: Audibly, loud: Loudness) -> Why | None:
        """Why this is no command, or None."""
        rules, start, end = self.rules, utterance.start_ms, utterance.end_ms
        if match is None:
            return Why.OTHER_WORDS if len(utterance.text.split()) > 1 else Why.NO_PHRASE
        if said_by_coach(match.phrase, start, end, audible(max(0, start - rules.own_word), end), rules.own_word):
            return Why.COACH
        if self._echo(start, end, audible, loud):
            return Why.ECHO
        if match.intent in DISTRESS:
            return None
        beside = self._beside(match, utterance, audible)
        if beside and rules.half_duplex:
            return Why.COACH
        if self.wake and not self._called(match, utterance, audible):
            return Why.NO_NAME
        if end - start > rules.longest:
            return Why.LONG
        if end - start < rules.shortest:
            return Why.SHORT
        asked = max(rules.confidence, rules.large_confidence * self._large(match), rules.beside_coach * beside)
        if any(word.confidence < asked for word in utterance.words):
            return Why.UNSURE
        if rules.rise and loud.peak_between(start, end) < loud.floor + rules.rise:
            return Why.SOFT
        return None

    def _large(self, match: Match) -> bool:
        return match.intent is Intent.NUMBER and match.value >= self.rules.large and not match.unhurried

    @staticmethod
    def _beside(match: Match, utterance: Utterance, audible: Audibly) -> bool:
        """Whether the coach spoke meanwhile, and the phrase is none that must not be missed."""
        if match.phrase in GENEROUS:
            return False
        return any(True for _ in audible(max(0, utterance.start_ms - ECHO_MS), utterance.end_ms))

    def _echo(self, start: int, end: int, audible: Audibly, loud: Loudness) -> bool:
        """Whether the coach spoke and the microphone heard nothing beside what is left of that."""
        if loud.peak_between(start, end) < NOTHING_DB:
            return False
        if loud.stood_out(start, end) and loud.taken_between(start, end) < self.rules.remains:
            return False
        return any(True for _ in audible(max(0, start - TAIL_MS), end))

    def _called(self, match: Match, utterance: Utterance, audible: Audibly) -> bool:
        """Whether the name was said, or need not be: for "stop", and for what the coach has just asked or offered."""
        if match.intent is Intent.STOP or utterance.text.split()[0] == NAME:
            return True
        for heard in audible(max(0, utterance.start_ms - self.rules.answer), utterance.start_ms):
            offered = f" {match.phrase} " in f" {normalise(heard.text)} "
            if offered or ("?" in heard.text and match.intent in ANSWERS):
                return True
        return False
