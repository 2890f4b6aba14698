"""The real synthetic voices of the tests: the coach's and a woman's, from one cache for the whole run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from voice_coach.speech.voice import Voice, VoiceSettings

WOMAN = "gmw/en-us+f2" if sys.platform.startswith("linux") else None


@pytest.fixture(scope="session")
def coach(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Voice]:
    """The coach's voice."""
    yield from _voice(VoiceSettings(), tmp_path_factory.getbasetemp() / "voices")


@pytest.fixture(scope="session")
def woman(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Voice]:
    """Another voice than the coach's."""
    yield from _voice(VoiceSettings(name=WOMAN, rate_wpm=150), tmp_path_factory.getbasetemp() / "voices")


def _voice(settings: VoiceSettings, cache: Path) -> Iterator[Voice]:
    voice = Voice(settings, cache)
    yield voice
    voice.close()
