"""`voice-coach today` in the terminal: the day, the week as a table, and why there is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tests.cli import visiting
from tests.cli.home import Done, Home
from voice_coach.script.week import day_of_week

Coach = Callable[..., Done]


def known(home: Home, **changed: str) -> None:
    home.log.parent.mkdir(parents=True)
    visiting.Home(home.log).well_known(datetime.now().astimezone(), **changed)


def test_the_week_is_a_table_of_seven_days(home: Home, coach: Coach) -> None:
    known(home)
    done = coach("today", "--week")
    assert done.code == 0, done.err
    assert done.lines[0].startswith("Strength is for today")
    rows = done.lines[-7:]
    assert rows[0].startswith("Today") and "First-week chair strength" in rows[0]
    assert [row.split()[0] for row in rows[1:]] == [
        day_of_week((datetime.now().weekday() + number) % 7) for number in range(1, 7)
    ]
    assert all("Ten-minute bone snack" in row for row in rows)


def test_with_little_time_the_short_one_comes_first(home: Home, coach: Coach) -> None:
    known(home)
    done = coach("today", "--busy")
    assert done.code == 0, done.err
    assert done.lines[0] == "When time is short, ten minutes are enough."
    assert next(line for line in done.lines if line.startswith("  ")).startswith("  Ten-minute bone snack")


def test_where_training_waits_the_week_says_why(home: Home, coach: Coach) -> None:
    known(home, pressure="yes")
    done = coach("today", "--week")
    assert done.code == 0, done.err
    assert done.lines[0] == "That is because of what you said about your blood pressure."
    assert "Tuesday" not in done.out and "Quiet breathing" in done.out
