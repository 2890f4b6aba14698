"""`python -m tests.faults [--times N] [--only WORD]`: tries the faults, prints a table; exit code 1 where one did harm.

Each fault is tried as often as its row in FAULTS says. Those over a sound server take real time, the others run on
virtual time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from tests.faults.disk import full_disks
from tests.faults.outcome import Outcome, table
from tests.faults.power import power_cuts


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong: how it is tried, and how often."""

    attempt: Callable[[int, Path], Outcome]
    times: int

    @property
    def name(self) -> str:
        """What `--only` looks in."""
        return f"{self.attempt.__module__.rpartition('.')[2]}.{self.attempt.__name__}"


FAULTS = (
    Fault(power_cuts, 500),
    Fault(full_disks, 500),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Try them, print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--times", type=int, metavar="N", help="try none of them more often than this")
    parser.add_argument("--only", default="", metavar="WORD", help="those whose name holds this")
    options = parser.parse_args(arguments)
    chosen = [fault for fault in FAULTS if options.only in fault.name]
    if not chosen:
        parser.error(f"no fault is called {options.only!r}: {', '.join(fault.name for fault in FAULTS)}")
    outcomes = []
    for fault in chosen:
        began, times = time.perf_counter(), min(fault.times, options.times or fault.times)
        with tempfile.TemporaryDirectory() as folder:
            outcomes.append(fault.attempt(times, Path(folder)))
        print(f"{fault.name}: {times} times in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    Console(width=None if sys.stdout.isatty() else 120).print(table(outcomes))
    return 0 if all(each.well for each in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
