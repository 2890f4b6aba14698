"""The sound goes away in the middle of a session, and comes back: over a real PulseAudio, in real time.

Two sets of three are counted; the fault strikes inside the second. She waits until the coach says that the sound is
back, and goes on by the key. Words are not part of this: the microphone hears nothing but is there, or is not.

A session has gone on when it came to its end by itself, each set is in the log once and whole, the log replays to the
same trace, and session time is that of the world: none invented, and no more lost than it takes to notice.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.faults.outcome import Outcome, lost
from tests.faults.sound_house import MICROPHONE, SPEAKER, Ear, House
from tests.faults.sound_session import REPS, Sitting
from tests.journal.logs import logged_sets
from tests.spoken_session import Line
from voice_coach.journal import load
from voice_coach.replay import replay

LOST, BACK = "(sound device lost)", "(sound device back)"
DEAF, HEARS = "I hear nothing at all.", "(microphone back)"
BEGIN_S = 180.0  # until it counts for the second time: half a minute on an idle machine, after the first
TOLD_S = 60.0  # until what happened is told: three seconds
END_S = 120.0
AWAY_S = 4.0
LONG_AWAY_S = 12.0  # a microphone is given up after two seconds, and four more of trying
INVENTED_S = 1.0  # lines are printed block by block
NOTICED_S = 6.0  # of the world's time may be missing for a loss: two until it is noticed, the rest is a busy machine
TAKES = 3  # where the sound was lost before anything was done to it, it was the machine's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is done to the house, and what the coach is to say of it."""

    name: str
    strike: Callable[[House], None]
    mend: Callable[[House], None] = lambda _house: None
    away_s: float = AWAY_S
    told: str = LOST  # what stands in the transcript then; nothing where nothing is lost
    told_again: str = BACK
    speaker: str = SPEAKER  # where the coach is heard in the end


@dataclass(frozen=True, slots=True, kw_only=True)
class Sat:
    """A session that was struck, and what became of it."""

    finished: int
    lost: int
    recovered_s: float | None  # None where the coach was not heard again
    wrong: str  # why it is not counted as gone on; empty where it is
    anew: int = 0  # times it was begun anew before it was struck


def trouble(which: Trouble, times: int, folder: Path) -> Outcome:
    """Strike so many sessions."""
    sat: list[Sat] = []
    for number in range(times):
        sat.append(_strike(which, folder / f"{number}", folder / "cache"))
        if sat[-1].wrong:
            print(f"{which.name}, session {number}: {sat[-1].wrong}", file=sys.stderr, flush=True)
    anew = sum(each.anew for each in sat)
    return Outcome(
        fault=f"{which.name} ({anew} begun anew)" if anew else which.name,
        times=times,
        sets_finished=sum(each.finished for each in sat),
        sets_lost=sum(each.lost for each in sat),
        to_go_on=times,
        gone_on=sum(not each.wrong for each in sat),
        seconds=max((each.recovered_s or 0.0 for each in sat), default=0.0),
    )


def _strike(which: Trouble, folder: Path, cache: Path) -> Sat:
    for take in range(TAKES):
        place = folder / f"take{take}"
        place.mkdir(parents=True)
        with House(place) as house, Sitting(place, house, cache) as sitting:
            ready = sitting.until("coach  one, up", BEGIN_S, times=2) is not None
            if (not ready or sitting.said(LOST)) and take + 1 < TAKES:
                continue  # this was not us
            return replace(_sat(which, sitting, house, place / "log.jsonl"), anew=take)
    raise AssertionError("unreachable")


def _sat(which: Trouble, sitting: Sitting, house: House, log: Path) -> Sat:
    which.strike(house)
    struck = time.monotonic()
    wrong, recovered_s = "", None
    if which.told and sitting.until(which.told, TOLD_S) is None:
        wrong = f"{which.told!r} was not told"
    if which.told == DEAF:  # she hears that, and goes on by the key
        sitting.until("Press space", TOLD_S)
        sitting.press("r")
    time.sleep(max(0.0, which.away_s - (time.monotonic() - struck)))
    which.mend(house)
    mended = time.monotonic()
    ear = Ear(house, which.speaker)
    try:
        back = None
        if which.told:
            back = sitting.until(which.told_again, TOLD_S)
            if back is None:
                wrong = wrong or f"{which.told_again!r} was not told"
            elif which.told == LOST:
                sitting.until("Paused.", TOLD_S)
                sitting.press("r")
        heard = ear.first(TOLD_S)
    finally:
        ear.close()
    if heard is None:
        wrong = wrong or "the coach was not heard again"
    elif back is not None and which.told == DEAF:
        recovered_s = back.world_s - mended
    else:
        recovered_s = heard - mended
    code = sitting.ended() if sitting.until("(completed)", END_S) else sitting.process.poll()
    if code != 0:
        wrong = f"the session did not come to its end ({code}); {wrong}"
        sitting.process.kill()
        sitting.process.wait()
    finished = sum(sitting.said(words) for words in ("Rest for", "You did one exercise, two sets"))
    sets, held_in_log = _logged(log)
    return Sat(
        finished=finished,
        lost=lost(finished, len(sets)),
        recovered_s=recovered_s,
        wrong=wrong or _wrong(sitting.lines.all, sets, held_in_log),
    )


