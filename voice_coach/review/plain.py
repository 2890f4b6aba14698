"""A summary as plain JSON values, for other programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from voice_coach.review.summary import SessionSummary


def as_json(summary: SessionSummary) -> dict[str, Any]:
    """Everything in the summary under its own name: times in milliseconds, the beginning in ISO 8601."""
    plain = asdict(summary)
    plain["began"] = summary.began.isoformat() if summary.began else None
    for row in plain["sets"]:
        row["outcome"] = row["outcome"].value
    return plain | {"sets_done": summary.sets_done, "sets_planned": summary.sets_planned}
