"""What a reader sees: fits 80 columns, without colour too, and nothing from the log can steer the terminal."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from tests.journal.logs import write_session
from tests.sessions import command, small_plan, tiny_plan
from voice_coach.journal import Log, load
from voice_coach.review import show, show_list, summarise, words
from voice_coach.session.events import Intent


@pytest.fixture
def log(tmp_path: Path) -> Log:
    path = tmp_path / "log"
    write_session(path, tiny_plan(), name="2026-03-01T17-30-00-old")
    events = [
        command(2_000, Intent.HOW_LONG),
        command(3_000, Intent.MORE_REST),
        command(30_000, Intent.EASIER),
        command(60_000, Intent.PAUSE),
        command(75_000, Intent.RESUME),
        command(100_000, Intent.DIZZY, phrase="I feel dizzy"),
    ]
    write_session(path, small_plan(), events, name="2026-03-02T08-00-00-new")
    return load(path)


def shown(log: Log, name: str = "", *, width: int = 80, encoding: str = "utf-8", colour: bool = False) -> str:
    """The list, or one session, as it is printed to a pipe or to a terminal."""
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="\n")
    console = Console(file=file, width=width, force_terminal=colour, color_system="truecolor" if colour else None)
    if name:
        show(console, summarise(log.find(name)))
    else:
        show_list(console, log)
    file.flush()
    return raw.getvalue().decode(encoding)


def row(text: str, start: str) -> str:
    """The line that begins like this, with single spaces."""
    return " ".join(next(line for line in text.splitlines() if line.startswith(start)).split())


def test_list_numbers_sessions_from_the_newest_and_puts_it_last(log: Log) -> None:
    text = shown(log)
    ms = {session.id: summarise(session).ms for session in log.sessions}
    old, new = (words.clock(ms[session.id]) for session in log.sessions)
    assert row(text, "2 ") == f"2 2026-03-01 17:30 Tiny {old} 2/2 completed"
    assert row(text, "1 ") == f"1 2026-03-01 17:30 Small but whole {new} 1/8 distress: dizzy"
    assert text.index("Tiny") < text.index("Small")


def test_list_stops_at_so_many_and_says_so(log: Log) -> None:
    raw = io.StringIO()
    show_list(Console(file=raw, width=80), log, most=1)
    assert "Tiny" not in raw.getvalue() and "1 earlier sessions are not listed." in raw.getvalue()


def test_one_session_in_full(log: Log) -> None:
    text = shown(log, "last")
    assert "Small but whole (small), 2026-03-01 17:30" in text
    assert "distress: dizzy after" in text and "Sets: 1 of 8. Paused 2 times, 10:15 in all." in text
    assert row(text, "March") == "March on the spot 25 s 20 s asked for 20 s"
    assert row(text, "Biceps") == "Biceps curl 8 reps not reached own pace, red band"
    assert "DISTRESS at 1:40: I feel dizzy." in text
    assert row(text, "0:03") == "0:03 more rest more rest script not now"
    assert "voice test voice" in text


@pytest.mark.parametrize("width", [80, 60, 40])
@pytest.mark.parametrize("name", ["", "1", "2"])
def test_fits_the_width(log: Log, name: str, width: int) -> None:
    assert max(map(len, shown(log, name, width=width).splitlines())) <= width


@pytest.mark.parametrize("name", ["", "1"])
def test_without_a_terminal_it_is_plain_text_even_in_ascii(log: Log, name: str) -> None:
    text = shown(log, name, encoding="ascii")
    assert "\x1b" not in text and text.isascii()


@pytest.mark.parametrize("name", ["", "1"])
def test_colour_changes_nothing_but_the_colour(log: Log, name: str) -> None:
    coloured = shown(log, name, colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown(log, name)


def test_texts_of_the_log_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    evil = "\x1b]0;owned\x07[red]bold[/red] \x9b31m\u202eback :smile:\nnext"
    path = tmp_path / "log"
    write_session(path, replace(tiny_plan(), title=evil), [command(1_000, Intent.PAIN, phrase=evil)])
    log = load(path)
    for text in (shown(log), shown(log, "last")):
        assert not any(char in text for char in ("\x1b", "\x07", "\x9b", "\u202e"))
    assert "[red]bold[/red]" in shown(log, "last", width=200) and ":smile:" in shown(log, "last", width=200)


def test_lines_that_cannot_be_read_are_told_by_number(log: Log) -> None:
    with log.path.open("ab") as file:
        file.write(b'garbage\n{"v":9}\n{"v":1,"sess')
    count = log.path.read_bytes().count(b"\n")
    text = " ".join(shown(load(log.path)).split())
    assert f": {count - 1} (it is no JSON), {count + 1} (it is cut off)." in text
    assert "1 lines are of another version of the log (9)." in text


def test_empty_log_says_so(tmp_path: Path) -> None:
    (tmp_path / "log").touch()
    assert "There is no session in the log" in shown(load(tmp_path / "log"))


def test_session_with_lost_lines_says_so(log: Log) -> None:
    lines = log.path.read_bytes().splitlines(keepends=True)
    lines = [line for line in lines if not (b'-new"' in line and (b'"n":0,' in line or b'"n":4,' in line))]
    log.path.write_bytes(b"".join(lines))
    text = shown(load(log.path), "last")
    assert "Unknown routine (?), begin unknown" in text and "Lines of this session are missing" in text


@pytest.mark.parametrize(
    "ms, text", [(0, "0:00"), (-5, "0:00"), (59_999, "0:59"), (60_000, "1:00"), (3_600_000, "60:00")]
)
def test_clock(ms: int, text: str) -> None:
    assert words.clock(ms) == text


@pytest.mark.parametrize(
    "text, cleaned",
    [
        ("plain", "plain"),
        ("früher — später", "früher — später"),
        ("a\tb\nc\u2028d", "a b c d"),
        ("\x1b[2Ja\x00b\u202ec\udc80d", "[2Jabcd"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert words.clean(text) == cleaned
