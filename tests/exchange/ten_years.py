"""How long it takes to export ten years, and to import them: `python -m tests.exchange.ten_years [LINES]`.

Each is the command line in a process of its own, as the person has it, with the largest memory it took (Linux).
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.journal.ten_years import LINES, make
from voice_coach.exchange import CSV_FORMATS


def told(what: str, *arguments: str) -> None:
    """Run one command, and print how long it took and how much memory."""
    began = time.perf_counter()
    child = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-m", "voice_coach", *arguments])
    _, status, usage = os.wait4(child, 0)
    took = time.perf_counter() - began
    assert status == 0, what
    print(f"{what}: {took:.2f} s ({usage.ru_utime + usage.ru_stime:.2f} s of work), {usage.ru_maxrss / 1024:.0f} MB")


def main() -> None:
    """Print the figures."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    with TemporaryDirectory() as name:
        folder = Path(name)
        log = folder / "log.jsonl"
        make(log, lines)
        print(f"{log.stat().st_size / 1e6:.0f} MB of log")
        for form in [*CSV_FORMATS, "json"]:
            told(f"export {form}", "export", form, "--log", str(log), "--output", str(folder / form))
        for form in CSV_FORMATS:
            told(f"import {form}", "import", str(folder / form), "--log", str(folder / f"{form}.jsonl"))
        told("export fit", "export", "fit", "--log", str(log), "--output", str(folder / "fit"))
        print(
            f"{len(list((folder / 'fit').iterdir()))} sessions; "
            + ", ".join(_size(folder / each) for each in CSV_FORMATS)
        )


def _size(path: Path) -> str:
    return f"{path.name} {path.stat().st_size / 1e6:.1f} MB"


if __name__ == "__main__":
    main()
