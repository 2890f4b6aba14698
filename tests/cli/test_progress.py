"""`progress`: the diary by weeks or months, as tables and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.cli.home import Done, Home
from tests.journal.logs import write_session
from tests.sessions import tiny_plan

Coach = Callable[..., Done]


def test_the_diary(home: Home, coach: Coach) -> None:
    home.log.parent.mkdir(parents=True)
    write_session(home.log, tiny_plan())
    shown = coach("progress", "--weeks", "2")
    assert shown.code == 0 and "Bone-loading work" in shown.out and "physiotherapist" in shown.out
    assert len(json.loads(coach("progress", "--weeks", "3", "--json").out)) == 3
    assert len(json.loads(coach("progress", "--months", "2", "--json").out)) == 2


def test_wrong_use_and_no_log(home: Home, coach: Coach) -> None:
    assert coach("progress", "--weeks", "2", "--months", "2").code == 2
    assert coach("progress", "--weeks", "0").code == 2
    assert coach("progress").code == 5
