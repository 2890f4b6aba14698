"""What the log tells of a person, as frozen values, oldest first. The fold into them is `voice_coach.review.known`.

Times are aware `datetime`s as they were written, and wrong where a clock was: whoever asks how long ago something was
takes the careful side, and what came before what is told by the `place` in the log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from voice_coach.routine.model import Load, Ms

YES, NO, NOT_SURE = "yes", "no", "not sure"
Answer: TypeAlias = "str | int"  # YES, NO, NOT_SURE, a number, or digits as text where a number is no quantity


class Form(str, Enum):
    """What was asked together."""

    ABOUT = "about"  # age, weight, the emergency number: asked once
    SCREENING = "screening"
    DAILY = "daily"  # before a session
    AFTER = "after"  # at its end: effort, feeling, pain
    FEELING = "feeling"  # before it: how good do you feel, how sure of not falling


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A form and the answers by question id; `complete` is false where it was broken off."""

    at: datetime
    form: Form
    answers: Mapping[str, Answer]
    complete: bool = True
    place: int = field(default=0, compare=False, repr=False)  # its line in the log; 0 where nobody knows


class Trouble(str, Enum):
    """What can happen to her, most urgent first (EVIDENCE 1.4)."""

    EMERGENCY = "emergency"
    BACK_PAIN = "back pain"  # sudden or strong
    FALL = "fall"
    DIZZY = "dizzy"
    BREATH = "breath"
    SHARP_PAIN = "sharp pain"  # a joint at 6 or more, sharp, or spreading
    JOINT_PAIN = "joint pain"  # a joint at 4 or 5
    UNWELL = "unwell"  # ill, hardly slept, a new medicine
    FRACTURE = "fracture"  # told afterwards
    HOSPITAL = "hospital"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something that happened, in a session or told outside of one. What was taken back as misheard is not here."""

    at: datetime
    trouble: Trouble
    session: str = ""  # its id, where it happened in one
    exercise: str = ""  # id, where it belongs to a movement
    level: int | None = None  # of pain, 0-10
    place: int = field(default=0, compare=False, repr=False)  # its line in the log; 0 where nobody knows


class Matter(str, Enum):
    """What a clinician can have said yes to."""

    TRAINING = "training"  # at all, after HOLD, an emergency or a fall
    LOAD = "load"  # the phase Load, for the moderate tier
    IMPACT = "impact"  # heel drops, for the moderate tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """She states that a clinician has said yes (or no: `given` false)."""

    at: datetime
    matter: Matter
    given: bool = True
    place: int = field(default=0, compare=False, repr=False)  # its line in the log; 0 where nobody knows


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDone:
    """One set of a session. Amounts are 0 where the set is not measured that way; `done_*` is what was really done."""

    exercise: str
    set: int
    of: int
    side: str | None = None
    target_reps: int = 0
    done_reps: int = 0
    target_ms: Ms = 0
    done_ms: Ms = 0
    rung: int = 0  # of the ladder as it was that day: below 0 easier, above 0 harder
    variant: str = ""  # the rung in words, which tell it in any ladder; "" as written
    load: Load | None = None
    completed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What she said of the last set of a movement; None where she was not asked or did not answer."""

    effort: int | None = None  # 0-10, own words (EVIDENCE 2.3)
    reserve: int | None = None  # reps she could still have done well; 4 stands for "more"
    pain: int | None = None  # 0-10


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """One session that was begun."""

    id: str
    began: datetime
    routine: str
    ms: Ms  # of session time, what was said and rested included
    ended: str | None  # a value of `Reason`; None where the log breaks off
    sets: Sequence[SetDone] = ()
    efforts: Mapping[str, Effort] = field(default_factory=dict)  # by exercise id
    phase: str = ""  # of the programme it belonged to, "" where none
    deload: bool = False
    imported: bool = False  # another program told of it; the coach was not there
    place: int = field(default=0, compare=False, repr=False)  # the line where it begins


Placed: TypeAlias = Answered | Incident | Clearance | Trained  # what has a place in the log


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A proposal of the programme and what she said to it."""

    at: datetime
    exercise: str  # id; "" for one that is about no movement
    rule: str
    change: Mapping[str, Answer]  # what would be different: "grams", "label", "rung", "reps", …
    accepted: bool | None  # None: not answered, so it is asked again


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One try at a test of progress."""

    at: datetime
    test: str  # id
    value: int  # stands, seconds, or the stage reached
    detail: str = ""  # side, "with hands", …


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """The load she said she uses for a movement."""

    at: datetime
    exercise: str
    load: Load


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a set really was, as she told it afterwards: one amount at least. The newest that names one counts.

    A `block` of "" and a `round` of 0 are any: the last set that fits is meant.
    """

    at: datetime
    session: str  # id
    exercise: str  # id
    set: int
    block: str = ""
    round: int = 0
    side: str | None = None
    reps: int | None = None
    ms: Ms | None = None
    load: Load | None = None
    effort: int | None = None  # 0-10, of the movement in that session


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Everything known of her. An empty one is somebody nothing is known of."""

    consented: datetime | None = None
    forms: Sequence[Answered] = ()
    incidents: Sequence[Incident] = ()
    clearances: Sequence[Clearance] = ()
    sessions: Sequence[Trained] = ()
    decisions: Sequence[Decision] = ()
    measures: Sequence[Measured] = ()
    weights: Sequence[Weight] = ()
    corrections: Sequence[Correction] = ()  # as they were told; what they changed is in `sessions` already

    def last(self, form: Form, *, complete: bool = True) -> Answered | None:
        """The newest of a form that was answered, by default to its end."""
        found = (one for one in reversed(self.forms) if one.form is form and (one.complete or not complete))
        return next(found, None)
