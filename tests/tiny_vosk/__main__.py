"""`python -m tests.tiny_vosk FOLDER`: builds the tiny model there."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.tiny_vosk import build

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.tiny_vosk FOLDER")
    build(Path(sys.argv[1]))
