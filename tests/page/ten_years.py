"""Measures making the pages of ten years, in a fresh process each: `python -m tests.page.ten_years [SESSIONS]`.

Told are the time of the whole process and of its parts, its time on the processor, which says more on a machine that
is busy with something else, and the most memory it held. The log has real sessions, one
every second day or so, filled up with commands to 200,000 lines.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.journal.logs import write_session
from tests.sessions import command
from voice_coach.journal import Journal
from voice_coach.paths import shipped
from voice_coach.person.lines import line_of
from voice_coach.person.model import Answered, Form, Measured
from voice_coach.routine import list_routines
from voice_coach.session.events import Intent
from voice_coach.session.plan import make_plan

SESSIONS, LINES = 1_500, 200_000
TIMES = 5  # of which the middle one is told
BEGAN = datetime(2016, 1, 4, 9, 0, tzinfo=timezone.utc)
STEP = timedelta(days=3_650 / SESSIONS)
_CHILD = """
import json, resource, sys, time
began = time.perf_counter()
from datetime import datetime
from pathlib import Path
from voice_coach import page
from voice_coach.routine.library import load_library, standard_folders
imported = time.perf_counter()
exercises = load_library(standard_folders()).exercises
library = time.perf_counter()
diary = page.read(Path(sys.argv[1]), exercises, datetime.fromisoformat(sys.argv[2]))
read = time.perf_counter()
html = page.review_page(diary)
made = time.perf_counter()
sheet = page.sheet_page(page.sheet(diary))
told = time.perf_counter()
print(json.dumps({
    "import": imported - began, "library": library - imported, "read": read - library, "page": made - read,
    "sheet": told - made, "processor": time.process_time(), "kB": len(html.encode()) / 1000,
    "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""


def write(path: Path, sessions: int = SESSIONS, lines: int = LINES) -> datetime:
    """Write such a log; the moment at which to look at it."""
    plan = make_plan(next(each for each in list_routines([shipped("routines")])[0] if each.id == "foundation_a"))
    few = path.with_suffix(".one")
    write_session(few, plan, name="NAME", began=BEGAN)
    bare = few.read_bytes().count(b"\n")
    few.unlink()
    wanted = max(0, lines // sessions - bare) // 2  # a command and its refusal
    said = [command(20_000 + 15_000 * index, Intent.YES) for index in range(wanted)]
    write_session(few, plan, said, name="NAME", began=BEGAN)
    one = few.read_bytes()
    day = BEGAN
    told = path.with_suffix(".told")
    with path.open("wb") as file:
        for number in range(sessions):
            day = BEGAN + number * STEP
            name, wall = f"{number:06d}".encode(), day.isoformat(timespec="milliseconds").encode()
            dated = one.replace(b"NAME", name).replace(BEGAN.isoformat(timespec="milliseconds").encode(), wall)
            file.write(dated)
            if number % 10 == 0:
                told.unlink(missing_ok=True)
                with Journal.open(told, "told", lambda at=day: at) as journal:  # type: ignore[misc]
                    journal.about(*line_of(Measured(at=day, test="chair_stand", value=9 + number // 300)))
                    journal.about(*line_of(Answered(at=day, form=Form.FEELING, answers={"feeling.good": number % 11})))
                file.write(told.read_bytes())
    return day + timedelta(hours=1)


def measured(path: Path, now: datetime) -> dict[str, float]:
    """One process that does it all; `whole` is what somebody waits for, Python's own start included."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(path), now.isoformat()],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found | {"whole": time.perf_counter() - began}


def main() -> None:
    """Print the figures."""
    sessions = int(sys.argv[1]) if len(sys.argv) > 1 else SESSIONS
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.jsonl"
        now = write(path, sessions, LINES * sessions // SESSIONS)
        with path.open("rb") as file:
            print(f"{sessions} sessions, {sum(1 for _ in file)} lines, {path.stat().st_size / 1e6:.0f} MB")
        runs = sorted((measured(path, now) for _ in range(TIMES)), key=lambda run: run["whole"])
        for name, value in runs[TIMES // 2].items():
            print(f"{name}: {value:.0f} {name}" if name in ("kB", "MB") else f"{name}: {value:.2f} s")


if __name__ == "__main__":
    main()
