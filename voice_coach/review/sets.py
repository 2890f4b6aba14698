"""The sets of a session: as they were planned, as they were asked for, and as they were done."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, TypeAlias

from voice_coach.journal import Fields
from voice_coach.review.corrections import CORRECTED
from voice_coach.routine.model import Ms

Key: TypeAlias = "tuple[object, ...]"


class Outcome(str, Enum):
    """What became of a planned set."""

    COMPLETED = "completed"
    PARTLY = "partly done"
    SKIPPED = "skipped"
    NOT_REACHED = "not reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSummary:
    """One try at one set. Amounts are None where the set is not measured that way.

    `planned` is what the routine asks, `target` what was asked after "easier" and "harder", `done` what was done:
    as counted, or as she told it afterwards (`reported`). At her own pace nobody counts for her.
    """

    place: int  # its index among the planned sets
    attempt: int = 1  # 2 for what was done again after "back"
    exercise: str
    name: str
    block: str
    set: int
    of: int
    round: int
    side: str | None
    own_pace: bool
    planned_reps: int | None
    planned_ms: Ms | None
    target_reps: int | None
    target_ms: Ms | None
    done_reps: int | None
    done_ms: Ms | None
    outcome: Outcome
    reported: bool = False
    rung: int = 0
    variant: str | None = None  # the rung in words
    load_g: int | None = None
    load: str | None = None
    at: Ms | None = None  # when it was over


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    """A try with the data of its record."""

    data: Fields
    row: SetSummary


def set_rows(planned: Sequence[Fields], records: Iterable[Fields]) -> tuple[SetSummary, ...]:
    """Every planned set with what was done of it, once for each time it was tried; then what no plan asked for."""
    tries: list[_Tried] = []
    for record in records:
        data = record["data"]
        if record["kind"] == "set":
            tries.append(_tried(record))
        elif record["kind"] == "reps reported":
            _correct(tries, data)
    waiting: dict[Key, list[_Tried]] = defaultdict(list)
    for one in tries:
        waiting[_key(one.data)].append(one)
    to_come = Counter(_key(item) for item in map(_planned_data, planned))
    rows: list[SetSummary] = []
    for place, data in enumerate(map(_planned_data, planned)):
        queue = waiting[_key(data)]
        to_come[_key(data)] -= 1
        # The same exercise twice in a block cannot be told apart by its records: each takes one, the last the rest.
        mine, queue[:] = (queue[:1], queue[1:]) if to_come[_key(data)] else (queue[:], [])
        rows += [replace(one.row, place=place, attempt=count) for count, one in enumerate(mine, start=1)] or [
            _not_reached(data, place)
        ]
    unplanned = [one for queue in waiting.values() for one in queue]
    rows += [replace(one.row, place=place) for place, one in enumerate(unplanned, start=len(planned))]
    return tuple(rows)


def _planned_data(planned: Fields) -> dict[str, Any]:
    """A planned set under the names that its record would have."""
    item, amount, load = planned["item"], planned["item"]["amount"], planned["item"].get("load") or {}
    return {
        "exercise": item["exercise"]["id"],
        "name": item["exercise"]["name"],
        "block": planned["block"],
        "set": planned["number"],
        "of": planned.get("of"),
        "round": planned["round"],
        "side": planned["side"],
        "planned_reps": amount.get("count") or amount.get("target"),
        "planned_ms": amount.get("ms"),
        "own_pace": amount["type"] == "own pace",
        "load_g": load.get("grams") or None,
        "load": load.get("label") or None,
    }


def _correct(tries: list[_Tried], report: Fields) -> None:
    """Reps that she told afterwards count instead of those that were counted."""
    names = ("exercise", "set", "round", "side")
    for index in range(len(tries) - 1, -1, -1):
        if all(tries[index].data.get(name) == report.get(name) for name in names):
            row = replace(tries[index].row, done_reps=number(report, "done_reps"), reported=True)
            tries[index] = replace(tries[index], row=row)
            return


def _key(data: Fields) -> Key:
    """What a planned set and its records have in common."""
    return tuple(str(data.get(name)) for name in ("block", "exercise", "round", "set", "side"))


def _tried(record: Fields) -> _Tried:
    """A record of the kind "set"."""
    data = record["data"]
    if data.get("completed") is True:
        outcome = Outcome.COMPLETED
    else:
        outcome = Outcome.SKIPPED if data.get("skipped") is True else Outcome.PARTLY
    return _Tried(data=data, row=_row(data, place=-1, outcome=outcome, at=record["at"]))


def _not_reached(data: Fields, place: int) -> SetSummary:
    """A planned set that has no record."""
    return _row(data, place=place, outcome=Outcome.NOT_REACHED, at=None)


def _row(data: Fields, *, place: int, outcome: Outcome, at: Ms | None) -> SetSummary:
    return SetSummary(
        place=place,
        exercise=str(data.get("exercise", "?")),
        name=str(data.get("name", "?")),
        block=str(data.get("block", "?")),
        set=_count(data.get("set")) or 1,
        of=_count(data.get("of")) or 1,
        round=_count(data.get("round")) or 1,
        side=_text(data.get("side")),
        own_pace=data.get("own_pace") is True,
        planned_reps=_count(data.get("planned_reps")),
        planned_ms=_count(data.get("planned_ms")),
        target_reps=_count(data.get("target_reps")),
        target_ms=_count(data.get("target_ms")),
        done_reps=_count(data.get("done_reps")),
        done_ms=_count(data.get("done_ms")),
        outcome=outcome,
        reported=data.get(CORRECTED) is True,
        rung=_count(data.get("rung")) or 0,
        variant=_text(data.get("variant")),
        load_g=_count(data.get("load_g")),
        load=_text(data.get("load")),
        at=at,
    )


def _count(value: Any) -> int | None:
    return value if type(value) is int else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def number(data: Fields, name: str) -> int:
    """A number in a record's data; 0 where there is none."""
    value = data.get(name)
    return value if type(value) is int else 0
