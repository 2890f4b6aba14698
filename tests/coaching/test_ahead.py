"""The week that lies ahead: drawn by the rules of each day, told in few sentences, and never more than they allow."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coaching.build import ROUTINES, standing
from voice_coach import script
from voice_coach.coaching.ahead import DAYS, Day, told, week
from voice_coach.coaching.week import today
from voice_coach.coaching.week_kinds import Kind
from voice_coach.person.model import Person, SetDone, Trained
from voice_coach.routine import Tier
from voice_coach.safety import Reason, Standing, refused

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=timezone.utc)
ALL = list(ROUTINES.values())
DAY = timedelta(days=1)


def trained(routine: str, at: datetime) -> Person:
    done = SetDone(exercise="chair_stand", set=1, of=1, target_reps=8, done_reps=8)
    return Person(sessions=(Trained(id="x", began=at, routine=routine, ms=1, ended="completed", sets=(done,)),))


def kinds(days: tuple[Day, ...]) -> list[str]:
    return [each.kind.value if each.kind else "" for each in days]


def said(days: tuple[Day, ...], who: Standing) -> list[str]:
    return [script.text(line) for line in told(days, who)]


def test_a_week_of_the_free_level_in_four_sentences() -> None:
    who = standing(Tier.LOW)
    found = week(Person(), who, ALL, MONDAY)
    assert kinds(found) == ["strength", "impact", "balance", "strength", "impact", "", ""]
    assert said(found, who) == [
        "Strength is for today and Thursday.",
        "Balance is for Wednesday.",
        "Short, light impacts are for tomorrow and Friday.",
        "The other days are free, and what does not fit simply moves.",
    ]
    assert {each.short for each in found} == {"bone_snack_10"}


def test_what_was_done_today_is_told_as_done_and_the_rest_moves_behind_it() -> None:
    who = standing(Tier.MODERATE)
    found = week(trained("first_week_chair", MONDAY - timedelta(hours=2)), who, ALL, MONDAY)
    assert found[0].done and found[0].title == "First-week chair strength"
    assert said(found, who)[0] == "Today you have trained already."
    assert "Strength is for Thursday." in said(found, who)


def test_where_training_waits_there_is_no_week_but_a_reason() -> None:
    who = standing(Tier.HIGH, hold=(Reason(say="standing.after_fall"),))
    assert week(Person(), who, ALL, MONDAY) == ()
    assert said((), who) == [
        "Today there is quiet breathing, or rest.",
        "After your fall, training waits until a doctor has said yes.",
    ]


def test_a_gentle_day_is_of_today_alone() -> None:
    who = standing(Tier.LOW, gentle=True)
    found = week(Person(), who, ALL, MONDAY)
    assert found[0].kind is None and "strength" in kinds(found[1:])
    assert said(found, who)[0] == "Today is for gentle movement, or for rest."


def test_impact_is_in_it_only_where_it_is_in_reach() -> None:
    assert "impact" not in kinds(week(Person(), standing(Tier.LOW, hidden=frozenset({"impact"})), ALL, MONDAY))


@pytest.mark.parametrize("tier", Tier)
@settings(deadline=None, max_examples=40)
@given(
    days=st.lists(st.tuples(st.sampled_from([*ROUTINES, "gone"]), st.floats(0.1, 9)), max_size=5),
    start=st.integers(0, 6),
)
def test_no_day_is_more_than_the_rules_of_that_day_allow(tier: Tier, days: list[tuple[str, float]], start: int) -> None:
    now, who = MONDAY + start * DAY, standing(tier)
    past = [trained(name, now - ago * DAY).sessions[0] for name, ago in sorted(days, key=lambda each: -each[1])]
    person = Person(sessions=tuple(past))
    found = week(person, who, ALL, now)
    assert [each.day for each in found] == [(now + number * DAY).date() for number in range(DAYS)]
    ahead = [each for each in found if not each.done]
    strong = [each.day for each in ahead if each.kind is Kind.STRENGTH]
    assert all((later - earlier).days >= 2 for earlier, later in pairwise(strong))
    assert len(strong) <= 3  # two in any seven days; the first and the last day of eight may both be one
    for each in ahead:
        for name in filter(None, (each.routine, each.short)):
            assert refused(ROUTINES[name], who) is None
    assert 1 <= len(told(found, who)) <= 5
    first = today(person, who, ALL, now).options[0]
    assert found[0].done or found[0].routine in ("", first.routine)
