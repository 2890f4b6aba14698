"""No page claims to treat, prevent or diagnose, or knows a risk; each says what it is not (EVIDENCE 7)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import voice_coach.page
from tests.claims import claims
from tests.page.made import Made
from tests.page.reading import read_page

ROOM = Path(voice_coach.page.__file__).parent


def _texts(path: Path) -> list[str]:
    """Every text in a module that is more than a name, f-strings with their gaps."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            said.append("".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            said.append(node.value)
    return said


@pytest.mark.parametrize("path", sorted(ROOM.glob("*.py")), ids=lambda path: path.name)
def test_no_text_of_the_room_claims(path: Path) -> None:
    assert [found for text in _texts(path) for found in claims(text)] == []


def test_the_texts_are_really_read() -> None:
    said = [text for path in ROOM.glob("*.py") for text in _texts(path)]
    assert any("nothing is owed" in text for text in said) and len(said) > 100


@pytest.mark.parametrize("which", ["page", "sheet"])
def test_no_page_claims(which: str, made: Made) -> None:
    text = read_page((made.page if which == "page" else made.sheet).read_text(encoding="utf-8")).text
    assert list(claims(text)) == []


def test_each_says_what_it_is_not(made: Made) -> None:
    assert "cannot tell how your bones or your health are" in read_page(made.page.read_text(encoding="utf-8")).text
    sheet = read_page(made.sheet.read_text(encoding="utf-8")).text
    assert "it measures no bones and knows no risk" in sheet and "no assessment of fracture or falls" in sheet
    assert sheet.count("Program rule:") == 3  # what is ours is called so
