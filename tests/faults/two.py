"""Two sessions at once on one log, in processes of their own, and the first of them killed.

`python -m tests.faults.two LOG` holds a log: it prints the sets of a session on virtual time, then "waits" without
ending it, for as long as nobody kills it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.faults.outcome import Outcome
from tests.journal.logs import BEGAN, SETUP, Watched, write_session
from tests.live_session import environment
from tests.sessions import small_plan
from voice_coach.errors import ExitCode
from voice_coach.journal import Journal, Log, load
from voice_coach.replay import replay
from voice_coach.session.events import Effect, Record, Start

LIMIT_S = 120  # for one command, on a machine that is busy
SETS = 2  # finished by the first session before the second one comes
RUN = ("run", "first_taste", "--text", "--no-check", "--no-questions")
CSV = "Date,Workout Name,Exercise Name,Set Order,Weight,Reps\n2026-03-01 08:00:00,Day,Squat,1,10,5\n"


def two_at_once(times: int, folder: Path) -> Outcome:
    """The second is refused in one sentence, whatever command it is; when the first is killed the next one begins."""
    finished = lost = gone_on = 0
    slowest = 0.0
    for number in range(times):
        home = folder / str(number)
        home.mkdir()
        log = home / "log.jsonl"
        holds = [sys.executable, "-m", "tests.faults.two", str(log)]
        pipe = subprocess.PIPE
        with subprocess.Popen(holds, stdin=pipe, stdout=pipe, env=_env(home), text=True) as first:
            try:
                assert first.stdout is not None
                told = list(iter(first.stdout.readline, "waits\n"))
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
        sets = len(told) + _sets(effects)
        finished, lost = finished + sets, lost + abs(sets - _logged(kept))
        good = len(kept.sessions) == 2 and not kept.damage and replay(kept.sessions[1]).same
        gone_on += good and untouched and not wrong
        for what in wrong:
            print(what, file=sys.stderr)
    return Outcome(
        fault="two sessions on one log, the first is killed",
        times=times,
        sets_finished=finished,
        sets_lost=lost,
        to_go_on=times,
        gone_on=gone_on,
        seconds=slowest,
    )


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


def _sets(effects: Sequence[Effect]) -> int:
    return sum(isinstance(effect, Record) and effect.kind == "set" for effect in effects)


def _logged(log: Log) -> int:
    return sum(entry.fields.get("kind") == "set" for session in log.sessions for entry in session.entries)


def main(path: Path) -> None:
    """Finish some sets and wait."""
    with Journal.open(path, "first", lambda: BEGAN) as journal:
        journal.start(small_plan(), SETUP)
        watched = Watched(journal, small_plan())
        watched.receive(Start(at=0))
        done = 0
        while done < SETS:
            sets = _sets(watched.advance(watched.session.state.now + 1_000))
            done += sets
            print("a set\n" * sets, end="", flush=True)
        print("waits", flush=True)
        sys.stdin.read()  # for ever: whoever started it kills it


if __name__ == "__main__":
    main(Path(sys.argv[1]))
