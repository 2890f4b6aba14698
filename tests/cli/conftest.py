"""A person's folders, and the command line in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.home import Done, Home
from voice_coach.cli.main import run


@pytest.fixture
def home(tmp_path: Path, spoken_cache: Path) -> Home:
    return Home(tmp_path, spoken_cache)


@pytest.fixture
def coach(home: Home, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """The command line in this process."""
    for name, value in home.env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("VOICE_COACH_MODEL", raising=False)
    monkeypatch.chdir(home.data)

    def call(*arguments: str) -> Done:
        capfd.readouterr()
        code = run(list(arguments))
        out, err = capfd.readouterr()
        return Done(int(code), out, err)

    return call
