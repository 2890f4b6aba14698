"""Lines of the log that are about the person, not about a session: values there and back.

Each is of a `kind` with plain JSON `data`. What cannot be read is None: the careful branch is that it was not said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from voice_coach.person.model import (
    Answered,
    Clearance,
    Correction,
    Decision,
    Form,
    Incident,
    Matter,
    Measured,
    Trouble,
    Weight,
)
from voice_coach.routine.model import Load

CONSENT = "consent"
# What a corrected set can have been at most: no set is longer [P]; effort is told from nought to ten (EVIDENCE 2.3).
MOST_REPS, LONGEST, HARDEST = 999, 3_600_000, 10
Fact: TypeAlias = "Answered | Incident | Clearance | Decision | Measured | Weight | Correction"
Data: TypeAlias = Mapping[str, Any]


def line_of(fact: Fact) -> tuple[str, dict[str, Any]]:
    """The kind and the data of a line; its time is the line's own."""
    match fact:
        case Answered():
            return "answers", {"form": fact.form.value, "answers": dict(fact.answers), "complete": fact.complete}
        case Incident():
            about = {"session": fact.session, "exercise": fact.exercise, "level": fact.level}
            return "incident", {"trouble": fact.trouble.value, **about}
        case Clearance():
            return "clearance", {"matter": fact.matter.value, "given": fact.given}
        case Decision():
            what = {"exercise": fact.exercise, "rule": fact.rule}
            return "decision", {**what, "change": dict(fact.change), "accepted": fact.accepted}
        case Measured():
            return "measured", {"test": fact.test, "value": fact.value, "detail": fact.detail}
        case Weight():
            return "weight", {"exercise": fact.exercise, "grams": fact.load.grams, "label": fact.load.label}
        case Correction():
            where = {"session": fact.session, "block": fact.block, "exercise": fact.exercise, "round": fact.round}
            load = {"grams": fact.load.grams, "label": fact.load.label} if fact.load else None
            told = {"reps": fact.reps, "ms": fact.ms, "load": load, "effort": fact.effort}
            return "correction", {**where, "set": fact.set, "side": fact.side, **told}


def fact_of(kind: str, data: Data, at: datetime) -> Fact | None:
    """What a line says; None for another kind, or where its data is damaged."""
    read = _READ.get(kind)
    try:
        return read(data, at) if read else None
    except (KeyError, ValueError, TypeError, AttributeError):
        return None


def _answers(data: Data, at: datetime) -> Answered:
    answers = {str(name): answer for name, answer in data["answers"].items() if type(answer) in (str, int)}
    return Answered(at=at, form=Form(data["form"]), answers=answers, complete=data["complete"] is True)


def _incident(data: Data, at: datetime) -> Incident:
    """One of a later version, of a name unknown here, may be grave."""
    named = str(data["trouble"])
    return Incident(
        at=at,
        trouble=Trouble(named) if named in {each.value for each in Trouble} else Trouble.EMERGENCY,
        session=str(data.get("session") or ""),
        exercise=str(data.get("exercise") or ""),
        level=data.get("level") if type(data.get("level")) is int else None,
    )


def _clearance(data: Data, at: datetime) -> Clearance:
    return Clearance(at=at, matter=Matter(data["matter"]), given=data["given"] is True)


def _decision(data: Data, at: datetime) -> Decision:
    return Decision(
        at=at,
        exercise=str(data["exercise"]),
        rule=str(data["rule"]),
        change={str(name): value for name, value in data["change"].items() if type(value) in (str, int)},
        accepted=data["accepted"] if type(data["accepted"]) is bool else None,
    )


def _measured(data: Data, at: datetime) -> Measured:
    return Measured(at=at, test=str(data["test"]), value=_whole(data["value"]), detail=str(data.get("detail") or ""))


def _weight(data: Data, at: datetime) -> Weight:
    return Weight(at=at, exercise=str(data["exercise"]), load=_load(data))


def _load(data: Data) -> Load:
    load = Load(grams=_whole(data.get("grams") or 0), label=str(data.get("label") or ""))
    if bool(load.grams > 0) == bool(load.label):
        raise ValueError("a load is a weight or a band")
    return load


def _correction(data: Data, at: datetime) -> Correction:
    if all(data.get(name) is None for name in ("reps", "ms", "load", "effort")):
        raise ValueError("nothing is told")
    return Correction(
        at=at,
        session=str(data["session"]),
        exercise=str(data["exercise"]),
        set=_whole(data["set"]),
        block=str(data.get("block") or ""),
        round=_whole(data.get("round", 0)),
        side=None if data.get("side") is None else str(data["side"]),
        reps=_told(data.get("reps"), MOST_REPS),
        ms=_told(data.get("ms"), LONGEST),
        load=None if data.get("load") is None else _load(data["load"]),
        effort=_told(data.get("effort"), HARDEST),
    )


def _told(value: object, most: int) -> int | None:
    if value is not None and not 0 <= _whole(value) <= most:
        raise ValueError("out of range")
    return None if value is None else _whole(value)


def _whole(value: object) -> int:
    if type(value) is not int:
        raise ValueError("no whole number")
    return value


_READ: Mapping[str, Callable[[Data, datetime], Fact]] = {
    "answers": _answers,
    "incident": _incident,
    "clearance": _clearance,
    "decision": _decision,
    "measured": _measured,
    "weight": _weight,
    "correction": _correction,
}
