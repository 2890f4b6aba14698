"""What a measure takes of processor and memory, the process of the ears counted in."""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path

from voice_coach.speech.ears import Ears
from voice_coach.speech.ears_process import ProcessEars


def peak_mb(ears: Ears | None = None) -> float:
    """The most resident memory this process has had, and with ears theirs, too."""
    if sys.platform.startswith("linux"):  # getrusage would remember the process it was forked from
        return _peak_mb("self") + (_peak_mb(str(ears.pid)) if isinstance(ears, ProcessEars) else 0.0)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2  # bytes, on macOS; without the ears


def cpu_s(ears: Ears | None = None) -> float:
    """Seconds of processor time that this process has taken so far, and with ears theirs, too (on Linux)."""
    if not isinstance(ears, ProcessEars) or not sys.platform.startswith("linux"):
        return time.process_time()
    taken = Path(f"/proc/{ears.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return time.process_time() + (int(taken[11]) + int(taken[12])) / os.sysconf("SC_CLK_TCK")


def _peak_mb(pid: str) -> float:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) / 1024
