"""The seven promises of a week or a month, worked out by hand; and in a few sentences."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.review.people import DROP, HIP, LIBRARY, MONDAY, SQUAT, STAND, done, form, session
from voice_coach import script
from voice_coach.person.model import Answer, Clearance, Form, Incident, Matter, Measured, Person, Trouble
from voice_coach.review import Promises, months, plain, promises, said, weeks
from voice_coach.review.promises import Told
from voice_coach.session.events import Reason

DAY = timedelta(days=1)
WEEK = (MONDAY.date(), MONDAY.date() + 7 * DAY)
SUNDAY = MONDAY + 6 * DAY
NEXT = MONDAY + 7 * DAY


def of(person: Person, since: date = WEEK[0], until: date = WEEK[1]) -> Promises:
    return promises(person, LIBRARY, since, until)


def test_an_empty_week() -> None:
    week = of(Person())
    assert (week.sessions, week.ms, week.energy, week.stage, week.unrated) == (0, 0, None, None, 0)
    assert not any((week.lifted, week.stands, week.screened, week.incidents, week.stops, week.clearances))
    assert week.joints == week.good == week.sure == Told()
    assert spoken(week) == ["This week is still open. A short session is a good beginning."]


def test_a_week_is_from_monday_to_sunday_by_her_own_calendar() -> None:
    late = (MONDAY - DAY).replace(hour=23, minute=30), SUNDAY.replace(hour=23, minute=30), NEXT.replace(hour=0)
    person = Person(sessions=tuple(session(done(SQUAT), at=at) for at in late))
    before, this, after = weeks(person, LIBRARY, NEXT.date() + 3 * DAY, 3)
    assert [week.since for week in (before, this, after)] == [WEEK[0] - 7 * DAY, WEEK[0], WEEK[1]]
    assert [week.sessions for week in (before, this, after)] == [1, 1, 1]


def test_months_cross_the_year() -> None:
    found = months(Person(), LIBRARY, date(2026, 2, 10), 4)
    assert [(one.since, one.until) for one in found] == [
        (date(2025, 11, 1), date(2025, 12, 1)),
        (date(2025, 12, 1), date(2026, 1, 1)),
        (date(2026, 1, 1), date(2026, 2, 1)),
        (date(2026, 2, 1), date(2026, 3, 1)),
    ]


def full() -> Person:
    strength = session(done(SQUAT), done(SQUAT), done(DROP, 20), efforts={"squat": 6})
    balance = session(done(STAND), at=MONDAY + 2 * DAY, ms=600_000, ended=Reason.DISTRESS.value)
    return Person(
        forms=(
            form(Form.ABOUT, at=MONDAY - 400 * DAY, about_age="58", about_weight="65"),
            form(Form.SCREENING, screening_heart="no"),
            form(Form.SCREENING, complete=False, screening_heart="no"),
            form(Form.DAILY, daily_new="yes", daily_joint=3),
            form(Form.FEELING, feeling_good=5, feeling_sure=6, feeling_joints=2, feeling_next_day=1),
            form(Form.AFTER, feeling_good=7, feeling_sure="not sure", feeling_joints=4),
            form(Form.AFTER, at=NEXT, feeling_good=0, feeling_sure=0, feeling_joints=0),
        ),
        incidents=(Incident(at=MONDAY + 2 * DAY, trouble=Trouble.DIZZY), Incident(at=NEXT, trouble=Trouble.FALL)),
        clearances=(Clearance(at=MONDAY, matter=Matter.TRAINING),),
        sessions=(strength, balance),
        measures=(
            Measured(at=MONDAY, test="chair_stand", value=9),
            Measured(at=MONDAY, test="chair_stand", value=14, detail="with hands"),
            Measured(at=SUNDAY, test="chair_stand", value=10),
            Measured(at=MONDAY, test="four_stage", value=3),
            Measured(at=SUNDAY, test="four_stage", value=2),
        ),
    )


def test_all_of_it() -> None:
    week = of(full())
    assert (week.sessions, week.ms, week.balance_ms) == (2, 2_400_000, 600_000)
    assert (week.bone[HIP].sets, week.bone[HIP].impacts) == (2, 20)
    assert (week.stands, week.stage) == ((9, 10), 3)
    assert week.joints == Told(before=(3, 2), after=(4,), next_day=(1,))
    assert (week.good, week.sure) == (Told(before=(5,), after=(7,)), Told(before=(6,)))
    assert week.screened == (MONDAY.date(),)
    assert [one.trouble for one in week.incidents] == [Trouble.DIZZY]
    assert [one.began for one in week.stops] == [MONDAY + 2 * DAY]
    assert len(week.clearances) == 1


def test_energy_by_the_age_she_is_now_and_what_the_session_was() -> None:
    """She told 58 more than a year ago, so she is 59: the adult formula; 30 minutes of strength and 10 of balance."""
    energy = of(full()).energy
    assert energy is not None
    assert energy.low == pytest.approx(0.8 * 3.5 * 3.5 * 65 * 30 / 200 + 2.3 * 3.5 * 65 * 10 / 200)
    assert energy.high == pytest.approx(1.2 * 3.5 * 3.5 * 65 * 30 / 200 + 2.8 * 3.5 * 65 * 10 / 200)
    told = form(Form.ABOUT, at=MONDAY - 800 * DAY, about_age="58", about_weight="65")
    older = of(Person(forms=(told,), sessions=(session(done(SQUAT)),))).energy
    assert older and older.told == (90, 140), "she is 60 by now"


@pytest.mark.parametrize("answers", [{}, {"about.age": "70"}, {"about.weight": "not sure"}, {"about.weight": "900"}])
def test_no_weight_no_estimate(answers: dict[str, Answer]) -> None:
    about = replace(form(Form.ABOUT), answers=answers)
    assert of(Person(forms=(about,), sessions=(session(done(SQUAT)),))).energy is None


def test_weight_without_age_takes_the_lower_one() -> None:
    person = Person(forms=(form(Form.ABOUT, about_weight="65"),), sessions=(session(done(SQUAT)),))
    energy = of(person).energy
    assert energy and energy.told == (90, 140)


def test_as_json_it_is_plain() -> None:
    found = json.loads(json.dumps(plain(weeks(full(), LIBRARY, SUNDAY.date(), 1))))[0]
    assert (found["since"], found["until"]) == ("2026-03-02", "2026-03-09")
    assert found["bone"]["hip"] == {"sets": 2, "impacts": 20}
    assert found["energy"]["low_kcal"] % 10 == 0 and found["incidents"][0]["trouble"] == "dizzy"
    assert found["incidents"][0]["at"] == "2026-03-04T09:00:00+01:00"
    assert found["lifted"][0]["label"] == "as written" and found["stands"] == [9, 10]


def spoken(week: Promises) -> list[str]:
    return [script.text(line) for line in said(week)]


def test_a_week_in_sentences() -> None:
    assert spoken(of(full())) == [
        "This week: two sessions, forty minutes.",
        "Two sets of bone-loading work.",
        "Twenty soft impacts for your hips.",
        "Ten minutes of balance practice.",
        "My estimate is about one hundred and twenty to one hundred and eighty calories.",
        "It is all in your diary. Please show it to your doctor or physiotherapist.",
    ]


def test_what_is_nothing_is_left_out_and_what_is_too_much_has_no_words() -> None:
    (week,) = weeks(Person(sessions=(session(done("her own")),)), LIBRARY, SUNDAY.date(), 1)
    assert len(spoken(week)) == 2
    about = form(Form.ABOUT, about_weight="150")
    long = Person(forms=(about,), sessions=(session(done(SQUAT), ms=20_000_000),) * 300)
    assert spoken(weeks(long, LIBRARY, SUNDAY.date(), 1)[0])[0].startswith(
        "This week: three hundred sessions, nine hun"
    )
    assert not any("estimate" in sentence for sentence in spoken(of(long)))
