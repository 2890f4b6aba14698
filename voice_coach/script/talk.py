"""What is said when the two talk, and nothing runs: sentences by an id, each room of them in a module of its own.

A question's id is that of its sentence. Ids are unique over all modules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain

from voice_coach.script import again, interview, measures, progress, promises, review, screening, week

Said = Mapping[str, Callable[..., str]]
_ROOMS: tuple[Said, ...] = (
    *(again.SAID, interview.SAID, measures.SAID, progress.SAID, promises.SAID),
    *(review.SAID, screening.SAID, week.SAID),
)
SAID: Said = dict(chain.from_iterable(room.items() for room in _ROOMS))


def words(name: str, *args: str | int) -> str:
    """The sentence of that id; KeyError where there is none."""
    return SAID[name](*args)
