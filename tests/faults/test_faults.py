"""The faults in a short form; `python -m tests.faults` is the long one."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.faults.disk import full_disks
from tests.faults.outcome import Outcome
from tests.faults.power import (
    Forgetful,
    cuts,
    on_full_disks,
    on_read_only_disks,
    on_slow_disks,
    power_cuts,
    without_power,
)
from tests.faults.power_mount import read_only, really_full
from tests.faults.power_program import the_program
from tests.faults.victim import Told, act


def test_a_power_cut_loses_no_set_and_every_session_can_be_gone_on_with(tmp_path: Path) -> None:
    found = power_cuts(10, tmp_path)
    assert found.well and found.sets_finished > 20 and found.to_go_on >= 3


def test_a_full_disk_loses_no_set_where_there_is_room_in_the_end(tmp_path: Path) -> None:
    found = full_disks(10, tmp_path)
    assert found.well and found.sets_finished > 40


@pytest.mark.parametrize("cut", [on_full_disks, on_slow_disks, on_read_only_disks, without_power])
def test_bad_disks_lose_no_set_either(cut: Callable[[int, Path], Outcome], tmp_path: Path) -> None:
    found = cut(4, tmp_path)
    assert found.well and found.sets_finished > 0 and found.times == 4


def test_the_whole_program_killed_offers_what_is_left_until_that_is_answered(tmp_path: Path) -> None:
    found = the_program(3, tmp_path)
    assert found.well and found.sets_finished > 0 and found.to_go_on >= 2


def test_a_loss_would_be_seen(tmp_path: Path) -> None:
    """The same rows over victims whose log forgets a set: none of them is well."""

    def cut(log: Path, seed: int, chance: random.Random) -> Sequence[Told]:
        told = [Told("a set that no log has", kept=True)]
        act(log, seed, Forgetful(0, chance.randrange(9_000, 15_000)), told.append)
        return told

    found = cuts("forgetful", 1, tmp_path / "forgetful", cut)
    assert found.sets_lost == 1 and not found.well


@pytest.mark.parametrize("row", [really_full, read_only])
def test_a_file_system_of_its_own(row: Callable[[int, Path], Outcome], tmp_path: Path) -> None:
    """Where nothing can be mounted the rows say so, and have tried nothing."""
    found = row(1, tmp_path)
    assert found.well and found.times == ("not tried" not in found.fault)
