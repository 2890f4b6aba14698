"""One session as it counts for the person: the sets she did, how hard they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from voice_coach.journal import IMPORTED, Fields, SessionLog
from voice_coach.person.model import SetDone, Trained
from voice_coach.review import corrections
from voice_coach.review.careful import amount, rung, text
from voice_coach.review.efforts import efforts
from voice_coach.review.summary import stood_still
from voice_coach.routine.model import Load

# Where in a session a set belongs. The same again is a second try, or the same movement twice in a block.
Place: TypeAlias = "tuple[str, ...]"


class Rows:
    """The sets of a log, of which those with the same data are read once. A lean log shares it: most of ten years."""

    def __init__(self) -> None:
        self._read: dict[int, tuple[Fields, Place, SetDone]] = {}  # by the identity of the data, which is kept

    def row(self, data: Fields) -> tuple[Place, SetDone]:
        """Where a set belongs, and what was done."""
        found = self._read.get(id(data))
        if found is None:
            found = self._read[id(data)] = (data, _place(data), _set(data))
        return found[1], found[2]


def trained(session: SessionLog, began: datetime, rows: Rows | None = None) -> Trained:
    """The session, of however much of its log there is. Time in which it stood still is left out."""
    start, end = session.start, session.end
    records = corrections.records(session)
    whole = amount(end["at"] if end else max(entry.fields["at"] for entry in session.entries))
    setup = start["setup"] if start else {}
    return Trained(
        id=session.id,
        began=began,
        routine=start["routine"] if start else "",
        ms=max(0, whole - max(0, stood_still(records, whole)[1])),
        ended=end["reason"] if end else None,
        sets=_sets(records, rows or Rows()),
        efforts=efforts(records),
        phase=text(setup.get("phase")),
        deload=setup.get("deload") is True,
        imported=text(setup.get("mode")).startswith(IMPORTED),
    )


def gone_on(first: Trained, then: Trained) -> Trained:
    """A session that the machine broke off, with what was done of it afterwards."""
    return replace(
        then,
        began=first.began,
        place=first.place,
        ms=first.ms + then.ms,
        sets=(*first.sets, *then.sets),
        efforts={**first.efforts, **then.efforts},
    )


def _sets(records: Sequence[Fields], rows: Rows) -> tuple[SetDone, ...]:
    """Every set that was begun, in order. One that was broken off and done again counts as it was done at last."""
    done: list[tuple[Place, SetDone]] = []
    broken_off: set[Place] = set()
    for record in records:
        data = record["data"]
        if record["kind"] == "set" and data.get("skipped") is not True:
            place, row = rows.row(data)
            if place in broken_off:
                done = [one for one in done if one[0] != place or one[1].completed]
            if not row.completed:
                broken_off.add(place)
            done.append((place, row))
        elif record["kind"] == "reps reported":
            done = _corrected(done, data)
    return tuple(row for _, row in done)


def _place(data: Fields) -> Place:
    return tuple(str(data.get(name)) for name in ("block", "exercise", "round", "set", "side"))


def _corrected(done: list[tuple[Place, SetDone]], data: Fields) -> list[tuple[Place, SetDone]]:
    """Reps that she told afterwards count instead of those that were asked for. A report does not name the block."""
    for index in range(len(done) - 1, -1, -1):
        place, row = done[index]
        if place[1:] == _place(data)[1:]:
            return [*done[:index], (place, replace(row, done_reps=amount(data.get("done_reps")))), *done[index + 1 :]]
    return done


def _set(data: Fields) -> SetDone:
    completed = data.get("completed") is True
    target, done = amount(data.get("target_reps")), amount(data.get("done_reps"))
    if data.get("own_pace") is True and completed and data.get("done_reps") is None:
        done = target  # nobody counted; she said "done", and may still tell how many they were
    return SetDone(
        exercise=text(data.get("exercise")) or "?",
        set=amount(data.get("set")) or 1,
        of=amount(data.get("of")) or 1,
        side=text(data.get("side")) or None,
        target_reps=target,
        done_reps=done,
        target_ms=amount(data.get("target_ms")),
        done_ms=amount(data.get("done_ms")),
        rung=rung(data.get("rung")),
        variant=text(data.get("variant")),
        load=_load(data),
        completed=completed,
    )


def _load(data: Fields) -> Load | None:
    grams, label = amount(data.get("load_g")), text(data.get("load"))
    if label:
        return Load(label=label)
    return Load(grams=grams) if grams else None
