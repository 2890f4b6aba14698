"""The child that speaks: its first phrase is whole, and it tells each engine its voice as that one wants it."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from voice_coach.audio import read_wav
from voice_coach.speech import voice_child
from voice_coach.speech.voice_process import VoiceProcess


def test_the_first_phrase_of_every_new_child_is_whole(tmp_path: Path) -> None:
    lengths = []
    for _ in range(8):
        process = VoiceProcess(None, 165)
        try:
            process.render("Ten seconds.", tmp_path / "spoken.wav")
        finally:
            process.close()
        lengths.append(len(read_wav(tmp_path / "spoken.wav")) / 16)
    assert min(lengths) > 1_000
    assert max(lengths) - min(lengths) < 20


@dataclass
class Named:
    id: str
    name: str


@dataclass
class Engine:
    """What pyttsx3 is on another system; only what is set is kept."""

    driver: str
    told: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.driver

    def getProperty(self, name: str) -> list[Named]:  # noqa: N802 (pyttsx3's)
        assert name == "voices"
        return [Named("HKEY\\Speech\\TTS_MS_EN-US_ZIRA", "Microsoft Zira"), Named("gmw/en-us", "English (America)")]

    def setProperty(self, name: str, value: object) -> None:  # noqa: N802
        self.told[name] = value


@pytest.mark.parametrize(
    ("driver", "asked", "told"),
    [
        ("sapi5", "microsoft zira", "HKEY\\Speech\\TTS_MS_EN-US_ZIRA"),
        ("sapi5", "HKEY\\Speech\\TTS_MS_EN-US_ZIRA", "HKEY\\Speech\\TTS_MS_EN-US_ZIRA"),
        ("espeak", "en-us+f3", "en-us+f3"),
        ("espeak", "gmw/en-us", "gmw/en-us"),
    ],
)
def test_each_engine_is_told_its_voice_as_it_wants_it(driver: str, asked: str, told: str) -> None:
    engine = Engine(driver)
    answers = io.StringIO()
    voice_child.serve(io.StringIO(json.dumps({"do": "open", "name": asked, "rate": 165}) + "\n"), answers, engine)
    assert json.loads(answers.getvalue()) == {"ok": True}
    assert engine.told == {"voice": told, "rate": 165}
