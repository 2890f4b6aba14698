"""A manifest tells a whole model from a damaged one."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from voice_coach.speech.manifest import MANIFEST, damage, has_manifest, write_manifest
from voice_coach.speech.vosk_check import check_vosk_model


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Files where Vosk looks for them; none of them is real."""
    for name in ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/HCLr.fst", "graph/phones/x.int"):
        file = tmp_path / "model" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode() * 100)
    write_manifest(tmp_path / "model")
    return tmp_path / "model"


def test_a_whole_model_passes_without_being_tried_out(model: Path) -> None:
    """These files are nonsense: whoever loaded them would know."""
    assert has_manifest(model)
    assert damage(model) == ""
    assert check_vosk_model(model) is None


def test_it_is_in_the_format_of_sha256sum(model: Path) -> None:
    done = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", MANIFEST], cwd=model, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("name", ["am/final.mdl", "conf/model.conf", "graph/HCLr.fst", "graph/phones/x.int"])
def test_one_bit_that_changed_is_found_every_time(model: Path, name: str) -> None:
    assert check_vosk_model(model) is None
    content = bytearray((model / name).read_bytes())
    content[len(content) // 2] ^= 1
    (model / name).write_bytes(content)
    problem = check_vosk_model(model)
    assert str(problem) == f"{model}: is a damaged Vosk model ({name} was changed), unpack it again"


def test_a_file_too_few_or_too_many_is_found(model: Path) -> None:
    (model / "ivector").mkdir()
    (model / "ivector" / "final.ie").write_text("libvosk would load this")
    assert damage(model) == "ivector/final.ie does not belong to it"
    (model / "ivector" / "final.ie").unlink()
    (model / "graph" / "phones" / "x.int").unlink()
    assert damage(model) == "graph/phones/x.int is missing"


def test_what_lies_beside_the_folders_is_for_people(model: Path) -> None:
    (model / "README.md").write_text("A model card.")
    assert damage(model) == ""


@pytest.mark.parametrize("text", ["", "nonsense\n", "abc  am/final.mdl\n"])
def test_a_manifest_that_is_none_vouches_for_nothing(model: Path, text: str) -> None:
    (model / MANIFEST).write_text(text)
    assert damage(model).startswith(f"{MANIFEST} does not help")
    assert check_vosk_model(model) is not None
