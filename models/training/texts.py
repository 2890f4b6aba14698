"""What the synthetic voices say: everything the coach listens for, words that only sound like it, and plain English."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np

from models.training.lexicon import dictionary, frequent, names, table_words, vocabulary
from voice_coach.commands import PHRASES, normalise, number_words
from voice_coach.paths import shipped
from voice_coach.routine.library import load_library

_FREQUENT = 4000
_NEAR_FREQUENT = 8000
_MOST_NUMBER = 100


def texts(count: int, rng: np.random.Generator) -> list[str]:
    """Lower-case utterances of one to seven words; a comma is a pause.

    Two in five are one thing to say to the coach, one in six some of them in a row, one in six a word that sounds
    nearly like one; the rest are strings of any words, so that a command is also heard as a part of other talk.
    """
    commands = [phrase for phrases in PHRASES.values() for phrase in phrases]
    near, common = confusable(), frequent(_FREQUENT)
    own = sorted(word for word in vocabulary() | names() if word in dictionary())

    def pick(words: Sequence[str]) -> str:
        return words[int(rng.integers(len(words)))]

    def to_the_coach() -> str:
        kind = rng.random()
        if kind < 0.55:
            return pick(commands)
        return number_words(int(rng.integers(_MOST_NUMBER + 1))) if kind < 0.8 else pick(own)

    def any_word() -> str:
        kind = rng.random()
        if kind < 0.25:
            return pick(own)
        # the square makes the most frequent words likelier
        return pick(near) if kind < 0.35 else common[int(len(common) * rng.random() ** 2)]

    made = []
    for _ in range(count):
        kind = rng.random()
        if kind < 0.4:
            made.append(to_the_coach())
        elif kind < 0.56:
            made.append(", ".join(to_the_coach() for _ in range(rng.integers(2, 4))))
        elif kind < 0.72:
            made.append(", ".join(pick(near) for _ in range(rng.integers(1, 3))))
        else:
            words = [any_word() for _ in range(rng.integers(2, 8))]
            pauses = rng.random() * 0.5
            made.append("".join(word + (", " if rng.random() < pauses else " ") for word in words).strip(", "))
    return made


@functools.cache
def confusable() -> tuple[str, ...]:
    """Frequent words that differ in one sound from a word that the coach listens for."""
    wanted = {way for word in table_words() for way in dictionary().get(word, ())}
    listened = {normalise(word) for word in table_words()}
    return tuple(
        word
        for word in frequent(_NEAR_FREQUENT)
        if word not in listened and any(_one_apart(way, target) for way in dictionary()[word] for target in wanted)
    )


def _one_apart(one: Sequence[str], other: Sequence[str]) -> bool:
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    short, long = sorted((one, other), key=len)
    same = next((index for index, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[same + 1 :] == long[same + 1 :] if len(short) == len(long) else short[same:] == long[same + 1 :]


def coach_lines() -> list[str]:
    """What the coach says during a session: every cue, and the counting."""
    exercises = load_library([shipped("routines")]).exercises.values()
    spoken = [line for exercise in exercises for line in (exercise.name, exercise.start, *exercise.cues)]
    counting = [", ".join(number_words(start + step) for step in range(5)) for start in range(1, 26, 5)]
    phases = [", ".join(exercise.words) for exercise in exercises]
    return [*dict.fromkeys(spoken), *counting, *dict.fromkeys(phases)]
