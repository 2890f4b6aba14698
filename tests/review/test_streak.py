"""Weeks in a row: what counts, what breaks, and what does neither."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from tests.coaching.build import NO_TROUBLE
from tests.coaching.year import AWAY, ILL
from tests.review.people import MONDAY, SQUAT, done, form, session
from voice_coach.person.model import Answered, Clearance, Form, Incident, Matter, Person, Trained, Trouble
from voice_coach.review.calendar import calendar
from voice_coach.review.streak import Spell, spells, streak

DAY = MONDAY.date()


def at(days: int) -> datetime:
    return MONDAY + timedelta(days=days)


def on(*days: int) -> tuple[Trained, ...]:
    return tuple(session(done(SQUAT), at=at(day)) for day in days)


def told(trouble: Trouble, day: int) -> Incident:
    return Incident(at=at(day), trouble=trouble)


def row(person: Person, day: int) -> tuple[int, int, int]:
    found = streak(person, DAY + timedelta(days=day))
    return found.weeks, found.best, found.this_week


@pytest.mark.parametrize(
    "sessions, today, expected",
    [
        ((), 3, (0, 0, 0)),
        ((0,), 3, (0, 0, 1)),
        ((0, 2), 3, (1, 1, 2)),
        ((0, 2, 7, 9), 10, (2, 2, 2)),
        ((0, 2, 7, 9), 20, (2, 2, 0)),  # the running week is not over
        ((0, 2, 7, 9), 21, (0, 2, 0)),  # it is over, and was empty
        ((0, 2, 14, 16), 18, (1, 1, 2)),
        ((0, 0), 3, (1, 1, 2)),  # two on one day are two
    ],
)
def test_weeks_with_two_sessions_count(sessions: tuple[int, ...], today: int, expected: tuple[int, ...]) -> None:
    assert row(Person(sessions=on(*sessions)), today) == expected


def test_the_goal_may_be_another() -> None:
    person = Person(sessions=on(0, 2, 4, 7, 9))
    assert streak(person, DAY + timedelta(days=9), goal=3).weeks == 1
    assert streak(person, DAY + timedelta(days=9), goal=1).weeks == 2


@pytest.mark.parametrize("trouble", [Trouble.UNWELL, Trouble.DIZZY, Trouble.FALL, Trouble.HOSPITAL])
def test_a_week_of_illness_or_of_a_lock_neither_counts_nor_breaks(trouble: Trouble) -> None:
    person = Person(sessions=on(0, 2, 14, 16), incidents=(told(trouble, 7),))
    yes = Clearance(at=at(13), matter=Matter.TRAINING)
    found = streak(Person(sessions=person.sessions, incidents=person.incidents, clearances=(yes,)), at(17).date())
    assert (found.weeks, found.best) == (2, 2)
    assert found.spared == (DAY + timedelta(weeks=1),)


@pytest.mark.parametrize("trouble", [Trouble.JOINT_PAIN, Trouble.SHARP_PAIN])
def test_a_joint_that_hurts_leaves_other_movements(trouble: Trouble) -> None:
    assert row(Person(sessions=on(0, 2, 14, 16), incidents=(told(trouble, 7),)), 17) == (1, 1, 2)


def test_an_illness_lasts_until_the_next_session_and_two_weeks_at_most() -> None:
    person = Person(sessions=on(0, 2, 30, 32), incidents=(told(Trouble.UNWELL, 3),))
    assert spells(person, at(40).date()) == (Spell(first=at(3).date(), last=at(16).date(), trouble=Trouble.UNWELL),)
    assert row(person, 32) == (1, 1, 2), "the week from day 21 on had no excuse"
    short = Person(sessions=on(0, 2, 9, 14, 16), incidents=(told(Trouble.UNWELL, 3),))
    assert spells(short, at(40).date())[0].last == at(9).date()
    assert row(short, 17)[0] == 2


def test_a_lock_lasts_until_a_clinician_has_said_yes() -> None:
    locked = Person(sessions=on(0, 2), incidents=(told(Trouble.FALL, 3),))
    assert spells(locked, at(100).date())[0].last == at(100).date()
    assert row(locked, 100)[0] == 1
    no = Clearance(at=at(20), matter=Matter.TRAINING, given=False)
    load = Clearance(at=at(20), matter=Matter.LOAD)
    before = Clearance(at=at(1), matter=Matter.TRAINING)
    kept = Person(sessions=locked.sessions, incidents=locked.incidents, clearances=(no, load, before))
    assert spells(kept, at(100).date())[0].last == at(100).date()


def test_a_hold_by_the_health_questions_excuses_until_the_next_ones() -> None:
    held = Answered(at=at(7), form=Form.SCREENING, answers={**NO_TROUBLE, "screening.chest": "yes"})
    free = Answered(at=at(20), form=Form.SCREENING, answers=NO_TROUBLE)
    person = Person(sessions=on(0, 2, 21, 23), forms=(held, free))
    assert spells(person, at(30).date()) == (Spell(first=at(7).date(), last=at(20).date(), trouble=None),)
    assert row(person, 24)[0] == 2
    broken_off = form(Form.SCREENING, at(7), screening_bones=0)
    assert spells(Person(forms=(broken_off,)), at(30).date()) == (), "unfinished is no illness"


def test_dates_ahead_and_at_the_ends_of_time_break_nothing() -> None:
    utc = timezone.utc
    odd = (datetime(1, 1, 1, tzinfo=utc), datetime(9999, 12, 31, tzinfo=utc), datetime(1970, 1, 1, tzinfo=utc))
    person = Person(
        sessions=(*on(0, 2), *(session(done(SQUAT), at=when) for when in odd)),
        incidents=tuple(Incident(at=when, trouble=Trouble.UNWELL) for when in odd),
    )
    assert row(person, 3) == (1, 1, 2)
    assert streak(person, date.max).best == 1
    assert len(calendar(person, date.max, date.max)) == 1 and len(calendar(person, date.min, date.min)) == 1


def test_a_year_with_ten_days_of_illness_and_five_weeks_away() -> None:
    """Three times a week, as in the simulated year: the illness keeps the row, the journey ends it."""
    there = [day for day in range(52 * 7) if day % 7 in (0, 2, 4) and day not in ILL and day not in AWAY]
    person = Person(sessions=on(*there), incidents=(told(Trouble.UNWELL, ILL.start),))
    before = streak(person, at(AWAY.start - 1).date())
    assert (before.weeks, before.spared) == (33, (at(ILL.start).date(), at(ILL.start + 7).date()))
    assert row(person, 52 * 7 - 1) == (12, 33, 3)


def test_the_calendar_has_whole_weeks_with_what_was_done_and_what_kept_her() -> None:
    person = Person(sessions=on(0, 2, 2), incidents=(told(Trouble.UNWELL, 3), told(Trouble.UNWELL, 3)))
    first, second = calendar(person, at(1).date(), at(8).date())
    assert [day.date for day in first] == [DAY + timedelta(days=offset) for offset in range(7)]
    assert [len(day.routines) for day in first] == [1, 0, 2, 0, 0, 0, 0]
    assert first[2].ms == 3_600_000 and first[2].routines == ("r", "r")
    assert first[3].troubles == (Trouble.UNWELL,)
    assert [day.spared for day in (*first, *second)] == [False] * 3 + [True] * 6 + [False] * 5
