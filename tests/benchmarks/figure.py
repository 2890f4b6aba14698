"""A measured figure with its goal, and how to take one."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from voice_coach import paths

MODEL = paths.shipped("models") / "coach-en"
FAR = 10.0  # a smoke run breaks when a figure is so many times worse than its goal: never by noise


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a benchmark is told: whether to be short, the Vosk model that listens (never whatever else lies on this
    machine), a folder for its files, and a pack of recordings if there is one."""

    smoke: bool
    model: Path
    folder: Path
    pack: Path | None = None

    def times(self, usual: int) -> int:
        """How often to repeat: once in a smoke run."""
        return 1 if self.smoke else usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What was measured, once or several times; `goal` is None where the figure only stands beside others.

    Compared is what is shown: the median to `digits` decimals.
    """

    name: str
    values: tuple[float, ...]
    unit: str
    goal: float | None = None
    better: Literal["lower", "higher"] = "lower"
    digits: int = 0
    how: str = ""

    @property
    def value(self) -> float:
        """The median."""
        return round(statistics.median(self.values), self.digits) if self.values else math.nan

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None:
            return None
        return self.value <= self.goal if self.better == "lower" else self.value >= self.goal

    @property
    def sane(self) -> bool:
        """Whether it is a number, and not further than ten times from its goal (than one unit, where that is zero)."""
        if not self.values or not all(math.isfinite(value) for value in self.values):
            return False
        if self.goal is None:
            return True
        if self.better == "higher":
            return self.value >= self.goal / FAR
        return self.value <= (self.goal * FAR or 1.0)


@dataclass(slots=True)
class Taken:
    """Seconds that runs took, by the clock on the wall and of processor time, which other programs disturb less."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def run(self, work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> None:
        """Run once more; `clock` tells the processor time so far."""
        wall, cpu = time.perf_counter(), clock()
        work()
        self.cpu.append(clock() - cpu)
        self.wall.append(time.perf_counter() - wall)
