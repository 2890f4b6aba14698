"""Reading the log of ten years."""

from __future__ import annotations

from tests.benchmarks.figure import Figure, Options, Taken
from tests.journal import ten_years
from voice_coach.journal import load
from voice_coach.review import summarise

SMALL = 20_000


def measure(options: Options) -> list[Figure]:
    """Seconds of processor time to read 200,000 lines, and to sum all their sessions up."""
    lines = SMALL if options.smoke else ten_years.LINES
    path = options.folder / "ten_years.jsonl"
    ten_years.make(path, lines)
    reading, folding = Taken(), Taken()
    for _ in range(options.times(3)):
        reading.run(lambda: load(path))
    log = load(path)
    if log.damage:
        raise AssertionError(f"the log reads back damaged: {log.damage[0]}")
    folding.run(lambda: [summarise(session) for session in log.sessions])
    size = f"{path.stat().st_size / 1e6:.0f} MB"
    return [
        Figure(
            name=f"read a log of {lines} lines",
            values=tuple(reading.cpu),
            unit="s",
            digits=2,
            how=f"processor time; {len(log.sessions)} sessions, {size}",
        ),
        Figure(name="sum up all its sessions", values=tuple(folding.cpu), unit="s", digits=2, how="processor time"),
    ]
