"""A whole session in the rehearsal room, timed: real voices, mixer, canceller, recogniser, log; a scripted person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path

from tests.benchmarks.cost import cpu_s
from tests.benchmarks.figure import Options, Taken
from voice_coach import paths, prompts
from voice_coach.audio.clip import Clip, Pcm
from voice_coach.audio.clock import ClockRoom
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import RehearsalRoom
from voice_coach.cli.common import load, offered, vocabulary
from voice_coach.cli.demo_command import PERSON
from voice_coach.commands import Vocabulary
from voice_coach.demo import Person, Wish
from voice_coach.journal import Journal, Setup
from voice_coach.live import Studio
from voice_coach.observer import Observer
from voice_coach.perform import perform
from voice_coach.session.engine import Session
from voice_coach.session.events import Command, Effect, Event, Hush, Intent, Sound, Via
from voice_coach.session.plan import Plan, make_plan
from voice_coach.speech.canceller import RoomCanceller
from voice_coach.speech.choose import EarsSettings, open_ears
from voice_coach.speech.voice import Voice, VoiceSettings

LONGEST = 3_600_000  # milliseconds of session time


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A command that was heard: when her last sample sounded, when the coach's answer began; ms of session time."""

    intent: Intent
    said: int
    answered: int


def plan_for(options: Options) -> Plan:
    """The demo's routine; in a smoke run one exercise of it."""
    routine = load("first_taste")
    if options.smoke:
        main = routine.blocks[1]
        routine = replace(routine, blocks=(replace(main, items=main.items[:1]),))
    return make_plan(routine)


def ears_for(options: Options) -> EarsSettings:
    """Those of the model that was named."""
    return EarsSettings(engine="vosk", model=options.model)


class Rehearsal:
    """One session: `run` it, then read what became of it. Everything is opened, and every sentence rendered, before."""

    def __init__(self, options: Options, wishes: Sequence[Wish], name: str) -> None:
        self.plan = plan_for(options)
        self.wishes = tuple(wishes)
        self.coach, self.woman = (Voice(s, paths.user_cache()) for s in (VoiceSettings(), PERSON))
        self.coach.prepare(prompts.texts(prompts.lines_for(self.plan)))
        self.woman.prepare(wish.words for wish in wishes)
        words: Vocabulary = vocabulary(offered()[0])
        self.ears = open_ears(ears_for(options), words.phrases, lambda _sentence: None)
        self.room = _Room(options.folder / f"{name}.wav")
        self._log = options.folder / f"{name}.jsonl"
        self.observer = _Answers(self.room)
        self.person: Person | None = None
        self.taken = Taken()
        self.studio = Studio(
            room=self.room,
            mixer=Mixer(),
            voice=self.coach,
            ears=self.ears,
            canceller=RoomCanceller(),
            vocabulary=words,
            typing=self,
            substitute=ClockRoom,
        )

    def poll(self) -> list[str]:
        """The keys she pressed."""
        return self.person.poll() if self.person else []

    def run(self) -> Rehearsal:
        """From the first event to the last line of the log."""
        setup = Setup(program="benchmark", voice=self.coach.name, ears=self.ears.name, microphone="", mode="benchmark")
        try:
            with Journal.open(self._log, "benchmark", lambda: datetime.now(timezone.utc)) as journal:
                self.taken.run(
                    lambda: perform(self.plan, self.studio, journal, setup, self.coach.ms, self._observers, _fail),
                    lambda: cpu_s(self.ears),
                )
        finally:
            for part in (self.room, self.ears, self.coach, self.woman):
                part.close()
        return self

    def _observers(self, session: Session) -> list[Observer]:
        self.person = Person(session, self.room, self.woman.clip, lambda _at, _what: None, self.wishes)
        return [self.observer, self.person]


class _Room(RehearsalRoom):
    """The rehearsal room, which also remembers what went in and out, and when the person had finished speaking."""

    def __init__(self, record: Path) -> None:
        super().__init__(record=record)
        self.sound: list[tuple[Pcm, Pcm]] = []  # microphone, loudspeaker
        self.quiet: int | None = None

    def say(self, at: int, clip: Clip, gain: float = 1.0) -> None:
        self.quiet = max(at, self.now_ms) + clip.ms
        super().say(at, clip, gain)

    def exchange(self, played: Pcm) -> Pcm:
        mic = super().exchange(played)
        self.sound.append((mic, played))
        return mic


class _Answers:
    """Observes which commands were heard, and when the first sound, or the silence, came that answers them."""

    def __init__(self, room: _Room) -> None:
        self._room = room
        self._open: tuple[Intent, int] | None = None
        self.found: list[Answer] = []

    def event(self, event: Event) -> None:
        if isinstance(event, Command) and event.via is Via.VOICE and self._room.quiet is not None:
            self._open, self._room.quiet = (event.intent, self._room.quiet), None

    def effects(self, effects: list[Effect]) -> None:
        first = next((effect.at for effect in effects if isinstance(effect, (Sound, Hush))), None)
        if self._open and first is not None:
            self.found.append(Answer(intent=self._open[0], said=self._open[1], answered=first))
            self._open = None

    def unheard(self, at: int, text: str) -> None:
        pass

    def reached(self, now: int) -> None:
        assert now < LONGEST, "the rehearsal does not come to its end"


def _fail(error: Exception) -> None:
    raise error
