"""`python -m tests.faults [--times N]`: tries the faults and prints a table; the exit code is 1 where a set is lost."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from tests.faults.disk import full_disks
from tests.faults.outcome import table
from tests.faults.power import power_cuts

FAULTS = (power_cuts, full_disks)


def main(arguments: Sequence[str] | None = None) -> int:
    """Try them, print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument(
        "--times", type=int, default=500, metavar="N", help="how many sessions are struck by each fault"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        outcomes = [fault(options.times, Path(folder)) for fault in FAULTS]
    Console(width=None if sys.stdout.isatty() else 120).print(table(outcomes))
    return 0 if all(each.well for each in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
