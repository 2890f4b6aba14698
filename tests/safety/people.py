"""People to ask questions of: what a well, trained woman answers, and the day on which the tests take place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone

from voice_coach.person.model import (
    NO,
    YES,
    Answer,
    Answered,
    Clearance,
    Form,
    Incident,
    Matter,
    Measured,
    Person,
    SetDone,
    Trained,
    Trouble,
)

NOW = datetime(2026, 5, 20, 10, 0, tzinfo=timezone.utc)  # a Wednesday
WELL: Mapping[str, Answer] = {
    **dict.fromkeys(
        (
            "screening.supervised",
            "screening.chest",
            "screening.faint",
            "screening.breath",
            "screening.heart",
            "screening.pressure",
            "screening.recent",
            "screening.back",
            "screening.spine",
            "screening.height",
            "screening.aid",
            "screening.unsteady",
            "screening.bone",
            "screening.steroids",
            "screening.joint",
        ),
        NO,
    ),
    "screening.bones": 0,
    "screening.falls": 0,
    "screening.floor": YES,
    "screening.near": YES,
}
"""Every question answered as well as it can be."""


def ago(days: float = 0, hours: float = 0) -> datetime:
    return NOW - timedelta(days=days, hours=hours)


def screening(days: float = 1, **changed: Answer) -> Answered:
    """A whole one, with some answers changed, by the names of the questions after the dot."""
    answers = {**WELL, **{f"screening.{name}": answer for name, answer in changed.items()}}
    return Answered(at=ago(days), form=Form.SCREENING, answers=answers)


def incident(trouble: Trouble, days: float = 0, exercise: str = "") -> Incident:
    return Incident(at=ago(days), trouble=trouble, exercise=exercise)


def said_yes(days: float = 0, matter: Matter = Matter.TRAINING) -> Clearance:
    return Clearance(at=ago(days), matter=matter)


def trained(days: float, exercises: Sequence[str] = ("chair_stand", "band_row", "heel_raise")) -> Trained:
    sets = tuple(SetDone(exercise=each, set=1, of=1, target_reps=8, done_reps=8) for each in exercises)
    return Trained(
        id=f"s{days}",
        began=ago(days),
        routine="band_strength",
        ms=1_800_000,
        ended="completed",
        sets=sets,
        phase="foundation",
    )


def weeks_of_training(weeks: int) -> tuple[Trained, ...]:
    """Two sessions in each of the last whole weeks, on Mondays and Thursdays."""
    days = sorted((9 + 7 * week - off for week in range(weeks) for off in (0, 3)), reverse=True)
    return tuple(trained(each) for each in days)


AGE = Answered(at=ago(100), form=Form.ABOUT, answers={"about.age": "72"})
TESTS = (Measured(at=ago(7), test="chair_stand", value=12), Measured(at=ago(7), test="four_stage", value=3))


def person(
    *forms: Answered,
    incidents: Sequence[Incident] = (),
    clearances: Sequence[Clearance] = (),
    sessions: Sequence[Trained] = (),
    measures: Sequence[Measured] = (),
) -> Person:
    return Person(forms=forms, incidents=incidents, clearances=clearances, sessions=sessions, measures=measures)


def trained_for(weeks: int, **changed: Answer) -> Person:
    """Somebody who has trained well for so long, and passed what is measured."""
    return person(AGE, screening(1, **changed), sessions=weeks_of_training(weeks), measures=TESTS)
