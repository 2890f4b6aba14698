"""The faults of models from outside in a short form; `python -m tests.faults` is the long one."""

from __future__ import annotations

from pathlib import Path

from tests.faults.models import downloads_cut, harmful_archives, killed_at_work, victims
from tests.faults.models_victim import CUT
from tests.models.archives import FILES, small


def test_a_download_that_is_cut_at_any_byte_is_gone_on_with(tmp_path: Path) -> None:
    assert downloads_cut(20, tmp_path).well


def test_an_archive_that_means_harm_does_none(tmp_path: Path) -> None:
    assert harmful_archives(80, tmp_path).well


def test_whoever_is_killed_at_work_leaves_the_model_whole_or_not_there(tmp_path: Path) -> None:
    assert killed_at_work(6, tmp_path).well


def test_some_are_killed_inside_of_a_write_and_some_half_way_through_a_removal(tmp_path: Path) -> None:
    archive = tmp_path / "good.zip"
    archive.write_bytes(small())
    (tmp_path / "all").mkdir()
    steps = int(victims(tmp_path / "all", archive, [-1]))
    victims(tmp_path, archive, range(steps))
    left = [[path for path in (tmp_path / str(step)).rglob("*") if path.name != "lock"] for step in range(steps)]
    sizes = [{path.name: path.stat().st_size for path in paths if path.is_file()} for paths in left]
    assert sum(CUT in each.values() for each in sizes) > len(FILES)
    half_gone = [each for each in sizes[steps // 2 :] if 0 < len(each) < len(FILES)]
    assert len(half_gone) >= len(FILES) - 1
