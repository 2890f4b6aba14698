"""The reader of a running program's lines: its waits, and what it makes of a transcript."""

from __future__ import annotations

import io
import time

from tests.spoken_session import Lines

TOLD = "00:01.5  coach  Sit tall.\n00:04.0  coach  one, up\n01:06.0  coach  one, up\n"
LONG_S = 30.0


def test_a_line_is_found_by_its_words_and_the_others_are_kept() -> None:
    lines = Lines(io.StringIO(TOLD))
    second = lines.until(lambda words: words == "coach  one, up", LONG_S, times=2)
    assert second is not None
    assert second.session_s == 66.0
    assert [line.text for line in lines.all] == ["coach  Sit tall.", "coach  one, up", "coach  one, up"]


def test_nobody_waits_for_a_program_that_has_ended() -> None:
    lines = Lines(io.StringIO(TOLD))
    began = time.monotonic()
    for _ in range(3):
        assert lines.until(lambda _words: False, LONG_S) is None
    assert time.monotonic() - began < LONG_S
    assert len(lines.all) == 3
