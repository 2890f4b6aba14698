"""Every dial of hearing in one frozen value. Times are milliseconds; the defaults were measured (see README)."""

from __future__ import annotations

from dataclasses import dataclass, field

from voice_coach.commands import GENEROUS
from voice_coach.session.events import DISTRESS, Intent

STRICT = frozenset(
    {Intent.SKIP, Intent.BACK, Intent.END, Intent.FALSE_ALARM, Intent.HARDER, Intent.DONE, Intent.NUMBER}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a phrase must stand before it counts, without waiting for the recogniser's own end of the utterance."""

    stable: int  # its text has been the same for so long
    quiet: int  # and nothing has stood out at the microphone for so long


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What is taken for a command, and when. `Rules()` is what the product uses."""

    early: bool = True  # act before the recogniser's own end of the utterance
    generous: Patience = field(default_factory=lambda: Patience(stable=0, quiet=80))  # pause, stop, distress
    ordinary: Patience = field(default_factory=lambda: Patience(stable=20, quiet=100))
    strict: Patience = field(default_factory=lambda: Patience(stable=60, quiet=200))  # where a false one costs more
    goes_on: int = 250  # more quiet where a longer phrase of another meaning begins with these words
    noisy: int = 700  # a text that stood for so long counts though the microphone never fell quiet
    longest: int = 3_500  # who talks for longer without a break is giving no command
    shortest: int = 100  # a click is no word
    confidence: float = 0.0  # a word of a whole utterance that is less sure voids it
    rise: float = 0.0  # a phrase must be so many dB above the room's own noise
    distress_in_talk: bool = True  # distress phrases of two words and more count inside of longer talk,
    distress_confidence: float = 0.9  # where the recogniser is so sure of each word
    large: int = 13  # numbers from here on count only when the utterance is over,
    large_confidence: float = 0.7  # and with words as sure as that: they take most foreign words
    beside_coach: float = 0.9  # a word that is less sure while the coach speaks is what is left of its hissing sounds
    remains: float = 22.0  # what is so many dB softer than the microphone heard it is what is left of the coach
    own_word: int = 700  # around the moment at which the coach says a phrase, it is the coach's
    half_duplex: bool = False  # while the coach speaks only pause, stop and distress count: nothing cancels the echo
    mute: int = 400  # a phrase of the generous ones silences the loudspeaker for so long at its first sign
    duck_db: float = -12.0  # while somebody speaks the coach is so much softer
    release: int = 300  # and for so long after
    unclear: tuple[int, int] = (200, 2_000)  # what is not understood and lasts for so long may have been a command
    unclear_rise: float = 15.0  # if it was so many dB above the room's own noise
    unclear_after: int = 700  # and nothing follows it for so long
    heard_out: int = 600  # who was quiet for so long has said what she began: other words may be listened for
    other_words: int = 2_000  # but they wait no longer than that, however loud it is
    answer: int = 10_000  # with a name asked for, what the coach has just offered counts without it for so long

    def patience(self, intent: Intent, phrase: str) -> Patience:
        """The patience a phrase is given."""
        if intent in DISTRESS or phrase in GENEROUS:
            return self.generous
        return self.strict if intent in STRICT else self.ordinary
