"""How figures and texts of a log are put for a reader. What came from outside cannot steer the terminal."""

from __future__ import annotations

import unicodedata

from voice_coach.review.sets import Outcome, SetSummary
from voice_coach.routine.model import Ms

# Control and format characters (escape sequences, text direction), halves of characters, line and paragraph breaks.
_UNFIT = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def clean(text: str) -> str:
    """The text on one line, without anything a terminal would obey instead of showing it."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if char.isspace() else char for char in text if char.isspace() or _fit(char))


def _fit(char: str) -> bool:
    return unicodedata.category(char) not in _UNFIT


def clock(ms: Ms) -> str:
    """Minutes and seconds, as "27:05"."""
    seconds = max(0, ms) // 1000
    return f"{seconds // 60}:{seconds % 60:02}"


def which(row: SetSummary) -> str:
    """Which set of the exercise it is: "2/3 left, round 2"."""
    parts = [f"{row.set}/{row.of}" if row.of > 1 else "", row.side or ""]
    text = " ".join(part for part in parts if part)
    again = f"round {row.round}" if row.round > 1 else ""
    return ", ".join(part for part in (text, again) if part)


def planned(row: SetSummary) -> str:
    """What the routine asks for."""
    return _amount(row.planned_reps, row.planned_ms)


def done(row: SetSummary) -> str:
    """What was done, or that it was not."""
    if row.outcome in (Outcome.SKIPPED, Outcome.NOT_REACHED):
        return str(row.outcome.value)
    if row.own_pace and row.done_reps is None:
        return "done" if row.outcome is Outcome.COMPLETED else "begun"
    return _amount(row.done_reps, row.done_ms)


def remarks(row: SetSummary) -> str:
    """Whatever else is worth knowing about a set."""
    target = _amount(row.target_reps, row.target_ms)
    changed = (row.target_reps, row.target_ms) != (row.planned_reps, row.planned_ms)
    rung = "easier" if row.rung < 0 else "harder"
    found = [
        f"try {row.attempt}" if row.attempt > 1 else "",
        "not finished" if row.outcome is Outcome.PARTLY else "",
        "own pace" if row.own_pace else "",
        "as told" if row.reported else "",
        f"asked for {target}" if row.outcome is not Outcome.NOT_REACHED and changed else "",
        f"{rung}: {row.variant}" if row.variant else "",
        f"{row.load_g / 1000:g} kg" if row.load_g else "",
        row.load or "",
    ]
    return ", ".join(part for part in found if part)


def _amount(reps: int | None, ms: Ms | None) -> str:
    if reps is not None:
        return f"{reps} rep{'' if reps == 1 else 's'}"
    return f"{ms // 1000} s" if ms is not None else "-"
