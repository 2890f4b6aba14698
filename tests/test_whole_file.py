"""Files that are written whole or not at all, and what they never replace."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from voice_coach.errors import CoachError
from voice_coach.whole_file import write_whole


def test_a_file_is_written_whole_and_not_over_another(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_whole(path, b"one")
    with pytest.raises(CoachError, match="exists already: name another file, or add --force"):
        write_whole(path, b"two")
    assert path.read_bytes() == b"one"
    write_whole(path, b"two", force=True)
    assert path.read_bytes() == b"two"
    write_whole(path, b"three", ours=lambda file: file.read_bytes() == b"two")
    assert path.read_bytes() == b"three"
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "out.csv", b"one")
    assert stat.S_IMODE((tmp_path / "out.csv").stat().st_mode) == 0o600


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CoachError, match="cannot be written"):
        write_whole(tmp_path / "file" / "out.csv", b"x")
    with pytest.raises(CoachError, match="is a folder"):
        write_whole(tmp_path, b"x")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(CoachError, match="is no file: name a file with --output"):
        write_whole(pipe, b"x", force=True)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
