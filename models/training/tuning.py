"""Every price in the search graph, in one place: a model is exported again with others in seconds, without training.

Prices are in nats, the unit of the network's log-probabilities; higher means less often.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """The defaults are those of the shipped model; its card says by what measure they were chosen."""

    prior_exponent: float = 0.4
    """A phone's score is log p - exponent x log prior: a smaller one keeps rare phones from fitting every noise."""
    silence: float = -0.3
    """How much each frame gains that is silence: below 0 a soft vowel is less often taken for it."""
    speech: float = 0.0
    """How much each frame gains that "[unk]" takes as speech of any kind."""

    unknown: float = -2.0
    """To say "[unk]" in any of its three ways; the one to turn for fewer false commands (less) or fewer missed."""
    loop_entry: float = 6.0
    """To begin a string of any phones."""
    loop_phone: float = 0.6
    """For each of its phones."""
    loop_bigram: float = 0.8
    """The weight of how unusual each phone is behind the one before."""
    phrases: int = 3_000
    """So many frequent words tell what is usual."""

    decoys: int = 2_000
    """So many frequent words stand for "[unk]"."""
    decoy: float = 6.0
    """For each of them: so much better a foreign word must fit than a word of the grammar."""

    next_word: float = 8.0
    """For a second word that continues no phrase: noise at the edge of a command is then no word of its own."""
    generous: float = 3.0
    """What a word of distress or stop is cheaper by."""
    pause: float = 7.0
    """What "pause" is cheaper by: soft from end to end, and of all words the one most often lost under the coach."""

    names: int = 3_000
    """So many frequent words can be put into a grammar beside the vocabulary: names that people give to routines."""

    beam: float = 10.0
    lattice_beam: float = 4.0
    """How far behind the best path others are followed, and kept."""
    frames_per_chunk: int = 6
    """Frames of 10 ms that libvosk computes at once; a word is seen up to so much later."""
    endpoint_s: float = 0.5
    """Silence after which an utterance is over."""


SHIPPED = Tuning()
