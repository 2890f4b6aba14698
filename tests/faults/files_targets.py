"""What the program does with a file from somebody else, as a function of its path: for fuzzing and for hostile files.

Each returns the sentences it was refused with, none where the file is good. Any exception but those that a person can
meet is a finding.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import TypeAlias

from voice_coach import paths
from voice_coach.commands import command_in
from voice_coach.errors import CoachError, LogError, ReplayError
from voice_coach.exchange import Context, Names, read_file, write_log
from voice_coach.journal import load
from voice_coach.person.model import Person
from voice_coach.replay import replay
from voice_coach.review import as_json, summarise
from voice_coach.review.broken_off import broken_off
from voice_coach.review.known import known
from voice_coach.review.promises import weeks
from voice_coach.review.streak import streak
from voice_coach.routine import Routine
from voice_coach.routine.library import load_library, read_exercises
from voice_coach.routine.routines import load_routine
from voice_coach.safety import standing
from voice_coach.session.plan import make_plan

Target: TypeAlias = Callable[[Path], Sequence[str]]

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
SHIPPED = paths.shipped("routines")
LIBRARY = load_library([SHIPPED], command_in)


def a_routine(path: Path) -> Sequence[str]:
    """What `check`, `plan` and `run` do with a person's own file."""
    loaded = load_routine(path, 0, LIBRARY, command_in)
    if isinstance(loaded.routine, Routine):
        make_plan(loaded.routine)
    return _sentences(map(str, loaded.problems))


def a_library(path: Path) -> Sequence[str]:
    """What every command does with a person's own exercises."""
    return _sentences(map(str, read_exercises(path, command_in).problems))


def a_log(path: Path) -> Sequence[str]:
    """What every start, `log`, `progress` and `replay` do with a log."""
    try:
        log = load(path)
    except LogError as error:
        return _sentences([str(error)])
    person = known(log)
    known(load(path, lean=True))
    standing(person, NOW)
    streak(person, NOW.date())
    weeks(person, LIBRARY.exercises, NOW.date(), 4)
    broken_off(log, Person(), NOW)
    for session in log.sessions:
        as_json(summarise(session))
        try:
            replay(session)
        except ReplayError:
            continue
    return _sentences(f"{each.line}: {each.why}" for each in log.damage)


def an_import(path: Path) -> Sequence[str]:
    """What `import` does with another program's file, and every command with the log that it makes."""
    context = Context(names=Names.of(LIBRARY.exercises), zone=lambda at: at.replace(tzinfo=timezone.utc), now=NOW)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        log = Path(folder) / "log.jsonl"
        try:
            found, sessions = read_file(path, context)
            write_log(log, sessions, found.SOURCE, path.name)
        except CoachError as error:
            return _sentences(str(error).splitlines())
        made = load(log)
        if len(made.sessions) != len(sessions) or made.damage:
            raise AssertionError("a log that was imported cannot be read")
        known(made)
        for session in made.sessions:
            as_json(summarise(session))
    return []


def _sentences(said: Iterable[str]) -> Sequence[str]:
    """The sentences as they are shown; nothing in them is obeyed by a terminal."""
    found = list(said)
    for each in found:
        if not each.isprintable():
            raise AssertionError(f"this would reach a terminal: {each!r}")
    return found


TARGETS: Mapping[str, Target] = {"routines": a_routine, "libraries": a_library, "logs": a_log, "imports": an_import}
