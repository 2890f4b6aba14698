"""What the product accepts in a recording, by its own path (canceller, recogniser, matcher), and what that costs."""

from __future__ import annotations

from dataclasses import dataclass

from tests.benchmarks.cost import cpu_s
from voice_coach.audio.clip import Pcm
from voice_coach.commands import Match, Vocabulary
from voice_coach.hearing import Rules
from voice_coach.listening import Heard, listen
from voice_coach.speech.canceller import Canceller
from voice_coach.speech.ears import Ears


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A command that was acted on: when (milliseconds of the recording), and the words' own times."""

    at_ms: int
    start_ms: int
    end_ms: int
    text: str
    match: Match
    confidence: float = 1.0  # the least of its words', where the recogniser tells


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All commands of a recording in order, and the processor time that listening took."""

    accepted: tuple[Accepted, ...]
    cpu_s: float

    def surer_than(self, confidence: float) -> Run:
        """The same without what was less sure."""
        kept = tuple(each for each in self.accepted if each.confidence >= confidence)
        return Run(accepted=kept, cpu_s=self.cpu_s)


def product(sound: Pcm, ears: Ears, canceller: Canceller, vocabulary: Vocabulary, rules: Rules | None = None) -> Run:
    """Listen as `voice-coach listen` does; ears and canceller must be fresh."""
    began = cpu_s(ears)
    heard = [
        _accepted(each, each.match)
        for each in listen(sound, ears, canceller, vocabulary, rules=rules)
        if each.match is not None
    ]
    return Run(accepted=tuple(heard), cpu_s=cpu_s(ears) - began)


def _accepted(heard: Heard, match: Match) -> Accepted:
    said = heard.utterance
    return Accepted(
        at_ms=heard.at_ms,
        start_ms=said.start_ms,
        end_ms=said.end_ms,
        text=said.text,
        match=match,
        confidence=min((word.confidence for word in heard.decision.utterance.words), default=1.0),
    )
