"""Which phone usually follows which in English words: the prices of the filler's strings of any phones."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from models.training.lexicon import Pronunciation
from models.training.phones import PHONES

EDGE = "#"  # before the first phone of a word, and after its last
_UNSEEN = 0.3  # added to every count


def bigrams(words: Iterable[Pronunciation]) -> Mapping[tuple[str, str], float]:
    """What each phone costs behind each other one, in nats, and at a word's edges."""
    counts = Counter(pair for word in words for pair in zip((EDGE, *word), (*word, EDGE), strict=True))
    symbols = (EDGE, *PHONES[1:])
    costs = {}
    for before in symbols:
        total = sum(counts[before, after] + _UNSEEN for after in symbols)
        for after in symbols:
            costs[before, after] = math.log(total / (counts[before, after] + _UNSEEN))
    return costs
