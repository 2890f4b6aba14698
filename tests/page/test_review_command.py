"""`voice-coach review`: where it writes, what it refuses, what it opens."""

from __future__ import annotations

import io
import stat
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from tests.cli.conftest import coach, home
from tests.cli.home import Done, Home
from tests.conftest import spoken_cache
from tests.journal.logs import write_session
from tests.sessions import tiny_plan

__all__ = ["coach", "home", "spoken_cache"]

Coach = Callable[..., Done]


@pytest.fixture
def logged(home: Home) -> Home:
    home.log.parent.mkdir(parents=True)
    write_session(home.log, tiny_plan())
    return home


def test_it_writes_into_the_data_folder_for_her_eyes_alone(logged: Home, coach: Coach) -> None:
    done = coach("review", "--no-open")
    path = logged.log.with_name("review.html")
    assert (done.code, done.out, done.err) == (0, f"Written: {path}\n", "")
    assert "<h1>My training diary</h1>" in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert coach("review", "--no-open").code == 0  # over its own page


def test_it_opens_the_page_in_the_browser(logged: Home) -> None:
    browser = logged.write("browser.sh", '#!/bin/sh\nprintf %s "$1" > "$XDG_DATA_HOME/opened"\n')
    browser.chmod(0o755)
    done = logged.spawn("review", "--output", "my page.html", BROWSER=f"{browser} %s")
    assert done.code == 0, done.err
    assert (logged.data / "opened").read_text() == (logged.data / "my page.html").as_uri()


def test_where_there_is_no_browser_it_says_so(logged: Home) -> None:
    browser = logged.write("browser.sh", "#!/bin/sh\nexit 1\n")
    browser.chmod(0o755)
    done = logged.spawn("review", BROWSER=f"{browser} %s", PATH="", DISPLAY="")
    assert done.code == 0 and "No browser could be opened here" in done.out


@pytest.mark.parametrize("data", [b"Dear diary", b"<html>of somebody else</html>", b"%PDF-1.3 of somebody else"])
def test_a_file_that_is_not_ours_is_left_alone(data: bytes, logged: Home, coach: Coach) -> None:
    path = logged.data / "mine.html"
    path.write_bytes(data)
    done = coach("review", "--no-open", "--output", str(path))
    assert done.code == 1 and "--force" in done.err and len(done.err.splitlines()) == 1
    assert path.read_bytes() == data
    assert coach("review", "--no-open", "--output", str(path), "--force").code == 0
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_what_cannot_be_written_is_one_sentence(logged: Home, coach: Coach) -> None:
    (logged.data / "file").touch()
    for place in (logged.data, logged.data / "file" / "page.html"):
        done = coach("review", "--no-open", "--output", str(place))
        assert done.code == 1 and "name a" in done.err and len(done.err.splitlines()) == 1
    assert not list(logged.data.rglob(".page*"))


def test_no_log_and_an_empty_one(home: Home, coach: Coach) -> None:
    done = coach("review", "--no-open")
    assert done.code == 5 and "begins with the first session" in done.err
    home.log.parent.mkdir(parents=True)
    home.log.touch()
    assert coach("review", "--no-open").code == 0
    assert "There is no session in the log yet." in home.log.with_name("review.html").read_text(encoding="utf-8")


def test_after_the_demo_it_shows_that_ones_log_and_says_so(home: Home, coach: Coach) -> None:
    demo = home.log.parent / "demo" / "log.jsonl"
    demo.parent.mkdir(parents=True)
    write_session(demo, tiny_plan())
    done = coach("review", "--no-open")
    assert done.code == 0 and done.out.startswith("There is no log of yours yet, so this is the demo's.\n")
    assert "Tiny" in home.log.with_name("review.html").read_text(encoding="utf-8")
    write_session(home.log, tiny_plan())
    assert coach("review", "--no-open").out.startswith("Written: ")


def test_another_log(logged: Home, coach: Coach) -> None:
    other = logged.data / "other.jsonl"
    logged.log.rename(other)
    assert coach("review", "--no-open", "--log", str(other)).code == 0


@pytest.mark.parametrize(
    ("arguments", "name"),
    [((), "clinician.html"), (("--pdf",), "clinician.pdf"), (("--output", "for her.PDF"), "for her.PDF")],
)
def test_the_sheet(arguments: tuple[str, ...], name: str, logged: Home, coach: Coach) -> None:
    for _ in range(2):  # the second time over its own
        done = coach("review", "--for", "clinician", "--weeks", "6", "--paper", "Letter", "--no-open", *arguments)
        assert done.code == 0, done.err
    path = Path(done.out.removeprefix("Written: ").strip())
    assert path.name == name
    if name.lower().endswith(".pdf"):
        page = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages[0]
        assert "(6 weeks)" in page.extract_text() and page.mediabox.width == 612
    else:
        assert "(6 weeks)" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--pdf",),
        ("--output", "page.pdf"),
        ("--for", "clinician", "--pdf", "--output", "page.html"),
        ("--weeks", "0"),
        ("--for", "nobody"),
        ("--paper", "A5"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], logged: Home, coach: Coach) -> None:
    assert coach("review", "--no-open", *arguments).code == 2
    assert not list(logged.data.glob("page.*"))
