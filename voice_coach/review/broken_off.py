"""A session that was broken off by the machine, and what is left of it to go on with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from voice_coach.errors import LogError
from voice_coach.journal import Fields, Log, SessionLog, codec, whole
from voice_coach.person.model import Person
from voice_coach.review import careful
from voice_coach.review.careful import amount, text
from voice_coach.review.happened import happened
from voice_coach.review.sets import number
from voice_coach.routine.model import Side
from voice_coach.safety.dates import is_ahead
from voice_coach.session.dose import PACES, Adjustment, rung
from voice_coach.session.events import Reason
from voice_coach.session.left_over import SetId, left_over
from voice_coach.session.plan import Plan

GO_ON = "go_on"  # the rule of the decision in which she said no
SOON = timedelta(hours=3)  # muscles are cold and the day is another one after that [P]
AS_WRITTEN = 100  # per cent of the written tempo
BY_HAND = "interrupted"  # a second Ctrl-C: somebody wanted it to end


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenOff:
    """A session without an end of its own, and the plan of what is left."""

    session: str
    left: Plan
    sets_done: int
    tier: str
    phase: str
    deload: bool


def broken_off(log: Log, person: Person, now: datetime) -> BrokenOff | None:
    """The last session, where the machine ended it and she may want to go on; None in every other case.

    Not when nothing was done or nothing is left, not after trouble (a session begins anew then, with its questions),
    not when it is long ago or its plan cannot be read, and not when she was asked and said no. LogError where the log
    cannot be read again.
    """
    session = log.sessions[-1] if log.sessions else None
    start = session.start if session else None
    if session is None or start is None or _ended(session) or start["setup"].get("mode") != "run":
        return None
    began = datetime.fromisoformat(start["wall"])
    if is_ahead(began, now) or now - began > SOON or _declined(session.id, person):
        return None
    sets = list(_records(session, "set"))
    done = sum(data.get("skipped") is not True for data in sets)
    if not done or happened(session, began):
        return None
    try:
        plan = codec.unpack_plan(start if "plan" in start else whole(log.path, session).start or start)  # if it is lean
    except (LogError, KeyError):  # from another version, or a log that was changed meanwhile
        return None
    left = left_over(plan, map(_set_id, sets), dict(plan.adjusted) | _adjusted(plan, _records(session, "adjusted")))
    if left is None:
        return None
    setup = start["setup"]
    return BrokenOff(
        session=session.id,
        left=left,
        sets_done=done,
        tier=text(setup.get("tier")),
        phase=text(setup.get("phase")),
        deload=setup.get("deload") is True,
    )


def _ended(session: SessionLog) -> bool:
    """Whether it came to an end, or somebody ended it; the name of an error stands for the machine."""
    end = session.end
    return end is not None and (end["reason"] in [each.value for each in Reason] or end["reason"] == BY_HAND)


def _declined(session: str, person: Person) -> bool:
    return any(each.rule == GO_ON and each.change.get("session") == session for each in person.decisions)


def _records(session: SessionLog, kind: str) -> Iterator[Fields]:
    for entry in session.entries:
        if entry.fields["type"] == "record" and entry.fields["kind"] == kind:
            yield entry.fields["data"]


def _set_id(data: Fields) -> SetId:
    side = data.get("side")
    return SetId(
        block=text(data.get("block")),
        exercise=text(data.get("exercise")),
        round=amount(data.get("round")),
        number=amount(data.get("set")),
        side=Side(side) if side in [each.value for each in Side] else None,
    )


def _adjusted(plan: Plan, changes: Iterable[Fields]) -> dict[str, Adjustment]:
    """What was in force of each exercise in the end. In the log a rung counts from 0 as written."""
    begins = {segment.set.item.exercise.id: rung(segment.set.item, Adjustment()) for segment in plan.segments}
    return {
        exercise: Adjustment(
            rung=careful.rung(data.get("rung")) - begins[exercise],
            reps=number(data, "reps"),
            ms=number(data, "ms"),
            pace=number(data, "pace") if number(data, "pace") in PACES else AS_WRITTEN,
        )
        for data in changes
        if (exercise := text(data.get("exercise"))) in begins
    }
