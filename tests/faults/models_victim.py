"""Models are fetched and removed, each in a process that is killed at a step of that work.

`python -m tests.faults.models_victim FOLDER FILE STEP…`: for each step a process of its own that works in a folder of
its own, FOLDER/0 and so on. A step is whatever Python tells its auditors of and has to do with that folder: a file
opened, a folder made, renamed or removed; what is written to a file is another one, and is cut short. Below 0 nobody is
killed, and the number of steps is printed.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.models.archives import looks_like_one, offer
from voice_coach.models import Fetching, fetch, remove
from voice_coach.paths import shipped

CUT = 10  # bytes of a file that are written before its writer is killed
KILLED = (-signal.SIGKILL, -signal.SIGXFSZ)


class Deadly:
    """Counts what happens in a folder, and ends the process at one of it, or inside of the next write."""

    def __init__(self, folder: Path, last: int) -> None:
        self._folder = str(folder)
        self._last = last
        self.steps = 0

    def __call__(self, event: str, args: tuple[object, ...]) -> None:
        if not args or (event != "open" and not event.startswith(("os.", "shutil."))):
            return
        path = str(args[0]) if isinstance(args[0], str | os.PathLike) else ""
        # What a folder that is removed has in it is named relative to it.
        if not path or (Path(path).is_absolute() and not path.startswith(self._folder)):
            return
        self._step(lambda: os.kill(os.getpid(), signal.SIGKILL))
        if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wxa"):
            self._step(_cut_short)

    def _step(self, ends: Callable[[], object]) -> None:
        if self.steps == self._last:
            ends()
        self.steps += 1


def _cut_short() -> None:
    """From now on the system ends this process when a file of its grows beyond CUT."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (CUT, CUT))


def main(base: Path, archive: Path, lasts: Sequence[int]) -> None:
    """One after the other; all that they need is loaded once."""
    for number, last in enumerate(lasts):
        child = os.fork()
        if not child:
            work(base / str(number), archive, last)
            sys.stdout.flush()
            os._exit(0)
        _, ended = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(ended) in ((0,) if last < 0 else KILLED), f"at step {last}"


def work(folder: Path, archive: Path, last: int) -> None:
    """Fetch the model from the file, and remove it again."""
    known = offer(archive.read_bytes())
    watching = Deadly(folder, last)
    sys.addaudithook(watching)
    fetch(known, folder, Fetching(check=looks_like_one), str(archive))
    remove(known.name, folder, shipped("models"), [known])
    print(watching.steps)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [int(step) for step in sys.argv[3:]])
