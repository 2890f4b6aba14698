"""A disk that is full for a while: what was done meanwhile is written when there is room again."""

from __future__ import annotations

import random
import time
from pathlib import Path

from tests.faults.outcome import Outcome, lost
from tests.faults.victim import wishes
from tests.journal.disks import Disk
from tests.journal.logs import BEGAN, SETUP, Watched, logged_sets, sets_of
from tests.sessions import command, small_plan
from voice_coach.journal import Journal, load
from voice_coach.replay import replay
from voice_coach.session.events import Intent, Start

LONGEST = 1_200_000


def full_disks(times: int, folder: Path) -> Outcome:
    """So many sessions whose disk is full from one moment to another; when the program ends there is room."""
    finished = missing = whole = 0
    slowest = 0.0
    for seed in range(times):
        path = folder / f"full-{seed}.jsonl"
        sets = _session(path, seed)
        began = time.perf_counter()
        session = load(path).sessions[0]
        slowest = max(slowest, time.perf_counter() - began)
        finished, missing = finished + sets, missing + lost(sets, len(logged_sets(session)))
        whole += session.end is not None and replay(session).same
    return Outcome(
        fault="disk full for a while, or failing now and then",
        times=times,
        sets_finished=finished,
        sets_lost=missing,
        to_go_on=times,
        gone_on=whole,
        seconds=slowest,
    )


def _session(path: Path, seed: int) -> int:
    """One session; how many sets it finished."""
    chance, disk, sets = random.Random(seed), Disk(), 0
    full = sorted(chance.randrange(LONGEST) for _ in range(4))
    waiting = wishes(seed)
    with Journal.open(path, "full", lambda: BEGAN, write=disk.write, sync=disk.sync) as journal:
        journal.start(small_plan(), SETUP)
        watched = Watched(journal, small_plan())
        sets += len(sets_of(watched.receive(Start(at=0))))
        while not watched.session.over:
            end = watched.session.state.now + 1_000
            inside = full[0] <= end < full[1] or full[2] <= end < full[3]
            disk.room = chance.randrange(200) if inside else None
            while waiting and waiting[0].at <= end:
                sets += len(sets_of(watched.receive(waiting.pop(0))))
            if end > LONGEST:
                wanted = Intent.RESUME if watched.session.standing else Intent.DONE
                sets += len(sets_of(watched.receive(command(end, wanted))))
            sets += len(sets_of(watched.advance(end)))
        disk.room = None
    return sets
