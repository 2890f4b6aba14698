"""From what a recogniser heard to what was meant: whole phrases only, and never the coach's own words."""

from __future__ import annotations

from collections.abc import Iterable

from voice_coach.audio.mixer import Audible
from voice_coach.commands import Match, Vocabulary, normalise
from voice_coach.session.events import DISTRESS, Intent
from voice_coach.speech.ears import Utterance

# A word of the coach's is looked for this long around the moment at which it must have sounded. Word times inside a
# clip are estimated by even division, and devices add up to a few tenths of a second; what a person says outside of
# that is hers, also while the same sentence goes on: "stop" must work while the coach explains "stop".
OWN_WORD_MS = 700

# Whoever talks for longer than this without a break is not giving a command; the words that stop everything count
# all the same. The longest phrases ("I can't hear you", a routine's name) take about two seconds.
LONGEST_COMMAND_MS = 3_500
_ALWAYS = frozenset({*DISTRESS, Intent.STOP})


def understand(utterance: Utterance, vocabulary: Vocabulary, audible: Iterable[Audible]) -> Match | None:
    """What the utterance means; None where it means nothing, or where it was the coach that said it.

    `audible` holds what the loudspeaker played around the utterance, in the utterance's own time.
    """
    match = vocabulary.match(utterance.text)
    if match is None or any(_said_by_coach(match, utterance, words) for words in audible):
        return None
    talked = utterance.end_ms - utterance.start_ms > LONGEST_COMMAND_MS
    return None if talked and match.intent not in _ALWAYS else match


def _said_by_coach(match: Match, utterance: Utterance, audible: Audible) -> bool:
    words, wanted = normalise(audible.text).split(), match.phrase.split()
    if not words:
        return False
    length = audible.ends_ms - audible.started_ms
    for index in range(len(words) - len(wanted) + 1):
        if words[index : index + len(wanted)] == wanted:
            begins = audible.started_ms + length * index // len(words)
            ends = audible.started_ms + length * (index + len(wanted)) // len(words)
            if begins - OWN_WORD_MS <= utterance.start_ms and utterance.end_ms <= ends + OWN_WORD_MS:
                return True
    return False
