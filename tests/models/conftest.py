"""Women's voices, since the model has learnt to leave the coach's own and those like it alone; and the model itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.speech.conftest import woman
from voice_coach.paths import shipped
from voice_coach.speech.voice import Voice, VoiceSettings

__all__ = ["woman"]


@pytest.fixture(scope="session")
def neighbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Voice]:
    """Another woman, with a British accent."""
    voice = Voice(VoiceSettings(name="gmw/en+f4", rate_wpm=150), tmp_path_factory.getbasetemp() / "voices")
    yield voice
    voice.close()


@pytest.fixture(scope="session")
def coach_en() -> Path:
    """The shipped model's folder; all tests share it, so copy it to change it."""
    return shipped("models") / "coach-en"
