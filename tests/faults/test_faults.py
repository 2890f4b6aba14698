"""The faults in a short form; `python -m tests.faults` is the long one."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.cli.home import Home
from tests.faults import disk, power_program
from tests.faults.__main__ import Fault, main
from tests.faults.disk import full_disks
from tests.faults.outcome import Outcome, lost
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
from tests.faults.power_program import NOT_ASKING, AHome, lost_sets, the_program
from tests.faults.victim import Fate, Told, Victims, act
from tests.journal.logs import logged_sets
from voice_coach.journal import SessionLog


def test_a_power_cut_loses_no_set_and_every_session_can_be_gone_on_with(tmp_path: Path) -> None:
    found = power_cuts(10, tmp_path)
    assert found.well and found.sets_finished > 20 and found.to_go_on >= 3


def test_a_full_disk_loses_no_set_where_there_is_room_in_the_end(tmp_path: Path) -> None:
    found = full_disks(10, tmp_path)
    assert found.well and found.sets_finished > 40


@pytest.mark.parametrize("cut", [on_full_disks, on_slow_disks, on_read_only_disks, without_power])
def test_bad_disks_lose_no_set_either(cut: Callable[[int, Path], Outcome], tmp_path: Path) -> None:
    found = cut(4, tmp_path)
    assert found.well and found.sets_finished > 0


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
    found = row(1, tmp_path)
    if found.times == 0:
        pytest.skip(found.fault)
    assert found.well


def test_what_was_told_is_lost_where_there_is_no_log(tmp_path: Path) -> None:
    found = cuts("no log", 3, tmp_path / "none", lambda log, seed, chance: [Told("a set", kept=True)])
    assert found.sets_lost >= 3 and found.sets_finished == found.sets_lost


def test_a_victim_that_hangs_is_none_that_was_meant_to_be_killed(tmp_path: Path) -> None:
    for_ever = Fate(log=tmp_path / "log.jsonl", seed=1, bytes=10_000, slow_s=3_600.0)
    for fate in (for_ever, replace(for_ever, bytes=None, after=(2, 0.0))):
        with pytest.raises(AssertionError, match="hangs"):
            Victims(patience_s=0.3).one(fate)


def test_a_program_that_hangs_is_none_that_was_meant_to_be_killed(
    tmp_path: Path, spoken_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(power_program, "LONGEST_S", 0.0)
    with pytest.raises(AssertionError, match="hangs"):
        AHome(Home(tmp_path, spoken_cache)).run(*NOT_ASKING)


def test_a_set_that_is_there_twice_hides_none_that_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lost(3, 3) == 0 and lost(3, 2) == lost(2, 3) == 1
    assert [lost_sets(3, logged) for logged in (2, 3, 4, 5)] == [1, 0, 0, 2]
    shift = iter((-1, 1))

    def shifted(*sessions: SessionLog) -> Sequence[Mapping[str, Any]]:
        found = logged_sets(*sessions)
        return found[:-1] if next(shift) < 0 else [*found, *found[:1]]

    monkeypatch.setattr(disk, "logged_sets", shifted)
    assert full_disks(2, tmp_path).sets_lost == 2


@pytest.mark.parametrize(
    ("times", "lost", "state", "code"), [(0, 0, "not tried", 0), (2, 0, "well", 0), (2, 1, "NOT WELL", 1)]
)
def test_each_row_says_how_it_went(
    times: int, lost: int, state: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def a_row(_times: int, _folder: Path) -> Outcome:
        return Outcome(
            fault="a row", times=times, sets_finished=9, sets_lost=lost, to_go_on=times, gone_on=times, seconds=0.0
        )

    monkeypatch.setattr("tests.faults.__main__.FAULTS", (Fault(a_row, 5),))
    assert main([]) == code
    assert f"a_row: {state}, " in capsys.readouterr().err
