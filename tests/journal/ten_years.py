"""Measures reading the log of ten years: `python -m tests.journal.ten_years [LINES]`.

The log is made of real sessions of the small test routine with as many commands and refusals as fill it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from tests.journal.logs import write_session
from tests.sessions import command, small_plan
from voice_coach.journal import load
from voice_coach.replay import replay
from voice_coach.review import summarise
from voice_coach.session.events import Intent

LINES = 200_000
T = TypeVar("T")


def make(path: Path, lines: int) -> None:
    """Write a log of at least so many lines: one real session over and over under different names."""
    write_session(path, small_plan(), [command(at, Intent.YES) for at in range(5_000, 230_000, 4_500)], name="NAME")
    session = path.read_bytes()
    count = -(-lines // session.count(b"\n"))
    with path.open("wb") as file:
        for number in range(count):
            file.write(session.replace(b"NAME", b"%06d" % number))


def timed(what: str, work: Callable[[], T]) -> T:
    """Run, and print how long it took."""
    began = time.perf_counter()
    result = work()
    print(f"{what}: {time.perf_counter() - began:.2f} s")
    return result


def main() -> None:
    """Print the figures."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.jsonl"
        make(path, lines)
        raw = path.read_bytes().splitlines()
        print(f"{len(raw)} lines, {path.stat().st_size / 1e6:.0f} MB")
        timed("json.loads alone", lambda: [json.loads(line) for line in raw] and None)
        log = timed(f"load, {len(raw)} lines", lambda: load(path))
        timed(f"summarise {len(log.sessions)} sessions", lambda: [summarise(session) for session in log.sessions])
        result = timed("replay one session", lambda: replay(log.find("last")))
        assert not log.damage and result.same


if __name__ == "__main__":
    main()
