"""The pytest fixture `tiny_vosk_model`: built once, then kept in pytest's cache until its builder changes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.tiny_vosk.graph import missing_tools

_PACKAGE = Path(__file__).resolve().parent
_SECONDS = 600  # about 35 are enough on one unhurried core


@pytest.fixture(scope="session")
def tiny_vosk_model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a model that hears `tests.tiny_vosk.WORDS`; all tests share it, so copy it to change it.

    Skips where OpenFst's tools are missing, or fails there if VOICE_COACH_REQUIRE_SOUND=1.
    """
    if reason := missing_tools():
        if os.environ.get("VOICE_COACH_REQUIRE_SOUND") == "1":
            pytest.fail(f"the tiny Vosk model {reason}", pytrace=False)
        pytest.skip(f"the tiny Vosk model {reason}")
    cache: pytest.Cache | None = getattr(request.config, "cache", None)  # absent with -p no:cacheprovider
    shelf = cache.mkdir("tiny_vosk") if cache else tmp_path_factory.mktemp("tiny_vosk")
    model = shelf / _fingerprint()
    if not model.is_dir():
        with tempfile.TemporaryDirectory(dir=shelf, prefix="draft-") as draft:
            _build(Path(draft) / "model")
            _put_in_place(Path(draft) / "model", model)
    return model


def _fingerprint() -> str:
    """Of everything the model is made from, so that a change of any of it makes a new one."""
    made_from = hashlib.sha256()
    for source in sorted(_PACKAGE.glob("*.py")):
        made_from.update(source.read_bytes())
    for package in ("espeakng-loader", "numpy", "soxr"):
        made_from.update(f"{package} {version(package)}\n".encode())
    return made_from.hexdigest()[:16]


def _build(folder: Path) -> None:
    """In a process of its own, on one core."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.tiny_vosk", str(folder)],
        cwd=_PACKAGE.parents[1],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
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
