"""Counts on their beat in the written audio, beside the usual loop of `say`, `runAndWait`, `sleep`."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tests.benchmarks import usual_loop
from tests.benchmarks.figure import Figure, Options
from tests.sessions import CURL, item
from voice_coach import paths
from voice_coach.audio.clip import FRAMES_PER_MS, RATE, Pcm
from voice_coach.audio.clock import ClockRoom
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import FileRoom
from voice_coach.audio.wav import read_wav
from voice_coach.commands import Vocabulary
from voice_coach.live import Durations, Studio, drive
from voice_coach.routine.model import Block, Reps, Routine, Tempo
from voice_coach.session.engine import Session
from voice_coach.session.events import Effect, Event, Priority, Say, Start
from voice_coach.session.lines import Key
from voice_coach.session.plan import Plan, make_plan
from voice_coach.speech.canceller import NoCanceller
from voice_coach.speech.ears import NoEars
from voice_coach.speech.voice import Voice, VoiceSettings

BEAT_MS = 3_000
REPS, SETS = 50, 12  # 600 counts: thirty minutes
NINE = 9
LARGEST_GOAL_MS, DRIFT_GOAL_MS = 1.0, 0.0
SILENCE_MS = 400  # a count follows at least so much silence; inside a word there is less
LOUD = 150  # of 32768 (-47 dBFS): the voice begins above that, and there is nothing else in the file

_COUNTS = (Key.NUMBER, Key.COUNT_LIFT)


class Counting:
    """A session of which only the counts are passed on, so that a sample above silence is the onset of one."""

    standing = False

    def __init__(self, plan: Plan, speech_ms: Callable[[str], int]) -> None:
        self._session = Session(plan, Durations(speech_ms))
        self._session.receive(Start(at=0))
        self.planned: list[int] = []

    @property
    def over(self) -> bool:
        return self._session.over

    def advance(self, to: int) -> list[Effect]:
        counts: list[Effect] = []
        for effect in self._session.advance(to):
            if isinstance(effect, Say) and effect.priority is Priority.COUNT and effect.line.key in _COUNTS:
                counts.append(effect)
                self.planned.append(effect.at)
        return counts

    def receive(self, event: Event) -> list[Effect]:
        return []


def counting_plan(sets: int) -> Plan:
    """Sets of fifty reps of three seconds; the rest between them is no multiple of a block."""
    amount = Reps(count=REPS)
    curls = item(CURL, amount, sets=sets, tempo=Tempo(lift=1_000, hold=0, lower=2_000), rest=5_007)
    block = Block(name="Main", items=(curls,))
    return make_plan(
        Routine(id="beat", title="Beat", aliases=(), purpose="", blocks=(block,), path="beat.yaml", digest="2" * 64)
    )


def count_aloud(plan: Plan, path: Path) -> list[int]:
    """Count into a WAV file through the program's own loop; the planned milliseconds."""
    voice, room = Voice(VoiceSettings(), paths.user_cache()), FileRoom(speaker=path)
    with contextlib.closing(voice), contextlib.closing(room):
        machine = Counting(plan, voice.ms)
        studio = Studio(
            room=room,
            mixer=Mixer(),
            voice=voice,
            ears=NoEars(),
            canceller=NoCanceller(),
            vocabulary=Vocabulary({}),
            typing=_NoKeys(),
            substitute=ClockRoom,
        )
        drive(machine, studio, [])
    return machine.planned


def onsets_ms(sound: Pcm, silence_ms: int = SILENCE_MS) -> npt.NDArray[np.float64]:
    """Where sound begins after a silence, from the samples alone."""
    loud = np.flatnonzero(np.abs(sound.astype(np.int32)) > LOUD)
    first = np.concatenate([[True], np.diff(loud) > silence_ms * FRAMES_PER_MS])
    return np.asarray(loud[first] / FRAMES_PER_MS, dtype=np.float64)


def measure(options: Options) -> list[Figure]:
    """Error and drift of the counts, then both loops side by side."""
    path = options.folder / "counts.wav"
    planned = np.array(count_aloud(counting_plan(1 if options.smoke else SETS), path), dtype=np.float64)
    sound = read_wav(path)
    # Counts of the count-in are a second apart; those are looked at like the others.
    found = onsets_ms(sound)
    if len(found) != len(planned):
        raise AssertionError(f"{len(planned)} counts were planned, {len(found)} are in the file")
    error = found - planned
    minutes = len(sound) / RATE / 60
    drift = abs(float(np.polyfit(planned, error, 1)[0]) * 30 * 60_000)
    how = f"{len(planned)} counts in {minutes:.0f} min of written audio, from its samples alone"
    ours = found[3 : 3 + NINE].tolist()  # the first set, after three, two, one
    return [
        Figure(
            name="count against plan, largest error",
            values=(float(np.abs(error).max()),),
            unit="ms",
            goal=LARGEST_GOAL_MS,
            digits=2,
            how=how,
        ),
        Figure(
            name="drift in 30 min", values=(drift,), unit="ms", goal=DRIFT_GOAL_MS, digits=2, how="a line through them"
        ),
        *usual_loop.beats("beat of 3 s, voice-coach", ours, BEAT_MS, "the first nine counts of that file"),
        *usual_loop.measure(options, NINE, BEAT_MS),
    ]


class _NoKeys:
    def poll(self) -> list[str]:
        """Nobody is there."""
        return []
