"""The first start to its end: typed, on the command line; and spoken, through the real voice and recogniser."""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from tests.cli.conftest import WOMAN, Home
from voice_coach import prompts, script
from voice_coach.audio.clip import Clip
from voice_coach.audio.clock import ClockRoom
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import RehearsalRoom
from voice_coach.cli.common import library, load, vocabulary
from voice_coach.cli.conversations import Conversations
from voice_coach.cli.interrupts import Interrupts
from voice_coach.cli.memory import Memory
from voice_coach.cli.visit import Visit
from voice_coach.commands import GENEROUS
from voice_coach.conversation import Interview
from voice_coach.conversation.interview import line
from voice_coach.journal import Journal, Setup, session_id
from voice_coach.live import Machine, Studio
from voice_coach.perform import perform
from voice_coach.person.model import Form
from voice_coach.review.known import known_at
from voice_coach.session.plan import make_plan
from voice_coach.speech.choose import EarsSettings, open_ears
from voice_coach.speech.voice import Voice, VoiceSettings
from voice_coach.studio import LastResort, SoundSettings, open_echo

MODEL = Path(__file__).resolve().parents[2] / "models" / "coach-en"
FACTS = "112\n74\nskip\n"
SCREENING = 9 * "no\n" + "0\nno\n0\n" + 4 * "no\n" + "yes\nno\nyes\n"
FEELING = "1\n8\nskip\n"


def told(home: Home) -> list[dict[str, object]]:
    lines = [json.loads(each) for each in home.log.read_text(encoding="utf-8").splitlines()]
    return [{"kind": each["kind"], **each["data"]} for each in lines if each["type"] == "person"]


def test_without_a_yes_to_what_the_program_is_nothing_else_happens(home: Home) -> None:
    done = home.spawn("run", home.tiny(), "--text", "--questions", stdin="no\n")
    assert done.code == 0, done.err
    assert told(home) == []
    assert "Easy day" not in done.out


def test_a_screening_that_is_broken_off_is_kept_and_gone_on_with(home: Home) -> None:
    done = home.spawn("run", home.tiny(), "--text", "--questions", stdin=f"yes\n{FACTS}no\nno\nstop\n")
    assert done.code == 0, done.err
    assert [(each.get("form"), each.get("complete")) for each in told(home)] == [
        (None, None), ("about", True), ("screening", False)
    ]  # fmt: skip
    rest = SCREENING.removeprefix("no\nno\n")
    home.spawn("run", home.tiny(), "--text", "--questions", stdin=f"{rest}stop\n")
    person = known_at(home.log)
    whole = person.last(Form.SCREENING)
    assert whole is not None and whole.answers["screening.near"] == "yes"


def test_a_typed_answer_that_needs_help_breaks_it_off_and_holds_training(home: Home) -> None:
    done = home.spawn("run", home.tiny(), "--text", "--questions", stdin=f"yes\n{FACTS}no\nyes\n")
    assert done.code == 0, done.err
    assert "coach  What you told me needs attention soon" in done.out
    again = home.spawn("run", home.tiny(), "--text", "--no-questions")
    assert again.code == 1 and again.err.startswith("Training waits. "), again.err


ANSWERS = {
    "disclaimer.agree": "yes",
    "screening.bones": "zero",
    "screening.falls": "zero",
    "screening.floor": "yes",
    "screening.near": "yes",
    "feeling.joints": "one",
    "feeling.good": "eight",
    "feeling.sure": "seven",
}


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

    def clip(self, text: str) -> Clip:
        self.last = text
        return super().clip(text)


class Woman:
    """Answers each question once the coach is silent, by voice alone; at most three times."""

    def __init__(self, voice: Voice, room: RehearsalRoom, coach: Coach) -> None:
        self.voice, self.room, self.coach = voice, room, coach
        self.answers = {script.text(line(name)): words for name, words in ANSWERS.items()}
        self.held: Heard | None = None
        self.mixer = Mixer()
        self.silent_since: int | None = None
        self.said: list[tuple[str, str]] = []
        self.quiet_until = 0

    def poll(self) -> list[str]:
        now = self.mixer.now_ms
        interview = self.held.now_held if self.held else None
        if interview is None or not interview.asking or list(self.mixer.audible(now - 20, now)):
            self.silent_since = None
        elif self.silent_since is None:
            self.silent_since = now
        elif (
            now - self.silent_since >= 1_200
            and now >= self.quiet_until
            and self.coach.last.endswith("?") | (self.coach.last in self.answers or "igit" in self.coach.last)
        ):
            words = self.answers.get(self.coach.last, "skip" if "igit" in self.coach.last else "no")
            self.said.append((self.coach.last, words))
            clip = self.voice.clip(words)
            self.room.say(self.room.now_ms, clip)
            self.quiet_until = now + clip.ms + 4_000
            assert len(self.said) < 80, self.said[-10:]
        return []


def test_a_spoken_first_start_runs_from_the_first_word_to_the_end_of_the_first_session(home: Home) -> None:
    """Consent, facts, screening, how she is, the first session and how it was: every answer through the recogniser."""
    real = Voice(VoiceSettings(), home.cache / "voice-coach")
    woman_voice = Voice(WOMAN, home.cache / "voice-coach")
    coach = Coach(real, lambda _sentence: None)
    room = RehearsalRoom()
    words = vocabulary([])
    ears = open_ears(EarsSettings(engine="vosk", model=MODEL), words.phrases, lambda _sentence: None, GENEROUS)
    pressed, path = Interrupts(), home.log

    def now() -> datetime:
        return datetime.now().astimezone()

    woman = Woman(woman_voice, room, coach)
    studio = Studio(
        room=room, mixer=woman.mixer, voice=coach, ears=ears, typing=woman, vocabulary=words, substitute=ClockRoom,
        canceller=open_echo(SoundSettings(), room, lambda _sentence: None).canceller, interrupts=pressed,
    )  # fmt: skip
    woman.held = Heard(studio, coach, pressed)
    try:
        real.prepare(prompts.texts(prompts.talk_lines()))
        with Journal.open(path, session_id(now(), secrets.token_hex(2)), now) as journal:
            visit = Visit(woman.held, studio, Memory(journal, path, now), library())
            made = visit.begin(load("first taste"), [])
            assert made is not None, woman.said[-5:]
            plan = make_plan(made.routine)
            real.prepare(prompts.texts(prompts.lines_for(plan)))
            setup = Setup(program="test", tier=made.tier.value)
            perform(plan, studio, journal, setup, coach.ms, lambda _session: [], lambda _error: None)
            visit.end()
    finally:
        for each in (real, woman_voice, ears, room):
            each.close()
    person = known_at(path)
    screening, feeling, after = (person.last(form) for form in (Form.SCREENING, Form.FEELING, Form.AFTER))
    assert person.consented is not None
    assert screening is not None and feeling is not None and after is not None
    numbers = {"screening.bones": 0, "screening.falls": 0}
    yes = dict.fromkeys(("screening.floor", "screening.near"), "yes")
    assert screening.answers == {name: (numbers | yes).get(name, "no") for name in screening.answers}
    assert dict(feeling.answers) == dict(after.answers) == {
        "feeling.joints": 1, "feeling.good": 8, "feeling.sure": 7
    }  # fmt: skip
    assert [session.ended for session in person.sessions] == ["completed"]
    assert person.incidents == ()
    assert now() - person.consented < timedelta(minutes=10)
