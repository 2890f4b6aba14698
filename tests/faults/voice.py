"""The voice fails in the middle of a session: killed, stopped, talking nonsense, without a cache, or never there."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from tests.faults.moody_voice import AT_START, MOODS
from tests.faults.outcome import Outcome, lost
from tests.faults.voice_session import Limits, Scene, Strike, held
from voice_coach.speech.voice import DEFAULT_RATE
from voice_coach.speech.voice_process import VoiceProcess

SPARE = 1  # handles: of whoever looks
HOME = Limits()


def _tried(
    fault: str, times: int, folder: Path, strikes: Sequence[Strike], limits: Limits, *, early: bool = False
) -> Outcome:
    """So many sessions; each strike in its turn, with `early` every third before the session begins."""
    found = [
        held(
            folder / f"{fault.split()[0]}-{seed}", seed, strikes[seed % len(strikes)], limits,
            before=early and seed % 3 == 2,
        )
        for seed in range(times)
    ]  # fmt: skip
    return Outcome(
        fault=fault,
        times=times,
        sets_finished=sum(each.sets for each in found),
        sets_lost=sum(lost(each.sets, each.kept) for each in found),
        to_go_on=times,
        gone_on=sum(each.whole for each in found),
        seconds=max(each.seconds for each in found),
    )


def _mood(mood: str) -> Strike:
    return lambda scene: scene.mood.write_text(mood, encoding="utf-8")


def voice_killed(times: int, folder: Path, limits: Limits = HOME) -> Outcome:
    """The child is killed, or its espeak crashes, once."""
    strikes = [lambda scene: scene.signal(signal.SIGKILL), lambda scene: scene.signal(signal.SIGSEGV)]
    return _tried("voice killed or crashed, once", times, folder, strikes, limits)


def voice_stopped(times: int, folder: Path, limits: Limits = HOME) -> Outcome:
    """The child stands still, once."""
    return _tried("voice stands still, once", times, folder, [lambda scene: scene.signal(signal.SIGSTOP)], limits)


def voice_dead(times: int, folder: Path, limits: Limits = HOME) -> Outcome:
    """Every child ends at its start or at a sentence, or has no engine; after the session all is well again."""
    strikes = [_mood(mood) for mood in (AT_START[0], "ends", "crashes", "raises")]
    return _tried(
        "dead voice: each new one dies, too", times, folder, [_and_kill(one) for one in strikes], limits, early=True
    )


def voice_hanging(times: int, folder: Path, limits: Limits = HOME) -> Outcome:
    """Every child hangs, at its start or at a sentence; after the session all is well again."""
    strikes = [_mood(mood) for mood in (AT_START[1], "hangs", "answers half a line", "answers without end")]
    return _tried(
        "hanging voice: each new one hangs, too", times, folder, [_and_kill(one) for one in strikes], limits, early=True
    )


def voice_nonsense(times: int, folder: Path, limits: Limits = HOME) -> Outcome:
    """Answers and files that are no use; after the session all is well again."""
    strikes = [_mood(mood) for mood in MOODS if mood.startswith(("answers garbage", "writes"))]
    return _tried("nonsense from the voice, or in its files", times, folder, strikes, limits, early=True)


def voice_cache(times: int, folder: Path, limits: Limits = HOME) -> Outcome:
    """The kept sentences are damaged, deleted, or cannot be kept."""
    strikes: list[Strike] = [
        Scene.damage, lambda scene: shutil.rmtree(scene.cache, ignore_errors=True), Scene.no_cache,
    ]  # fmt: skip
    return _tried("cache of the voice damaged, deleted, closed", times, folder, strikes, limits)


def voice_restarts(times: int, folder: Path, limits: Limits = HOME) -> Outcome:
    """One child after the other is killed: no processes and handles are left. Of sessions there are none."""
    process = VoiceProcess(None, DEFAULT_RATE, limit_s=limits.phrase_s, start_limit_s=limits.start_s)
    slowest, spoken = 0.0, 0
    process.render("none", folder / "none.wav")
    before = _handles()
    for number in range(times):
        process.render("one", folder / "one.wav")
        pid = process.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        began = time.perf_counter()
        process.render("two", folder / "two.wav")
        slowest = max(slowest, time.perf_counter() - began)
        spoken += process.pid != pid and not Path(f"/proc/{pid}").exists() and _handles() <= before + SPARE
        assert process.restarts == number + 1
    process.close()
    return Outcome(
        fault="voice killed again and again",
        times=times,
        sets_finished=0,
        sets_lost=0,
        to_go_on=times,
        gone_on=spoken,
        seconds=slowest,
    )


def _and_kill(strike: Strike) -> Strike:
    """The child that is there ends, and those that follow are what `strike` makes of them."""

    def both(scene: Scene) -> None:
        strike(scene)
        scene.signal(signal.SIGKILL)

    return both


def _handles() -> int:
    """Open files of this process; 0 where the system does not tell."""
    handles = Path("/proc/self/fd")
    return len(list(handles.iterdir())) if handles.is_dir() else 0
