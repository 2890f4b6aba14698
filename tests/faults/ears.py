"""The recogniser dies, hangs, or its model is damaged: the session goes on, and hears again.

Real recognisers throughout. The first fault strikes sessions on virtual time; the second one ears at the pace of a
sound card, since only there does anybody go on without an answer; the third one strikes before a session begins.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.faults.outcome import Outcome, lost
from tests.journal.logs import BEGAN, SETUP, logged_sets, sets_of
from tests.sessions import tiny_plan
from voice_coach import paths, script
from voice_coach.audio.clip import BLOCK, FRAMES_PER_MS, RATE, Clip, Pcm, to_pcm
from voice_coach.audio.clock import ClockRoom
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import FileRoom, NullRoom
from voice_coach.commands import GENEROUS, Vocabulary
from voice_coach.errors import EngineError
from voice_coach.journal import Journal, load
from voice_coach.live import Studio
from voice_coach.perform import perform
from voice_coach.replay import replay
from voice_coach.routine.model import Ms
from voice_coach.session.events import Command, Effect, Event, Intent, Via
from voice_coach.speech.canceller import NoCanceller
from voice_coach.speech.choose import EarsSettings, open_ears
from voice_coach.speech.ears import Ears, Partial, troubles_of
from voice_coach.speech.ears_process import ProcessEars
from voice_coach.speech.voice import Voice, VoiceSettings

MODEL = paths.shipped("models") / "coach-en"
WORDS = Vocabulary()
SETS = 2  # of the tiny plan
STRIKES: tuple[Ms, Ms] = (2_000, 20_000)  # when, in a session of half a minute
SAYS: Ms = 2_500  # so long after it she says "pause",
FROM: Ms = 12_000  # but not while the coach begins and says that word itself
RESUMES: Ms = 9_000  # and so long after that "resume", when the coach no longer says that word
PRESSES: Ms = 15_000  # whoever was not heard by then presses space
LONGEST_S = 60.0  # a machine may be busy


def killed_ears(times: int, folder: Path) -> Outcome:
    """Sessions whose recogniser is killed at any moment, once or twice; then she says "pause", and "resume"."""
    finished = missing = gone_on = 0
    slowest = 0.0
    with contextlib.closing(Voice(VoiceSettings(name="gmw/en-us+f2", rate_wpm=150), folder / "voice")) as woman:
        pause, resume = woman.clip("pause"), woman.clip("resume")
    for seed in range(times):
        struck = _Struck(random.Random(seed))
        path = folder / f"killed-{seed}.jsonl"
        struck.hold(path, pause, resume)
        session = load(path).sessions[0]
        kept = len(logged_sets(session))
        finished, missing = finished + struck.sets, missing + lost(struck.sets, kept)
        heard = {Intent.PAUSE, Intent.RESUME} <= struck.obeyed and struck.recovered
        gone_on += heard and kept == SETS and session.end is not None and replay(session).same
        slowest = max(slowest, struck.seconds)
    return Outcome(
        fault="the recogniser is killed at any moment",
        times=times,
        sets_finished=finished,
        sets_lost=missing,
        to_go_on=times,
        gone_on=gone_on,
        seconds=slowest,
    )


class _Quiet:
    """A coach who takes time and makes no sound."""

    def clip(self, text: str) -> Clip:
        return Clip(np.zeros(self.ms(text) * FRAMES_PER_MS, dtype=np.float32))

    def ms(self, text: str) -> Ms:
        return script.estimated_text_ms(text)


class _Struck:
    """A session, and an observer that kills its ears."""

    def __init__(self, chance: random.Random) -> None:
        self.strikes = sorted(chance.randrange(*STRIKES) for _ in range(chance.choice((1, 1, 2))))
        self.left = list(self.strikes)
        self.ears = open_ears(EarsSettings(engine="vosk", model=MODEL), WORDS.phrases, _nobody, GENEROUS)
        self.obeyed: set[Intent] = set()
        self.sets = 0
        self.seconds = 0.0
        self.now = self.presses = 0
        self.since: tuple[float, int | None] | None = None  # the last kill: when, and whom

    @property
    def recovered(self) -> bool:
        return self.since is None and not self.left

    def hold(self, path: Path, pause: Clip, resume: Clip) -> None:
        at = max(FROM, self.strikes[-1] + SAYS)
        mic = np.random.default_rng(at).normal(0, 16, 120 * RATE).astype(np.int16)  # a very quiet room
        for clip, start in ((pause, at), (resume, at + RESUMES)):
            word = to_pcm(clip.samples * np.float32(0.5))
            mic[start * FRAMES_PER_MS : start * FRAMES_PER_MS + len(word)] += word
        quiet = _Quiet()
        studio = Studio(
            room=FileRoom(mic), mixer=Mixer(), voice=quiet, ears=self.ears, canceller=NoCanceller(),
            vocabulary=WORDS, typing=self, substitute=NullRoom,
        )  # fmt: skip
        self.presses = at + PRESSES
        with contextlib.closing(self.ears), Journal.open(path, "killed", lambda: BEGAN) as journal:
            perform(tiny_plan(), studio, journal, SETUP, quiet.ms, lambda _session: [self], _nothing)

    def poll(self) -> list[str]:
        late = self.presses and self.now > self.presses and Intent.RESUME not in self.obeyed
        self.presses = 0 if late else self.presses
        return [" "] if late else []

    def event(self, event: Event) -> None:
        if isinstance(event, Command) and event.via is Via.VOICE:
            self.obeyed.add(event.intent)

    def effects(self, effects: list[Effect]) -> None:
        self.sets += len(sets_of(effects))

    def unheard(self, at: Ms, text: str) -> None:
        """Of no interest."""

    def reached(self, now: Ms) -> None:
        self.now = now
        assert isinstance(self.ears, ProcessEars)
        if self.since is not None and self.ears.listening and self.ears.pid != self.since[1]:
            self.seconds, self.since = max(self.seconds, time.perf_counter() - self.since[0]), None
        if self.left and now >= self.left[0] and self.ears.pid is not None:
            self.left.pop(0)
            self.since = time.perf_counter(), self.ears.pid
            os.kill(self.ears.pid, signal.SIGKILL)


def stalled_ears(times: int, folder: Path) -> Outcome:
    """Ears at the pace of a sound card that are stopped at any moment (SIGSTOP); afterwards she says "easier"."""
    heard = 0
    slowest = 0.0
    with contextlib.closing(Voice(VoiceSettings(name="gmw/en-us+f2", rate_wpm=150), folder / "voice")) as woman:
        word = to_pcm(woman.clip("easier").samples * np.float32(0.5))
    gap = np.zeros(RATE // 2, dtype=np.int16)
    for seed in range(times):
        ears = open_ears(EarsSettings(engine="vosk", model=MODEL), WORDS.phrases, _nobody, GENEROUS, realtime=True)
        assert isinstance(ears, ProcessEars) and ears.pid is not None
        with contextlib.closing(ears):
            room = ClockRoom()
            _listen(ears, room, np.zeros(random.Random(seed).randrange(RATE // 4, RATE), dtype=np.int16))
            stopped, began = ears.pid, time.perf_counter()
            os.kill(stopped, signal.SIGSTOP)
            while (ears.pid == stopped or not ears.listening) and time.perf_counter() - began < LONGEST_S:
                _listen(ears, room, gap[:BLOCK])
            slowest = max(slowest, time.perf_counter() - began)
            heard += "easier" in _listen(ears, room, np.concatenate([gap, word, gap, gap, gap]))
    return Outcome(
        fault="the recogniser stands still for ever",
        times=times,
        sets_finished=0,
        sets_lost=0,
        to_go_on=times,
        gone_on=heard,
        seconds=slowest,
    )


def _listen(ears: Ears, room: ClockRoom, sound: Pcm) -> list[str]:
    """What is heard at the room's pace."""
    texts = []
    for at in range(0, len(sound) - len(sound) % BLOCK, BLOCK):
        room.exchange(sound[at : at + BLOCK])
        texts += [report.text for report in ears.accept(sound[at : at + BLOCK]) if not isinstance(report, Partial)]
    return texts


