"""The whole program killed from outside: what it had told against its log, and the question after it, by voice.

`voice-coach run` speaks into a file and listens to one, so a session takes seconds. It is killed at any moment of its
life. The next start has to ask whether to go on, also when it is killed while it asks, until that is answered.
"""

from __future__ import annotations

import random
import signal
import threading
import time
from datetime import datetime
from pathlib import Path

from tests.cli import visiting
from tests.cli.home import Home
from tests.cli.visiting import text_of
from tests.faults.outcome import Outcome, lost
from tests.journal.logs import logged_sets
from voice_coach import script
from voice_coach.conversation.interview import line
from voice_coach.errors import ExitCode
from voice_coach.journal import load
from voice_coach.session.lines import Key, Line

TITLE, SETS = "Easy day", 6
ROUTINE = f"""\
    title: {TITLE}
    blocks:
      - name: Main
        items:
          - {{name: Knee lift, start: Sit tall., cues: [Lift one knee.], tempo: 1-0-1, reps: 2, sets: 3, rest: 3s}}
          - {{name: Arm lift, start: Sit tall., cues: [Lift one arm.], tempo: 1-0-1, reps: 2, sets: 3, rest: 3s}}
"""
REST = script.text(Line(Key.REST, (3,)))  # it follows every set but the last
LINES = 64  # a session shows about so many
BLINK_S = 0.06  # between two of them
OFFERED, QUESTION = text_of(line("again.broken_off", TITLE)), text_of("again.what_is_left")
DECLINED, COMPLETED = text_of("again.no"), "(completed)"
NOTHING_NEW, ANSWER_MS = (4_000, "no"), 15_000  # her answers: to the day's question, and when to the one that matters
LONGEST_S = 300.0
ASKING = ("run", "easy", "--questions")
NOT_ASKING = ("run", "easy", "--no-questions", "--tier", "moderate", "--ears", "keys")


def the_program(times: int, folder: Path) -> Outcome:
    """Kill so many, each in a home of its own; of three one is killed again while it asks, and one gets a no."""
    finished = missing = to_go_on = gone_on = 0
    slowest = 0.0
    for number in range(times):
        chance = random.Random(number)
        home = AHome(Home(folder / f"home-{number}", folder / "cache"))
        killed = home.run(*NOT_ASKING, lines=chance.randrange(LINES), then_s=chance.uniform(0, BLINK_S))
        told, logged = shown_sets(killed), home.logged()
        finished, missing = finished + told, missing + lost_sets(told, logged)
        if 0 < logged < SETS:
            to_go_on += 1
            gone_on += (answered, _asked_again, _refused)[number % 3](home)
            slowest = max(slowest, home.seconds)
    return Outcome(
        fault="the whole program killed at any moment",
        times=times,
        sets_finished=finished,
        sets_lost=missing,
        to_go_on=to_go_on,
        gone_on=gone_on,
        seconds=slowest,
    )


def shown_sets(shown: str) -> int:
    """How many sets were finished, by what the program has shown."""
    return shown.count(REST) + shown.count(COMPLETED)


def lost_sets(told: int, logged: int) -> int:
    """How many the log has not once. A set is logged first and then shown: the last one may not have been."""
    return lost(told, logged) - (logged == told + 1)


def answered(home: AHome) -> bool:
    """Whether she is asked, and a yes leads to the end of what was left."""
    shown = home.run(*ASKING, heard=(NOTHING_NEW, (ANSWER_MS, "yes")), until=COMPLETED)
    return OFFERED in shown and COMPLETED in shown and home.is_one_session()


def _asked_again(home: AHome) -> bool:
    """Whether a question that nobody could answer, since the program was killed, is asked again."""
    return QUESTION in home.run(*ASKING, heard=(NOTHING_NEW,), until=QUESTION) and answered(home)


def _refused(home: AHome) -> bool:
    """Whether a no is taken, and she is not asked another time."""
    shown = home.run(*ASKING, heard=(NOTHING_NEW, (ANSWER_MS, "no")), until=DECLINED)
    later = home.run(*ASKING, heard=(NOTHING_NEW,), until=f"{TITLE}. About")
    return OFFERED in shown and DECLINED in shown and f"{TITLE}. About" in later and QUESTION not in later


class AHome:
    """Somebody's home where the program is run again and again.

    `seconds` is how long it took until she was asked; `code` and `complaint` are what the last run ended with.
    """

    def __init__(self, home: Home) -> None:
        self._home, self._runs, self.seconds = home, 0, 0.0
        self._sounds = Home(home.cache / f"sounds-{home.data.name}", home.cache)  # also where the home is read-only
        self._sounds.data.mkdir(parents=True, exist_ok=True)
        self.code, self.complaint = 0, ""
        home.write("voice-coach/routines/easy.yaml", ROUTINE)
        visiting.Home(home.log).well_known(datetime.now().astimezone())

    def run(
        self,
        *arguments: str,
        heard: tuple[tuple[int, str], ...] = (),
        lines: int | None = None,
        then_s: float = 0.0,
        until: str = "",
    ) -> str:
        """What it shows until it is killed: `then_s` behind so many lines, or when it shows a text."""
        self._runs += 1
        mic = self._sounds.recording(f"mic-{self._runs}.wav", *heard)
        speaker = self._sounds.data / f"speaker-{self._runs}.wav"
        began, shown = time.perf_counter(), list[str]()
        with self._home.start(*arguments, "--mic", str(mic), "--speaker", str(speaker)) as process:
            assert process.stdout is not None and process.stderr is not None
            hangs = threading.Event()

            def give_up() -> None:
                hangs.set()
                process.kill()

            guard = threading.Timer(LONGEST_S, give_up)
            guard.start()
            killer = threading.Timer(then_s, process.kill)
            if lines == 0:
                killer.start()
            for raw in process.stdout:
                shown.append(raw.decode())
                if OFFERED in shown[-1]:
                    self.seconds = max(self.seconds, time.perf_counter() - began)
                if len(shown) == lines:
                    killer.start()
                if until and until in shown[-1]:
                    process.kill()
            complaint = process.stderr.read().decode()
            guard.cancel()
            killer.cancel()
        if hangs.is_set():
            raise AssertionError(f"it hangs behind {shown[-1:]}")
        self.code, self.complaint = process.returncode, complaint
        if "Traceback" in complaint or process.returncode not in (0, ExitCode.LOG, -signal.SIGKILL):
            raise AssertionError(f"it ended with {process.returncode}: {complaint}")
        return "".join(shown)

    def logged(self) -> int:
        """How many sets the log has."""
        return len(logged_sets(*load(self._home.log).sessions))

    def is_one_session(self) -> bool:
        """Whether the log has all sets, the last session says what it goes on with, and at most a line was torn."""
        log = load(self._home.log)
        first, last = log.sessions[-2], log.sessions[-1]
        resumes = (last.start or {}).get("setup", {}).get("resumes")
        return self.logged() == SETS and resumes == first.id and last.end is not None and len(log.damage) <= 1
