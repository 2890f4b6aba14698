"""What she told of the movements of a session: how hard they were, what was left, what hurt."""

from __future__ import annotations

from collections.abc import Iterable

from voice_coach.journal import Fields
from voice_coach.person.model import Effort
from voice_coach.review.careful import MORE, TEN, scale, text


def efforts(records: Iterable[Fields]) -> dict[str, Effort]:
    """By movement, the newest answer of each kind; of pain the worst."""
    found: dict[str, Effort] = {}
    for record in records:
        if record["kind"] not in ("effort", "pain"):
            continue
        data = record["data"]
        exercise = text(data.get("exercise"))
        if not exercise:
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
