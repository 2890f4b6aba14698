"""A session of two sets at home, and what is asked of its transcript."""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path

from tests.faults.sound_house import House
from tests.spoken_session import Line, SpokenSession, counting

REPS = 3
ENDS_S = 120.0


class Sitting(SpokenSession):
    """A session in a process of its own, in a house that has a sound server."""

    def __init__(self, folder: Path, house: House, cache: Path) -> None:
        env = {**house.env, "XDG_DATA_HOME": str(folder), "XDG_CACHE_HOME": str(cache)}
        env["PYTHONFAULTHANDLER"] = "1"  # a native crash says where it was
        super().__init__(folder, env, counting(REPS, sets=2, rest="5s"), "--ears", "keys")

    def until(self, words: str, within_s: float, times: int = 1) -> Line | None:
        """The line that holds these words for the so-manieth time from now; None where it did not come."""
        return self.lines.until(lambda line: words in line, within_s, times)

    def said(self, words: str) -> bool:
        """Whether a line so far holds these words."""
        return any(words in line.text for line in self.lines.all)

    def ended(self) -> int | None:
        """How it ended; None where it hangs at its end."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.process.wait(timeout=ENDS_S)
        return None
