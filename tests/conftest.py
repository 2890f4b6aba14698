"""What all tests share: a Hypothesis profile that gives every run the same examples, and a tiny Vosk model."""

from __future__ import annotations

from hypothesis import settings

from tests.tiny_vosk.fixture import tiny_vosk_model

__all__ = ["tiny_vosk_model"]

settings.register_profile("default", deadline=None, max_examples=25, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=500)  # random; `pytest --hypothesis-profile=long`
settings.load_profile("default")
