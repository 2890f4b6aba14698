"""What is left of a plan that was broken off: a plan of its own, that begins with the first set that was not done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from voice_coach.routine.model import Side
from voice_coach.session.dose import Adjustment
from voice_coach.session.plan import Phase, Plan, PlannedSet, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class SetId:
    """Which set of a plan it is, as its log entry has it."""

    block: str
    exercise: str
    round: int
    number: int
    side: Side | None


def left_over(plan: Plan, dealt_with: Iterable[SetId], adjusted: Mapping[str, Adjustment]) -> Plan | None:
    """The rest of `plan` after the sets that were done or skipped; None where nothing is left to do.

    `adjusted` is what she had made easier, harder, slower or faster, by the id of the exercise: it stays so. The first
    set of each exercise is introduced in full: she has been away from it.
    """
    behind = Counter(dealt_with)
    told: set[str] = set()
    segments: list[Segment] = []
    now: PlannedSet | None = None  # the set whose segments are being taken; None while they are passed
    for segment in plan.segments:
        if segment.phase is Phase.PREPARE:
            exercise = segment.set.item.exercise.id
            now = None if _passed(behind, segment.set) else segment.set
            if now and exercise not in told:
                told.add(exercise)
                now = replace(now, introduces=True, other_side=False)
        if now:
            segments.append(replace(segment, set=now))
    while segments and segments[-1].phase is Phase.REST:
        segments.pop()
    if not segments:
        return None
    return replace(plan, segments=tuple(segments), adjusted=tuple(sorted(adjusted.items())))


def _passed(behind: Counter[SetId], planned: PlannedSet) -> bool:
    """Whether this set was dealt with. The same exercise may stand twice in a block: each record is for one of them."""
    this = SetId(
        block=planned.block,
        exercise=planned.item.exercise.id,
        round=planned.round,
        number=planned.number,
        side=planned.side,
    )
    behind[this] -= 1
    return behind[this] >= 0
