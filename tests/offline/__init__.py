"""A child process without a network, in earnest: whoever tries to reach one ends, and the try is written down.

`denied` is the environment for such a child. Its `sitecustomize` comes before anything of the program. Sockets of the
machine itself (AF_UNIX, for sound servers) are left alone.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.offline.sitecustomize import EXIT, KERNEL, REPORT

__all__ = ["EXIT", "KERNEL", "REPORT", "attempts", "denied"]

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[1]


def denied(report: Path) -> dict[str, str]:
    """What to add to the environment of a child, and its children, that may reach no network; tries go to the file."""
    return {"PYTHONPATH": os.pathsep.join((str(_HERE), str(_ROOT))), REPORT: str(report)}


def attempts(report: Path) -> tuple[set[str], list[str]]:
    """What guarded the children, and what they tried."""
    lines = report.read_text(encoding="utf-8").splitlines()
    guards = {line.partition(" ")[2] for line in lines if line.startswith("guarded")}
    return guards, [line for line in lines if not line.startswith("guarded")]
