"""Facts about a person for tests, made by Hypothesis: everything a line of the log can say."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from voice_coach.person.lines import Fact
from voice_coach.person.model import (
    Answered,
    Clearance,
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
    )
