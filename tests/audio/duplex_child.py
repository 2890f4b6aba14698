"""What the tests over PulseAudio run in a child process; prints one JSON object.

`python -m tests.audio.duplex_child JOB [RATE]`, see JOBS.
"""

from __future__ import annotations

import contextlib
import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from voice_coach.audio import BLOCK, RATE, DeviceLostError, DeviceRoom, list_devices, open_duplex
from voice_coach.errors import AudioError

CLICKS = [RATE + RATE // 2 * k + k for k in range(6)]  # frames; half a second and one frame apart
Result = dict[str, object]


def duplex(rate: int) -> Result:
    """Play clicks, and tell where clicks were heard."""
    played = np.zeros(5 * RATE, dtype=np.int16)
    for click in CLICKS:
        played[click : click + 8] = 16_000
    room = open_duplex(rate=rate)
    heard = [room.exchange(played[i : i + BLOCK]) for i in range(0, len(played), BLOCK)]
    result = {"name": room.name, "rate": room.rate, "latency_ms": room.latency_ms}
    room.close()
    room.close()
    sound = np.concatenate(heard)
    return {**result, "under": room.under, "over": room.over, "heard": onsets(sound), "blocks": len(heard)}


def onsets(sound: np.ndarray) -> list[int]:
    """The first frames of what is louder than a quarter after 100 ms of silence."""
    loud = np.flatnonzero(np.abs(sound.astype(int)) > 8_000)
    return [int(f) for i, f in enumerate(loud) if i == 0 or f - loud[i - 1] > RATE // 10]


def lost(rate: int) -> Result:
    """Say "ready", exchange until the device is gone, fail to reopen, say so; reopen when told to on standard input."""
    room = open_duplex(rate=rate, patience_s=5.0)
    silence = np.zeros(BLOCK, dtype=np.int16)
    for _ in range(10):
        room.exchange(silence)
    print("ready", flush=True)
    try:
        for _ in range(1000):
            room.exchange(silence)
        return {"lost": ""}
    except DeviceLostError as error:
        message = str(error)
    refused = ""
    try:
        room.reopen()
    except AudioError as error:
        refused = str(error)
    print("lost", flush=True)
    sys.stdin.readline()
    again(room)
    blocks = [len(room.exchange(silence)) for _ in range(10)]
    room.close()
    return {"lost": message, "refused": refused, "blocks": blocks}


def names(rate: int) -> Result:
    """What devices there are, which one a part of a name finds, and what a wrong name says."""
    room = open_duplex("LIVING", "living", rate=rate)
    found = room.name
    room.close()
    try:
        open_duplex("livingrom")
    except AudioError as error:
        return {"found": found, "error": str(error), "devices": [device.name for device in list_devices()]}
    return {"found": found, "error": ""}


def halves(rate: int) -> Result:
    """A loudspeaker alone and a microphone alone; blocks of each, and whether anything was heard."""
    silence = np.zeros(BLOCK, dtype=np.int16)
    result: Result = {}
    for half, listens in (("speaker", False), ("mic", True)):
        room = open_duplex(listens=listens, plays=not listens, rate=rate)
        result[half] = [room.name, *(len(room.exchange(silence)) for _ in range(5))]
        room.close()
    return result


def deaf(rate: int) -> Result:
    """Say "ready", when the room becomes deaf, and when it hears again; so many seconds are waited for both."""
    room = open_duplex(rate=rate)
    print("ready", flush=True)
    for state, seconds in ((True, 30), (False, 30)):
        for _ in range(50 * seconds):
            room.exchange(np.zeros(BLOCK, dtype=np.int16))
            if room.deaf is state:
                break
        print("deaf" if room.deaf else "hears", flush=True)
    result: Result = {"deaf": room.deaf}
    room.close()
    return result


def again_and_again(_rate: int) -> Result:
    """Lose the devices as often as standard input has lines, and find them again; what of this process has grown."""
    room = open_duplex()
    silence = np.zeros(BLOCK, dtype=np.int16)
    sizes: list[tuple[int, int, int]] = []
    print("ready", flush=True)
    for _line in sys.stdin:
        with contextlib.suppress(DeviceLostError):
            for _ in range(3_000):
                room.exchange(silence)
        print("lost", flush=True)
        again(room)
        for _ in range(10):
            room.exchange(silence)
        status = Path("/proc/self/status").read_text(encoding="ascii")
        kib = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
        sizes.append((kib, len(list(Path("/proc/self/fd").iterdir())), threading.active_count()))
        print("back", flush=True)
    room.close()
    return {"sizes": sizes}


def again(room: DeviceRoom) -> None:
    """Wait until the devices are found; AudioError where that takes too long."""
    for _ in range(600):
        with contextlib.suppress(AudioError):
            return room.reopen()
        time.sleep(0.1)
    return room.reopen()


JOBS: dict[str, Callable[[int], Result]] = {
    "duplex": duplex,
    "lost": lost,
    "names": names,
    "halves": halves,
    "deaf": deaf,
}
JOBS["again"] = again_and_again

if __name__ == "__main__":
    print(json.dumps(JOBS[sys.argv[1]](int(sys.argv[2]) if len(sys.argv) > 2 else RATE)))
