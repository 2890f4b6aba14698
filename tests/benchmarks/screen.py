"""`python -m tests.benchmarks.screen [--json FILE]`: how long after the sound is it on the page, and what does it cost?

The program runs as at home, over PortAudio and a private PulseAudio, with its page in headless Chromium. The times of
the counts are read off a recording of the loudspeaker, whose pieces are stamped as they arrive (the least delayed ones
set the clock, so a time is late by the recorder's own few milliseconds, and a latency too small by them). The times of
the figures are those of the frame in which the browser paints them. A negative latency is a figure before its sound.

Then what the page costs the loop of the audio in each block of 20 ms: with no browser, with eight, and with one of them
that never reads.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt
from rich.console import Console

from tests.benchmarks.figure import Figure
from tests.browser import chromium, missing_browser, tab_of
from tests.pulse import Pulse, missing_sound, promptly
from tests.screen.http import served
from tests.screen.running import WITNESS, changes, session
from tests.sessions import small_plan, speech_ms
from tests.spoken_session import counting
from voice_coach import paths
from voice_coach.audio.clip import BLOCK_MS, RATE
from voice_coach.commands import number_words
from voice_coach.screen.watching import Watching
from voice_coach.session.engine import Session
from voice_coach.session.events import Start
from voice_coach.speech.voice import Voice, VoiceSettings

REPS = 50
REP_S = 2.0
FIRST_COUNT = 11  # the first that sounds like no other, nor like a part of one
GOAL_MS = 100.0
LONGEST_MS = 300_000  # from the start of the program to its end
NEAR_S = 0.5  # a count lies so near to two seconds after the one before
ALIKE = 0.5  # how alike a count and its place on the recording have to be
BLOCKS = 15_000  # five minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One session: for each count, how long after its sound the page showed it, in milliseconds."""

    late_ms: tuple[float, ...]
    counts: int  # so many there were


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Microseconds in the loop for a block, with so many browsers."""

    browsers: str
    median_us: float
    p95_us: float
    most_us: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 2 with a sentence where there is no sound or no browser."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.screen", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every latency there")
    options = parser.parse_args(arguments)
    if reason := missing_sound() or missing_browser():
        print(reason, file=sys.stderr)
        return 2
    costs = [cost("none", 0, 0), cost("eight", 8, 0), cost("eight, and one that never reads", 8, 1)]
    with tempfile.TemporaryDirectory() as folder:
        followed = follow(Path(folder))
    console = Console(width=None if sys.stdout.isatty() else 160)
    for figure in figures(followed):
        met = "" if figure.met is None else "met" if figure.met else "NOT met"
        console.print(
            f"{figure.name}: {figure.value:.0f} {figure.unit} {met} ({figure.how}, n={len(followed.late_ms)})"
        )
    for each in costs:
        console.print(
            f"in the loop, browsers: {each.browsers}: {each.median_us:.0f} us a block in the median, "
            f"{each.p95_us:.0f} p95, {each.most_us:.0f} at most (n={BLOCKS})"
        )
    if options.json:
        options.json.write_text(json.dumps([asdict(followed), *map(asdict, costs)], indent=1), encoding="utf-8")
    return 0


def figures(followed: Followed) -> list[Figure]:
    """What has a goal, and its extremes."""
    late, how = followed.late_ms, f"{len(followed.late_ms)} of {followed.counts} counts; PulseAudio, headless Chromium"
    p95 = (float(np.percentile(np.abs(late), 95)),) if late else ()
    return [
        Figure(name="screen: sound to figure, median", unit="ms", values=late, goal=GOAL_MS, how=how),
        Figure(name="screen: sound to figure, p95 of its size", unit="ms", values=p95, goal=GOAL_MS, how="the same"),
        Figure(name="screen: earliest", unit="ms", values=(min(late),) if late else (), how="the same"),
        Figure(name="screen: latest", unit="ms", values=(max(late),) if late else (), how="the same"),
    ]


class _Stamped:
    """A recording of the loudspeaker that knows when its pieces came."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._pieces: list[bytes] = []
        self._arrived: list[tuple[int, float]] = []
        self._thread = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self._thread.start()

    def _read(self, stream: IO[bytes]) -> None:
        size = 0
        while piece := os.read(stream.fileno(), 65_536):
            size += len(piece)
            self._pieces.append(piece)
            self._arrived.append((size // 2, time.time()))

    def stop(self) -> tuple[npt.NDArray[np.float64], float]:
        """The sound, and the time in seconds since 1970 of its first frame."""
        self._thread.join(timeout=30)
        raw = b"".join(self._pieces)
        sound = np.frombuffer(raw[: len(raw) // 2 * 2], dtype="<i2").astype(np.float64) / 32_768
        return sound, min(at - frames / RATE for frames, at in self._arrived)


def follow(folder: Path) -> Followed:
    """A session with its page, from the first count to the last."""
    (folder / "counting.yaml").write_text(counting(REPS), encoding="utf-8")
    with contextlib.closing(Voice(VoiceSettings(), paths.user_cache())) as voice:
        clips = {rep: voice.clip(number_words(rep)).samples for rep in range(FIRST_COUNT, REPS + 1)}
    arguments = ["run", "counting.yaml", "--ears", "keys", "--no-check", "--no-questions", "--log", "log.jsonl"]
    with Pulse(folder) as pulse, chromium() as browser, tab_of(browser) as tab:
        env = {**pulse.env, "XDG_DATA_HOME": str(folder)}
        command = [*promptly(), "parec", "--device=speaker.monitor", "--channels=1", "--raw", "--format=s16le"]
        command += [f"--rate={RATE}", "--latency-msec=10"]
        with session(folder, arguments, env, first=promptly()) as (process, address):
            tab.open(address, width=1366, height=768)
            tab.page.evaluate(WITNESS)
            with subprocess.Popen(command, env=pulse.env, stdout=subprocess.PIPE) as recorder:
                assert recorder.stdout is not None
                recording = _Stamped(recorder.stdout)
                tab.page.wait_for_function("() => document.body.dataset.scene === 'over'", timeout=LONGEST_MS)
                seen = changes(tab.page)
                recorder.terminate()
                sound, began = recording.stop()
            process.wait(timeout=60)
    shown: dict[int, float] = {}
    for each in seen:
        if each["scene"] == "work" and each["figure"]:
            shown.setdefault(int(str(each["figure"])), float(str(each.get("painted", each["at"]))) / 1000)
    sounded = {rep: began + at for rep, at in onsets(sound, clips).items()}
    late = [1000 * (shown[rep] - at) for rep, at in sounded.items() if rep in shown]
    return Followed(late_ms=tuple(late), counts=len(clips))


def onsets(sound: npt.NDArray[np.float64], clips: dict[int, npt.NDArray[np.float32]]) -> dict[int, float]:
    """Where each count begins on the recording, in seconds: the first wherever it is, the others after one another."""
    found: dict[int, float] = {}
    low, high = 0, len(sound)
    for rep, clip in clips.items():
        piece = sound[low : high + len(clip)]
        if len(piece) <= len(clip):
            break
        at, alike = _best(piece, clip.astype(np.float64))
        if alike >= ALIKE:
            found[rep] = (low + at) / RATE
        elif not found:
            break
        middle = low + at + int(REP_S * RATE) if alike >= ALIKE else (low + high) // 2 + int(REP_S * RATE)
        low, high = middle - int(NEAR_S * RATE), middle + int(NEAR_S * RATE)
    return found


def _best(piece: npt.NDArray[np.float64], clip: npt.NDArray[np.float64]) -> tuple[int, float]:
    """The frame at which a clip fits best, and how alike they are there (1: the same)."""
    size = 1 << (len(piece) + len(clip) - 1).bit_length()
    spectrum = np.fft.rfft(piece, size) * np.conj(np.fft.rfft(clip, size))
    products = np.fft.irfft(spectrum, size)[: len(piece) - len(clip) + 1]
    energy = np.concatenate([[0.0], np.cumsum(piece**2)])
    norms = np.sqrt(np.maximum(energy[len(clip) :] - energy[: -len(clip)], 1e-9) * float(np.sum(clip**2)))
    alike = products / norms[: len(products)]
    at = int(np.argmax(alike))
    return at, float(alike[at])


def cost(name: str, browsers: int, hanging: int) -> Cost:
    """What watching a session costs, block by block."""
    taken: list[float] = []
    with served(patience_s=5.0) as page, contextlib.ExitStack() as stack:
        for _ in range(browsers):
            stream = page.listen()
            stack.callback(stream.close)
            threading.Thread(target=list, args=(stream.values(),), daemon=True).start()
        for _ in range(hanging):
            stack.callback(page.listen().close)
        held = Session(small_plan(), speech_ms)
        held.receive(Start(at=0))
        watching = Watching(held, lambda _exercise: True, page.board.put, lambda: 120)
        for block in range(BLOCKS):
            effects = held.advance(block * BLOCK_MS + BLOCK_MS - 1)
            began = time.perf_counter()
            if effects:
                watching.effects(effects)
            watching.reached((block + 1) * BLOCK_MS)
            taken.append(1e6 * (time.perf_counter() - began))
        page.server.close(patience_s=0.5)
    return Cost(
        browsers=name,
        median_us=float(np.median(taken)),
        p95_us=float(np.percentile(taken, 95)),
        most_us=max(taken),
    )


if __name__ == "__main__":
    sys.exit(main())
