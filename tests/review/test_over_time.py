"""Weeks, months and movements as a reader sees them: 80 columns, without colour and without blocks, too."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from tests.review.lines import Data, record, set_of
from tests.review.people import LIBRARY, MONDAY, ROW, SQUAT, STAND, done, session
from voice_coach.journal import load
from voice_coach.person.model import Effort, Incident, Person, Trained, Trouble
from voice_coach.review import known, show, summarise
from voice_coach.review.bars import bars
from voice_coach.review.history import history
from voice_coach.review.over_time import best, show_history, show_streak, show_stretches
from voice_coach.review.past import by_month, by_week
from voice_coach.review.streak import Streak
from voice_coach.review.terminal import show_chosen
from voice_coach.routine.model import Load, Ms

DAY = MONDAY.date()
KILOS = Load(grams=2_500)


def person() -> Person:
    """Three weeks, of which the second is empty; in the last one her knee hurt and she was dizzy."""
    first = session(done(SQUAT, 10, load=KILOS), done(STAND, 0), efforts={"squat": 5})
    last = replace(
        session(done(SQUAT, 12, load=KILOS), done("gone_now", 3), at=MONDAY + timedelta(days=15), ms=3_000_000),
        efforts={"squat": Effort(effort=8, pain=4)},
        ended=None,
    )
    dizzy = Incident(at=last.began, trouble=Trouble.DIZZY)
    return Person(sessions=(first, replace(first, id="b", ms=60_000), last), incidents=(dizzy,))


def printed(show: Callable[[Console], None], *, width: int = 80, encoding: str = "utf-8", colour: bool = False) -> str:
    """What a terminal, or a pipe without colour, is given."""
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="\n")
    show(Console(file=file, width=width, force_terminal=colour, color_system="truecolor" if colour else None))
    file.flush()
    return raw.getvalue().decode(encoding)


def weeks(console: Console) -> None:
    show_stretches(console, by_week(person(), LIBRARY, DAY, DAY + timedelta(days=15)), monthly=False)


def months(console: Console) -> None:
    show_stretches(console, by_month(person(), LIBRARY, DAY, DAY), monthly=True)


def squats(console: Console) -> None:
    show_history(console, "Squat", history(person().sessions, "squat"))


def in_a_row(console: Console) -> None:
    spared = tuple(date(2026, 1, 5) + timedelta(weeks=week) for week in range(5))
    show_streak(console, Streak(goal=2, weeks=4, best=9, this_week=1, spared=spared))


VIEWS = (weeks, months, squats, in_a_row)


def rows(text: str, start: str) -> list[str]:
    """The lines that begin like this, with single spaces."""
    return [" ".join(line.split()) for line in text.splitlines() if line.startswith(start)]


def test_weeks_with_their_figures_and_bars() -> None:
    text = printed(weeks)
    assert rows(text, "2026-03-02") == [f"2026-03-02 2 31 16 {'█' * 12}▍", f"2026-03-02 4 20 50 5 - - {'█' * 10}"]
    assert rows(text, "2026-03-09") == ["2026-03-09 - - -", "2026-03-09 - - - - - -"]
    assert rows(text, "2026-03-16") == [f"2026-03-16 1 50 - {'█' * 20}", "2026-03-16 2 15 30 8 4 1 ██████"]
    assert "Pain that you told of: 2026-03-17 squat (4 of 10)." in text
    assert "What happened: 2026-03-17 dizzy." in text


def test_months_are_named_by_their_month() -> None:
    assert rows(printed(months), "2026-03")[0] == f"2026-03 3 81 16 {'█' * 20}"


def test_one_movement_by_its_days() -> None:
    text = printed(squats)
    assert "Squat: done on 2 days." in text
    assert rows(text, "2026-03-02") == ["2026-03-02 2 20 10 reps, 2.5 kg 5 - ██████████"]
    assert rows(text, "2026-03-17") == ["2026-03-17 1 12 12 reps, 2.5 kg 8 4 ██████████"]
    short = printed(lambda console: show_history(console, "Squat", history(person().sessions, "squat"), 1))
    assert "2026-03-02" not in short and "1 earlier days are not listed." in short


def test_the_row_of_weeks_is_told_as_a_fact() -> None:
    text = " ".join(printed(in_a_row).split())
    assert text == (
        "4 weeks in a row with 2 sessions or more. Your longest row is 9. Not counted, for your health: the week of"
        " 2026-01-19, 2026-01-26, 2026-02-02 and 2 before. This week so far: 1 session."
    )
    first = printed(lambda console: show_streak(console, Streak(goal=2, weeks=0, best=0, this_week=0, spared=())))
    assert first == "This week so far: 0 sessions.\n"
    again = printed(lambda console: show_streak(console, Streak(goal=2, weeks=0, best=3, this_week=2, spared=())))
    assert again.startswith("Your longest row of weeks with 2 sessions or more is 3.\n")


@pytest.mark.parametrize("width", [80, 60, 40])
@pytest.mark.parametrize("view", VIEWS)
def test_fits_the_width(view: Callable[[Console], None], width: int) -> None:
    assert max(map(len, printed(view, width=width).splitlines())) <= width


@pytest.mark.parametrize("view", VIEWS)
def test_plain_terminals_get_plain_text(view: Callable[[Console], None]) -> None:
    text = printed(view, encoding="ascii")
    assert text.isascii() and "\x1b" not in text
    assert ("#" in text) == ("█" in printed(view))


@pytest.mark.parametrize("view", VIEWS)
def test_colour_changes_nothing_but_the_colour(view: Callable[[Console], None]) -> None:
    assert re.sub(r"\x1b\[[0-9;]*m", "", printed(view, colour=True)) == printed(view)


@pytest.mark.parametrize(
    "values, plain, expected",
    [
        ([0, 50, 100, 1], False, ["", "██", "████", "▏"]),
        ([0, 50, 100, 1], True, ["", "##", "####", "#"]),
        ([0.0, 0.0], False, ["", ""]),
        ([], False, []),
        ([-1, 3], False, ["", "████"]),
    ],
)
def test_bars(values: list[float], plain: bool, expected: list[str]) -> None:
    assert bars(values, 4, plain=plain) == expected


def test_a_set_in_words() -> None:
    assert best(done(ROW, 1, load=Load(label="red band"))) == "1 rep, red band"
    held = replace(done(STAND, 0, ms=20_400), rung=1, variant="Eyes closed.", completed=False)
    assert best(held) == "20 s, harder: Eyes closed., not finished"


def test_the_sessions_that_were_asked_for_keep_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "log"
    for day in range(3):
        effort: Data = {"exercise": "squat", "effort": 6, "reserve": 4, "pain": 0}
        record(
            path,
            MONDAY + timedelta(days=day),
            [(60_000, "set", set_of("squat")), (61_000, "effort", effort)],
            name=f"s{day}",
        )
    log = load(path, lean=True)
    text = printed(lambda console: show_chosen(console, log, known(log).sessions[:2], 1))
    assert "2 of 3 sessions." in text and "1 earlier ones are not listed." in text
    assert rows(text, "2  ") == ["2 2026-03-03 tiny 10:00 1 6 0 completed"]
    none: tuple[Trained, ...] = ()
    assert printed(lambda console: show_chosen(console, log, none)) == "0 of 3 sessions.\n"


def test_one_session_tells_what_she_said_of_each_movement(tmp_path: Path) -> None:
    path = tmp_path / "log"
    told: list[tuple[Ms, str, Data]] = [
        (61_000, "effort", {"exercise": "squat", "effort": 6, "reserve": 4, "pain": None}),
        (70_000, "pain", {"exercise": "gone", "level": 5}),
    ]
    record(path, MONDAY, [(60_000, "set", set_of("squat", name="Deep squat")), *told])
    text = printed(lambda console: show(console, summarise(load(path).find("last"))))
    assert rows(text, "Deep squat")[-1] == "Deep squat 6 4 or more -"
    assert rows(text, "gone") == ["gone - - 5"]
