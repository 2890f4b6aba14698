"""A long day in a short form: two short sessions in one process; `python -m tests.faults.long_day` is the other."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.beats import Beats
from tests.faults.long_day import long_day
from voice_coach.cli.common import load
from voice_coach.routine.model import Reps
from voice_coach.session.plan import Plan, make_plan


def short() -> Plan:
    """One set of one exercise of the routine that the demo has."""
    routine = load("first_taste")
    main = routine.blocks[1]
    item = replace(main.items[0], amount=Reps(count=3), sets=1, rest=0)
    return make_plan(replace(routine, blocks=(replace(main, items=(item,), rounds=1),)))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc tells what a process holds")
def test_sessions_in_one_process_leave_nothing_open_and_every_count_lies_on_its_sample(tmp_path: Path) -> None:
    lines: list[str] = []
    found = long_day(0.0, tmp_path, [short()], lines.append)
    assert found.well and found.times == found.sets_finished == 2, lines


@pytest.mark.parametrize(
    ("exact", "moved", "unheard", "well"),
    [(100, 0, 10, True), (100, 0, 11, False), (100, 1, 0, False), (0, 0, 1, False)],
)
def test_a_day_whose_counts_cannot_be_heard_is_not_well(exact: int, moved: int, unheard: int, well: bool) -> None:
    beats = Beats()
    beats.exact, beats.moved, beats.unheard = exact, moved, unheard
    assert beats.well == well
