"""Keys from a real terminal (a pseudo one), and typed lines from a pipe."""

from __future__ import annotations

import io
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from voice_coach.keyboard import NoTyping, PosixKeys, TypedLines, WindowsKeys, keys

terminal_only = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


@contextmanager
def terminal() -> Iterator[tuple[int, int]]:
    """The person's end and the program's end of a terminal."""
    import pty

    person, program = pty.openpty()
    try:
        yield person, program
    finally:
        for end in (person, program):
            try:
                os.close(end)
            except OSError:
                continue  # a test closed it


@terminal_only
def test_single_keys_come_without_enter_and_the_terminal_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    import termios

    with terminal() as (person, program), os.fdopen(os.dup(program), "r") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        before = termios.tcgetattr(program)
        with keys() as typing:
            assert typing.poll() == []
            os.write(person, b"e q")
            assert typing.poll() == ["e", " ", "q"]
            assert typing.poll() == []
        assert termios.tcgetattr(program) == before


@terminal_only
def test_the_terminal_is_put_back_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    import termios

    with terminal() as (_, program), os.fdopen(os.dup(program), "r") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        before = termios.tcgetattr(program)
        with pytest.raises(ZeroDivisionError), keys():
            raise ZeroDivisionError
        assert termios.tcgetattr(program) == before


@terminal_only
@pytest.mark.parametrize("sequence", [b"\x1b[A", b"\x1bOP", b"\x1b[15~", b"\x1b[1;5C", b"\x1bx", b"\x1b"])
def test_arrows_and_function_keys_are_passed_over_and_hide_no_other_key(sequence: bytes) -> None:
    """An arrow ends in a letter that would be a key: "up" is ESC [ A, and "a" repeats."""
    import tty

    with terminal() as (person, program):
        tty.setcbreak(program)
        os.write(person, b"q" + sequence)
        assert PosixKeys(program).poll() == ["q"]
        if sequence not in (b"\x1b",):
            os.write(person, sequence + b"q")
            assert PosixKeys(program).poll() == ["q"]


@terminal_only
def test_bytes_that_are_no_text_are_passed_over() -> None:
    import tty

    with terminal() as (person, program):
        tty.setcbreak(program)
        os.write(person, b"\xff\xfeq")
        assert PosixKeys(program).poll() == ["q"]


@terminal_only
def test_a_terminal_that_has_gone_is_nobody_typing() -> None:
    with terminal() as (person, program):
        os.close(person)
        assert PosixKeys(program).poll() == []


def test_without_a_terminal_nobody_types(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    with keys() as typing:
        assert isinstance(typing, NoTyping)
        assert typing.poll() == []


def read_whole(stream: io.TextIOWrapper | io.StringIO) -> list[str]:
    """Every line, once the reading thread is through."""
    before = set(threading.enumerate())
    typing = TypedLines(stream)
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=10)
    found = typing.poll()
    assert typing.poll() == []
    return found


def test_typed_lines_in_their_order() -> None:
    assert read_whole(io.StringIO("pause\n  how many left \r\n\nq")) == ["pause", "how many left", "", "q"]


def test_a_line_of_blanks_is_the_space_key() -> None:
    assert read_whole(io.StringIO(" \n   \r\n")) == [" ", " "]


def test_bytes_that_are_no_text_do_not_end_the_reading() -> None:
    assert read_whole(io.TextIOWrapper(io.BytesIO(b"\xff\xfe\nstop\n"), encoding="utf-8")) == ["\ufffd\ufffd", "stop"]


class Console:
    """A Windows console by hand: what waits to be read, key by key."""

    def __init__(self, typed: str) -> None:
        self._typed = list(typed)

    def kbhit(self) -> bool:
        return bool(self._typed)

    def getwch(self) -> str:
        return self._typed.pop(0)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ""),
        ("e q\r", "e q\r"),
        ("\xe0H", ""),  # the arrow up, whose second half would be "harder"
        ("\xe0S\x00;s", "s"),  # delete, whose second half would be "skip", and F1
        ("\xe0K\xe0Mq", "q"),
        ("\xe0", "\xe0"),  # the letter, on keyboards that have it
    ],
)
def test_a_windows_console_gives_keys_and_no_halves_of_keys(typed: str, expected: str) -> None:
    console = WindowsKeys(Console(typed))
    assert console.poll() == list(expected)
    assert console.poll() == []