def damaged_models(times: int, folder: Path) -> Outcome:
    """Every file of the model, with and without its manifest, harmed in every way; behind it lies a whole one.

    Whatever was done: one sentence and the next model, or one that listens although it was harmed; never the end.
    None is tried twice.
    """
    good = 0
    slowest = 0.0
    cases = [*_cases()][:times]
    for number, (file, kind, manifest) in enumerate(cases):
        broken = Path(shutil.copytree(MODEL, folder / "models" / "broken"))
        if not manifest:
            (broken / "SHA256SUMS").unlink()
        harm(broken / file, kind, random.Random(number))
        began = time.perf_counter()
        good += _one_sentence_or_ears(broken)
        slowest = max(slowest, time.perf_counter() - began)
        shutil.rmtree(folder / "models")
    return Outcome(
        fault="the model is damaged, each file in every way",
        times=len(cases),
        sets_finished=0,
        sets_lost=0,
        to_go_on=len(cases),
        gone_on=good,
        seconds=slowest,
    )


ROOT = hasattr(os, "geteuid") and os.geteuid() == 0  # who may read everything
KINDS = (
    *("missing", "empty", "cut short", "noise", "zeros", "folder", "itself", "huge"),
    *(() if ROOT else ("unreadable",)),
)


def _cases() -> Iterator[tuple[str, str, bool]]:
    """In an order in which a few of them are of many kinds."""
    files = sorted(file.relative_to(MODEL).as_posix() for file in MODEL.rglob("*") if file.is_file())
    every = [(file, kind, manifest) for file in files for kind in KINDS for manifest in (True, False)]
    every = [case for case in every if case[2] or case[0] != "SHA256SUMS"]
    random.Random(7).shuffle(every)
    yield from every


