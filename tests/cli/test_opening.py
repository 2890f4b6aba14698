"""The commands that look back, on a log that is long enough for an index: the first time, again, and after a visit."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.home import Done, Home
from tests.journal.logs import BEGAN, SETUP, write_session
from tests.review.lines import record, set_of
from tests.sessions import tiny_plan
from voice_coach.cli.memory import Memory
from voice_coach.journal import Journal
from voice_coach.review.index import index_file
from voice_coach.review.opening import WORTH

Coach = Callable[..., Done]
ASKED = (
    ["log"],
    ["log", "--all", "--json"],
    ["log", "1"],
    ["log", "--since", "2026-01-01"],
    ["log", "--months", "12", "--until", "2026-12-31", "--json"],
    ["log", "--exercise", "row"],
    ["log", "fix", "last"],
    ["progress", "--months", "12", "--json"],
    ["replay", "1"],
)


@pytest.fixture
def long(home: Home) -> Iterator[Path]:
    """A log of two sessions and a great many words that nobody understood."""
    home.log.parent.mkdir(parents=True)
    write_session(home.log, tiny_plan(), name="first")
    with Journal.open(home.log, "second", lambda: BEGAN) as journal:
        journal.start(tiny_plan(), SETUP)
        journal.note(0, "unheard", {"words": "la" * (WORTH // 2)})
    record(home.log, BEGAN, [(1_000, "set", set_of("row"))], name="third")
    write_session(home.log, tiny_plan(), name="fourth")
    yield home.log
    kept(home).unlink(missing_ok=True)  # the cache is one for all tests


def kept(home: Home) -> Path:
    return index_file(home.cache / "voice-coach", home.log)


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_it_is_told_the_same_the_first_time_and_again(long: Path, home: Home, coach: Coach, asked: list[str]) -> None:
    assert not kept(home).exists()
    first = coach(*asked)
    assert first.code == 0 and first.out
    assert stat.S_IMODE(kept(home).stat().st_mode) == 0o600
    written = kept(home).stat().st_mtime_ns
    assert coach(*asked) == first
    assert kept(home).stat().st_mtime_ns == written


def test_a_page_is_the_same_too(long: Path, home: Home, coach: Coach) -> None:
    pages = []
    for _ in range(2):
        assert coach("review", "--no-open", "--output", str(long.with_suffix(".html"))).code == 0
        pages.append(long.with_suffix(".html").read_text(encoding="utf-8"))
    assert kept(home).exists() and pages[0].count("<table") == pages[1].count("<table") > 0


def test_a_correction_counts_at_once(long: Path, coach: Coach) -> None:
    assert coach("log").code == 0
    assert coach("log", "fix", "2", "1", "--reps", "6").code == 0
    (day,) = json.loads(coach("log", "--exercise", "row", "--json").out)["days"]
    assert day["reps"] == 6


def test_a_visit_leaves_the_index_as_it_should_be(long: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in home.env.items():
        monkeypatch.setenv(name, value)
    with Journal.open(long, "visit", lambda: BEGAN) as journal:
        memory = Memory(journal, long, lambda: BEGAN)
        before = kept(home).read_bytes()
        journal.start(tiny_plan(), SETUP)
        journal.note(0, "unheard", {"words": "la" * (WORTH // 2)})
        memory.read_again()
    assert [one.id for one in memory.person.sessions] == ["first", "second", "third", "fourth", "visit"]
    assert kept(home).read_bytes() != before
