"""The faults in a short form; `python -m tests.faults` is the long one."""

from __future__ import annotations

from pathlib import Path

from tests.faults.disk import full_disks
from tests.faults.power import power_cuts


def test_a_power_cut_loses_no_set_and_every_session_can_be_gone_on_with(tmp_path: Path) -> None:
    found = power_cuts(10, tmp_path)
    assert found.well and found.sets_finished > 20 and found.to_go_on >= 3


def test_a_full_disk_loses_no_set_where_there_is_room_in_the_end(tmp_path: Path) -> None:
    found = full_disks(10, tmp_path)
    assert found.well and found.sets_finished > 40