def harm(file: Path, kind: str, chance: random.Random) -> None:
    """Do something to a file."""
    data = file.read_bytes()
    at = chance.randrange(len(data))
    if kind == "empty":
        file.write_bytes(b"")
    elif kind == "cut short":
        file.write_bytes(data[:at])
    elif kind in ("noise", "zeros"):
        length = min(len(data) - at, chance.randrange(1, 4_000))
        file.write_bytes(
            data[:at] + (chance.randbytes(length) if kind == "noise" else bytes(length)) + data[at + length :]
        )
    elif kind == "unreadable":
        file.chmod(0)
    elif kind == "huge":
        with file.open("r+b") as opened:
            opened.truncate(2_000_000_000)  # a hole: it takes no room
    else:
        file.unlink()
        if kind == "folder":
            file.mkdir()
        elif kind == "itself":
            file.symlink_to(file)


def _one_sentence_or_ears(broken: Path) -> bool:
    """Whether the model was refused in one sentence and the one behind it listens, or it listens itself."""
    said: list[str] = []
    ears = open_ears(EarsSettings(engine="vosk", folders=(broken.parent, MODEL.parent)), WORDS.phrases, said.append)
    with contextlib.closing(ears):
        noise = np.random.default_rng(1).normal(0, 1_000, RATE).astype(np.int16)
        try:
            for at in range(0, len(noise), BLOCK):
                ears.accept(noise[at : at + BLOCK])
            ears.flush()
        except EngineError:
            return False
        if said[-1] == f"Listening: Vosk with {MODEL.name}.":
            refused = len(said) == 2 and said[0].startswith(str(broken)) and said[0].count("\n") == 0
            return refused and not troubles_of(ears)
        return f"Listening: Vosk with {broken.name}." in said


def _nobody(_sentence: str) -> None:
    """Who listens is known."""


def _nothing(error: Exception) -> None:
    raise error
