"""Whatever stands in a log is shown as text: in a real browser nothing of it runs, and nothing outside is asked for."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.browser import Tab
from tests.coaching.build import LIBRARY
from tests.page.reading import read_page
from tests.review.lines import Data, record, set_of, tell
from tests.review.people import MONDAY
from voice_coach.journal import Journal
from voice_coach.page import Diary, read, review_page, sheet, sheet_page, sheet_pdf
from voice_coach.person.model import Answered, Form, Incident, Measured, Trouble

HOSTILE = (
    "<script>window.broken = 1</script>",
    "<img src=https://example.com/x onerror='window.broken = 1'>",
    "</title></style></svg><svg onload=window.broken=1>",
    "\"'><iframe srcdoc='<script>parent.broken=1</script>'>",
    '=HYPERLINK("https://example.com")',
    "javascript:window.broken=1",
    "👩‍🦳 Müller’s “squat” & \u202esdrawkcab\u0000\x1b[31m",
    "<!-- ]]> --!>",
    "\ud800 half a letter",
    "x" * 5_000,
)
NOW = MONDAY + timedelta(days=3)


@pytest.fixture(params=HOSTILE, ids=range(len(HOSTILE)))
def nasty(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Diary]:
    """A log in which everything that can be a text is one of these."""
    bad: str = request.param
    path = tmp_path / "log"
    for day in range(2):
        records: list[tuple[int, str, Data]] = [
            (60_000, "set", set_of(bad, name=bad, variant=bad, rung=1, load=bad, side=bad, block=bad)),
            (61_000, "effort", {"exercise": bad, "effort": 5, "reserve": 2, "pain": 4}),
            (62_000, "distress", {"intent": bad, "phrase": bad, "trouble": bad}),
        ]
        record(path, MONDAY + timedelta(days=day), records, name=f"{day}", end=(90_000, bad))
    with Journal.open(path, "2", lambda: NOW) as journal:
        journal.note(5, "unheard", {"words": bad})
    tell(
        path,
        NOW,
        Answered(at=NOW, form=Form.SCREENING, answers={"screening.falls": bad, bad: bad}),
        Incident(at=NOW, trouble=Trouble.SHARP_PAIN, exercise=bad, session=bad),
        Measured(at=NOW, test="chair_stand", value=9, detail=bad),
        Measured(at=NOW, test=bad, value=9, detail=bad),
    )
    return bad, read(path, LIBRARY, NOW)


def test_it_is_text(nasty: tuple[str, Diary], tab: Tab, tmp_path: Path) -> None:
    _, diary = nasty
    for name, made in (("page", review_page(diary)), ("sheet", sheet_page(sheet(diary)))):
        path = tmp_path / f"{name}.html"
        path.write_text(made, encoding="utf-8")
        tab.open(path.as_uri(), width=360)
        assert tab.page.evaluate("window.broken") is None
        assert tab.page.evaluate("document.querySelectorAll('script, iframe, img, [onload], [onerror]').length") == 0
        assert (tab.asked_outside, tab.complaints, tab.overflow()) == ([], [], 0)
    assert sheet_pdf(sheet(diary), NOW).startswith(b"%PDF")


def test_it_can_be_read(nasty: tuple[str, Diary]) -> None:
    bad, diary = nasty
    found = read_page(review_page(diary))
    shown = "".join(char for char in bad if char.isalnum() and char.isascii()).lower()
    assert shown in "".join(char for char in found.text.lower() if char.isalnum() and char.isascii())


def test_the_policy_would_stop_a_script_that_had_got_in(tab: Tab, tmp_path: Path) -> None:
    path = tmp_path / "log"
    record(path, MONDAY, [(60_000, "set", set_of("squat"))])
    page = review_page(read(path, LIBRARY, NOW))
    got_in = page.replace(
        "</body>",
        "<script>window.broken = 1</script><img src='https://example.com/x' onerror='window.broken = 1'></body>",
    )
    (tmp_path / "page.html").write_text(got_in, encoding="utf-8")
    tab.open((tmp_path / "page.html").as_uri())
    assert tab.page.evaluate("window.broken") is None
    assert any("Content Security Policy" in each for each in tab.complaints)
