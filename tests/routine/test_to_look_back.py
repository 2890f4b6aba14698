"""The exercises as whoever looks back reads them: the same ones, sooner, and no traceback where a file was changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.routine.test_rules import CHAIR
from voice_coach.paths import shipped
from voice_coach.routine.library import load_library, to_look_back

SHIPPED = [shipped("routines")]


def test_they_are_those_that_are_trained() -> None:
    assert to_look_back(SHIPPED) == load_library(SHIPPED).exercises


def test_nothing_shipped_is_checked() -> None:
    """In a process of its own: what checks is heavy, and most likely imported here already."""
    script = (
        "import sys; from voice_coach.routine.library import standard_folders, to_look_back as t;"
        " assert t(standard_folders()[1:]); print('jsonschema' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"


def test_what_is_her_own_is_checked(tmp_path: Path) -> None:
    folder = tmp_path / "exercises"
    folder.mkdir()
    (folder / "mine.yaml").write_text(CHAIR.replace("chair", "stool") + "    nonsense: 5\n")
    assert load_library([tmp_path]).problems
    assert to_look_back([tmp_path, *SHIPPED]) == load_library([tmp_path, *SHIPPED]).exercises


@pytest.mark.parametrize(
    "text",
    [
        "exercises: 5\n",
        "exercises: [a, b]\n",
        "exercises:\n  a: {name: A}\n",
        "exercises:\n  a: {name: A, start: b, cues: [c], mode: dance}\n",
        "exercises:\n  a: {name: A, start: b, cues: 5, mode: time}\n",
        "exercises:\n  a: {name: A, start: b, cues: [c], mode: reps, tempo: x, words: up-down}\n",
        "other: 5\n",
        "- 5\n",
        "a: [\n",
        "",
    ],
)
def test_a_tested_file_that_was_changed_is_checked_after_all(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "exercises"
    folder.mkdir()
    (folder / "shipped.yaml").write_text(text)
    assert to_look_back([tmp_path, *SHIPPED], [tmp_path]) == load_library([tmp_path, *SHIPPED]).exercises
