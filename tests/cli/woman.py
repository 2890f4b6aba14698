"""A woman in a rehearsal room: she answers the coach's questions by voice alone, through the real recogniser."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.cli.home import WOMAN, Home
from voice_coach.audio.clip import Clip
from voice_coach.audio.clock import ClockRoom
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import RehearsalRoom
from voice_coach.cli.common import vocabulary
from voice_coach.cli.conversations import Conversations
from voice_coach.cli.interrupts import Interrupts
from voice_coach.commands import GENEROUS
from voice_coach.conversation import Interview
from voice_coach.conversation.answers import MORE_DIGITS
from voice_coach.live import Machine, Studio
from voice_coach.speech.choose import EarsSettings, open_ears
from voice_coach.speech.voice import Voice, VoiceSettings
from voice_coach.studio import LastResort, SoundSettings, open_echo

MODEL = Path(__file__).resolve().parents[2] / "models" / "coach-en"
SILENT_MS = 1_200  # so long the coach says nothing before she answers
PATIENT_MS = MORE_DIGITS + 3_000  # then she says it once more
MOST_ANSWERS = 80


class Heard(Conversations):
    """Lets the woman know to which conversation she is talking."""

    now_held: Interview | None = None

    def hold(self, machine: Machine) -> None:
        self.now_held = machine if isinstance(machine, Interview) else None
        super().hold(machine)
        self.now_held = None


class Coach(LastResort):
    """The coach's voice, which remembers what it said last."""

    last = ""

    def clip(self, text: str) -> Clip | None:
        self.last = text
        return super().clip(text)


class Woman:
    """Answers what is asked, by its sentence, once the coach is silent; another question with `otherwise`."""

    def __init__(self, voice: Voice, room: RehearsalRoom, coach: Coach, answers: Mapping[str, str], otherwise: str):
        self.voice, self.room, self.coach = voice, room, coach
        self.answers, self.otherwise = answers, otherwise
        self.held: Heard | None = None
        self.mixer = Mixer()
        self.silent_since: int | None = None
        self.said: list[tuple[str, str]] = []
        self.quiet_until = 0

    def poll(self) -> list[str]:
        now = self.mixer.now_ms
        interview = self.held.now_held if self.held else None
        if interview is None or not interview.asking or list(self.mixer.audible(now - 20, now)):
            self.silent_since, self.quiet_until = None, 0
        elif self.silent_since is None:
            self.silent_since = now
        elif (
            now - self.silent_since >= SILENT_MS
            and now >= self.quiet_until
            and (self.coach.last.endswith("?") or self.coach.last in self.answers)
        ):
            words = self.answers.get(self.coach.last, self.otherwise)
            self.said.append((self.coach.last, words))
            clip = self.voice.clip(words)
            self.room.say(self.room.now_ms, clip)
            self.quiet_until = now + clip.ms + PATIENT_MS  # or until the coach says something
            assert len(self.said) < MOST_ANSWERS, self.said[-10:]
        return []


class Rehearsal:
    """The rooms of a spoken visit: real voices, the real recogniser, a living room made of numbers."""

    def __init__(self, home: Home, answers: Mapping[str, str], otherwise: str = "no") -> None:
        self.voice = Voice(VoiceSettings(), home.cache / "voice-coach")
        self._hers = Voice(WOMAN, home.cache / "voice-coach")
        self._room, words, pressed = RehearsalRoom(), vocabulary([]), Interrupts()
        self.coach = Coach(self.voice, _quiet)
        self.woman = Woman(self._hers, self._room, self.coach, answers, otherwise)
        self._ears = open_ears(EarsSettings(engine="vosk", model=MODEL), words.phrases, _quiet, GENEROUS)
        self.studio = Studio(
            room=self._room, mixer=self.woman.mixer, voice=self.coach, ears=self._ears, typing=self.woman,
            vocabulary=words, substitute=ClockRoom, interrupts=pressed,
            canceller=open_echo(SoundSettings(), self._room, _quiet).canceller,
        )  # fmt: skip
        self.held = self.woman.held = Heard(self.studio, self.coach, pressed)

    def __enter__(self) -> Rehearsal:
        return self

    def __exit__(self, *_error: object) -> None:
        for each in (self.voice, self._hers, self._ears, self._room):
            each.close()


def _quiet(_sentence: str) -> None:
    return None
