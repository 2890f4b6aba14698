"""What is the person's is hers alone to read, whatever the umask, and also where a folder was open before."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journal.logs import write_session
from tests.sessions import small_plan
from tests.spoken_session import environment
from voice_coach import paths

LIMIT_S = 120

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture(autouse=True)
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_an_open_folder_of_ours_is_closed_and_that_is_told_once(home: Path) -> None:
    paths.user_data().mkdir(parents=True, mode=0o755)
    paths.user_cache().mkdir(parents=True, mode=0o700)
    told = paths.keep_private()
    assert told == [f"{paths.user_data()} could be read by others on this computer; from now on only by you."]
    assert rights(paths.user_data()) == 0o700
    assert paths.keep_private() == []


def test_the_rights_that_a_person_has_taken_from_herself_stay_so(home: Path) -> None:
    paths.user_data().mkdir(parents=True)
    paths.user_data().chmod(0o550)
    paths.keep_private()
    assert rights(paths.user_data()) == 0o500


def test_what_is_not_there_is_not_made_and_a_stricter_umask_stays(home: Path) -> None:
    os.umask(0o277)
    assert paths.keep_private() == []
    assert not paths.user_data().exists()
    assert os.umask(0) == 0o277


def test_nothing_that_the_program_writes_can_be_read_by_others(home: Path) -> None:
    """In processes of their own with a umask of 0, as after `umask 0` in a shell."""
    paths.user_data().mkdir(parents=True, mode=0o777)
    write_session(paths.user_data() / "log.jsonl", small_plan())
    for command in (
        ("review", "--no-open"),
        ("export", "csv", "--output", str(home / "out.csv")),
        ("run", "first_taste", "--text", "--no-check", "--no-questions", "--log", str(home / "new" / "log.jsonl")),
    ):
        with subprocess.Popen(
            [sys.executable, "-m", "voice_coach", *command],
            env=environment(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                assert process.stdout is not None
                if command[0] == "run" and process.stdout.readline():  # its first sentence
                    process.terminate()
                process.wait(LIMIT_S)
            finally:
                process.kill()
    written = [path for path in home.rglob("*") if path not in (home / "data", home / "cache")]
    assert {path.suffix for path in written} >= {".jsonl", ".html", ".csv"}
    assert [f"{path} {rights(path):o}" for path in written if rights(path) & 0o077] == []
    assert [path for path in written if set(path.name) & set('<>:"|?*\\')] == []  # Windows could not write those
