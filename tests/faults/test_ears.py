"""The recogniser's faults in a short form; `python -m tests.faults` is the long one."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest

from tests.faults.ears import KINDS, damaged_models, harm, killed_ears, stalled_ears

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a voice of espeak-ng's, and signals")


def test_a_session_whose_recogniser_is_killed_hears_again_and_loses_nothing(tmp_path: Path) -> None:
    assert killed_ears(2, tmp_path).well


def test_a_recogniser_that_stands_still_is_replaced(tmp_path: Path) -> None:
    found = stalled_ears(1, tmp_path)
    assert found.well and found.seconds > 1.0


def test_a_damaged_model_is_one_sentence(tmp_path: Path) -> None:
    assert damaged_models(12, tmp_path).well


@pytest.mark.parametrize("kind", KINDS)
def test_harm_is_done(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(before := bytes(range(256)) * 20)
    harm(file, kind, random.Random(1))
    whole = os.access(file, os.R_OK) and file.is_file() and file.stat().st_size == len(before)
    assert not whole or file.read_bytes() != before
