"""What can happen to her, and what follows: what is said at once, what is told afterwards, what it changes.

One table for EVIDENCE 1.4. What is said in the session itself is the session's own; here stands its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from voice_coach.person.model import Trouble
from voice_coach.safety.model import Reason, Why


class Follow(IntEnum):
    """What follows, from the mildest to the strictest."""

    GO = 0
    EASE = 1  # the movement is easier next time
    AVOID = 2  # it is left out in this session and the next
    GENTLE = 3  # today gentle mobility or rest; nothing is lost by it
    NOT_TODAY = 4  # no more training today, and a question before the next
    LOCK = 5  # none until she states that a clinician has said yes


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One row. `response` is the value of the key of the sentence at once, "" where there is no fixed one."""

    trouble: Trouble
    follow: Follow
    told: Reason
    response: str = ""
    urgent: bool = False
    screens: Why | None = None  # a screening is due, and for this


def _row(trouble: Trouble, follow: Follow, response: str = "", *, urgent: bool = False, why: Why | None = None) -> Stop:
    told = Reason(say=f"standing.after_{trouble.name.lower()}")
    return Stop(trouble=trouble, follow=follow, told=told, response=response, urgent=urgent, screens=why)


_ROWS = (
    _row(Trouble.EMERGENCY, Follow.LOCK, "advice emergency", urgent=True, why=Why.EMERGENCY),
    _row(Trouble.BACK_PAIN, Follow.LOCK, "advice pain", urgent=True, why=Why.BACK_PAIN),
    _row(Trouble.FALL, Follow.LOCK, "advice fall", urgent=True, why=Why.FALL),
    _row(Trouble.DIZZY, Follow.NOT_TODAY, "advice dizzy"),
    _row(Trouble.BREATH, Follow.NOT_TODAY, "advice breath"),
    _row(Trouble.SHARP_PAIN, Follow.AVOID, "advice pain"),
    _row(Trouble.JOINT_PAIN, Follow.EASE),
    _row(Trouble.UNWELL, Follow.GENTLE),
    # Told afterwards: row 7 of the screening is known to be a yes, so they hold like one (EVIDENCE 1.1).
    _row(Trouble.FRACTURE, Follow.LOCK, why=Why.FRACTURE),
    _row(Trouble.HOSPITAL, Follow.LOCK, why=Why.HOSPITAL),
)
STOPS: Mapping[Trouble, Stop] = MappingProxyType({row.trouble: row for row in _ROWS})


def follows(troubles: Iterable[Trouble]) -> Follow:
    """The strictest of what follows; GO where nothing is wrong."""
    return max((STOPS[trouble].follow for trouble in troubles), default=Follow.GO)
