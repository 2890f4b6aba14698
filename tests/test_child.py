"""Processes of the program's own: no file in the person's folder takes part in them, and its paths are found."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from voice_coach.audio import read_wav
from voice_coach.audio.opening import microphone_works
from voice_coach.child import HOME
from voice_coach.paths import shipped
from voice_coach.speech.ears_process import ProcessEars
from voice_coach.speech.ears_wire import Wanted
from voice_coach.speech.voice_process import VoiceProcess
from voice_coach.speech.vosk_check import COMMON, vosk

# Modules of Python that each of the processes needs, by the names of files that somebody may well have.
NAMES = ("random", "difflib", "queue", "statistics", "secrets")


def ears() -> None:
    opened = ProcessEars(Wanted(engine="pocketsphinx", phrases=COMMON))
    try:
        opened.wait_until_open()
    finally:
        opened.close()


def voice() -> None:
    process = VoiceProcess(None, 165)
    try:
        assert process.voices()
    finally:
        process.close()


@pytest.mark.parametrize("start", [ears, voice, lambda: microphone_works(None)], ids=["ears", "voice", "microphone"])
def test_files_in_the_persons_folder_are_no_part_of_the_program(
    start: Callable[[], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'was run')!r}, 'w')\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(HOME))  # as in a checkout: the package would be found from any folder
    monkeypatch.chdir(tmp_path)
    start()
    assert not (tmp_path / "was run").exists()


def test_paths_in_the_persons_folder_are_hers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(shipped("models") / "coach-en", tmp_path / "mine")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.chdir(tmp_path)
    process = VoiceProcess(None, 165)
    opened = ProcessEars(vosk(Path("mine"), COMMON))
    try:
        process.render("One.", Path("one.wav"))
        opened.wait_until_open()
    finally:
        opened.close()
        process.close()
    assert len(read_wav(tmp_path / "one.wav"))
