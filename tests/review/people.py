"""Exercises and sessions written by hand, so that what is counted can be worked out on paper."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from voice_coach.person.model import Answer, Answered, Effort, Form, SetDone, Trained
from voice_coach.routine.model import Benefit, BoneSite, Exercise, Group, Load, Mode, Ms, Tag

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=1)))
HIP, SPINE, WRIST = BoneSite.HIP, BoneSite.LUMBAR_SPINE, BoneSite.WRIST


def exercise(
    name: str,
    *benefits: Benefit,
    sites: tuple[BoneSite, ...] = (),
    tags: tuple[str, ...] = (),
    group: Group | None = None,
) -> Exercise:
    return Exercise(
        id=name,
        name=name.capitalize(),
        start="",
        cues=(),
        mode=Mode.REPS,
        benefits=benefits,
        bone_sites=sites,
        tags=tags,
        group=group,
    )


SQUAT = exercise("squat", Benefit.BONE, Benefit.STRENGTH, sites=(HIP, SPINE))
ROW = exercise("row", Benefit.BONE, Benefit.STRENGTH, sites=(WRIST,))
HEEL = exercise("heel", Benefit.STRENGTH, sites=(HIP,))  # strength, but nobody says that it loads bone
DROP = exercise("drop", Benefit.BONE, sites=(HIP,), tags=(Tag.IMPACT.value,))
STAND = exercise("stand", Benefit.BALANCE, Benefit.BONE, sites=(HIP,), group=Group.BALANCE)
STRETCH = exercise("stretch", Benefit.JOINTS)
LIBRARY = {each.id: each for each in (SQUAT, ROW, HEEL, DROP, STAND, STRETCH)}


def done(
    of: Exercise | str,
    reps: int = 10,
    *,
    ms: Ms = 60_000,
    side: str | None = None,
    load: Load | None = None,
    variant: str = "",
) -> SetDone:
    return SetDone(
        exercise=of if isinstance(of, str) else of.id,
        set=1,
        of=1,
        side=side,
        done_reps=reps,
        done_ms=ms,
        load=load,
        variant=variant,
    )


def session(
    *sets: SetDone,
    at: datetime = MONDAY,
    ms: Ms = 1_800_000,
    ended: str | None = "completed",
    efforts: dict[str, int | None] | None = None,
) -> Trained:
    told = {name: Effort(effort=effort) for name, effort in (efforts or {}).items()}
    return Trained(id=f"{at:%Y-%m-%d}", began=at, routine="r", ms=ms, ended=ended, sets=sets, efforts=told)


def form(kind: Form, at: datetime = MONDAY, *, complete: bool = True, **answers: Answer) -> Answered:
    """A form; in the names of questions "_" stands for the dot."""
    named = {name.replace("_", ".", 1): answer for name, answer in answers.items()}
    return Answered(at=at, form=kind, answers=named, complete=complete)
