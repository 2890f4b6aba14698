"""Keys from a real terminal (a pseudo one), and typed lines from a pipe."""

from __future__ import annotations

import io
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from voice_coach.keyboard import LOOKS, NoTyping, PosixKeys, TypedLines, WindowsKeys, keys

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


@contextmanager
def cbreak() -> Iterator[tuple[int, PosixKeys]]:
    """The person's end of a terminal, and the keys at the other."""
    import tty

    with terminal() as (person, program):
        tty.setcbreak(program)
        yield person, PosixKeys(program)


USUAL = (b"\x1b[A", b"\x1bOP", b"\x1b[15~", b"\x1b[1;5C", b"\x1bO5A")
SEQUENCES = (*USUAL, b"\x1bOa", b"\x1b[23$", b"\x1b\x1b[A", b"\x1b[[A")  # three of rxvt, one of the Linux console


@terminal_only
def test_single_keys_come_without_enter_and_the_terminal_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    import termios

    with terminal() as (person, program), os.fdopen(os.dup(program), "r") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        before = termios.tcgetattr(program)
        before[0] |= termios.IXON
        termios.tcsetattr(program, termios.TCSANOW, before)
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
@pytest.mark.parametrize("sequence", SEQUENCES)
def test_arrows_and_function_keys_are_passed_over_and_hide_no_other_key(sequence: bytes) -> None:
    """An arrow ends in a letter that would be a key: "up" is ESC [ A, and "a" repeats."""
    with cbreak() as (person, typing):
        os.write(person, b"q" + sequence)
        assert typing.poll() == ["q"]
        os.write(person, sequence + b"!")
        assert typing.poll() == ["!"]


@terminal_only
@pytest.mark.parametrize("sequence", SEQUENCES)
def test_they_are_passed_over_as_well_where_they_come_in_two_reads(sequence: bytes) -> None:
    for cut in range(1, len(sequence)):
        with cbreak() as (person, typing):
            os.write(person, b"e" + sequence[:cut])
            assert typing.poll() == ["e"]
            for _ in range(LOOKS - 1):
                assert typing.poll() == []
            os.write(person, sequence[cut:] + b"q")
            assert typing.poll() == ["q"]


@terminal_only
@pytest.mark.parametrize(
    "typed", [b"\x1bq", b"\x1b!", b"\x1b\x1bq", b"\x1b[!", b"\x1bO!", b"\x1b[[q", b"\x1b[1 ", b"\x1b "]
)
def test_escape_hides_no_key(typed: bytes) -> None:
    """Whoever presses many keys in a fright presses this one, too; with Alt it comes before each."""
    with cbreak() as (person, typing):
        os.write(person, typed)
        assert typing.poll()[-1:] == [typed[-1:].decode()]


@terminal_only
@pytest.mark.parametrize("begun", [b"\x1b", b"\x1b[", b"\x1b[1", b"\x1bO"])
def test_what_looked_like_the_beginning_of_an_arrow_is_forgotten_after_a_moment(begun: bytes) -> None:
    with cbreak() as (person, typing):
        os.write(person, begun)
        assert [typing.poll() for _ in range(LOOKS + 1)] == [[]] * (LOOKS + 1)
        os.write(person, b"q")
        assert typing.poll() == ["q"]


@terminal_only
def test_ctrl_s_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would stop all that is shown, and the loop that shows it, until Ctrl-Q."""
    with terminal() as (person, program), os.fdopen(os.dup(program), "r") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        with keys() as typing:
            os.write(person, b"\x13!")
            assert typing.poll() == ["\x13", "!"]


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
    """A Windows console by hand: keys wait to be read, each of one or two halves.

    With `tells` it is told that a second half waits; the real one keeps it for itself until it is read.
    """

    def __init__(self, *typed: str, tells: bool) -> None:
        self._typed, self._tells = list(typed), tells
        self._half = ""

    def kbhit(self) -> bool:
        return bool(self._typed) or (self._tells and bool(self._half))

    def getwch(self) -> str:
        key = self._half or self._typed.pop(0)
        self._half = key[1:]
        return key[0]

    def press(self, key: str) -> None:
        self._typed.append(key)


@pytest.mark.parametrize("tells", [True, False])
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ([], ""),
        (["e", " ", "q", "\r"], "e q\r"),
        (["\xe0H"], ""),  # the arrow up, whose second half would be "harder"
        (["\xe0S", "\x00;", "s"], "s"),  # delete, whose second half would be "skip", and F1
        (["\x00q", "\x00!", "q"], "q"),  # F10 with Alt, F with Alt
        (["\xe0K", "\xe0M", "!"], "!"),
        (["\xe0", "q"], "q"),  # the letter, on keyboards that have it: nobody waits for its second half
    ],
)
def test_a_windows_console_gives_keys_and_no_halves_of_keys(typed: list[str], expected: str, tells: bool) -> None:
    console = Console(*typed, tells=tells)
    keys = WindowsKeys(console)
    assert keys.poll() == list(expected)
    console.press("b")
    assert keys.poll() == ["b"]
