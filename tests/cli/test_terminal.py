"""Lines that cannot be written: a full disk behind the output, or a reader that has gone, take no answer from her."""

from __future__ import annotations

import errno
import os
import sys
from io import StringIO

import pytest

from tests.test_live import studio
from voice_coach.cli import terminal
from voice_coach.cli.conversations import Conversations
from voice_coach.cli.interrupts import Interrupts
from voice_coach.cli.run_command import log_failed
from voice_coach.cli.terminal import Terminal
from voice_coach.errors import LogError
from voice_coach.session.events import Intent
from voice_coach.studio import TextVoice


class Failing(StringIO):
    """Takes nothing while there is a `number`."""

    def __init__(self, number: int = errno.ENOSPC) -> None:
        super().__init__()
        self.number = number

    def write(self, text: str) -> int:
        if self.number:
            raise OSError(self.number, os.strerror(self.number))
        return super().write(text)


def failing(patch: pytest.MonkeyPatch, out: int, err: int) -> tuple[Failing, Failing]:
    """Standard output and standard error that fail with these numbers, 0 for not."""
    streams = Failing(out), Failing(err)
    patch.setattr(sys, "stdout", streams[0])
    patch.setattr(sys, "stderr", streams[1])
    return streams


def test_what_fails_is_told_on_the_other_once(monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = failing(monkeypatch, errno.ENOSPC, 0)
    told = Terminal()
    for line in ("one", "two"):
        told.show(line)
    told.announce("three")
    told_of = f"What is said cannot be shown ({os.strerror(errno.ENOSPC)}). The session goes on."
    assert err.getvalue().splitlines() == [told_of, "three"]
    out.number = 0
    told.show("four")
    assert out.getvalue() == "four\n"


def test_where_both_fail_nobody_is_told_and_nothing_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = failing(monkeypatch, errno.EPIPE, errno.EPIPE)
    told = Terminal()
    told.announce("one")
    told.show("two")
    assert out.getvalue() == err.getvalue() == ""


def test_a_log_that_fails_with_the_terminal_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal._terminal, "_told", False)
    out, _err = failing(monkeypatch, 0, errno.ENOSPC)
    log_failed(LogError("The log is full."))
    assert out.getvalue().startswith("What there is to tell cannot be shown")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EPIPE])
def test_a_word_of_distress_reaches_who_answers_though_it_cannot_be_shown(
    monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    failing(monkeypatch, number, number)
    where = studio([(5_000, "chest pain")], keys=[(8_000, "end session")])
    held = Conversations(where, TextVoice(), Interrupts())
    chooser = held.choose([])
    held.hold(chooser)
    assert chooser.urgent is not None and chooser.urgent.intent is Intent.CHEST
