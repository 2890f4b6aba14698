"""Through which microphones she has been heard: remembered, so that each is tried out once."""

from __future__ import annotations

from pathlib import Path

from voice_coach import paths


def _file() -> Path:
    return paths.user_data() / "microphones.txt"


def known(name: str) -> bool:
    """Whether she was heard through this microphone before. A file that cannot be read remembers nothing."""
    try:
        return name in _file().read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False


def remember(name: str) -> str:
    """Write a microphone down; what is wrong in a sentence where that cannot be done, else nothing."""
    if known(name):
        return ""
    file = _file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with file.open("a", encoding="utf-8") as lines:
            lines.write(f"{name}\n")
    except OSError as error:
        return f"{file} cannot be written ({error.strerror or error}); the check will be made again next time."
    return ""
