"""Two sessions at once on one log, in processes of their own, and the first of them killed.

`python -m tests.faults.two LOG` holds a log: it prints the sets of a session on virtual time, then WAITS without
ending it, for as long as nobody kills it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.faults.outcome import Outcome, lost
from tests.journal.logs import BEGAN, SETUP, Watched, logged_sets, sets_of, write_session
from tests.sessions import small_plan
from tests.spoken_session import environment
from voice_coach.errors import ExitCode
from voice_coach.journal import Journal, load
from voice_coach.replay import replay
from voice_coach.session.events import Start

LIMIT_S = 120  # for one command, on a machine that is busy
SETS = 2  # finished by the first session before the second one comes
A_SET, WAITS = "a set\n", "waits\n"
RUN = ("run", "first_taste", "--text", "--no-check", "--no-questions")
CSV = "Date,Workout Name,Exercise Name,Set Order,Weight,Reps\n2026-03-01 08:00:00,Day,Squat,1,10,5\n"


def two_at_once(times: int, folder: Path) -> Outcome:
    """The second is refused in one sentence, whatever command it is; when the first is killed the next one begins."""
    finished = missing = gone_on = 0
    slowest = 0.0
    for number in range(times):
        home = folder / str(number)
        home.mkdir()
        log = home / "log.jsonl"
        holds = [sys.executable, "-m", "tests.faults.two", str(log)]
        pipe = subprocess.PIPE
        with subprocess.Popen(holds, stdin=pipe, stdout=pipe, env=_env(home), text=True) as first:
            try:
                told = _told_by(first)
                before = log.read_bytes()
                wrong = beside(log, home)
                untouched = log.read_bytes() == before
            finally:
                first.kill()
        began = time.perf_counter()
        Journal.open(log, "after", lambda: BEGAN).close()
        slowest = max(slowest, time.perf_counter() - began)
        effects = write_session(log, small_plan(), name="after")
        kept = load(log)
        sets = (told, len(sets_of(effects)))
        finished += sum(sets)
        missing += sum(map(lost, sets, [len(logged_sets(each)) for each in kept.sessions]))
        good = len(kept.sessions) == 2 and not kept.damage and replay(kept.sessions[1]).same
        gone_on += good and untouched and not wrong
        for what in wrong:
            print(what, file=sys.stderr)
    return Outcome(
        fault="two sessions on one log, the first is killed",
        times=times,
        sets_finished=finished,
        sets_lost=missing,
        to_go_on=times,
        gone_on=gone_on,
        seconds=slowest,
    )


def _told_by(first: subprocess.Popen[str]) -> int:
    assert first.stdout is not None
    guard = threading.Timer(LIMIT_S, first.kill)
    guard.start()
    try:
        return until_it_waits(first.stdout)
    finally:
        guard.cancel()


def until_it_waits(lines: Iterable[str]) -> int:
    """How many sets the first session tells until it waits; AssertionError where it ends before."""
    sets = 0
    for line in lines:
        if line == WAITS:
            return sets
        sets += line == A_SET
    raise AssertionError(f"the first session ended after {sets} sets")


def beside(log: Path, home: Path) -> list[str]:
    """What is wrong with the answers of commands beside a session that is running."""
    table = home / "strong.csv"
    table.write_text(CSV, encoding="utf-8")
    busy, at = "Another session is writing the log", ("--log", str(log))
    commands: tuple[tuple[Sequence[str], ExitCode, str], ...] = (
        ((*RUN, *at), ExitCode.LOG, busy),
        (("log", "fix", "last", "1", "--seconds", "9", *at), ExitCode.LOG, busy),
        (("import", str(table), *at), ExitCode.PROBLEMS, "never mixed into one"),
        (("today", *at), ExitCode.OK, ""),
        (("log", *at), ExitCode.OK, ""),
    )
    return [wrong for command, code, said in commands if (wrong := _wrong(command, home, code, said))]


def _wrong(command: Sequence[str], home: Path, code: ExitCode, said: str) -> str:
    """Why the answer is not the one that was expected; "" where it is."""
    ran = subprocess.run(
        [sys.executable, "-m", "voice_coach", *command],
        env=_env(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
    )
    lines = ran.stderr.splitlines()
    sentence = len(lines) == 1 and said in lines[0] if said else not lines
    return "" if ran.returncode == code and sentence else f"{' '.join(command)}: {ran.returncode}, {ran.stderr!r}"


def _env(home: Path) -> dict[str, str]:
    return environment({**os.environ, "XDG_DATA_HOME": str(home), "XDG_CACHE_HOME": str(home)})


def main(path: Path) -> None:
    """Finish some sets and wait."""
    with Journal.open(path, "first", lambda: BEGAN) as journal:
        journal.start(small_plan(), SETUP)
        watched = Watched(journal, small_plan())
        watched.receive(Start(at=0))
        done = 0
        while done < SETS:
            sets = len(sets_of(watched.advance(watched.session.state.now + 1_000)))
            done += sets
            print(A_SET * sets, end="", flush=True)
        print(WAITS, end="", flush=True)
        sys.stdin.read()  # for ever: whoever started it kills it


if __name__ == "__main__":
    main(Path(sys.argv[1]))
