"""A log that is opened to look back: what is known of her, and where each session lies, which is read when needed.

What was found out is kept in a cache, so that the next opening reads only what was written since. The log alone
decides: where the cache does not fit, everything is read again, and the answers are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from voice_coach.journal import Log, Places, no_garbage_collection, reading
from voice_coach.person.model import Person
from voice_coach.review.index import Index, index_file, read_index, write_index
from voice_coach.review.known import fold, person_of
from voice_coach.review.trained import Rows

WORTH = 1 << 20  # bytes, some twenty sessions: reading so much anew takes no time that anybody notices [P]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One log. Its sessions are read from the file each time they are looked at."""

    log: Log
    person: Person
    begins: Sequence[tuple[str, str] | None]  # routine and title of each session; None where its beginning was lost


def opened(path: Path, cache: Path | None, *, worth: int = WORTH) -> Opened:
    """The log at `path`. Raises `LogError` where there is none, or it cannot be read.

    What was found out is kept below `cache` when so many bytes have been read anew; with None nothing is kept.
    """
    with no_garbage_collection(), reading(path) as file:
        kept = index_file(cache, path) if cache else None
        index = read_index(kept) if kept else None
        if index is None or not index.places.begins(file):
            index = Index(places=Places(), folds=[])
            file.seek(0)
        places, rows, before = index.places, Rows(), index.places.size
        torn = places.go_on(file)
        _fold(path, index, rows)
        if kept and places.size - before >= worth:
            write_index(kept, index)
        if torn:  # it may yet be finished, so it is not kept
            places.take(torn)
            _fold(path, index, rows)
        log = places.log(path)
        return Opened(
            log=log,
            person=person_of(filter(None, index.folds), log.person),
            begins=[each.begins if each else None for each in index.folds],
        )


def known_at(path: Path, cache: Path | None = None) -> Person:
    """What the log at `path` tells; somebody nothing is known of where there is none yet. LogError if unreadable."""
    return opened(path, cache).person if path.exists() else Person()


def _fold(path: Path, index: Index, rows: Rows) -> None:
    """What each session tells, where that is not known, or something was written of it since."""
    places, folds, latest = index.places, index.folds, None
    folds += [None] * (len(places.sessions) - len(folds))
    person = places.entries() if places.touched else ()
    for at, folded in enumerate(folds):
        if folded is None or not folded.dated or at in places.touched:
            session = places.lean(path, at, person)
            folded = folds[at] = fold(session, latest, rows) if session else None
        if folded:
            latest = folded.trained.began
    places.touched.clear()
