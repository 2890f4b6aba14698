"""A folder for a person's own routines and exercises, searched before the shipped ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

from voice_coach.errors import Problem, ProblemsFound
from voice_coach.paths import shipped
from voice_coach.routine import Routine, check_files, find, list_routines

COMMANDS = (
    "stop|pause|resume|skip|repeat|easier|harder|slower|faster|louder|quieter|done|help|pain|hurts?|dizzy|chest|fall|fell"
    "|numb|go back|can't breathe|ready|end|continue|finished"
)


def command_in(text: str) -> str | None:
    """A `Forbidden` like the real one, which belongs to another room."""
    match = re.search(rf"\b({COMMANDS})\b", text.casefold())
    return match[0] if match else None


@dataclass(frozen=True)
class Home:
    """Somebody's own folder; what is said of files names them relative to it."""

    own: Path

    @property
    def folders(self) -> Sequence[Path]:
        return self.own, shipped("routines")

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.own / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
        return path

    def check(self, *names: str) -> list[str]:
        """What is wrong in these files, or in all."""
        return self.said(check_files([self.own / name for name in names], self.folders, command_in))

    def problems(self, text: str | bytes) -> list[str]:
        """What is wrong in a routine with this text, in a file my.yaml."""
        self.write("my.yaml", text)
        return self.check("my.yaml")

    def listed(self) -> tuple[list[str], list[str]]:
        """The ids of the routines that can be used, and what is wrong with the others."""
        routines, problems = list_routines(self.folders, command_in)
        return [routine.id for routine in routines], self.said(problems)

    def routine(self, text: str) -> Routine:
        return find(str(self.write("my.yaml", text)), self.folders, command_in)

    def refused(self, name: str) -> list[str]:
        with pytest.raises(ProblemsFound) as refusal:
            find(name, self.folders, command_in)
        return self.said(refusal.value.problems)

    def said(self, problems: Sequence[Problem]) -> list[str]:
        lines = (str(problem).replace(f"{self.own}/", "") for problem in problems)
        return [line.replace(f"{shipped('routines')}/", "shipped/") for line in lines]
