"""One session on virtual time through the whole loop, with the real voice in its child process, which a fault strikes.

The sentences are made while the session runs, so the fault strikes at a random moment of both.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.journal.logs import BEGAN, SETUP, logged_sets
from tests.sessions import tiny_plan
from voice_coach import prompts, script
from voice_coach.audio.clip import Clip
from voice_coach.audio.clock import ClockRoom
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import NullRoom
from voice_coach.commands import Vocabulary
from voice_coach.journal import Journal, load
from voice_coach.live import Studio
from voice_coach.perform import perform
from voice_coach.replay import replay
from voice_coach.routine.model import Ms
from voice_coach.session.events import Effect, End, Event, Priority, Reason, Record, Say
from voice_coach.speaking import PIPS
from voice_coach.speech.canceller import NoCanceller
from voice_coach.speech.ears import NoEars
from voice_coach.speech.last_resort import Spoken
from voice_coach.speech.renderer import AGAIN_S
from voice_coach.speech.voice import DEFAULT_RATE, Voice, VoiceSettings
from voice_coach.speech.voice_process import PHRASE_LIMIT_S, START_LIMIT_S, VoiceProcess

BACK_S = 90.0  # so long a voice that is well again may take to speak
PLAN = tiny_plan()
LENGTH: Ms = max(effect.at for effect in prompts.dry_run(PLAN)) * 3 // 4  # of the session, in which the fault strikes
NEW = "This is said to hear whether I can speak."


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How patient the program is, and we with it; the defaults are those at home."""

    phrase_s: float = PHRASE_LIMIT_S
    start_s: float = START_LIMIT_S
    again_s: tuple[float, ...] = AGAIN_S
    turn_s: float = 1.0  # no turn of the loop may take longer, however busy the machine is; a healthy one takes 1 ms


