"""`python -m tests.faults.long_day --hours 24`: one session after the other in one process, a line an hour.

All of it on virtual time: the coach's real voice, our canceller with a loudspeaker that is 140 ms late in a room that
echoes, Vosk, the log; and a synthetic person who says something now and then. Mixer, room, canceller and recogniser
live as long as the day; for each session a second recogniser and the voices are opened and afterwards closed again,
and a sentence is rendered that nobody has said before, so that each time there are child processes, too.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np

from tests.benchmarks.figure import MODEL
from tests.faults.beats import Beats
from tests.faults.outcome import Outcome, lost
from tests.faults.somebody import SAYS, Somebody, Told
from tests.journal.logs import logged_sets, sets_of
from voice_coach import prompts
from voice_coach.audio.clip import BLOCK, BLOCK_MS, FRAMES_PER_MS, Pcm
from voice_coach.audio.clock import ClockRoom
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import RehearsalRoom
from voice_coach.cli.common import offered, vocabulary
from voice_coach.cli.demo_command import PERSON
from voice_coach.commands import GENEROUS, Vocabulary
from voice_coach.errors import LogError
from voice_coach.journal import Journal, Setup, load
from voice_coach.live import Studio
from voice_coach.observer import Observer
from voice_coach.perform import perform
from voice_coach.session.engine import Session
from voice_coach.session.events import Effect, End, Event
from voice_coach.session.plan import Plan, make_plan
from voice_coach.speech.canceller import RoomCanceller
from voice_coach.speech.choose import EarsSettings, open_ears
from voice_coach.speech.ears import Ears
from voice_coach.speech.voice import Voice, VoiceSettings
from voice_coach.studio import TextVoice

BEGAN = datetime(2026, 3, 1, 6, 0, tzinfo=timezone.utc)
HOUR_MS = 3_600_000
LATE_MS = 140  # of the loudspeaker, beside the 8 ms of the room
LONGEST_MS = 2 * HOUR_MS  # of one session
GROWS_MB = 30.0  # so much more memory than after the first hour (or session) is a leak
SETTLED = 1  # sessions after which nothing more may be opened for good


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """What the process holds: MB of resident memory (its children's, too), open files, threads, children."""

    memory: float
    files: int
    threads: int
    children: int

    def same(self, other: Process) -> bool:
        """Whether files, threads and children are as many."""
        return (self.files, self.threads, self.children) == (other.files, other.threads, other.children)

    def like(self, other: Process) -> bool:
        """The same, and hardly more memory."""
        return self.same(other) and self.memory <= other.memory + GROWS_MB


def process() -> Process:
    """This one with its children, whose memory is added; Linux only."""
    own = Path("/proc/self")
    threads = list((own / "task").iterdir())
    children = [child for thread in threads for child in (thread / "children").read_text().split()]
    return Process(
        memory=sum(_resident(Path("/proc") / each) for each in ("self", *children)),
        files=len(list((own / "fd").iterdir())),
        threads=len(threads),
        children=len(children),
    )


def _resident(folder: Path) -> float:
    """MB; 0 of a child that has just ended."""
    try:
        return int((folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return 0.0


class LateRoom(RehearsalRoom):
    """The rehearsal room with a loudspeaker that is late, as those of sound servers are."""

    def __init__(self, beats: Beats) -> None:
        super().__init__()
        self.frames = 0
        self._beats = beats
        self._on_its_way = deque([np.zeros(BLOCK, dtype=np.int16)] * (LATE_MS // BLOCK_MS))

    def exchange(self, played: Pcm) -> Pcm:
        """What is heard now was played a moment ago."""
        self.frames += len(played)
        self._beats.played(played)
        self._on_its_way.append(played)
        return super().exchange(self._on_its_way.popleft())


class Day:
    """The studio of the day, and what became of its sessions."""

    def __init__(self, folder: Path, plans: Sequence[Plan], stack: ExitStack) -> None:
        self.folder, self.plans, self.log = folder, plans, folder / "log.jsonl"
        self.words: Vocabulary = vocabulary(offered()[0])
        self.beats = Beats()
        self.room = LateRoom(self.beats)
        self.mixer = Mixer()
        self.canceller = RoomCanceller()
        self.told = Told()
        self.her: Somebody | None = None
        self.held = self.ended = 0
        self.sets: list[int] = []  # of each session
        self.slowest_s = 0.0  # from the end of one session to the first moment of the next
        self.studio = Studio(
            room=self.room,
            mixer=self.mixer,
            voice=TextVoice(),  # each session brings its own
            ears=stack.enter_context(closing(self.ears())),
            canceller=self.canceller,
            vocabulary=self.words,
            typing=self,
            substitute=ClockRoom,
        )

    def voice(self, settings: VoiceSettings) -> Voice:
        """A voice with its cache in the folder of the day."""
        return Voice(settings, self.folder)

    def ears(self) -> Ears:
        """The recogniser with the model that travels with the program."""
        settings = EarsSettings(engine="vosk", model=MODEL)
        return open_ears(settings, self.words.phrases, _nothing, GENEROUS)

    def poll(self) -> list[str]:
        """The keys that she pressed, as `keyboard.Typing` has it."""
        return self.her.poll() if self.her else []

    @property
    def together(self) -> bool:
        """Whether all clocks tell the same, the counts lay on their samples, and every session came to its end."""
        frames = self.mixer.now_ms * FRAMES_PER_MS
        clocks = (self.room.frames, self.room.now_ms * FRAMES_PER_MS, self.studio.listener.now_ms * FRAMES_PER_MS)
        return set(clocks) == {frames} and self.beats.well and self.ended == self.held

    def session(self) -> None:
        """One session from opening to closing."""
        began, number, self.held = time.perf_counter(), self.held, self.held + 1
        self.sets.append(0)
        plan = self.plans[number % len(self.plans)]
        with ExitStack() as stack:
            coach, woman = (stack.enter_context(closing(self.voice(each))) for each in (VoiceSettings(), PERSON))
            coach.prepare([*prompts.texts(prompts.lines_for(plan)), f"This is session {number}."])
            woman.prepare([*SAYS, f"My session {number}."])
            self.studio.voice, self.beats.clip = coach, coach.clip
            ears = stack.enter_context(closing(self.ears()))
            ears.accept(np.zeros(BLOCK, dtype=np.int16))
            setup = Setup(program="long day", voice=coach.name, ears=ears.name, mode="run")
            journal = stack.enter_context(Journal.open(self.log, f"session-{number}", self._wall))
            self.beats.begins_ms = self.mixer.now_ms
            self.slowest_s = max(self.slowest_s, time.perf_counter() - began)
            perform(plan, self.studio, journal, setup, coach.ms, self._observers(woman, number), _failed)

    def _wall(self) -> datetime:
        return BEGAN + timedelta(milliseconds=self.mixer.now_ms)

    def _observers(self, woman: Voice, number: int) -> Callable[[Session], list[Observer]]:
        def observers(session: Session) -> list[Observer]:
            self.her = Somebody(session, self.room, woman.clip, self.words, number, self.told)
            return [self, self.her]

        return observers

    def event(self, event: Event) -> None:
        """Nothing to count."""

    def effects(self, effects: list[Effect]) -> None:
        """Count what must be in the log."""
        self.beats.expect(effects)
        self.sets[-1] += len(sets_of(effects))
        self.ended += sum(isinstance(effect, End) for effect in effects)

    def unheard(self, at: int, text: str) -> None:
        """She says it again."""

    def reached(self, now: int) -> None:
        """A session that has no end would never tell."""
        if now > LONGEST_MS:
            raise AssertionError(f"a session of {now / HOUR_MS:.1f} hours")


def long_day(hours: float, folder: Path, plans: Sequence[Plan], write: Callable[[str], None]) -> Outcome:
    """Sessions for so many hours of virtual time, at least two; what was lost, and how many left all as it was."""
    began, well, hour = time.perf_counter(), 0, 0
    with ExitStack() as stack:
        day = Day(folder, plans, stack)
        settled: Process | None = None
        while day.mixer.now_ms < hours * HOUR_MS or day.held < SETTLED + 1:
            counted = day.beats.exact
            day.session()
            holds = quiet(settled)
            if settled is None or day.held <= SETTLED or (day.mixer.now_ms <= HOUR_MS and holds.same(settled)):
                settled = replace(holds, memory=max(holds.memory, settled.memory if settled else 0.0))
            good = day.beats.exact > counted and day.together and holds.like(settled)
            well += good
            if day.mixer.now_ms // HOUR_MS > hour or not good:
                hour = day.mixer.now_ms // HOUR_MS
                write(
                    ("" if good else f"NOT WELL, at first it was {settled}: ")
                    + line(day, holds, time.perf_counter() - began)
                )
        write(line(day, process(), time.perf_counter() - began))
    log = load(day.log, lean=True)
    kept = [len(logged_sets(session)) for session in log.sessions]
    return Outcome(
        fault=f"sessions for {day.mixer.now_ms / HOUR_MS:.1f} hours in one process",
        times=day.held,
        sets_finished=sum(day.sets),
        sets_lost=sum(map(lost, day.sets, kept)),
        to_go_on=day.held,
        gone_on=well if len(log.sessions) == day.held and not log.damage else 0,
        seconds=day.slowest_s,
    )


def quiet(wanted: Process | None) -> Process:
    """The process when the threads of pipes that were closed have ended, for which they get two seconds."""
    end = time.monotonic() + 2.0
    while not (wanted and (holds := process()).same(wanted)):
        if time.monotonic() > end:
            return process()
        time.sleep(0.01)
    return holds


def line(day: Day, holds: Process, took_s: float) -> str:
    """How the day goes so far."""
    hours, beats, her = day.mixer.now_ms / HOUR_MS, day.beats, day.told
    return (
        f"{hours:5.2f} h: {holds.memory:6.1f} MB, {holds.files} files, {holds.threads} threads, "
        f"{holds.children} children;"
        f" {day.held} sessions, {sum(day.sets)} sets;"
        f" counts {beats.exact} exact, {beats.moved} moved, {beats.unheard} hushed or softened;"
        f" she said {her.said}, heard {her.heard}, by key {her.pressed}, not hers {her.mistaken},"
        f" answered after {her.answer_ms():.0f} ms;"
        f" echo {day.canceller.alignment.delay_ms} ms late, moved {day.canceller.alignment.moves} times;"
        f" {hours * 3600 / took_s:.1f} x real time"
    )


def long_days(times: int, folder: Path) -> Outcome:
    """So many hours of the routines that travel with the program, for the table."""
    return long_day(times, folder, everything(), lambda text: print(text, file=sys.stderr, flush=True))


def everything() -> list[Plan]:
    """All routines that anybody may do, with what the coach would offer a careful person."""
    return [make_plan(routine) for routine in offered()[0]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Hold the day; 1 where something was lost, moved or leaked."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.long_day", description=__doc__)
    parser.add_argument("--hours", type=float, default=24.0)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        outcome = long_day(options.hours, Path(folder), everything(), lambda text: print(text, flush=True))
    print(outcome)
    return 0 if outcome.well else 1


def _nothing(_sentence: str) -> None:
    """What was chosen is the same each time."""


def _failed(error: LogError) -> None:
    raise error


if __name__ == "__main__":
    sys.exit(main())
