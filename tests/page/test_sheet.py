"""The sheet for a clinician: what it counts can be worked out on paper, in HTML and PDF alike."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pypdf
import pytest

from tests.coaching.build import LIBRARY, NO_TROUBLE
from tests.page.made import Made
from tests.page.reading import read_page
from tests.review.lines import Data, record, set_of, tell
from tests.review.people import MONDAY
from voice_coach.page import Sheet, read, sheet, sheet_page, sheet_pdf
from voice_coach.page.sheet import Part, level
from voice_coach.person.lines import Fact
from voice_coach.person.model import Answer, Answered, Clearance, Form, Incident, Matter, Measured, Trouble
from voice_coach.routine import Tier
from voice_coach.safety.screening import next_question

NOW = MONDAY + timedelta(days=10)


def _screened(**answers: Answer) -> Answered:
    given: dict[str, Answer] = {f"screening.{name}": answer for name, answer in answers.items()}
    while question := next_question(given):
        given[question.id] = NO_TROUBLE.get(question.id, "no")
    return Answered(at=MONDAY, form=Form.SCREENING, answers=given)


def _made(path: Path, *facts: Fact, sessions: int = 1, now: datetime = NOW) -> Sheet:
    tell(path, MONDAY, *facts)
    for number in range(sessions):
        began = MONDAY + timedelta(days=number)
        records: list[tuple[int, str, Data]] = [
            (100_000, "set", set_of("goblet_squat", load_g=2_000 + 1_000 * number)),
            (110_000, "effort", {"exercise": "goblet_squat", "effort": 6, "reserve": 2, "pain": 5}),
        ]
        record(path, began, records, name=f"s{number}")
    return sheet(read(path, LIBRARY, now))


def _part(of: Sheet, title: str) -> Part:
    return next(part for part in of.parts if part.title == title)


def _rows(part: Part) -> Mapping[str, tuple[object, ...]]:
    assert part.table is not None
    return {str(row[0]): tuple(row[1:]) for row in part.table.rows}


def test_answers_that_want_attention_stand_in_their_own_words(tmp_path: Path) -> None:
    found = _part(
        _made(tmp_path / "log", _screened(falls=2, hurt="yes", floor="no", unsteady="not sure")), "Screening and level"
    )
    points = "\n".join(found.points)
    assert "How many times have you fallen in the last year? 2." in points
    assert "Were you hurt? Yes." in points
    assert "Can you get down to the floor and up again on your own? No." in points
    assert "Do you feel unsteady on your feet? Not sure." in points
    assert "chest" not in points and "All other questions" in points
    assert "supported" in found.words[1] and found.small.startswith("Program rule:")


def test_who_was_never_screened(tmp_path: Path) -> None:
    found = _part(_made(tmp_path / "log"), "Screening and level")
    assert "has not answered" in found.words[0] and found.points == []


def test_a_hold_and_what_the_clinician_said(tmp_path: Path) -> None:
    no = Clearance(at=MONDAY, matter=Matter.LOAD, given=False)
    made = _made(tmp_path / "log", _screened(chest="yes"), no)
    found = _part(made, "Screening and level")
    assert any("Training is on hold." in words for words in found.words)
    assert "A clinician’s no to heavier loads, as she told it on 2 Mar 2026." in found.points
    assert (
        "Is gentle strength and balance exercise at home suitable now?"
        in _part(made, "Questions she may want to ask").points
    )


def test_sessions_done_beside_planned(tmp_path: Path) -> None:
    made = _made(tmp_path / "log", _screened(bones=1), sessions=3)
    found = _part(made, "Adherence")
    assert found.words[0] == "3 sessions in 2 weeks, 3 of them done to their end; two or more in 1 week."
    assert "The first session was in the week of 2 Mar 2026." in found.words
    assert _rows(found)["Strength"] == (4, 3, "1.5")  # two a week at the middle level, two weeks
    assert _rows(found)["Balance"] == (4, 0, "0")


def test_the_dose_is_told_by_the_week(tmp_path: Path) -> None:
    found = _rows(_part(_made(tmp_path / "log", _screened(), sessions=4), "Dose by kind"))
    assert found["Sessions"] == ("4", "0")
    assert found["Strength sets at effort 6 or more: hip"] == ("4", "0")
    assert found["Minutes, pauses left out"] == ("40", "0")
    assert found["Effort told, 0–10, mean"] == ("6", "–")


def test_progress_from_the_first_to_the_last_day(tmp_path: Path) -> None:
    found = _rows(_part(_made(tmp_path / "log", sessions=3), "Progression, best set of the day"))
    assert found == {"Goblet squat": (3, "2 kg, 10 repetitions", "4 kg, 10 repetitions", 6, 5)}


def test_tests_from_the_first_to_the_newest(tmp_path: Path) -> None:
    path = tmp_path / "log"
    tell(path, MONDAY - timedelta(weeks=20), Measured(at=MONDAY, test="chair_stand", value=8))
    tell(path, MONDAY - timedelta(weeks=20), Measured(at=MONDAY, test="chair_stand", value=9))
    facts = (
        Measured(at=MONDAY, test="chair_stand", value=12),
        Measured(at=MONDAY, test="chair_stand", value=14, detail="with hands"),
        Measured(at=MONDAY, test="one_leg", value=7, detail="left"),
        Answered(at=MONDAY, form=Form.ABOUT, answers={"about.age": "72"}),
    )
    made = _made(path, *facts)
    rows = _rows(_part(made, "Tests of progress, done at home by voice"))
    assert rows["Chair stand, thirty seconds"] == ("9 stands (13 Oct 2025)", "12 stands (2 Mar 2026)", 2)
    assert rows["Chair stand, thirty seconds, with hands"][1] == "14 stands (2 Mar 2026)"
    assert rows["Standing on one leg, left"][0] == "7 s (2 Mar 2026)"
    small = _part(made, "Tests of progress, done at home by voice").small
    assert "women of 72" in small and "CDC" in small and "Age as told: 72." in made.about[0]


def test_symptoms_stops_and_what_to_ask_about_them(tmp_path: Path) -> None:
    fall = Incident(at=MONDAY, trouble=Trouble.FALL)
    hurt = Incident(at=MONDAY, trouble=Trouble.SHARP_PAIN, session="s0", exercise="goblet_squat", level=7)
    made = _made(tmp_path / "log", _screened(), fall, hurt)
    found = _part(made, "Symptoms and stops")
    assert found.table is not None
    assert ("2 Mar 2026", "fall", "", "", "told outside of a session") in found.table.rows
    assert ("2 Mar 2026", "sharp pain", "Goblet squat", "7 of 10", "went on") in found.table.rows
    assert found.points == ["Goblet squat: pain of 4 or more told once."]
    assert (
        _part(made, "Questions she may want to ask").points[0]
        == "After “fall” on 2 Mar 2026: may exercise go on, and how?"
    )


def test_the_level_is_that_of_the_answers_also_when_they_are_due_again(tmp_path: Path) -> None:
    path = tmp_path / "log"
    tell(path, MONDAY, _screened(bones=1))
    soon, late = (read(path, LIBRARY, MONDAY + timedelta(weeks=weeks)) for weeks in (1, 13))
    assert level(soon) is level(late) is Tier.MODERATE
    words = _part(sheet(late), "Screening and level").words
    assert any("due again" in each and "most careful level" in each for each in words)


def test_an_empty_log_is_a_sheet_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "log").touch()
    made = sheet(read(tmp_path / "log", LIBRARY, NOW))
    assert "0 sessions in 12 weeks" in _part(made, "Adherence").words[0]
    assert "She told of none in this period." in sheet_page(made)
    assert sheet_pdf(made, NOW).startswith(b"%PDF")


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_pdf_says_what_the_page_says_on_two_pages_at_most(paper: str, made: Made) -> None:
    wanted = sheet(made.diary)
    pdf = pypdf.PdfReader(io.BytesIO(sheet_pdf(wanted, made.now, paper)))
    assert len(pdf.pages) <= 2
    assert round(float(pdf.pages[0].mediabox.width)) == {"A4": 595, "Letter": 612}[paper]
    printed = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    page = " ".join(read_page(made.sheet.read_text(encoding="utf-8")).text.split())
    assert len(wanted.parts) == 7
    for part in wanted.parts:
        assert part.title in printed and part.title in page
        for row in part.table.rows if part.table else ():
            assert str(row[0]).replace("–", "-") in printed and str(row[0]) in page
    assert pdf.metadata is not None and pdf.metadata.title == wanted.title and pdf.metadata.producer == "voice-coach"


def test_letters_that_the_pdf_has_not_become_plain_ones(tmp_path: Path) -> None:
    path = tmp_path / "log"
    record(path, MONDAY, [(100_000, "set", set_of("żółw \u202e💪 = Größe"))])
    diary = read(path, LIBRARY, NOW)
    text = pypdf.PdfReader(io.BytesIO(sheet_pdf(sheet(diary), NOW))).pages[0].extract_text()
    assert "Zó?w ? = größe" in text
