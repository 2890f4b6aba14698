"""A folder for a person's own routines, and what is wrong in one of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from tests.routine.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "routines").mkdir()
    return Home(tmp_path / "routines")


@pytest.fixture
def item(home: Home) -> Callable[[str], list[str]]:
    """What is wrong in a routine with this one item, whose first line is line 5 of my.yaml."""

    def problems(fields: str) -> list[str]:
        body = dedent(fields).strip().replace("\n", "\n        ")
        return home.problems(f"title: My day\nblocks:\n  - name: Main\n    items:\n      - {body}\n")

    return problems
