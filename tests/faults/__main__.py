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

from tests.faults import (
    clock,
    clock_dates,
    disk,
    ears,
    files,
    long_day,
    models,
    power,
    power_mount,
    power_program,
    sound,
    two,
    voice,
)
from tests.faults.outcome import Outcome, table

Attempt = Callable[[int, Path], Outcome]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong: how it is tried, and how often."""

    attempt: Attempt
    times: int

    @property
    def name(self) -> str:
        """What `--only` looks in."""
        return f"{self.attempt.__module__.rpartition('.')[2]}.{self.attempt.__name__}"


FAULTS = (
    Fault(power.power_cuts, 500),
    Fault(power.on_slow_disks, 500),
    Fault(power.on_full_disks, 500),
    Fault(power.on_read_only_disks, 500),
    Fault(power.without_power, 500),
    Fault(power_program.the_program, 30),
    Fault(power_mount.really_full, 100),
    Fault(power_mount.read_only, 5),
    Fault(disk.full_disks, 500),
    Fault(two.two_at_once, 10),
    Fault(sound.server_stopped, 5),
    Fault(sound.server_killed, 5),
    Fault(sound.server_stands_still, 5),
    Fault(sound.other_devices, 5),
    Fault(sound.default_changes, 5),
    Fault(sound.microphone_goes, 5),
    Fault(sound.microphone_stands_still, 5),
    Fault(sound.loudspeaker_goes, 5),
    Fault(sound.loudspeaker_stands_still, 5),
    Fault(clock.zeros, 100),
    Fault(clock.nothing, 100),
    Fault(clock.stumbling, 100),
    Fault(clock.sleep, 100),
    Fault(clock.set_back, 100),
    Fault(clock.set_ahead, 100),
    Fault(clock_dates.set_between, 50),
    Fault(voice.voice_killed, 20),
    Fault(voice.voice_stopped, 10),
    Fault(voice.voice_dead, 20),
    Fault(voice.voice_hanging, 8),
    Fault(voice.voice_nonsense, 18),
    Fault(voice.voice_cache, 12),
    Fault(voice.voice_restarts, 100),
    Fault(ears.killed_ears, 20),
    Fault(ears.stalled_ears, 10),
    Fault(ears.damaged_models, 189),
    Fault(models.downloads_cut, 300),
    Fault(models.harmful_archives, 300),
    Fault(models.killed_at_work, 240),
    Fault(files.hostile_files, 1),
    Fault(long_day.long_days, 24),  # hours
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
        print(f"{fault.name}: {outcomes[-1].state}, {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    Console(width=None if sys.stdout.isatty() else 120).print(table(outcomes))
    return 0 if all(each.well for each in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
