"""The first phrase of a new child is whole: pyttsx3 used to cancel it, or to return before it was written."""

from __future__ import annotations

from pathlib import Path

from voice_coach.audio import read_wav
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
