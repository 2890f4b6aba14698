"""A process of the program's own: this Python with one of our modules, wherever the person's shell stands.

`python -m` looks for modules in the current folder first, and a file of hers there may be called as one of Python's.
"""

from __future__ import annotations

import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]  # where the package lies


def argv(module: str) -> tuple[str, ...]:
    """What starts a module of ours. It is started in HOME, so every path it is told is absolute."""
    return (sys.executable, "-m", module)
