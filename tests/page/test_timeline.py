"""The timeline tells what the log tells: how long the work was, where it stood still, what was said."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.journal.logs import write_session
from tests.review.lines import record, set_of
from tests.review.people import MONDAY
from tests.sessions import command, small_plan
from voice_coach.journal import SessionLog, load
from voice_coach.page.timeline import Kind, Span, spans, timeline
from voice_coach.review import summarise
from voice_coach.routine.model import Ms
from voice_coach.session.events import Intent


def _log(path: Path) -> SessionLog:
    return load(path).find("last")


def _of(kind: Kind, found: tuple[Span, ...]) -> list[tuple[Ms, Ms]]:
    return [(span.start, span.end) for span in found if span.kind is kind]


def test_a_real_session(tmp_path: Path) -> None:
    said = [command(30_000, Intent.PAUSE), command(50_000, Intent.RESUME)]
    write_session(tmp_path / "log", small_plan(), said)
    log = _log(tmp_path / "log")
    summary = summarise(log)
    found = spans(log, summary)
    assert _of(Kind.STILL, found) == [(30_000, 50_000)]
    work = _of(Kind.WORK, found)
    assert len(work) == summary.sets_done
    assert all(end <= start for (_, end), (start, _) in pairwise(work))
    still = sum(max(0, min(end, 50_000) - max(start, 30_000)) for start, end in work)
    assert sum(end - start for start, end in work) - still == sum(row.done_ms or 0 for row in summary.sets)


def test_a_set_that_was_paused_began_before_the_pause(tmp_path: Path) -> None:
    path = tmp_path / "log"
    paused = [(40_000, "paused", {}), (70_000, "resumed", {}), (90_000, "set", set_of("squat", done_ms=40_000))]
    record(path, MONDAY, paused, end=(100_000, "completed"))
    log = _log(path)
    found = spans(log, summarise(log))
    assert _of(Kind.WORK, found) == [(20_000, 90_000)]
    assert _of(Kind.STILL, found) == [(40_000, 70_000)]


def test_a_session_that_broke_off_while_it_stood_still(tmp_path: Path) -> None:
    record(tmp_path / "log", MONDAY, [(10_000, "paused", {}), (60_000, "refused", {})], end=None)
    log = _log(tmp_path / "log")
    assert _of(Kind.STILL, spans(log, summarise(log))) == [(10_000, 60_000)]


@pytest.mark.parametrize("at", [0, 1, 59_999, 3_600_000, 10**15])
@pytest.mark.parametrize("worked", [0, -5, 10**12])
def test_whatever_the_times_are_it_is_a_drawing_of_few_rows(at: Ms, worked: Ms, tmp_path: Path) -> None:
    path = tmp_path / "log"
    record(path, MONDAY, [(at, "set", set_of("squat", done_ms=worked))], end=(at, "completed"))
    log = _log(path)
    root = ElementTree.fromstring(timeline(log, summarise(log)))
    assert 1 <= len([each for each in root.findall("rect") if each.get("class") == "rest"]) <= 6
    assert all(float(each.get("width", 0)) >= 0 for each in root.findall("rect"))


def test_what_was_said_is_marked_and_counted(tmp_path: Path) -> None:
    said = [command(20_000, Intent.HELP), command(30_000, Intent.HOW_LONG)]
    write_session(tmp_path / "log", small_plan(), said)
    log = _log(tmp_path / "log")
    root = ElementTree.fromstring(timeline(log, summarise(log)))
    assert len([each for each in root.findall("polygon") if each.get("class") == "said"]) == 2
    assert "2 things were said or typed." in (root.findtext("desc") or "")
