"""A folder is looked at, and then tried out in the process that would listen with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from voice_coach.speech.ears_process import Limits
from voice_coach.speech.vosk_check import check_vosk_model, vosk_models_in


@pytest.fixture
def copy(tiny_vosk_model: Path, tmp_path: Path) -> Path:
    """A model that may be damaged."""
    return Path(shutil.copytree(tiny_vosk_model, tmp_path / "model"))


def test_a_good_model_has_no_problem(copy: Path) -> None:
    assert check_vosk_model(copy) is None


@pytest.mark.parametrize("name", ["am/final.mdl", "graph/HCLr.fst", "graph/words.txt", "conf/model.conf"])
def test_a_missing_file_is_named_or_survived(copy: Path, name: str) -> None:
    """libvosk itself gives up in words on some, and does not notice others; this process lives on either way."""
    (copy / name).unlink()
    problem = check_vosk_model(copy)
    assert problem is not None
    assert "Vosk model" in str(problem)


@pytest.mark.parametrize("share", [0.3, 0.7])
def test_a_truncated_graph_is_found_in_the_other_process(copy: Path, share: float) -> None:
    """These end the process that loads them. (Cut behind four fifths, where only look-ahead tables lie, it loads.)"""
    graph = copy / "graph" / "HCLr.fst"
    graph.write_bytes(graph.read_bytes()[: int(graph.stat().st_size * share)])
    problem = check_vosk_model(copy)
    assert problem is not None and "Vosk model" in problem.message


def test_what_is_no_model_is_said(tmp_path: Path) -> None:
    assert "no such folder" in str(check_vosk_model(tmp_path / "nowhere"))
    (tmp_path / "model.zip").write_bytes(b"PK")
    assert "unpack it" in str(check_vosk_model(tmp_path / "model.zip"))
    sphinx = tmp_path / "sphinx"
    sphinx.mkdir()
    (sphinx / "mdef").write_text("")
    assert "PocketSphinx model" in str(check_vosk_model(sphinx))
    assert "no Vosk model" in str(check_vosk_model(tmp_path))


def test_the_folder_above_a_model_names_the_model(copy: Path) -> None:
    assert f"did you mean {copy}" in str(check_vosk_model(copy.parent))
    assert vosk_models_in(copy.parent) == [copy]
    assert vosk_models_in(copy.parent / "nowhere") == []


def test_a_model_that_takes_for_ever_is_given_up(copy: Path) -> None:
    problem = check_vosk_model(copy, Limits(start_s=0.01))
    assert problem is not None and "within 0.01 seconds" in problem.message
