"""One session as it counts for the person: the sets she did, how hard they were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from voice_coach.journal import Fields, SessionLog
from voice_coach.person.model import Effort, SetDone, Trained
from voice_coach.review.careful import MORE, TEN, amount, rung, scale, text
from voice_coach.review.summary import stood_still
from voice_coach.routine.model import Load

# Where in a session a set belongs. The same again is a second try, or the same movement twice in a block.
Place: TypeAlias = "tuple[str, ...]"


def trained(session: SessionLog, began: datetime) -> Trained:
    """The session, of however much of its log there is. Time in which it stood still is left out."""
    start, end = session.start, session.end
    records = [entry.fields for entry in session.entries if entry.fields["type"] == "record"]
    whole = amount(end["at"] if end else max(entry.fields["at"] for entry in session.entries))
    setup = start["setup"] if start else {}
    return Trained(
        id=session.id,
        began=began,
        routine=start["routine"] if start else "",
        ms=max(0, whole - max(0, stood_still(records, whole)[1])),
        ended=end["reason"] if end else None,
        sets=_sets(records),
        efforts=_efforts(records),
        phase=text(setup.get("phase")),
        deload=setup.get("deload") is True,
    )


def _sets(records: Sequence[Fields]) -> tuple[SetDone, ...]:
    """Every set that was begun, in order. One that was broken off and done again counts as it was done at last."""
    done: list[tuple[Place, SetDone]] = []
    for record in records:
        data = record["data"]
        if record["kind"] == "set" and data.get("skipped") is not True:
            place, row = _place(data), _set(data)
            done = [one for one in done if one[0] != place or one[1].completed]
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
    if data.get("own_pace") is True and completed:
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


def _efforts(records: Iterable[Fields]) -> dict[str, Effort]:
    """By movement, the newest answer of each kind; of pain the worst."""
    found: dict[str, Effort] = {}
    for record in records:
        data, kind = record["data"], record["kind"]
        exercise = text(data.get("exercise"))
        if not exercise or kind not in ("effort", "pain"):
            continue
        before = found.get(exercise, Effort())
        pains = [pain for pain in (before.pain, scale(_pain(record), TEN)) if pain is not None]
        effort, reserve = scale(data.get("effort"), TEN), scale(data.get("reserve"), MORE)
        found[exercise] = Effort(
            effort=before.effort if effort is None else effort,
            reserve=before.reserve if reserve is None else reserve,
            pain=max(pains, default=None),
        )
    return found


def _pain(record: Fields) -> object:
    return record["data"].get("level" if record["kind"] == "pain" else "pain")
