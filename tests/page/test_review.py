"""The review: the figures of the log stand on the page, and each drawing says what it shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from tests.coaching.build import LIBRARY
from tests.page.made import Made
from tests.page.reading import read_page
from tests.review.lines import record, set_of, tell
from tests.review.people import MONDAY
from voice_coach.page import read, review_page
from voice_coach.page.review import EMPTY
from voice_coach.person.model import Measured
from voice_coach.review.history import history
from voice_coach.review.past import by_month, by_week

SECTIONS = ["last", "weeks", "movements", "tests", "feelings", "years", "about"]


def test_every_section_is_there_in_order_under_ids_of_its_own(made: Made) -> None:
    found = read_page(made.page.read_text(encoding="utf-8"))
    assert [given.get("id") for tag, given in found.tags if tag == "section"] == SECTIONS
    assert [name for name, count in Counter(found.ids).items() if count > 1] == []


def test_nothing_is_asked_for_and_nothing_can_run(made: Made) -> None:
    tags = read_page(made.page.read_text(encoding="utf-8")).tags
    assert not {tag for tag, _ in tags} & {"script", "link", "img", "iframe", "form", "object", "embed"}
    assert not {name for _, given in tags for name in given if name.startswith("on") or name in ("src", "style")}
    assert {given["href"] for _, given in tags if "href" in given} == {"#content"}


def test_each_drawing_says_what_it_shows(made: Made) -> None:
    tags = read_page(made.page.read_text(encoding="utf-8")).tags
    drawn = [given for tag, given in tags if tag == "svg" and given.get("class") != "key"]
    assert len(drawn) > 20
    assert all(given.get("role") == "img" and given.get("aria-labelledby") for given in drawn)


def test_the_last_session_as_planned_as_done_and_as_said(made: Made) -> None:
    found = read_page(made.page.read_text(encoding="utf-8"))
    assert made.diary.newest is not None
    summary = made.diary.newest[1]
    _, *sets = found.tables["Every planned set and what was done"]
    assert [row[0] for row in sets] == [each.name for each in summary.sets]
    _, *said = found.tables["What was said or typed"]
    assert [row[2] for row in said] == ["what's next", "pause", "go on", "easier", "more rest", "how many left", "yes"]
    assert f"{summary.sets_done} of {summary.sets_planned} planned sets" in found.text


def test_the_weeks_are_those_of_the_log(made: Made) -> None:
    found = read_page(made.page.read_text(encoding="utf-8"))
    weeks = by_week(made.diary.person, LIBRARY, made.diary.since, made.diary.today)
    assert len(weeks) == 12
    _, *rows = found.tables["Minutes of training"]
    assert [int(row[1]) for row in rows] == [round(one.ms / 60_000) for one in weeks]
    _, *days = found.tables["Calendar of the last weeks"]
    assert sum(cell.count("●") for row in days for cell in row) == len({one.began.date() for one in made.diary.lately})
    assert "◆" in "".join(cell for row in days for cell in row)


def test_a_movement_has_its_load_its_reps_and_its_rung(made: Made) -> None:
    found = read_page(made.page.read_text(encoding="utf-8"))
    _, *rows = found.tables["Goblet squat"]
    points = history(made.diary.lately, "goblet_squat")
    loads = [point.best.load.grams / 1000 if point.best.load else 0 for point in points]
    assert len(set(loads)) > 1
    for row, load, point in zip(rows, loads, points, strict=True):
        assert row[2].startswith(f"{load:g} kg, {point.best.done_reps} repetition")
        assert row[1] == str(point.sets) and len(row) == 5
    _, *raises = found.tables["Heel raise"]
    assert any("harder: " in row[2] for row in raises)


def test_the_months_add_up_to_all_sessions(made: Made) -> None:
    found = read_page(made.page.read_text(encoding="utf-8"))
    _, *rows = found.tables["Every month, the newest first"]
    assert sum(int(row[1]) for row in rows) == len(made.diary.person.sessions)
    first = min(one.began.date() for one in made.diary.person.sessions)
    assert len(rows) == len(by_month(made.diary.person, LIBRARY, first, made.diary.today))


def test_feelings_before_and_after_and_tests_stand_in_tables(made: Made) -> None:
    found = read_page(made.page.read_text(encoding="utf-8"))
    assert found.tables["Feeling good"][0] == ["Day", "Before", "After"]
    assert found.tables["Sore joints"][0][-1] == "Day after the last one"
    stands = [each for each in made.diary.person.measures if each.test == "chair_stand"]
    assert [int(row[1]) for row in found.tables["Chair stand, thirty seconds"][1:]] == [each.value for each in stands]


def test_an_empty_log_is_a_friendly_page(tmp_path: Path) -> None:
    (tmp_path / "log").touch()
    found = read_page(review_page(read(tmp_path / "log", LIBRARY, MONDAY)))
    assert EMPTY in found.text and "physiotherapist" in found.text


def test_a_session_that_broke_off_with_a_movement_nobody_knows(tmp_path: Path) -> None:
    path = tmp_path / "log"
    first = [(60_000, "set", set_of("rope_climb", name="Rope climb")), (70_000, "distress", {"intent": "dizzy"})]
    record(path, MONDAY, first, end=None)
    path.write_bytes(path.read_bytes()[:-9])
    record(path, MONDAY + timedelta(hours=1), [(60_000, "set", set_of("rope_climb", name="Rope climb"))], end=None)
    found = read_page(review_page(read(path, LIBRARY, MONDAY + timedelta(hours=2))))
    assert "The log breaks off before its end." in found.text and "1 line of the log could not be read" in found.text
    assert [row[0] for row in found.tables["What you did"]] == ["Movement", "Rope climb"]
    assert [row[0] for row in found.tables["What else was done"]] == ["Movement", "Rope climb"]


def test_one_session_and_one_test_are_enough_for_a_page(tmp_path: Path) -> None:
    path = tmp_path / "log"
    record(path, MONDAY, [(60_000, "set", set_of("squat"))])
    tell(path, MONDAY, Measured(at=MONDAY, test="chair_stand", value=9), Measured(at=MONDAY, test="of later", value=1))
    found = read_page(review_page(read(path, LIBRARY, MONDAY + timedelta(hours=1))))
    assert "9 stands on 2 Mar 2026." in found.text
    assert len(found.tables["Calendar of the last weeks"]) == 1 + 4  # no twelve empty weeks for a young log
    assert [given.get("id") for tag, given in found.tags if tag == "section"] == [
        "last",
        "weeks",
        "movements",
        "tests",
        "about",
    ]


def test_a_log_that_ends_in_a_year_of_nonsense(tmp_path: Path) -> None:
    path = tmp_path / "log"
    for number, year in enumerate((1, 1970, 2026, 9999)):
        there = datetime(year, 3, 2, 9, 0, tzinfo=timezone.utc)
        record(path, there, [(60_000, "set", set_of("squat"))], name=f"s{number}")
    diary = read(path, LIBRARY, MONDAY + timedelta(hours=1))
    found = read_page(review_page(diary))
    assert "1 session is dated ahead of today" in found.text
    assert len(found.tables["Every month, the newest first"]) == 121
    for weeks in (1, 52):
        assert "<h1>" in review_page(replace(diary, weeks=weeks))
