"""`python -m tests.faults.fuzz routines|logs [--seconds N]`: files from others, changed by a coverage-guided fuzzer.

Whatever is in them gives problems in sentences: no traceback, no more than 20 s, no more than 1 GB. It needs atheris
(`pip install .[fuzz]`; Linux). The first input that breaks a rule ends the run and is kept beside the corpus.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["voice_coach"], enable_loader_override=False):
    from voice_coach import paths
    from voice_coach.commands import command_in
    from voice_coach.errors import LogError, ReplayError
    from voice_coach.journal import load
    from voice_coach.person.model import Person
    from voice_coach.replay import replay
    from voice_coach.review import as_json, summarise
    from voice_coach.review.broken_off import broken_off
    from voice_coach.review.known import known
    from voice_coach.review.promises import weeks
    from voice_coach.review.streak import streak
    from voice_coach.routine import Routine
    from voice_coach.routine.library import load_library
    from voice_coach.routine.routines import load_routine
    from voice_coach.safety import standing
    from voice_coach.session.plan import make_plan

from tests.journal.logs import write_session
from tests.sessions import small_plan

LIMITS = ("-timeout=20", "-rss_limit_mb=1024", "-max_len=20000")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
SHIPPED = paths.shipped("routines")
LIBRARY = load_library([SHIPPED], command_in)


def a_routine(path: Path) -> None:
    """What `check`, `plan` and `run` do with a person's own file."""
    loaded = load_routine(path, 0, LIBRARY, command_in)
    if isinstance(loaded.routine, Routine) and not loaded.problems:
        make_plan(loaded.routine)


def a_log(path: Path) -> None:
    """What every start, `log`, `progress` and `replay` do with a log."""
    try:
        log = load(path)
    except LogError:
        return
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


def seeds(kind: str, folder: Path) -> None:
    """A small corpus: what travels with the program, or a session."""
    if kind == "routines":
        for path in sorted(SHIPPED.glob("*.yaml")):
            (folder / path.name).write_bytes(path.read_bytes())
    else:
        log = folder / "log"
        write_session(log, small_plan(), limit=90_000)
        lines = log.read_bytes().splitlines(keepends=True)
        for index, line in enumerate(lines[:20]):
            (folder / f"line-{index}").write_bytes(line)


def main(arguments: Sequence[str] | None = None) -> None:
    """Fuzz until the time is over; libFuzzer ends the process."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.fuzz", description=__doc__)
    parser.add_argument("kind", choices=("routines", "logs"))
    parser.add_argument("--seconds", type=int, default=600)
    options = parser.parse_args(arguments)
    target = a_routine if options.kind == "routines" else a_log
    with tempfile.TemporaryDirectory() as folder:
        corpus, file = Path(folder) / "corpus", Path(folder) / "input.yaml"
        corpus.mkdir()
        seeds(options.kind, corpus)
        atheris.Setup([sys.argv[0], str(corpus), f"-max_total_time={options.seconds}", *LIMITS], on(target, file))
        atheris.Fuzz()


def on(target: Callable[[Path], None], file: Path) -> Callable[[bytes], None]:
    """The target for bytes instead of a file."""

    def one(data: bytes) -> None:
        file.write_bytes(data)
        target(file)

    return one


if __name__ == "__main__":
    main()
