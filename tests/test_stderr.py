"""Standard error: the libraries of sound cards are silent, and what the program tells is seen all the same."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from voice_coach import stderr
from voice_coach.errors import ExitCode

ROOT = Path(__file__).resolve().parents[1]
LONG_S = 60.0
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="nothing is silenced here")

# A sound system that never answers, once it is to open a device; with a last call that would not return, either.
HANGS = """\
import atexit, threading
class PortAudioError(Exception): pass
class default: device, hostapi = (0, 0), 0
class InputStream:
    def __init__(self, **_): threading.Event().wait()
def _exit_handler(): print("closed")
atexit.register(_exit_handler)
def query_hostapis(): return [{"name": "ALSA"}]
def query_devices():
    channels = {"max_input_channels": 1, "max_output_channels": 1}
    return [{"name": "one", "hostapi": 0, "default_samplerate": 16000, **channels}]
"""
HANGS_AT_ONCE = "import threading; threading.Event().wait()\n"
LISTEN = """\
from voice_coach.audio import device
device.DeviceRoom.__init__.__kwdefaults__["longest_s"] = 1.0
from voice_coach.cli import main
main(["listen", "--ears", "keys"])
"""


def ended(program: str, home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """A program in a process of its own, whose home is empty."""
    env = {**os.environ, "PYTHONPATH": f"{home}{os.pathsep}{ROOT}", "XDG_DATA_HOME": str(home / "data")}
    env["XDG_CACHE_HOME"] = str(home / "cache")
    return subprocess.run(
        [sys.executable, *options, "-c", program], env=env, cwd=home, capture_output=True, text=True,
        timeout=LONG_S,
    )  # fmt: skip


@pytest.mark.parametrize("sounddevice", [HANGS, HANGS_AT_ONCE], ids=["at a device", "at once"])
def test_a_sound_system_that_hangs_is_told_in_time(sounddevice: str, tmp_path: Path) -> None:
    (tmp_path / "sounddevice.py").write_text(sounddevice, encoding="utf-8")
    done = ended(LISTEN, tmp_path)
    assert "The sound system of this machine does not answer" in done.stderr
    assert (done.returncode, "closed" in done.stdout) == (ExitCode.NO_AUDIO, False)


# What the program does while a call hangs; SILENT is told by C, the rest by Python.
WHILE = """\
import os, sys
from rich.console import Console
from voice_coach import stderr
before = Console(stderr=True)
stderr.keep_own()
with stderr.silenced():
    os.write(2, b"SILENT")
    print("a naïve word", file=sys.stderr)
    before.print(f"terminal: {sys.stderr.isatty()} {before.is_terminal}", highlight=False)
os.write(2, b"LOUD")
"""


def test_what_python_tells_is_seen_and_nothing_else(tmp_path: Path) -> None:
    done = ended(WHILE, tmp_path, "-X", "utf8", "-W", "error", "-X", "dev")
    silent = "SILENT" if not sys.platform.startswith("linux") else ""
    assert done.stderr == f"{silent}a naïve word\nterminal: False False\nLOUD"
    assert done.returncode == 0


@linux
def test_a_terminal_stays_one(tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    try:
        env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "NO_COLOR": "1"}
        program = [sys.executable, "-X", "utf8", "-c", WHILE]
        subprocess.run(program, env=env, cwd=tmp_path, stderr=theirs, check=True, timeout=LONG_S)
        seen = os.read(ours, 1_000).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    assert seen == "a naïve word\r\nterminal: True True\r\nLOUD"


@linux
def test_a_crash_while_a_call_hangs_says_where(tmp_path: Path) -> None:
    crash = "from voice_coach import stderr\nstderr.keep_own()\nwith stderr.silenced(): import os; os.abort()"
    done = ended(crash, tmp_path, "-X", "faulthandler")
    assert "Fatal Python error: Aborted" in done.stderr


@linux
def test_a_program_without_standard_error_silences_no_file_of_its_own(tmp_path: Path) -> None:
    program = (
        "import os, sys\nfrom voice_coach import stderr\nstderr.keep_own()\n"
        "with open('log', 'w') as log, stderr.silenced():\n    print(log.fileno()); print('line', file=log, flush=True)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    closed = ["sh", "-c", 'exec "$@" 2>&-', "sh", sys.executable, "-c", program]
    done = subprocess.run(closed, env=env, cwd=tmp_path, stdout=subprocess.PIPE, check=True, timeout=LONG_S)
    assert (done.stdout, (tmp_path / "log").read_text()) == (b"2\n", "line\n")


@linux
def test_calls_that_overlap_leave_it_as_it_was() -> None:
    before = os.fstat(2)
    first, second = contextlib.ExitStack(), contextlib.ExitStack()
    with second:
        with first:
            first.enter_context(stderr.silenced())
            second.enter_context(stderr.silenced())
        assert os.path.samestat(os.fstat(2), Path(os.devnull).stat())
    assert os.path.samestat(os.fstat(2), before)


def test_who_took_standard_error_keeps_it(capsys: pytest.CaptureFixture[str]) -> None:
    taken = sys.stderr
    stderr.keep_own()
    assert sys.stderr is taken
