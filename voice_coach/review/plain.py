"""A summary as plain JSON values, for other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from voice_coach.review.energy import Burnt
from voice_coach.review.summary import SessionSummary


def as_json(summary: SessionSummary) -> dict[str, Any]:
    """Everything in the summary under its own name: times in milliseconds, the beginning in ISO 8601."""
    plain = asdict(summary)
    plain["began"] = summary.began.isoformat() if summary.began else None
    for row in plain["sets"]:
        row["outcome"] = row["outcome"].value
    return plain | {"sets_done": summary.sets_done, "sets_planned": summary.sets_planned}


def plain(value: object) -> Any:
    """Any of our frozen values under its own names: dates in ISO 8601, energy as it may be told, in tens of kcal."""
    match value:
        case Burnt(told=(low, high)):
            return {"low_kcal": low, "high_kcal": high}
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case Mapping():
            return {str(plain(name)): plain(each) for name, each in value.items()}
        case str():
            return value
        case Sequence():
            return [plain(each) for each in value]
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return value
