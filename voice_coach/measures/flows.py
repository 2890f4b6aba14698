"""Which flow of steps belongs to which test, for somebody with a past."""

from __future__ import annotations

from datetime import datetime

from voice_coach.measures.battery import CHAIR_STAND, FOUR_STAGE, ONE_LEG, tries
from voice_coach.measures.chair_stand import chair_stand
from voice_coach.measures.progress import told
from voice_coach.measures.stances import four_stage, one_leg
from voice_coach.measures.steps import Flow
from voice_coach.person.model import Person


def flow(test: str, person: Person, now: datetime) -> Flow:
    """The test from its explanation to what is said of its value. `person` is what is known before it.

    KeyError where there is no such test. Whether it is for her today is `battery.unsuited`'s to say.
    """
    says = told(test, person, now)
    made = {
        CHAIR_STAND: lambda: chair_stand(tries(test, person), says),
        FOUR_STAGE: lambda: four_stage(says),
        ONE_LEG: lambda: one_leg(says),
    }
    return made[test]()
