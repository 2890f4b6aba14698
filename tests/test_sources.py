"""Every figure of what is medical here has its source where it is written: EVIDENCE, a paper, or our own rule, [P]."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "voice_coach"
MODULES = sorted(
    [
        *(path for room in ("safety", "coaching", "measures") for path in (ROOT / room).glob("*.py")),
        *(ROOT / "review" / f"{name}.py" for name in ("energy", "work", "careful", "promises")),
    ]
)
SOURCE = re.compile(r"EVIDENCE|\[[PVSR]\]|\b(19|20)\d\d;\d|ITU-T")


def unsourced(source: str) -> Iterator[str]:
    """Names of constants of a module that hold a figure other than 0 and 1, with no source on or right above them."""
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        figures = [each.value for each in ast.walk(node.value) if isinstance(each, ast.Constant)]
        if not any(type(figure) in (int, float) and figure not in (0, 1) for figure in figures):
            continue
        if not SOURCE.search("\n".join([*_above(lines, node.lineno - 1), *lines[node.lineno - 1 : node.end_lineno]])):
            yield ast.unparse(node).split(" = ")[0]


def _above(lines: list[str], first: int) -> list[str]:
    """The paragraph over a line, up to the blank line before it."""
    start = first
    while start and lines[start - 1].strip():
        start -= 1
    return lines[start:first]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_figure_has_its_source(path: Path) -> None:
    assert list(unsourced(path.read_text(encoding="utf-8"))) == []


def test_a_figure_without_a_source_is_found() -> None:
    assert list(unsourced("WEEKS = 12\n\n# EVIDENCE 5\nA = 3\nB = 4\n\nC = (2.5, 1)  # why not\nD = 0\n")) == [
        "WEEKS",
        "C",
    ]
