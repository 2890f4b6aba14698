"""Whether there is a microphone that works: `python -m voice_coach.audio.microphone_child [NAME]` ends with 0 or 1."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from voice_coach.audio.opening import try_microphone
from voice_coach.errors import AudioError


def main(arguments: Sequence[str]) -> int:
    """Try it."""
    try:
        return 0 if try_microphone(arguments[0] if arguments else None) else 1
    except AudioError:
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
