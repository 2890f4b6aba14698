"""Terminals that have no letters for a name, or little room: what can be shown is shown, and nothing breaks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journal.logs import write_session
from tests.sessions import small_plan
from tests.spoken_session import environment
from voice_coach.errors import ExitCode

LIMIT_S = 120
ROUTINE = """\
title: Утро ☀ “day” – …
blocks:
  - name: Main
    items:
      - name: Knee ⇑ lift
        start: Sit tall.
        cues: [Lift one knee.]
        tempo: 1-0-1
        reps: 3
"""


def shown(folder: Path, encoding: str, *command: str) -> str:
    """What the command shows in a terminal of this encoding, 40 letters wide."""
    env = {"PYTHONIOENCODING": encoding, "COLUMNS": "40", "LANG": "C", "LC_ALL": "C"}
    env |= {"XDG_DATA_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    ran = subprocess.run(
        [sys.executable, "-m", "voice_coach", *command],
        env=environment({**os.environ, **env}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=LIMIT_S,
    )
    assert (ran.returncode, ran.stderr) == (ExitCode.OK, b"")
    return ran.stdout.decode("utf-8" if encoding == "ascii" else encoding, errors="replace")  # click has its way


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii"])
def test_a_session_is_shown_whatever_its_title(tmp_path: Path, encoding: str) -> None:
    routine = tmp_path / "day.yaml"
    routine.write_text(ROUTINE, encoding="utf-8")
    assert "Sit tall." in shown(tmp_path, encoding, "simulate", str(routine))


@pytest.mark.parametrize("encoding", ["cp1252", "cp437"])
def test_tables_with_their_lines(tmp_path: Path, encoding: str) -> None:
    log = tmp_path / "log.jsonl"
    write_session(log, small_plan())
    assert "small" in shown(tmp_path, encoding, "log", "last", "--log", str(log))