@dataclass(slots=True, kw_only=True)
class Scene:
    """What a fault can lay hands on."""

    process: VoiceProcess
    cache: Path
    mood: Path
    chance: random.Random
    struck: float | None = None

    def signal(self, number: int) -> None:
        """Send one to the child; there is none where the fault comes before the voice is opened."""
        if (pid := self.process.pid) is not None:
            os.kill(pid, number)

    def damage(self) -> None:
        """Something happens to a third of the clips that are kept."""
        for clip in sorted(self.cache.rglob("*.wav")):
            if self.chance.random() < 1 / 3:
                data = clip.read_bytes()
                half = self.chance.choice((b"", data[:30], data[: len(data) // 2], bytes(len(data)), data[::-1]))
                clip.write_bytes(half)

    def no_cache(self) -> None:
        """The cache cannot be written any more: a file lies where the folder was."""
        shutil.rmtree(self.cache, ignore_errors=True)
        self.cache.write_text("in the way", encoding="utf-8")


Strike = Callable[[Scene], object]


class Marked(Mixer):
    """Remembers where something was placed."""

    def __init__(self) -> None:
        super().__init__()
        self.placed: set[Ms] = set()

    def say(self, at: int, clip: Clip, rank: int, text: str) -> None:
        self.placed.add(at)
        super().say(at, clip, rank, text)

    def tone(self, at: int, clip: Clip) -> None:
        self.placed.add(at)
        super().tone(at, clip)


@dataclass
class Watch:
    """Sees the session: strikes at its moment, measures every turn of the loop, counts what was finished.

    Where there is no child at that moment it strikes as soon as there is one.
    """

    scene: Scene
    voice: Spoken
    strike: Strike
    at: Ms
    sets: int = 0
    counts: list[Ms] = field(default_factory=list)
    completed: bool = False
    longest_s: float = 0.0
    back_s: float | None = None  # from the fault until a sentence nobody has made before is there
    _last: float = 0.0

    def event(self, event: Event) -> None:
        """Of no interest."""

    def unheard(self, at: Ms, text: str) -> None:
        """Of no interest."""

    def effects(self, effects: list[Effect]) -> None:
        for effect in effects:
            match effect:
                case Record(kind="set"):
                    self.sets += 1
                case Say(at=at, line=line, priority=Priority.COUNT) if line.key in PIPS:
                    self.counts.append(at)
                case End(reason=reason):
                    self.completed = reason is Reason.COMPLETED

    def reached(self, now: Ms) -> None:
        turned = time.perf_counter()
        if self._last:
            self.longest_s = max(self.longest_s, turned - self._last)
        if self.scene.struck is None and now >= self.at and self.scene.process.pid is not None:
            self.strike(self.scene)
            self.scene.struck = time.perf_counter()
        elif self.scene.struck and self.back_s is None and self.voice.clip(NEW) is not None:
            self.back_s = time.perf_counter() - self.scene.struck
        self._last = time.perf_counter()


class NoKeys:
    """Nothing is typed."""

    def poll(self) -> list[str]:
        return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What became of one session."""

    sets: int
    kept: int
    whole: bool
    seconds: float


def held(folder: Path, seed: int, strike: Strike, limits: Limits, *, before: bool) -> Held:
    """One session; with `before` the fault is there already when the voice is opened."""
    folder.mkdir()
    chance = random.Random(seed)
    mood = folder / "mood"
    process = VoiceProcess(
        None, DEFAULT_RATE, command=(sys.executable, "-m", "tests.faults.moody_voice", str(mood)),
        limit_s=limits.phrase_s, start_limit_s=limits.start_s,
    )  # fmt: skip
    scene = Scene(process=process, cache=folder / "cache" / "voice", mood=mood, chance=chance)
    voice = Spoken(
        Voice(VoiceSettings(), folder / "cache", process=process), lambda sentence: None, script.estimated_text_ms,
        again_s=limits.again_s,
    )  # fmt: skip
    watch = Watch(scene, voice, strike, at=chance.randrange(LENGTH))
    if before:
        strike(scene)
        scene.struck = time.perf_counter()
    try:
        voice.keep_pace()
        lines = list(prompts.lines_for(PLAN))
        voice.learn(
            prompts.texts(chance.sample(lines, 30)),
            held=prompts.texts((*prompts.advice_lines(), *prompts.counted_lines(lines))[:40]),
        )
        mixer = Marked()
        studio = Studio(
            room=NullRoom(), mixer=mixer, voice=voice, ears=NoEars(), canceller=NoCanceller(),
            vocabulary=Vocabulary({}), typing=NoKeys(), substitute=ClockRoom,
        )  # fmt: skip
        with Journal.open(folder / "log", "voice", lambda: BEGAN) as journal:
            perform(PLAN, studio, journal, SETUP, voice.ms, lambda session: [watch], _failed)
        back_s = watch.back_s if watch.back_s is not None else _back(voice, scene)
    finally:
        voice.close()
    session = load(folder / "log").sessions[0]
    heard = bool(watch.counts) and set(watch.counts) <= mixer.placed  # each count as a word or as a tone
    complaints = {
        "not completed": not watch.completed,
        "not the same when it is replayed": not replay(session).same,
        "a count was not heard": not heard,
        "nothing was struck": scene.struck is None,
        f"a turn took {watch.longest_s:.1f} s": watch.longest_s >= limits.turn_s,
        "the voice did not come back": back_s >= BACK_S,
    }
    whole = not any(complaints.values())
    if not whole:
        print(f"{folder.name}: {'; '.join(what for what, wrong in complaints.items() if wrong)}")
    return Held(
        sets=watch.sets,
        kept=len(logged_sets(session)),
        whole=whole,
        seconds=max(back_s, watch.longest_s),
    )


def _back(voice: Spoken, scene: Scene) -> float:
    """The same after the session; where the fault lasts, it is over now, and the seconds begin."""
    began = scene.struck or time.perf_counter()
    if scene.mood.exists():
        scene.mood.unlink()
        began = time.perf_counter()
    while time.perf_counter() - began < BACK_S:
        if voice.clip(NEW) is not None:
            return time.perf_counter() - began
        time.sleep(0.01)  # a real engine is waited for
    return BACK_S


def _failed(error: Exception) -> None:
    raise error
