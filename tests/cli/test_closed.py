"""A terminal that is closed, and a system that shuts down: the log says so, and the session can be gone on with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.spoken_session import environment
from voice_coach.cli.interrupts import ENDS, AskedToEnd, interrupts
from voice_coach.errors import ExitCode
from voice_coach.journal import load
from voice_coach.review.broken_off import BY_HAND
from voice_coach.session.events import Reason

LONG_S = 60.0  # on a machine that is busy with something else
RUN = ("run", "first_taste", "--text", "--no-check", "--no-questions")


@pytest.mark.parametrize("number", ENDS)
def test_a_session_that_is_ended_from_outside_is_logged_as_the_machines_doing(tmp_path: Path, number: int) -> None:
    log = tmp_path / "log.jsonl"
    env = environment({**os.environ, "XDG_DATA_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)})
    command = [sys.executable, "-m", "voice_coach", *RUN, "--log", str(log)]
    with subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None and process.stdout.readline()  # its first sentence
            process.send_signal(number)
            assert process.wait(LONG_S) == ExitCode.INTERRUPTED
            assert process.stderr is not None
            assert process.stderr.read().splitlines()[-1] == "Ended from outside. What was done is in the log."
        finally:
            process.kill()
    (session,) = load(log).sessions
    assert session.end is not None and session.end["reason"] == AskedToEnd.__name__
    assert AskedToEnd.__name__ not in (BY_HAND, *(each.value for each in Reason))


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows has no such signal")
def test_what_is_ignored_stays_ignored_and_all_is_put_back() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with interrupts() as counted:
            os.kill(os.getpid(), signal.SIGHUP)
            assert counted() == 0
            os.kill(os.getpid(), signal.SIGTERM)
            end = time.monotonic() + LONG_S
            with pytest.raises(AskedToEnd):
                while time.monotonic() < end:
                    counted()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, before)
