"""No shell is ever called, and every program that is started is one of those listed here, with nothing from a file."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from voice_coach.speech import voice_process
from voice_coach.speech.voice_process import VoiceProcess

ROOT = Path(__file__).resolve().parents[1] / "voice_coach"
MODULES = sorted(ROOT.rglob("*.py"))
# Whatever reads a word as a command, code or an object.
NEVER = {
    *("os.system", "os.popen", "os.startfile", "pty.spawn", "pickle.load", "pickle.loads", "marshal.loads"),
    *("subprocess.getoutput", "subprocess.getstatusoutput", "asyncio.create_subprocess_shell", "shelve.open"),
    *("yaml.load", "yaml.unsafe_load", "yaml.full_load", "eval", "exec", "compile", "__import__"),
}
FAMILIES = ("os.exec", "os.spawn", "os.posix_spawn", "multiprocessing.")
STARTS = {"subprocess.run", "subprocess.Popen", "subprocess.call", "subprocess.check_output", "subprocess.check_call"}
# Who starts what: this Python with a module of ours, or `pactl` with fixed words. Texts go through pipes.
KNOWN = {
    "audio/opening.py": "command",  # and the name of a device, which that module takes as nothing else
    "audio/server.py": "[tool, *arguments]",
    "speech/ears_link.py": "self._command",
    "speech/voice_process.py": "self._command",
}
# What a browser is given: an address of our own making.
BROWSERS = {"screen/opening.py": "address", "cli/review_command.py": "target.resolve().as_uri()"}


def calls(source: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a module, by the name that is written; what was imported under another name by that."""
    tree = ast.parse(source)
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {each.asname: each.name for each in node.names if each.asname}
        elif isinstance(node, ast.ImportFrom):
            names |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            first, dot, rest = ast.unparse(node.func).partition(".")
            yield names.get(first, first) + dot + rest, node


def wrong(place: str, source: str) -> list[str]:
    """What a module must not do."""
    found = []
    for name, call in calls(source):
        given = ast.unparse(call.args[0]) if call.args else ""
        known = {**dict.fromkeys(STARTS, KNOWN), "webbrowser.open": BROWSERS, "browser.open": BROWSERS}.get(name)
        shell = any(each.arg == "shell" for each in call.keywords)
        if shell or name in NEVER or name.startswith(FAMILIES) or (known is not None and known.get(place) != given):
            found.append(f"{name}({given}) in line {call.lineno}")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_reads_words_as_commands(path: Path) -> None:
    assert wrong(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) == []


def test_who_is_listed_starts_something() -> None:
    for place in KNOWN:
        source = (ROOT / place).read_text(encoding="utf-8")
        assert any(name in STARTS for name, _ in calls(source)), place


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.system(name)",
        "from os import popen as p\np(name)",
        "import subprocess as s\ns.run(['ls', name])",
        "from subprocess import Popen\nPopen(name)",
        "import subprocess\nsubprocess.run(command, shell=True)",
        "import os\nos.execvp('sh', [name])",
        "import webbrowser\nwebbrowser.open(name)",
        "import yaml\nyaml.load(text)",
        "eval(text)",
    ],
)
def test_each_way_is_found(source: str) -> None:
    assert len(wrong("anything.py", source)) == 1


def test_the_name_of_a_voice_is_no_argument_of_a_program() -> None:
    assert (sys.executable, "-m", "voice_coach.speech.voice_child") == voice_process.COMMAND
    assert VoiceProcess("--help; rm -rf ~", 165)._command == voice_process.COMMAND
