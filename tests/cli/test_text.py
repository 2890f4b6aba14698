"""`run --text` in real time: typed lines on standard input, sentences on the screen, no sound libraries."""

from __future__ import annotations

import json
import signal

from tests.cli.home import Home
from voice_coach.journal import load
from voice_coach.replay import replay


def test_typed_lines_are_obeyed_in_their_order(home: Home) -> None:
    done = home.spawn("run", home.tiny(), "--text", stdin="what's next\nfrobnicate\nstop\nyes\n")
    assert done.code == 0
    assert [line.split("  ", 1)[1].strip() for line in done.lines] == [
        "you  what's next",
        '(heard "frobnicate", no command)',
        "you  stop",
        "you  yes",
        "coach  All right, we leave it here. All is saved.",
        "(ended by the person)",
    ]
    assert done.err.splitlines() == [
        "No sound: read here what the coach says, type what you want to say.",
        "Listening: keyboard only.",
    ]
    log = load(home.log).find("last")
    assert [e.fields["event"].get("intent", "start") for e in log.entries if e.fields["type"] == "event"] == [
        "start", "what's next", "stop", "yes",
    ]  # fmt: skip
    assert [e.fields["data"] for e in log.entries if e.fields["type"] == "note"] == [{"words": "frobnicate"}]
    assert replay(log).trace_equal is True


def test_keys_typed_as_lines_work_too_and_no_text_is_no_crash(home: Home) -> None:
    """A blank line with a space is the space key; bytes that are no text mean nothing."""
    done = home.spawn("run", home.tiny(), "--text", stdin=b" \n\xff\xfe\nq\ny\n")
    assert done.code == 0, done.err
    assert [line.partition("you  ")[2] for line in done.lines if "you  " in line] == [
        "pause (key)", "stop (key)", "yes (key)",
    ]  # fmt: skip
    assert "no command)" in done.out


def test_a_closed_standard_input_is_nobody_typing_and_ctrl_c_is_a_stop_first(home: Home) -> None:
    with home.start("run", home.tiny(), "--text") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        assert b"Easy day" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert b"you  Ctrl-C" in process.stdout.readline()
        assert b"Do you want to end here" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130
        assert process.stderr is not None
        assert process.stderr.read().splitlines()[-1] == b"Ended."
    log = load(home.log).find("last")
    end = log.entries[-1].fields
    assert (end["type"], end["reason"]) == ("end", "interrupted")
    assert replay(log).trace_equal is True
    shown = json.loads(home.spawn("log", "last", "--json").out)
    assert shown["id"] == log.id


def test_without_a_routine_the_menu_is_read_and_a_number_chooses(home: Home) -> None:
    done = home.spawn("run", "--text", stdin="1\nyes\nstop\nyes\n")
    assert done.code == 0
    assert done.lines[0] == "00:00.0    you  one"
    assert done.lines[1] == "00:00.0    you  yes"
    assert done.lines[-1].endswith("(ended by the person)")


def test_nobody_wants_anything(home: Home) -> None:
    done = home.spawn("run", "--text", stdin="stop\n")
    assert done.code == 0
    assert "Until another time, then." in done.out
    assert home.log.read_bytes() == b""
