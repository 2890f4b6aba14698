"""What all tests share: the same Hypothesis examples in every run, a tiny Vosk model, a cache of rendered speech."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.tiny_vosk.fixture import tiny_vosk_model

__all__ = ["tiny_vosk_model"]

settings.register_profile("default", deadline=None, max_examples=25, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=500)  # random; `pytest --hypothesis-profile=long`
settings.load_profile("default")


@pytest.fixture(scope="session")
def spoken_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache folder that tests with a real voice share, so that no sentence is rendered twice."""
    cache = tmp_path_factory.mktemp("spoken")
    (cache / "voice-coach").mkdir(mode=0o700)  # as the program makes it, which would tell of a wider one
    return cache
