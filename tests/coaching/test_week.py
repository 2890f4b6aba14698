"""What today is for: 48 hours, balance every week, rest always, and never what the standing forbids."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from voice_coach import script
from voice_coach.cli.common import everything
from voice_coach.coaching.week import today
from voice_coach.coaching.week_kinds import Kind
from voice_coach.person.model import Person, SetDone, Trained
from voice_coach.routine.model import Tier
from voice_coach.safety import Reason, Standing, refused

ROUTINES = everything()[0]
NOW = datetime(2026, 3, 4, 10, 0, tzinfo=timezone.utc)
FREE = Standing(tier=Tier.LOW, supported=False, attended=True, sore=False, floor=True)


def trained(routine: str, hours: float) -> Trained:
    done = SetDone(exercise="chair_stand", set=1, of=1, target_reps=8, done_reps=8)
    began = NOW - timedelta(hours=hours)
    return Trained(id="x", began=began, routine=routine, ms=1, ended="completed", sets=(done,), phase="learn")


def test_somebody_new_begins_with_the_first_weeks_and_may_rest() -> None:
    found = today(Person(), FREE, ROUTINES, NOW)
    assert found.options[0].routine == "first_week_chair"
    assert found.options[-1].kind is Kind.REST


def test_the_day_after_strength_is_for_something_lighter() -> None:
    found = today(Person(sessions=(trained("first_week_chair", 24),)), FREE, ROUTINES, NOW)
    assert found.options[0].kind is Kind.BALANCE
    assert script.text(found.say[0]).startswith("Yesterday was strength")


def test_in_a_hold_there_is_breathing_or_rest_alone() -> None:
    found = today(Person(), Standing(hold=(Reason(say="x"),)), ROUTINES, NOW)
    assert [option.kind for option in found.options] == [Kind.BREATHING, Kind.REST]


names = st.sampled_from([*(routine.id for routine in ROUTINES), "gone"])
people = st.lists(st.builds(trained, names, st.floats(-200, 400)), max_size=6).map(lambda each: Person(sessions=each))
standings = st.builds(
    Standing,
    tier=st.sampled_from(Tier),
    gentle=st.booleans(),
    lighter=st.booleans(),
    hold=st.sampled_from([(), (Reason(say="x"),)]),
    hidden=st.frozensets(st.sampled_from(["impact", "floor_transfer", "overhead"])),
)


@given(people, standings, st.booleans())
def test_there_is_always_an_answer_and_never_one_that_is_forbidden(
    person: Person, standing: Standing, busy: bool
) -> None:
    found = today(person, standing, ROUTINES, NOW, busy=busy)
    assert any(option.kind is Kind.REST for option in found.options)
    assert all(script.text(line) for line in found.say)
    by_id = {routine.id: routine for routine in ROUTINES}
    for option in found.options:
        assert option.routine is None or refused(by_id[option.routine], standing) is None
    strong = ("foundation_a", "foundation_b", "band_strength", "dumbbell_a", "dumbbell_b", "hip_spine_bone", "gone")
    if any(0 <= (NOW - s.began).total_seconds() < 48 * 3600 and s.routine in strong for s in person.sessions):
        assert all(option.kind is not Kind.STRENGTH for option in found.options)
