"""From typing the command to the first word: a whole process, nothing in it changed, its caches warm."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from tests.benchmarks.figure import Figure, Options
from tests.pulse import Pulse, missing_sound
from voice_coach.audio.clip import RATE
from voice_coach.audio.wav import WavWriter

GOAL_S = 1.0
LIMIT_S = 60.0
POLL_S = 0.002
HEADER = 44


def measure(options: Options) -> list[Figure]:
    """Seconds by the clock on the wall, through files and, where there is a sound server, through a sound card."""
    once = _through_files(options)  # warms the caches
    files = [_through_files(options) for _ in range(options.times(7))]
    assert once > 0
    figures = [_figure("first word, through files", files, "until it is in the WAV file")]
    if not missing_sound():
        with Pulse(options.folder) as pulse:
            figures.append(
                _figure(
                    "first word, through a sound server",
                    [_through_pulse(options, pulse) for _ in range(options.times(5))],
                    "until PulseAudio plays it",
                )
            )
    _imports(options)
    imports = [_imports(options) for _ in range(options.times(5))]
    figures.append(
        Figure(
            name="importing the run command",
            values=tuple(imports),
            unit="s",
            digits=2,
            how="a fresh interpreter, wall time; part of the above",
        )
    )
    return figures


def _figure(name: str, values: list[float], until: str) -> Figure:
    how = f"`voice-coach run first_taste`, warm cache, process start {until}"
    return Figure(name=name, values=tuple(values), unit="s", goal=GOAL_S, digits=2, how=how)


def _through_files(options: Options) -> float:
    silence, spoken = options.folder / "silence.wav", options.folder / "spoken.wav"
    with WavWriter(silence) as writer:
        writer.write(np.zeros(RATE, dtype=np.int16))
    spoken.unlink(missing_ok=True)
    sound = ["--mic", str(silence), "--speaker", str(spoken)]
    return _until(lambda: _audible(spoken, HEADER), options, sound, os.environ)


def _through_pulse(options: Options, pulse: Pulse) -> float:
    recorded = options.folder / "recorded.raw"
    recorder = pulse.record()
    try:
        return _until(lambda: _audible(recorded, 0), options, [], pulse.env)
    finally:
        recorder.stop()


def compiled(env: Mapping[str, str], options: Options) -> dict[str, str]:
    """An environment in which modules are kept compiled, as pip leaves them, without touching this checkout."""
    kept = {name: value for name, value in env.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(options.folder / "compiled")}


def _until(done: Callable[[], bool], options: Options, sound: list[str], env: Mapping[str, str]) -> float:
    """Start the program, wait for its first sound, end it."""
    log = options.folder / "first_word.jsonl"
    command = [
        sys.executable,
        "-m",
        "voice_coach",
        "run",
        "first_taste",
        "--ears",
        "vosk",
        "--model",
        str(options.model),
    ]
    command += ["--log", str(log)]
    said = options.folder / "first_word.txt"
    began = time.perf_counter()
    with said.open("wb") as out:
        child = subprocess.Popen(
            [*command, *sound], env=compiled(env, options), stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
    try:
        while not done():
            if child.poll() is not None or time.perf_counter() - began > LIMIT_S:
                raise AssertionError(f"no word was spoken: {said.read_text(errors='replace')[-500:]}")
            time.sleep(POLL_S)
        return time.perf_counter() - began
    finally:
        child.kill()
        child.wait()


def _audible(path: Path, header: int) -> bool:
    """Whether anything but silence is in a file of samples."""
    try:
        return any(path.read_bytes()[header:])
    except FileNotFoundError:
        return False


def _imports(options: Options) -> float:
    command = [sys.executable, "-c", "import voice_coach.cli.run_command"]
    began = time.perf_counter()
    subprocess.run(command, check=True, env=compiled(os.environ, options))
    return time.perf_counter() - began
