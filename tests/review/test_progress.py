"""`progress` as it is read: fits 80 columns, says what it is not, and nothing in a log can steer the terminal."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from rich.console import Console

from tests.review.people import LIBRARY, MONDAY, ROW, SQUAT, done, form, session
from tests.review.test_promises import full
from voice_coach.person.model import Form, Incident, Person, Trouble
from voice_coach.review import Promises, months, show_progress, weeks
from voice_coach.review.work import lifted
from voice_coach.routine.model import Load

SUNDAY = (MONDAY + timedelta(days=6)).date()


def shown(person: Person, *, count: int = 2, monthly: bool = False, width: int = 80, today: date = SUNDAY) -> str:
    stretches: Sequence[Promises] = (months if monthly else weeks)(person, LIBRARY, today, count)
    sets = [row for one in person.sessions for row in one.sets]
    file = io.StringIO()
    show_progress(Console(file=file, width=width), stretches, lifted(sets, LIBRARY), monthly=monthly)
    return file.getvalue()


def row(text: str, start: str, table: int = 0) -> str:
    """The line of a table that begins like this, with single spaces."""
    return " ".join([line for line in text.splitlines() if line.startswith(start)][table].split())


def test_a_week_of_everything() -> None:
    text = shown(full())
    assert row(text, "2026-03-02", 0) == "2026-03-02 2 40 10 120 to 180 kcal"
    assert row(text, "2026-03-02", 1) == "2026-03-02 2 2 - 20 -"
    assert row(text, "2026-03-02", 2) == "2026-03-02 2.5 / 4 1 5 / 7 6 / -"
    assert row(text, "2026-02-23", 0) == "2026-02-23 - - - -"
    assert "Chair stands in 30 seconds: 2026-03-02: 9, 10." in text
    assert "held for 10 seconds, of four: 2026-03-02: 3." in " ".join(text.split())
    assert row(text, "Squat") == "Squat as written 2 20 2:00"
    assert "Health questions answered: 2026-03-02." in text
    assert "A clinician's yes, as you told it: 2026-03-02 (training)." in text
    assert "What happened: 2026-03-04 dizzy." in text
    assert "Sessions that ended because of it: 2026-03-04." in text


def test_it_says_what_it_is_not() -> None:
    for person in (Person(), full()):
        text = " ".join(shown(person).split())
        assert "It cannot tell how your bones or your health are" in text
        assert "not for emergencies" in text and "show it to your doctor or physiotherapist" in text


def test_nobody_yet() -> None:
    text = shown(Person())
    assert "What happened: nothing was told." in text and "Movements" not in text and "Chair stands" not in text
    assert "weight" not in text, "there is nothing to estimate yet"


def test_without_a_weight_it_says_why_there_is_no_estimate() -> None:
    assert "There is no estimate of energy without your weight." in shown(Person(sessions=(session(done(SQUAT)),)))


def test_an_estimate_without_an_age_says_that_it_is_the_lower_one() -> None:
    weight = form(Form.ABOUT, about_weight="65")
    said = "Your age is not known, so the lower estimate is shown."
    assert said in shown(Person(forms=(weight,), sessions=(session(done(SQUAT)),)))
    assert said not in shown(full())


def test_months_and_loads() -> None:
    heavy = done(ROW, 10, load=Load(grams=2_500))
    text = shown(Person(sessions=(session(heavy, heavy),)), monthly=True, count=3)
    assert row(text, "2026-03") == "2026-03 1 30 - -" and row(text, "2026-01") == "2026-01 - - - -"
    assert row(text, "Row") == "Row weights 2 20 50 2:00"


def test_the_same_again_is_told_once_with_how_often() -> None:
    sore = Incident(at=MONDAY, trouble=Trouble.JOINT_PAIN, exercise="chair_stand", level=4)
    text = " ".join(shown(Person(incidents=(sore, sore, replace(sore, level=None)))).split())
    assert "2026-03-02 joint pain (4 of 10) at chair stand, 2 times, 2026-03-02 joint pain at chair stand." in text


def test_it_fits_and_nothing_steers_the_terminal() -> None:
    nasty = "\x1b[31m[bold]\u202e" + "x" * 90
    sets = (done(SQUAT, 1_000, load=Load(label=nasty)), done(SQUAT, variant=nasty))
    sore = Incident(at=MONDAY, trouble=Trouble.FALL, exercise=nasty)
    person = replace(full(), sessions=(session(*sets, efforts={"squat": 9}),) * 40, incidents=(sore,))
    for width in (80, 60):
        text = shown(person, width=width)
        assert max(map(len, text.splitlines())) <= width
        assert "\x1b" not in text and "\u202e" not in text and "[bold]" in text
