"""What holds in every week of the simulated year (`python -m tests.coaching.year` prints it)."""

from __future__ import annotations

from datetime import timedelta

from tests.coaching import year
from tests.coaching.build import LIBRARY
from voice_coach.coaching.impact import MOST_IMPACTS
from voice_coach.coaching.level import level
from voice_coach.coaching.loads import PLATE, Means, fits, heavier, means
from voice_coach.coaching.phases import Phase, phase
from voice_coach.routine import Reps
from voice_coach.safety.impact import impact_allowed
from voice_coach.safety.standing import standing
from voice_coach.script.talk import words

DAYS = tuple(year.days())


def test_the_year_has_its_sessions_its_gaps_and_its_no() -> None:
    numbers = {day.number for day in DAYS}
    assert len(DAYS) > 120 and not numbers & {*year.ILL, *year.AWAY}
    assert any(yes is False for day in DAYS for yes in day.answers)
    assert {day.phase for day in DAYS} >= {"learn", "foundation", "build", "load"}


def test_nothing_is_ever_done_that_the_tier_forbids() -> None:
    for day in DAYS:
        for item in day.items:
            assert not item.exercise.tiers or day.standing.tier in item.exercise.tiers
            for rung in (*item.exercise.easier, *item.exercise.harder):
                assert not rung.tiers or day.standing.tier in rung.tiers


def test_at_most_two_are_raised_each_has_a_reason_and_a_no_changes_nothing() -> None:
    for day in DAYS:
        assert sum(each.needs_yes for each in day.proposals) <= 2
        for each, yes in zip(day.proposals, day.answers, strict=True):
            assert words(each.reason.say, *each.reason.args)
            assert not each.question or words(each.question.id, *each.question.args)
            assert each.needs_yes == (each.question is not None) and (yes is None) != each.needs_yes
            if yes is False:
                exercise = LIBRARY[each.exercise]
                assert level(day.after, exercise, day.at) == level(day.before, exercise, day.at)


def test_no_step_of_a_load_exceeds_its_cap() -> None:
    for day in DAYS:
        for each in day.proposals:
            grams = each.change.get("grams")
            before = level(day.before, LIBRARY[each.exercise], day.at).load if each.exercise in LIBRARY else None
            if each.rule == "up.load" and before and isinstance(grams, int):
                assert grams <= heavier(before.grams, LIBRARY[each.exercise].group)
                assert (grams - before.grams) * 10 <= before.grams or not fits(before.grams)


def test_impact_goes_up_only_behind_strength() -> None:
    """After the illness the gate stays open, by weeks trained; what waits is the step, until Learn is over."""
    learning = []
    for day in DAYS:
        later = day.at + timedelta(minutes=45)
        who = standing(day.after, later)
        if phase(day.after, who, later) is Phase.LEARN:
            learning.append(day)
            assert "up.impact" not in {each.rule for each in day.proposals}
    assert any(not impact_allowed(day.after, day.standing, day.at).missing for day in learning)
    assert any(each.rule == "up.impact" for day in DAYS for each in day.proposals)


def test_what_gaps_took_is_mostly_back_at_the_end_of_the_year() -> None:
    for name in ("goblet_squat", "db_row"):
        loads = [found.grams for day in DAYS if (found := level(day.after, LIBRARY[name], day.at).load)]
        assert loads[-1] * 10 >= max(loads) * 7 and min(loads) * 2 + PLATE >= loads[0], name
    assert any(each.rule == "up.regain" for day in DAYS for each in day.proposals)


def test_fifty_impacts_a_day_are_the_most() -> None:
    for day in DAYS:
        jumped = [item for item in day.items if means(item.exercise) is Means.IMPACT]
        landings = sum(item.sets * item.amount.count for item in jumped if isinstance(item.amount, Reps))
        assert landings <= MOST_IMPACTS
