"""`python -m tests.benchmarks [--smoke] [--json FILE] [--model FOLDER] [--pack FOLDER] [NAME ...]`: figures and goals.

With `--smoke` everything runs in a short form; the exit code is 1 when a benchmark breaks or a figure is further than
ten times from its goal. Without it nothing is judged: whether a goal is met is for the reader of the table.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import os
import platform
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.figure import MODEL, Figure, Options

SUBJECTS = ("session", "whole", "onsets", "first_word", "answers", "log", "hearing", "barge_in")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the subjects that were named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="a short form that finds what is broken")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument(
        "--model", type=Path, metavar="FOLDER", default=MODEL, help="a Vosk model; else the shipped one"
    )
    parser.add_argument(
        "--pack", type=Path, metavar="FOLDER", help="recordings for hearing and barge_in; else made here"
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SUBJECTS)}")
    options = parser.parse_args(arguments)
    if unknown := sorted(set(options.names) - set(SUBJECTS)):
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(SUBJECTS)}")
    console = Console(width=None if sys.stdout.isatty() else 160)
    figures: dict[str, list[Figure]] = {}
    broken = 0
    for name in options.names or SUBJECTS:
        began = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            try:
                told = Options(smoke=options.smoke, model=options.model, folder=Path(folder), pack=options.pack)
                figures[name] = importlib.import_module(f"tests.benchmarks.{name}").measure(told)
            except Exception:
                traceback.print_exc()
                broken += 1
        print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    console.print(table(figures))
    if options.json:
        options.json.write_text(json.dumps({"on": machine(), "figures": plain(figures)}, indent=2), encoding="utf-8")
    odd = [figure.name for each in figures.values() for figure in each if not figure.sane]
    for name in odd if options.smoke else ():
        print(f"far from its goal, or no number: {name}", file=sys.stderr)
    return 1 if broken or (odd and options.smoke) else 0


def machine() -> str:
    """What the figures were measured on, and how busy it was."""
    busy = ""
    with contextlib.suppress(OSError, AttributeError):  # Windows does not tell
        busy = f", load {os.getloadavg()[0]:.1f}"
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores{busy}, Python {platform.python_version()}"


def plain(figures: dict[str, list[Figure]]) -> list[dict[str, object]]:
    """The figures as JSON has them."""
    return [
        {"subject": subject, **asdict(figure), "value": figure.value, "met": figure.met}
        for subject, each in figures.items()
        for figure in each
    ]


def table(figures: dict[str, list[Figure]]) -> Table:
    """What, measured, goal, met or not, how."""
    result = Table(title=machine(), title_justify="left", show_lines=False)
    for heading in ("What", "Measured", "Goal", "Met", "How"):
        result.add_column(heading, justify="right" if heading in ("Measured", "Goal") else "left")
    for each in figures.values():
        for figure in each:
            result.add_row(figure.name, _measured(figure), _goal(figure), _met(figure), figure.how)
        result.add_section()
    return result


def _measured(figure: Figure) -> str:
    text = f"{figure.value:.{figure.digits}f} {figure.unit}"
    if len(figure.values) < 2:
        return text
    low, high = (f"{value:.{figure.digits}f}" for value in (min(figure.values), max(figure.values)))
    return f"{text} ({low}–{high}, n={len(figure.values)})"


def _goal(figure: Figure) -> str:
    if figure.goal is None:
        return ""
    return f"{'≤' if figure.better == 'lower' else '≥'} {figure.goal:g} {figure.unit}"


def _met(figure: Figure) -> str:
    return "" if figure.met is None else "yes" if figure.met else "NO"


if __name__ == "__main__":
    sys.exit(main())
