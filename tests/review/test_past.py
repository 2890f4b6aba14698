"""Sessions of a stretch of time, added up: weeks, months, one routine, one movement; and days as they were written."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.review.people import LIBRARY, MONDAY, ROW, SQUAT, STAND, done, session
from voice_coach.person.model import Effort, Incident, Person, Trained, Trouble
from voice_coach.review.days import first_of, monday_of, month_of, week_of
from voice_coach.review.past import Only, Pain, ahead, by_month, by_week, chosen, months_back, stretch, weeks_back
from voice_coach.routine.model import Load

DAY = MONDAY.date()
KILOS = Load(grams=3_000)


def at(days: int) -> datetime:
    return MONDAY + timedelta(days=days)


def test_a_week_is_what_its_sessions_add_up_to() -> None:
    told = {"squat": Effort(effort=6, pain=3), "row": Effort(effort=7, pain=0)}
    first = session(
        done(SQUAT, 10, load=KILOS), done(SQUAT, 8, load=KILOS), done(ROW, 5, side="left"), done(ROW, 5, side="right")
    )
    person = Person(
        sessions=(
            Trained(id="a", began=at(0), routine="r", ms=1_800_000, ended=None, sets=first.sets, efforts=told),
            session(done(STAND, 0, ms=60_000), at=at(6), ms=600_000, efforts={"stand": 4}),
            session(done(SQUAT), at=at(7)),
        ),
        incidents=(Incident(at=at(6), trouble=Trouble.DIZZY), Incident(at=at(7), trouble=Trouble.FALL)),
    )
    found = stretch(person, LIBRARY, DAY, DAY + timedelta(days=7))
    assert [one.id for one in found.sessions] == ["a", "2026-03-08"]
    assert (found.ms, found.balance_ms) == (2_400_000, 600_000)
    assert (found.sets, found.reps, found.grams) == (4, 28, 54_000)
    assert (tuple(found.efforts), found.effort) == ((6, 7, 4), 17 / 3)
    assert found.pains == (Pain(day=DAY, exercise="squat", level=3),)
    assert [one.trouble for one in found.incidents] == [Trouble.DIZZY]
    assert by_week(person, LIBRARY, DAY, DAY)[0] == found


def test_every_week_and_month_stands_there_the_empty_ones_too() -> None:
    person = Person(sessions=(session(done(SQUAT), at=at(0)), session(done(SQUAT), at=at(21))))
    weeks = by_week(person, LIBRARY, DAY + timedelta(days=3), DAY + timedelta(days=22))
    assert [(one.since, len(one.sessions)) for one in weeks] == [
        (DAY + timedelta(weeks=week), count) for week, count in enumerate((1, 0, 0, 1))
    ]
    assert all(one.until - one.since == timedelta(weeks=1) for one in weeks)
    months = by_month(person, LIBRARY, date(2025, 12, 31), date(2026, 3, 1))
    assert (months[0].since, months[0].until) == (date(2025, 12, 1), date(2026, 1, 1))
    assert [len(one.sessions) for one in months] == [0, 0, 0, 2]
    assert months[0].effort is None


def test_so_many_weeks_and_months_end_today() -> None:
    today = DAY + timedelta(days=4)
    assert len(by_week(Person(), LIBRARY, weeks_back(today, 12), today)) == 12
    assert len(by_month(Person(), LIBRARY, months_back(today, 14), today)) == 14
    assert months_back(today, 14) == date(2025, 2, 1)


def test_only_one_routine_one_movement_some_days() -> None:
    kept = (session(done(SQUAT), done(ROW, 7), at=at(0)), session(done(ROW), at=at(1)), session(done(SQUAT), at=at(2)))
    assert chosen(kept, Only()) == kept
    assert chosen(kept, Only(exercise="squat")) == (kept[0], kept[2])
    assert chosen(kept, Only(since=DAY + timedelta(days=1))) == kept[1:]
    assert chosen(kept, Only(until=DAY + timedelta(days=1))) == kept[:2]
    assert chosen(kept, Only(routine="r")) == kept and chosen(kept, Only(routine="other")) == ()
    (week,) = by_week(Person(sessions=kept), LIBRARY, DAY, DAY, Only(exercise="row"))
    assert (len(week.sessions), week.sets, week.reps) == (2, 2, 17)


def test_what_happened_is_left_out_where_it_belongs_to_another_routine_or_movement() -> None:
    happened = (
        Incident(at=at(0), trouble=Trouble.JOINT_PAIN, session="2026-03-02", exercise="squat"),
        Incident(at=at(0), trouble=Trouble.UNWELL),
    )
    person = Person(sessions=(session(done(SQUAT)),), incidents=happened)

    def troubles(only: Only) -> list[Trouble]:
        return [one.trouble for one in stretch(person, LIBRARY, DAY, DAY + timedelta(days=1), only).incidents]

    assert troubles(Only()) == [Trouble.JOINT_PAIN, Trouble.UNWELL]
    assert troubles(Only(routine="r")) == troubles(Only(exercise="squat")) == [Trouble.JOINT_PAIN]
    assert troubles(Only(exercise="row")) == troubles(Only(until=date(2026, 1, 1))) == []


def test_a_day_is_the_day_where_she_was() -> None:
    """23:30 in Auckland is noon in Berlin; the hour that comes twice in October belongs to its day both times."""
    auckland = datetime(2026, 10, 24, 23, 30, tzinfo=ZoneInfo("Pacific/Auckland"))
    berlin = ZoneInfo("Europe/Berlin")
    twice = [datetime(2026, 10, 25, 2, 30, fold=fold, tzinfo=berlin) for fold in (0, 1)]
    late = datetime(2026, 10, 25, 23, 59, tzinfo=timezone(timedelta(hours=1)))  # Sunday; in UTC, too
    kept = [session(done(SQUAT), at=when) for when in (auckland, *twice, late)]
    first, second = by_week(Person(sessions=kept), LIBRARY, date(2026, 10, 25), date(2026, 10, 26))
    assert (len(first.sessions), len(second.sessions)) == (4, 0)
    assert len(chosen(kept, Only(since=date(2026, 10, 25)))) == 3


def test_what_is_odd_is_counted_where_it_stands() -> None:
    """A session that broke off, a movement that is no more, a clock that was set back or ahead, the ends of time."""
    utc = timezone.utc
    kept = (
        session(done("gone", 5, load=KILOS), at=at(1), ended=None),
        session(done(SQUAT), at=at(0)),
        session(done(SQUAT), at=datetime(1970, 1, 1, tzinfo=utc)),
        session(done(SQUAT), at=datetime(9999, 12, 31, 23, tzinfo=utc)),
        session(done(SQUAT), at=datetime(1, 1, 1, tzinfo=utc)),
    )
    person = Person(sessions=kept)
    (week,) = by_week(person, LIBRARY, DAY, DAY)
    assert (len(week.sessions), week.sets, week.grams) == (2, 2, 15_000)
    assert ahead(kept, DAY) == (kept[0], kept[3])
    for end in (date.min, date.max):
        assert [len(one.sessions) for one in by_week(person, LIBRARY, end, end)] == [1]
        assert [len(one.sessions) for one in by_month(person, LIBRARY, end, end)] == [1]


@given(st.dates())
def test_weeks_and_months_hold_their_days(day: date) -> None:
    assert monday_of(week_of(day)) <= day and (monday_of(week_of(day)).weekday() == 0)
    assert day < monday_of(week_of(day) + 1) or day == date.max or monday_of(week_of(day) + 1) == date.max
    assert first_of(month_of(day)) == day.replace(day=1)
    assert day < first_of(month_of(day) + 1) or first_of(month_of(day) + 1) == date.max


@pytest.mark.parametrize("number, first", [(-1, date.min), (0, date.min), (9_999 * 12, date.max)])
def test_months_beyond_the_calendar_are_its_ends(number: int, first: date) -> None:
    assert first_of(number) == first
