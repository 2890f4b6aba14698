"""What the safety room answers with: frozen values, each with its reason as the id of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from voice_coach.person.model import Incident, Matter
from voice_coach.person.questions import Question
from voice_coach.routine.model import Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something is as it is: the id of a sentence of `script.talk`, with what fills it. Never a risk."""

    say: str
    args: tuple[str | int, ...] = ()


class Why(str, Enum):
    """What makes a screening due (EVIDENCE 1.1, below the table, [P])."""

    NEVER = "never"
    UNFINISHED = "unfinished"
    CLOCK = "clock"  # what is known lies in the future
    EMERGENCY = "emergency"
    FRACTURE = "fracture"
    HOSPITAL = "hospital"
    FALL = "fall"
    BACK_PAIN = "back pain"
    GAP = "gap"
    WEEKS = "weeks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A screening is to be asked before she trains on."""

    why: Why
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the log tells that a screening is weighed with. None: not known, which is never to her advantage."""

    weeks: int = 0  # trained here, without a gap
    chair_stand: bool | None = None  # at or above the line of her age
    tandem: bool | None = None  # ten seconds with one foot in front of the other
    falls: int = 0  # days with a fall in the last year
    fractures: int = 0  # days on which a broken bone was told


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """What the answers to a screening come to."""

    hold: tuple[Reason, ...]  # not empty: no training
    tier: Tier
    reasons: tuple[Reason, ...]  # for the tier
    urgent: bool  # the hold is said with urgent words
    floor: bool  # she gets down to the floor and up again on her own
    sore: bool  # a joint hurts 4 or more
    attended: bool  # somebody within call, or a phone within reach
    unfinished: bool  # a question is still open; for the hold and the tier it counts as answered carefully


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What she may do today. The defaults are those of somebody nothing is known of."""

    tier: Tier = Tier.HIGH
    reasons: tuple[Reason, ...] = ()  # for the tier
    hold: tuple[Reason, ...] = ()  # not empty: only tall breathing, and what to ask the clinician
    urgent: bool = False
    locked: Incident | None = None  # the newest that a clinician's yes was not stated after; it is in `hold`, too
    due: Due | None = None
    asks: tuple[Question, ...] = ()  # before anything else
    hidden: frozenset[str] = frozenset()  # tags
    light: frozenset[str] = frozenset()  # tags of what stays light
    avoided: frozenset[str] = frozenset()  # ids of exercises that are left out
    eased: frozenset[str] = frozenset()  # ids of exercises that begin easier
    lighter: bool = False  # a joint has hurt: easier what is `eased`, or everything where no movement was named
    gentle: bool = False  # only gentle mobility, or rest
    supported: bool = True  # a hand on the counter in balance work
    attended: bool = False
    sore: bool = True
    floor: bool = False
    cleared: frozenset[Matter] = frozenset()  # what a clinician's yes counts for now
    advice: tuple[Reason, ...] = ()

    @property
    def may_train(self) -> bool:
        """Whether there is anything but breathing for her today."""
        return not self.hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Whether impact is for her today: what keeps her from it, and what is still to be asked."""

    missing: tuple[Reason, ...]
    asks: tuple[Question, ...]

    @property
    def allowed(self) -> bool:
        """Whether every condition holds, those that are asked included."""
        return not self.missing and not self.asks
