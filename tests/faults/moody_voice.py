"""The real voice's child, which behaves as a file says: `python -m tests.faults.moody_voice FILE`.

The file holds one of MOODS or AT_START, and is read before each start and each
answer; an empty file, or none, is a good mood.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from voice_coach.audio.wav import wav_header
from voice_coach.speech import voice_child

ENDLESS_S = 600


@cache
def _answers() -> int:
    """The pipe to the program. What pyttsx3 prints goes to standard error from now on."""
    pipe = os.dup(1)
    os.dup2(2, 1)
    return pipe


def _hang() -> None:
    time.sleep(ENDLESS_S)


def _say(text: str, *, hang: bool = False) -> None:
    os.write(_answers(), text.encode())
    if hang:
        _hang()


def _raise() -> None:
    raise RuntimeError("no data for this language")


# What is done instead of speaking a sentence into a file.
MOODS: Mapping[str, Callable[[Path], object]] = {
    "ends": lambda path: os._exit(1),
    "crashes": lambda path: os.kill(os.getpid(), signal.SIGSEGV),
    "hangs": lambda path: _hang(),
    "raises": lambda path: _raise(),
    "answers garbage": lambda path: _say("garbage\n"),
    "answers half a line": lambda path: _say('{"ok": tr', hang=True),
    "answers without end": lambda path: _say("x" * 3_000_000, hang=True),
    "writes nothing": lambda path: None,
    "writes an empty file": lambda path: path.write_bytes(b""),
    "writes no WAV": lambda path: path.write_bytes(b"ID3" + bytes(2_000)),
    "writes half a header": lambda path: path.write_bytes(wav_header(16_000)[:20]),
    "writes silence": lambda path: path.write_bytes(wav_header(16_000) + bytes(32_000)),
}
AT_START = ("ends at every start", "hangs at every start")


def main(file: Path) -> None:
    """Serve as the real child does, in the mood of the moment."""

    def mood() -> str:
        return file.read_text(encoding="utf-8") if file.exists() else ""

    if mood() in AT_START:
        os._exit(1) if mood() == AT_START[0] else _hang()
    well = voice_child._answer

    def answer(engine: Any, request: dict[str, Any]) -> dict[str, Any]:
        if request["do"] == "render" and mood() in MOODS:
            MOODS[mood()](Path(request["path"]))
            return {"ok": True}
        return well(engine, request)

    voice_child._answer = answer
    voice_child.serve(sys.stdin, os.fdopen(_answers(), "w", encoding="utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
