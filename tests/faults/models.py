"""Models from outside: downloads that are cut, archives that mean harm, programs that are killed in the middle.

No session is struck by any of it. What is counted in its place: models that have to be there and whole in the end.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tests.faults.outcome import Outcome
from tests.models.archives import NAME, looks_like_one, offer, small, zipped
from tests.models.harm import SOUND, harmful
from tests.models.server import Answers, honest, serving
from voice_coach.errors import EngineError
from voice_coach.models import Fetching, Offer, fetch, remove
from voice_coach.models.hidden import HIDDEN
from voice_coach.models.part import Part
from voice_coach.paths import shipped
from voice_coach.speech.manifest import damage

SILENT_S = 0.05
CUTS = 4  # at most, before it is let through
TIME_S = 60
HOW = ("closed", "reset", "silent", "chunked", "no length", "Ctrl-C", "another version")


def downloads_cut(times: int, folder: Path) -> Outcome:
    """Each is broken off up to four times, at any byte and in any way, and then let through."""
    content = small()
    well, slowest = 0, 0.0
    for seed in range(times):
        chance, place = random.Random(seed), folder / str(seed)
        with serving(honest(content)) as server:
            known = offer(content, server.address)
            for _ in range(chance.randint(1, CUTS)):
                how, at = chance.choice(HOW), chance.randrange(len(content))
                server.answers = _cut(content, how, at)
                kept = _tried(known, place, at if how == "Ctrl-C" else -1)
            expected = [len(kept)] if len(kept) < len(content) else []  # from there on, and no byte again
            if not content.startswith(kept):
                expected.append(0)  # of another version: all of it once more
            server.answers = honest(content)
            since = server.now()
            began = time.perf_counter()
            fetch(known, place, _around())
            slowest = max(slowest, time.perf_counter() - began)
        starts = [asked.start for asked in server.asked if asked.connection > since]
        well += starts == expected and _whole(place)
    return _outcome("model: download cut at any byte", times, well, slowest)


def harmful_archives(times: int, folder: Path) -> Outcome:
    """Every kind in turn, then sound ones with bytes changed; a good one is fetched after each."""
    kinds, content = list(harmful().items()), small()
    (folder / "good.zip").write_bytes(content)
    well, slowest = 0, 0.0
    for seed in range(times):
        harm = kinds[seed][1] if seed < len(kinds) else _changed(random.Random(seed))
        room = folder / str(seed)
        place = room / "in" / "models"
        place.mkdir(parents=True)
        (room / "bad.zip").write_bytes(harm)
        try:
            fetch(offer(harm), place, _around(), str(room / "bad.zip"))
        except EngineError:
            refused = _seen(place) == []
        else:  # a byte that does not matter, the time of a file say
            refused = seed >= len(kinds) and _whole(place)
            remove(NAME, place, shipped("models"), [offer(harm)])
        outside = {path.name for path in [*room.iterdir(), *(room / "in").iterdir()]} == {"bad.zip", "in", "models"}
        began = time.perf_counter()
        fetch(offer(content), place, _around(), str(folder / "good.zip"))
        slowest = max(slowest, time.perf_counter() - began)
        well += refused and outside and _whole(place)
    return _outcome("model: archive that means harm", times, well, slowest)


def killed_at_work(times: int, folder: Path) -> Outcome:
    """A program that fetches and removes a model is killed at any step; the next one fetches it, and removes it."""
    content = small()
    archive = folder / "good.zip"
    archive.write_bytes(content)
    (folder / "all").mkdir()
    steps = int(victims(folder / "all", archive, [-1]))
    lasts = [number % steps if times >= steps else number * steps // times for number in range(times)]
    victims(folder, archive, lasts)
    well, slowest = 0, 0.0
    for number in range(times):
        place = folder / str(number)
        found = _seen(place) if place.exists() else []
        safe = found == [] or _whole(place)
        began = time.perf_counter()
        if not found:
            fetch(offer(content), place, _around(), str(archive))
        slowest = max(slowest, time.perf_counter() - began)
        whole = _whole(place)
        remove(NAME, place, shipped("models"), [offer(content)])
        well += safe and whole and [path.name for path in (place / HIDDEN).iterdir()] == ["lock"]
    return _outcome("model: killed while it is fetched or removed", times, well, slowest)


def _cut(content: bytes, how: str, at: int) -> Answers:
    if how == "another version":
        other = random.Random(at).randbytes(len(content))
        return lambda asked: replace(honest(other, None)(asked), cut=at)
    good = honest(content)
    lever: dict[str, Callable[[], Answers]] = {
        "closed": lambda: lambda asked: replace(good(asked), cut=at),
        "reset": lambda: lambda asked: replace(good(asked), cut=at, reset=True),
        "silent": lambda: lambda asked: replace(good(asked), cut=at, silent=True),
        "chunked": lambda: lambda asked: replace(good(asked), cut=at, chunked=True),
        "no length": lambda: (
            lambda asked: replace(good(asked), cut=at, headers={**good(asked).headers, "Content-Length": None})
        ),
        "Ctrl-C": lambda: good,
    }
    return lever[how]()


def _tried(known: Offer, place: Path, interrupted_at: int) -> bytes:
    """A fetch that may fail: what is kept of it."""

    def progress(there: int, _: int) -> None:
        if 0 <= interrupted_at <= there:
            raise KeyboardInterrupt

    try:
        fetch(known, place, replace(_around(), progress=progress, limit_s=SILENT_S))
    except (EngineError, KeyboardInterrupt):
        assert _seen(place) == []
    else:  # what was cut off is more than what was left to come
        remove(known.name, place, shipped("models"), [known])
    part = Part(place / HIDDEN, known)
    return part.file.read_bytes() if part.size else b""


def _changed(chance: random.Random) -> bytes:
    broken = bytearray(zipped(SOUND))
    for _ in range(chance.randint(1, 4)):
        broken[chance.randrange(len(broken) - 700, len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def victims(folder: Path, archive: Path, lasts: Sequence[int]) -> str:
    """Kill one at each of these steps; what those print that are not killed."""
    command = [sys.executable, "-m", "tests.faults.models_victim", str(folder), str(archive), *map(str, lasts)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=TIME_S + len(lasts))
    if ran.stderr:
        raise AssertionError(ran.stderr)
    return ran.stdout


def _around() -> Fetching:
    """The model is looked at instead of loaded: that is tried elsewhere."""
    return Fetching(check=looks_like_one, limit_s=5.0)


def _seen(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir() if path.name != HIDDEN)


def _whole(place: Path) -> bool:
    return _seen(place) == [NAME] and damage(place / NAME) == "" and looks_like_one(place / NAME) is None


def _outcome(fault: str, times: int, well: int, slowest: float) -> Outcome:
    return Outcome(
        fault=fault, times=times, sets_finished=0, sets_lost=0, to_go_on=times, gone_on=well, seconds=slowest
    )
