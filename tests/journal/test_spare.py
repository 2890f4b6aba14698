"""Room that is kept for a session: given up when the disk is full, and gone when the log is closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.victim import DeadlyDisk, Fate
from tests.journal.logs import BEGAN, SETUP
from tests.sessions import tiny_plan
from voice_coach.errors import LogError
from voice_coach.journal import Journal, load
from voice_coach.journal.spare import SIZE, spare_of
from voice_coach.session.events import Record


def _set(number: int) -> list[Record]:
    return [Record(at=number, kind="set", data={"set": number})]


def test_a_disk_that_gets_full_takes_the_rest_of_the_session(tmp_path: Path) -> None:
    path = tmp_path / "log"
    disk = DeadlyDisk(Fate(log=path, seed=0, size=SIZE + 8_000))
    with Journal.open(path, "s", lambda: BEGAN, write=disk.write, sync=disk.sync) as journal:
        journal.start(tiny_plan(), SETUP)
        assert spare_of(path).stat().st_size == SIZE
        assert spare_of(path).stat().st_mode & 0o077 == 0
        for number in range(100):
            journal.effects(_set(number))
        assert not spare_of(path).exists() and not journal.behind
    sets = [each for each in load(path).sessions[0].entries if each.fields.get("kind") == "set"]
    assert len(sets) == 100 and path.stat().st_size > 8_000
    assert list(tmp_path.iterdir()) == [path]


def test_where_even_that_is_used_up_lines_wait_as_before(tmp_path: Path) -> None:
    path = tmp_path / "log"
    disk = DeadlyDisk(Fate(log=path, seed=0, size=8_000))
    with Journal.open(path, "s", lambda: BEGAN, write=disk.write, sync=disk.sync) as journal:
        journal.start(tiny_plan(), SETUP)
        spare_of(path).unlink()
        with pytest.raises(LogError, match="make room on the disk"):
            for number in range(100):
                journal.effects(_set(number))
        assert journal.behind
    assert load(path).damage == ()


def test_what_a_crash_left_of_it_is_used_again_and_what_has_another_size_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "log"
    for left in (SIZE, 17):
        spare_of(path).write_bytes(bytes(left))
        with Journal.open(path, "s", lambda: BEGAN) as journal:
            journal.start(tiny_plan(), SETUP)
            data = spare_of(path).read_bytes()
            assert len(data) == SIZE and (data == bytes(SIZE)) is (left == SIZE)
        assert not spare_of(path).exists()


def test_it_lies_beside_the_file_that_a_link_leads_to_and_an_import_needs_none(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "log"
    link.symlink_to(tmp_path / "there" / "real")
    assert spare_of(link) == tmp_path.resolve() / "there" / ".real.spare"
    with Journal.open(link, "s", lambda: BEGAN) as journal:
        journal.start(tiny_plan(), SETUP, spare=False)
        assert not spare_of(link).exists()


def test_a_folder_in_its_place_keeps_nobody_from_training(tmp_path: Path) -> None:
    path = tmp_path / "log"
    spare_of(path).mkdir()
    with Journal.open(path, "s", lambda: BEGAN) as journal:
        journal.start(tiny_plan(), SETUP)
    assert spare_of(path).is_dir() and len(load(path).sessions) == 1
