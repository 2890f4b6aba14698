"""Who may import whom: the table of rooms, held by reading the import statements."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import voice_coach

ROOT = Path(voice_coach.__file__).parent
ALL = frozenset({"*"})

# Room: the rooms it may import besides itself. Rooms that are a single module stand under its name.
ROOMS: dict[str, frozenset[str]] = {
    "errors": frozenset(),
    "paths": frozenset(),
    "whole_file": frozenset({"errors"}),
    "routine": frozenset({"errors", "paths"}),
    "session": frozenset({"routine"}),
    "person": frozenset({"routine"}),
    "safety": frozenset({"routine", "person"}),
    "coaching": frozenset({"routine", "person", "safety", "session"}),
    "measures": frozenset({"routine", "person", "safety", "session"}),
    "commands": frozenset({"session"}),
    "script": frozenset({"session", "routine", "commands"}),
    "conversation": frozenset({"session", "script", "commands", "routine", "person", "safety", "coaching", "measures"}),
    "journal": frozenset({"session", "errors", "routine"}),
    "replay": frozenset({"journal", "session", "errors", "routine"}),
    "review": frozenset({"journal", "session", "errors", "routine", "person", "safety"}),
    "exchange": frozenset({"journal", "review", "session", "errors", "routine", "person"}),
    "figures": frozenset({"errors", "routine"}),
    "page": frozenset(
        {"journal", "session", "errors", "routine", "person", "safety", "coaching", "measures", "review", "script"}
        | {"whole_file"}
    ),
    "rate": frozenset(),
    "child": frozenset(),
    "stderr": frozenset(),
    "audio": frozenset({"errors", "rate", "child", "stderr"}),
    "speech": frozenset({"audio", "errors", "paths", "rate", "child"}),
    "models": frozenset({"errors", "speech", "journal"}),  # the lock of the log is that of its folder, too
    "prompts": frozenset({"session", "script", "commands", "routine", "conversation"}),
    "observer": frozenset({"session", "routine"}),
    "hearing": frozenset({"commands", "audio", "speech", "session"}),
    "keyboard": frozenset({"errors"}),
    "screen": frozenset({"session", "script", "commands", "routine", "observer", "errors"}),
    "transcript": frozenset({"errors", "script", "session", "routine"}),
    "simulate": frozenset({"script", "commands", "errors", "observer", "routine", "session"}),
    "microphone": frozenset({"audio", "speech"}),
    "watch": frozenset({"audio"}),
    "noticing": frozenset({"audio", "microphone", "speech", "watch"}),
    "listening": frozenset({"audio", "speech", "commands", "hearing", "session"}),
    "speaking": frozenset({"script", "audio", "routine", "session"}),
    "studio": ALL,
    "perform": ALL,
    "live": ALL,
    "rehearsal": ALL,
    "demo": ALL,
    "doctor": ALL,
    "cli": ALL,
    "__init__": frozenset(),
    "__main__": frozenset({"cli"}),
}

# Rooms without a clock, input, output or chance; those that know dates are given them.
DATED = frozenset({"person", "safety", "coaching", "measures"})
PURE = frozenset({"session", "commands", "script", *DATED})

# Package: the rooms or modules that wrap it, and whether they may import it at the top (else inside functions only).
PACKAGES: dict[str, tuple[frozenset[str], bool]] = {
    "numpy": (frozenset({"audio", "speech", "listening", "microphone", "studio", "live", "rehearsal", "demo"}), True),
    "platformdirs": (frozenset({"paths"}), True),
    "click": (frozenset({"cli"}), True),
    "rich": (frozenset({"cli", "review"}), False),
    "cattrs": (frozenset({"journal"}), False),
    "msgspec": (frozenset({"journal"}), True),
    "fpdf": (frozenset({"page"}), False),
    "yaml": (frozenset({"routine"}), False),
    "jsonschema": (frozenset({"routine"}), False),
    "referencing": (frozenset({"routine"}), False),  # comes with jsonschema
    "sounddevice": (frozenset({"audio"}), False),
    "soxr": (frozenset({"audio"}), False),
    "vosk": (frozenset({"speech"}), False),
    "pocketsphinx": (frozenset({"speech"}), False),
    "livekit": (frozenset({"speech"}), False),
    "fit_tool": (frozenset({"exchange"}), False),
    "pyttsx3": (frozenset({"speech"}), False),
    "espeakng_loader": (frozenset({"speech"}), False),
}


def _files() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.py") if "_data" not in path.parts)


def _room(path: Path, root: Path = ROOT) -> str:
    return path.relative_to(root).with_suffix("").parts[0]


def _imports(path: Path) -> Iterator[tuple[str, int, bool]]:
    """(dotted name, line, whether it is run when the module is imported) of every import statement."""
    yield from _walk(ast.parse(path.read_text(encoding="utf-8")), top=True)


def _walk(node: ast.AST, *, top: bool) -> Iterator[tuple[str, int, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from ((alias.name, child.lineno, top) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"line {child.lineno}: imports name their room in full"
            if child.module == "voice_coach":
                yield from ((f"voice_coach.{alias.name}", child.lineno, top) for alias in child.names)
            else:
                yield str(child.module), child.lineno, top
        inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _walk(child, top=top and not inside and not _for_types(child))


def _for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _faults(path: Path, root: Path = ROOT) -> Iterator[str]:
    room = _room(path, root)
    allowed = ROOMS.get(room)
    place = path.relative_to(root.parent)
    if allowed is None:
        yield f"{place}: the room {room!r} is not in the table"
        return
    for name, line, top in _imports(path):
        package, *rest = name.split(".")
        if package == "voice_coach":
            other = rest[0] if rest and rest[0] != "__version__" else room
            if other != room and allowed != ALL and other not in allowed:
                yield f"{place}:{line}: {room} must not import {other}"
        elif package in PACKAGES:
            wrappers, at_top = PACKAGES[package]
            if room not in wrappers:
                yield f"{place}:{line}: {package} belongs to {', '.join(sorted(wrappers))}"
            elif top and not at_top:
                yield f"{place}:{line}: {package} is heavy: import it where it is used"
        elif package not in sys.stdlib_module_names:
            yield f"{place}:{line}: {package} is in no table"


@pytest.mark.parametrize("path", _files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_each_module_imports_only_what_its_room_may(path: Path) -> None:
    assert list(_faults(path)) == []


def test_the_pure_session_needs_nothing_but_python() -> None:
    for path in _files():
        if _room(path) in PURE:
            outside = {name.split(".")[0] for name, _, _ in _imports(path)} - {"voice_coach"}
            assert outside <= sys.stdlib_module_names
            assert not outside & {"time", "random", "os", "pathlib", "threading", "asyncio", "socket"}
            assert "datetime" not in outside or _room(path) in DATED


def test_who_knows_dates_never_looks_at_the_clock() -> None:
    for path in _files():
        if _room(path) in DATED:
            asked = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)]
            assert not [
                node
                for node in asked
                if node.attr in {"now", "today", "utcnow"}
                and ast.unparse(node.value).split(".")[-1] in {"datetime", "date"}
            ], path


@pytest.mark.parametrize("module", ["session", "session.engine", "commands", "script", "routine", "errors"])
def test_importing_a_quiet_room_loads_no_heavy_package(module: str) -> None:
    heavy = sorted(set(PACKAGES) - {"platformdirs"})
    code = f"import sys, voice_coach.{module}; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("room", "source", "fault"),
    [
        ("session", "from voice_coach import script", "session must not import script"),
        ("session", "from voice_coach.audio.mixer import Mixer", "session must not import audio"),
        ("session", "import numpy", "numpy belongs to"),
        ("speech", "import vosk", "vosk is heavy"),
        ("speech", "if True:\n    import vosk", "vosk is heavy"),
        ("routine", "import requests", "requests is in no table"),
        ("nonsense", "import os", "not in the table"),
    ],
)
def test_the_check_finds_what_it_looks_for(room: str, source: str, fault: str, tmp_path: Path) -> None:
    (found,) = _faults(_written(tmp_path, room, source), tmp_path)
    assert fault in found


@pytest.mark.parametrize(
    "source", ["def hear():\n    import vosk", "if TYPE_CHECKING:\n    import vosk", "import numpy as np"]
)
def test_the_check_lets_pass_what_is_allowed(source: str, tmp_path: Path) -> None:
    assert list(_faults(_written(tmp_path, "speech", source), tmp_path)) == []


def _written(root: Path, room: str, source: str) -> Path:
    path = root / room / "new.py"
    path.parent.mkdir()
    path.write_text(source, encoding="utf-8")
    return path
