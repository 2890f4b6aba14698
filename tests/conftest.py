"""What all tests share: a Hypothesis profile that gives every run the same examples."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("default", deadline=None, max_examples=25, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=500)  # random; `pytest --hypothesis-profile=long`
settings.load_profile("default")