def _logged(log: Path) -> tuple[list[tuple[int, int]], bool]:
    """Sets (number, repetitions) in the log, and whether it replays to the same trace."""
    session = load(log).find("last")
    return [(each["set"], each["done_reps"]) for each in logged_sets(session)], bool(replay(session).same)


def _wrong(lines: Sequence[Line], sets: list[tuple[int, int]], replays: bool) -> str:
    """What is wrong with a session that came to its end."""
    if sets != [(1, REPS), (2, REPS)]:
        return f"the sets in the log are {sets}"
    if not replays:
        return "the log does not replay to the same trace"
    missing = (lines[-1].world_s - lines[0].world_s) - (lines[-1].session_s - lines[0].session_s)
    if not -INVENTED_S <= missing <= NOTICED_S:
        return f"{missing:.1f} s of the world are missing in the session's time"
    return ""


def _another(house: House) -> None:
    """The default changes, at another rate; then the old devices go."""
    house.plug_loudspeaker("kitchen", rate=48_000)
    house.plug_microphone("webcam", rate=48_000)
    house.tell("set-default-sink", "kitchen")
    house.tell("set-default-source", "webcam")
    time.sleep(AWAY_S)
    house.take(SPEAKER)
    house.take(MICROPHONE)


def server_stopped(times: int, folder: Path) -> Outcome:
    """It ends in good order."""
    stopped = Trouble(name="sound server stopped and started", strike=lambda h: h.stop(), mend=lambda h: h.start())
    return trouble(stopped, times, folder)


def server_killed(times: int, folder: Path) -> Outcome:
    """It is killed."""
    killed = Trouble(
        name="sound server killed and started", strike=lambda h: h.stop(signal.SIGKILL), mend=lambda h: h.start()
    )
    return trouble(killed, times, folder)


def other_devices(times: int, folder: Path) -> Outcome:
    """What is there afterwards has other names and another rate."""
    others = Trouble(
        name="sound server comes back with other devices",
        strike=lambda h: h.stop(signal.SIGKILL),
        mend=lambda h: h.start("headset", "webcam", 48_000),
        speaker="headset",
    )
    return trouble(others, times, folder)


def server_stands_still(times: int, folder: Path) -> Outcome:
    """It is there, and answers nobody: calls to it hang."""
    still = Trouble(
        name="sound server stands still for eight seconds",
        strike=lambda h: h.signal(signal.SIGSTOP),
        mend=lambda h: h.signal(signal.SIGCONT),
        away_s=8.0,
    )
    return trouble(still, times, folder)


def default_changes(times: int, folder: Path) -> Outcome:
    """The server moves the streams, and nobody needs to notice."""
    changes = Trouble(name="default devices change, the old ones go", strike=_another, told="", speaker="kitchen")
    return trouble(changes, times, folder)


def microphone_goes(times: int, folder: Path) -> Outcome:
    """The server puts the loudspeaker's own sound in its place."""
    goes = Trouble(
        name="microphone goes and comes back",
        strike=lambda h: h.take(MICROPHONE),
        mend=lambda h: h.plug_microphone(),
        told=DEAF,
        told_again=HEARS,
    )
    return trouble(goes, times, folder)


def loudspeaker_goes(times: int, folder: Path) -> Outcome:
    """There is no other one."""
    goes = Trouble(
        name="loudspeaker goes and comes back", strike=lambda h: h.take(SPEAKER), mend=lambda h: h.plug_loudspeaker()
    )
    return trouble(goes, times, folder)


def loudspeaker_stands_still(times: int, folder: Path) -> Outcome:
    """It is there, and plays nothing."""
    still = Trouble(
        name="loudspeaker takes nothing for seconds",
        strike=lambda h: h.let_stand("sink", SPEAKER, True),
        mend=lambda h: h.let_stand("sink", SPEAKER, False),
    )
    return trouble(still, times, folder)


def microphone_stands_still(times: int, folder: Path) -> Outcome:
    """It is there, and gives nothing."""
    still = Trouble(
        name="microphone gives nothing for seconds",
        strike=lambda h: h.let_stand("source", MICROPHONE, True),
        mend=lambda h: h.let_stand("source", MICROPHONE, False),
        away_s=LONG_AWAY_S,
        told=DEAF,
        told_again=HEARS,
    )
    return trouble(still, times, folder)
