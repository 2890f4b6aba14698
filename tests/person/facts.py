"""Facts about a person for tests, made by Hypothesis: everything a line of the log can say."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from voice_coach.person.lines import Fact
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

BERLIN = timezone(timedelta(hours=1))
AT = datetime(2026, 3, 1, 17, 30, tzinfo=BERLIN)

names = st.text(max_size=12)
answers = st.dictionaries(names, st.text(max_size=8) | st.integers(-1_000, 1_000_000), max_size=5)
loads = st.builds(Load, grams=st.integers(1, 100_000)) | st.builds(Load, label=st.text(min_size=1, max_size=8))


def corrections(
    at: datetime = AT, session: st.SearchStrategy[str] = names, exercise: st.SearchStrategy[str] = names
) -> st.SearchStrategy[Correction]:
    """Any correction that can be told; one amount at least."""
    return st.builds(
        Correction,
        at=st.just(at),
        session=session,
        exercise=exercise,
        set=st.integers(1, 3),
        block=st.sampled_from(["", "Main", "Warm-up"]),
        round=st.integers(0, 2),
        side=st.sampled_from([None, "left", "right"]),
        reps=st.none() | st.integers(0, 999),
        ms=st.none() | st.integers(0, 3_600_000),
        load=st.none() | loads,
        effort=st.none() | st.integers(0, 10),
    ).filter(lambda told: any(each is not None for each in (told.reps, told.ms, told.load, told.effort)))


def facts(at: datetime = AT) -> st.SearchStrategy[Fact]:
    """Any fact that can be told, all at one time."""
    when = st.just(at)
    level = st.none() | st.integers(0, 10)
    return st.one_of(
        st.builds(Answered, at=when, form=st.sampled_from(Form), answers=answers, complete=st.booleans()),
        st.builds(Incident, at=when, trouble=st.sampled_from(Trouble), session=names, exercise=names, level=level),
        st.builds(Clearance, at=when, matter=st.sampled_from(Matter), given=st.booleans()),
        st.builds(Decision, at=when, exercise=names, rule=names, change=answers, accepted=st.none() | st.booleans()),
        st.builds(Measured, at=when, test=names, value=st.integers(0, 100), detail=names),
        st.builds(Weight, at=when, exercise=names, load=loads),
        corrections(at),
    )
