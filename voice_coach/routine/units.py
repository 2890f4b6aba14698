"""Durations, tempos and loads as people write them ("1m30s", "2-1-3", "3kg"), and what was meant when they are not."""

from __future__ import annotations

import re
from collections.abc import Mapping

from voice_coach.routine.model import Load, Ms, Tempo
from voice_coach.routine.wording import Unfit, shown

# The same patterns stand in routines/exercises/exercises.schema.json, for editors; a test holds them together.
_NUMBER = r"[0-9]{1,5}(?:\.[0-9]{1,3})?"
_DURATION = re.compile(rf"(?=[0-9])(?:({_NUMBER}) ?m)? ?(?:({_NUMBER}) ?s)?")
_TEMPO = re.compile(rf"({_NUMBER}) ?- ?({_NUMBER}) ?- ?({_NUMBER})")
_WEIGHT = re.compile(rf"({_NUMBER}) ?(kg|g|lb)")

_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])")
_LOOSE = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*(h|m|s)[a-z]*\.?", re.IGNORECASE)
_FACTOR = {"h": 3_600_000, "m": 60_000, "s": 1000}

REP = (1000, 20_000)  # shortest and longest rep, ms
MOVE = 500  # shortest lift or lower, ms: below that a spoken count cannot follow
_GRAMS = {"kg": 1000.0, "g": 1.0, "lb": 453.59237}
WEIGHT = (100, 50_000)  # lightest and heaviest load, grams


def duration(value: object) -> Ms:
    """Milliseconds of "40s", "1m30s", "90 s" or "2m"; `Unfit` for anything else, with the likely fix."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        meant = f"did you mean {value}s" if 0 <= value < 100_000 else ""
        raise Unfit(f"{shown(value)} needs a unit", meant)
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match and (match[1] or match[2]):
        return round(float(match[1] or 0) * 60_000 + float(match[2] or 0) * 1000)
    raise Unfit(f"{shown(value)} is not a duration", _meant(value) if isinstance(value, str) else "")


def _meant(text: str) -> str:
    clock = _CLOCK.fullmatch(text.strip())
    if clock:
        return f"did you mean {show(int(clock[1]) * 60_000 + int(clock[2]) * 1000)}"
    if re.fullmatch(_NUMBER, text):
        return f"did you mean {text}s"
    if len(text) > 40:  # no duration anybody meant
        return "write it as 40s or 1m30s"
    parts = _LOOSE.findall(text)
    rest = re.sub(r"and|[\s,.]", "", _LOOSE.sub("", text))
    if parts and not rest:
        ms = sum(float(number.replace(",", ".")) * _FACTOR[unit.lower()] for number, unit in parts)
        return f"did you mean {show(round(ms))}" if ms < 360_000_000 else ""
    return "write it as 40s or 1m30s"


def show(ms: Ms) -> str:
    """Milliseconds as this reader takes them: "45s", "2m", "1m30s"."""
    minutes, rest = divmod(ms, 60_000)
    seconds = f"{rest / 1000:g}s"
    return f"{minutes}m" * bool(minutes) + seconds * bool(rest or not minutes)


def tempo(value: object) -> Tempo:
    """Lift, hold and lower of "2-1-3" (seconds) or of a mapping with durations; `Unfit` where it cannot be counted."""
    if isinstance(value, Mapping):
        parts = {name: duration(value.get(name, "0s")) for name in ("lift", "hold", "lower")}
        found = Tempo(**parts)
    else:
        match = _TEMPO.fullmatch(value) if isinstance(value, str) else None
        if not match:
            raise Unfit(f"{shown(value)} is not a tempo", _meant_tempo(value))
        lift, hold, lower = (round(float(part) * 1000) for part in match.groups())
        found = Tempo(lift=lift, hold=hold, lower=lower)
    if min(found.lift, found.lower) < MOVE:
        quickest = f"lift and lower each take at least {show(MOVE)}"
        raise Unfit(quickest, "for one long stay write hold instead of reps" if found.lift == 0 else "")
    if not REP[0] <= found.rep <= REP[1]:
        raise Unfit(f"a rep of {show(found.rep)} cannot be counted", f"it lasts {show(REP[0])} to {show(REP[1])}")
    return found


def _meant_tempo(value: object) -> str:
    numbers = re.findall(r"[0-9]+(?:\.[0-9]+)?", shown(value))
    if isinstance(value, str) and len(numbers) == 3:
        return f"did you mean {'-'.join(numbers)}"
    return "write lift-hold-lower in seconds, as in 2-1-3"


def load(value: object) -> Load:
    """A weight ("3kg", "500 g", "5 lb") or a thing by its name ("red band"); `Unfit` for anything else."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise Unfit(f"{shown(value)} needs a unit", f"did you mean {value}kg" if 0 < value <= 50 else "")
    if not isinstance(value, str):
        raise Unfit(f"{shown(value)} is not a load", "write it as 3kg or red band")
    text = " ".join(value.split())
    match = _WEIGHT.fullmatch(value)
    if match:
        grams = round(float(match[1]) * _GRAMS[match[2]])
        if not WEIGHT[0] <= grams <= WEIGHT[1]:
            raise Unfit(f"{text} is no weight for this", "it is 100g to 50kg")
        return Load(grams=grams)
    if not text[:1].isalpha():
        raise Unfit(f"{shown(value)} is not a load", _meant_load(text))
    return Load(label=text)


def _meant_load(text: str) -> str:
    loose = re.fullmatch(rf"({_NUMBER})\s*([a-z])[a-z]*\.?", text.lower().replace(",", "."))
    unit = {"k": "kg", "l": "lb", "p": "lb", "g": "g"}.get(loose[2]) if loose else None
    return f"did you mean {loose[1]}{unit}" if loose and unit else "write it as 3kg or red band"
