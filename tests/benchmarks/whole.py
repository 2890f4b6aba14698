"""A session of some five minutes with everything but the sound card, and what listening alone costs."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.benchmarks.figure import Figure, Options
from tests.benchmarks.rehearsal import Rehearsal
from voice_coach.audio.clip import RATE
from voice_coach.demo import WISHES

FASTER_GOAL = 20.0
CORE_GOAL, MEMORY_GOAL = 10.0, 200.0


def measure(options: Options) -> list[Figure]:
    """How many times faster than real time, by both clocks; then listening to what was recorded of it."""
    done = [Rehearsal(options, WISHES, f"whole{number}").run() for number in range(options.times(3))]
    last = done[-1]
    seconds = last.studio.mixer.now_ms / 1000
    assert last.person is not None
    how = f"{seconds:.0f} s of session, {last.ears.name}, {last.person.heard} of {last.person.said} sayings heard"
    return [
        Figure(
            name=f"whole session, {clock}",
            values=tuple(seconds / took for rehearsal in done for took in getattr(rehearsal.taken, field)),
            unit="x real time",
            goal=FASTER_GOAL,
            better="higher",
            digits=1,
            how=how,
        )
        for clock, field in (("processor time", "cpu"), ("wall time", "wall"))
    ] + listening(options, last)


def listening(options: Options, rehearsal: Rehearsal) -> list[Figure]:
    """Canceller and recogniser alone, in a process of their own, over the sound of the session."""
    sound = options.folder / "sound.raw"
    with sound.open("wb") as file:
        for mic, played in rehearsal.room.sound:
            file.write(mic.tobytes() + played.tobytes())
    seconds = sum(len(mic) for mic, _ in rehearsal.room.sound) / RATE
    command = [sys.executable, "-m", "tests.benchmarks.listening_child", str(sound), str(options.model)]
    runs = [
        json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=600).stdout)
        for _ in range(options.times(3))
    ]
    how = f"echo canceller and {rehearsal.ears.name} over {seconds:.0f} s in a process of its own"

    def column(key: str, factor: float = 1.0) -> tuple[float, ...]:
        return tuple(factor * run[key] for run in runs)

    core = column("cpu", 100 / seconds)
    return [
        Figure(name="listening, share of a core", values=core, unit="%", goal=CORE_GOAL, digits=1, how=how),
        Figure(
            name="listening, memory it adds",
            values=column("added_mb"),
            unit="MB",
            goal=MEMORY_GOAL,
            how="peak resident memory beyond the program itself",
        ),
        Figure(
            name="listening, memory in all",
            values=column("peak_mb"),
            unit="MB",
            goal=MEMORY_GOAL,
            how="peak resident memory of the process: Python, numpy, canceller, recogniser, model",
        ),
    ]
