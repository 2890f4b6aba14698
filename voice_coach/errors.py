"""The errors a person can meet: each is one clear sentence and has an exit code of its own.

Nothing here is raised for a bug. The command line is the only place that turns these into text and an exit code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class ExitCode(IntEnum):
    """What the process says when it ends; documented in README."""

    OK = 0
    PROBLEMS = 1  # something in the user's files is wrong; every problem was listed
    USAGE = 2  # the command line itself was wrong
    NO_AUDIO = 3  # no usable microphone or loudspeaker
    NO_ENGINE = 4  # no usable voice or recogniser
    LOG = 5  # the session log cannot be written or read
    REPLAY = 6  # a replayed session did not give the same trace
    BUG = 70  # our mistake; the details are in a file that is named
    INTERRUPTED = 130  # Ctrl-C twice


def printable(text: str) -> str:
    """A text with nothing in it that a terminal would obey or could not show: names of files may hold anything."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in text)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a file of the user's, as data: where, what, and what was probably meant."""

    path: str
    line: int  # 1-based; 0 where the whole file is meant
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return printable(f"{place}: {self.message}" + (f", {self.hint}" if self.hint else ""))


class CoachError(Exception):
    """Base of everything a person can meet; `str(error)` is a sentence for them."""

    exit_code: ExitCode = ExitCode.PROBLEMS

    def __str__(self) -> str:
        return "\n".join(map(printable, super().__str__().split("\n")))


class ProblemsFound(CoachError):
    """The user's files have problems; all of them are in `problems`, sorted by place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class AudioError(CoachError):
    """A microphone, loudspeaker or sound file cannot be used."""

    exit_code = ExitCode.NO_AUDIO


class EngineError(CoachError):
    """A voice or a recogniser cannot be used."""

    exit_code = ExitCode.NO_ENGINE


class LogError(CoachError):
    """The session log cannot be written or read."""

    exit_code = ExitCode.LOG


class ReplayError(CoachError):
    """A logged session did not give the same trace when it was played again."""

    exit_code = ExitCode.REPLAY
