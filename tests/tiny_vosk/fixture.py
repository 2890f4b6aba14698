"""The pytest fixture `tiny_vosk_model`: built once by `models.training --tiny`, then kept in pytest's cache.

It hears the words of `models.training.tiny.WORDS` in any voice of espeak-ng, the coach's own among them, which the
shipped model has learnt to leave alone.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest

from models.training.graph import missing_tools
from voice_coach.speech.manifest import MANIFEST

_ROOT = Path(__file__).resolve().parents[2]
_SECONDS = 900  # about 60 are enough on two unhurried cores


@pytest.fixture(scope="session")
def tiny_vosk_model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the model, as a stranger would bring it: without a manifest. All tests share it; copy it to change it.

    Skips where OpenFst's tools or torch are missing, or fails there if VOICE_COACH_REQUIRE_SOUND=1.
    """
    if reason := missing_tools() or ("needs torch" if find_spec("torch") is None else ""):
        if os.environ.get("VOICE_COACH_REQUIRE_SOUND") == "1":
            pytest.fail(f"the tiny Vosk model {reason}", pytrace=False)
        pytest.skip(f"the tiny Vosk model {reason}")
    cache: pytest.Cache | None = getattr(request.config, "cache", None)  # absent with -p no:cacheprovider
    name = f"tiny_vosk_{_fingerprint()}"  # a folder for each, so that a folder of models holds one
    shelf = cache.mkdir(name) if cache else tmp_path_factory.mktemp(name)
    model = shelf / "tiny"
    if not model.is_dir():
        with tempfile.TemporaryDirectory(dir=shelf, prefix="draft-") as draft:
            _build(Path(draft) / "model")
            (Path(draft) / "model" / MANIFEST).unlink()
            _put_in_place(Path(draft) / "model", model)
    return model


def _fingerprint() -> str:
    """Of everything the model is made from, so that a change of any of it makes a new one."""
    made_from = hashlib.sha256()
    for source in sorted((_ROOT / "models" / "training").glob("*.py")):
        made_from.update(source.read_bytes())
    for package in ("espeakng-loader", "numpy", "pocketsphinx", "soxr", "torch"):
        made_from.update(f"{package} {version(package)}\n".encode())
    return made_from.hexdigest()[:16]


def _build(folder: Path) -> None:
    """In a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "models.training", "--tiny", "--output", str(folder)],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
    )
    if done.returncode != 0:
        pytest.fail(f"the tiny Vosk model could not be built:\n{done.stderr[-4000:]}", pytrace=False)


def _put_in_place(draft: Path, model: Path) -> None:
    """All at once, so that a model on the shelf is a whole one; another test run may have been faster."""
    try:
        draft.rename(model)
    except OSError:
        if not model.is_dir():
            raise
