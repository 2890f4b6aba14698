"""What other programs have no column for (side, band, rung, cut short), as a note that people can read and we can."""

from __future__ import annotations

from dataclasses import replace

from voice_coach.exchange.rows import Row
from voice_coach.review import Outcome

OURS = "voice-coach"  # what a note of ours begins with; any other is somebody else's
_BETWEEN = " | "
_SIDES = ("left", "right")
_WITH, _AS, _SHORT = "with ", "as: ", "not finished"


def note_of(row: Row) -> str:
    """The note of a set; "" where there is nothing to add."""
    parts = []
    if row.side:
        parts.append(f"{row.side} side")
    if row.label:
        parts.append(_WITH + _plain(row.label))
    if row.variant:
        parts.append(_AS + _plain(row.variant))
    if row.outcome is Outcome.PARTLY:
        parts.append(_SHORT)
    return f"{OURS}: {_BETWEEN.join(parts)}" if parts else ""


def noted(row: Row, note: str) -> Row:
    """The set with what its note says: ours is understood, any other is kept as it is."""
    if note.strip() in ("", OURS):
        return row
    if not note.startswith(f"{OURS}: "):
        return replace(row, note=note)
    found = row
    for part in note.removeprefix(f"{OURS}: ").split(_BETWEEN):
        if part in [f"{side} side" for side in _SIDES]:
            found = replace(found, side=part.removesuffix(" side"))
        elif part.startswith(_WITH):
            found = replace(found, label=part.removeprefix(_WITH))
        elif part.startswith(_AS):
            found = replace(found, variant=part.removeprefix(_AS))
        elif part == _SHORT:
            found = replace(found, outcome=Outcome.PARTLY)
        else:
            return replace(row, note=note)
    return found


def _plain(text: str) -> str:
    return text.replace("|", "/")
