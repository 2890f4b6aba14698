"""A power cut: the process is killed at any byte of what it writes, again and again, and then left to end."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tests.faults.outcome import Outcome
from tests.faults.victim import NAMES
from tests.journal.logs import BEGAN
from tests.sessions import small_plan
from voice_coach.journal import Log, load
from voice_coach.replay import replay
from voice_coach.review.broken_off import broken_off
from voice_coach.review.known import known
from voice_coach.session.plan import Phase

LENGTH = 40_000  # bytes: a session writes about so many, and any of them may be the last
BUSY = 15_000  # most sets are finished by then; what follows is waiting for her
AGAIN = 3  # of ten sessions so many are struck a second time
TIME_S = 60
PLANNED = {
    json.dumps([each.block, each.item.exercise.id, each.round, each.number, each.side and each.side.value])
    for each in (segment.set for segment in small_plan().segments if segment.phase is Phase.WORK)
}


def power_cuts(times: int, folder: Path) -> Outcome:
    """Kill so many sessions."""
    finished = lost = to_go_on = gone_on = 0
    slowest = 0.0
    for seed in range(times):
        path = folder / f"{seed}.jsonl"
        chance = random.Random(seed)
        told: Counter[str] = Counter()
        kills = 1 + (chance.randrange(10) < AGAIN)
        for _ in range(kills):
            told += _run(path, seed, chance.randrange(chance.choice((BUSY, BUSY, LENGTH))))
        log, began = load(path, lean=True), time.perf_counter()
        found = broken_off(load(path, lean=True), known(log), BEGAN)
        slowest = max(slowest, time.perf_counter() - began)
        finished += told.total()
        lost += (told - _logged(log)).total()
        if _broken(log):
            to_go_on += 1
            _run(path, seed, -1)
            gone_on += found is not None and _whole(load(path), kills)
    return Outcome(
        fault="power cut, at any byte of the log",
        times=times,
        sets_finished=finished,
        sets_lost=lost,
        to_go_on=to_go_on,
        gone_on=gone_on,
        seconds=slowest,
    )


def _run(path: Path, seed: int, room: int) -> Counter[str]:
    """One run of the victim: the sets it finished before it was killed."""
    command = [sys.executable, "-m", "tests.faults.victim", str(path), str(seed), str(room)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=TIME_S)
    if ran.stderr:
        raise AssertionError(ran.stderr)
    return Counter(ran.stdout.splitlines())


def _logged(log: Log) -> Counter[str]:
    """The sets in a log, as the victim tells them."""
    return Counter(
        json.dumps([entry.fields["data"][name] for name in NAMES])
        for session in log.sessions
        for entry in session.entries
        if entry.fields.get("kind") == "set"
    )


def _broken(log: Log) -> bool:
    """Whether the session that was struck last had a set that was more than skipped, and something is left of it."""
    if not log.sessions or log.sessions[-1].end or set(_logged(log)) >= PLANNED:
        return False
    entries = log.sessions[-1].entries
    return any(entry.fields.get("kind") == "set" and not entry.fields["data"]["skipped"] for entry in entries)


def _whole(log: Log, kills: int) -> bool:
    """Whether every set of the plan is in the log, no more is torn than a line a kill, and the end replays."""
    last = log.sessions[-1]
    return set(_logged(log)) >= PLANNED and last.end is not None and replay(last).same and len(log.damage) <= kills
