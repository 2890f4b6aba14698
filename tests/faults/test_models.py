"""The faults of models from outside in a short form; `python -m tests.faults` is the long one."""

from __future__ import annotations

from pathlib import Path

from tests.faults.models import downloads_cut, harmful_archives, killed_at_work


def test_a_download_that_is_cut_at_any_byte_is_gone_on_with(tmp_path: Path) -> None:
    found = downloads_cut(20, tmp_path)
    assert found.well and found.to_go_on == 20


def test_an_archive_that_means_harm_does_none(tmp_path: Path) -> None:
    found = harmful_archives(80, tmp_path)
    assert found.well and found.to_go_on == 80


def test_whoever_is_killed_at_work_leaves_the_model_whole_or_not_there(tmp_path: Path) -> None:
    found = killed_at_work(6, tmp_path)
    assert found.well and found.to_go_on == 6
