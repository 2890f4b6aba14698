"""`voice-coach demo`: a whole session with no hardware, and the review of it."""

from __future__ import annotations

import contextlib
import secrets
import shlex
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voice_coach import __version__, paths, prompts
from voice_coach.audio.clip import Pcm
from voice_coach.audio.clock import ClockRoom
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import RehearsalRoom, Room
from voice_coach.cli.common import load, offered, vocabulary
from voice_coach.cli.options import ears_options
from voice_coach.cli.rendering import prepare
from voice_coach.cli.run_command import log_failed
from voice_coach.cli.screens import screen_of, screen_options
from voice_coach.cli.terminal import announce
from voice_coach.commands import GENEROUS
from voice_coach.demo import WISHES, Person
from voice_coach.errors import ExitCode
from voice_coach.journal import Journal, Setup, session_id
from voice_coach.journal import load as load_log
from voice_coach.live import Studio
from voice_coach.observer import Observer
from voice_coach.perform import perform
from voice_coach.review import show, summarise
from voice_coach.session.engine import Session
from voice_coach.session.plan import make_plan
from voice_coach.speech.choose import open_ears
from voice_coach.speech.voice import VoiceSettings
from voice_coach.studio import SoundSettings, ears_settings, open_echo, open_voice
from voice_coach.transcript import Transcript, clock

if TYPE_CHECKING:
    from voice_coach.screen import ScreenSettings

PERSON = VoiceSettings(name="gmw/en-us+f2" if sys.platform.startswith("linux") else None, rate_wpm=150)


@click.command("demo")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder for the WAV file and the log. Default: demo in your data folder.",
)
@screen_options
@ears_options
def command(output: Path | None, screen: ScreenSettings | None, engine: str, model: str | None) -> int:
    """Play a short session with a synthetic person, with no microphone and no loudspeaker, and review it.

    The coach, the person's voice, the echo in the room, the recogniser and the log are real; nothing is faked, and a
    word that was not heard shows as such. With --screen it takes as long as a session does, to be watched.
    """
    from rich.console import Console

    folder = output or paths.user_data() / "demo"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    wav, log = folder / "session.wav", folder / "log.jsonl"
    words = vocabulary(offered()[0])
    plan = make_plan(load("first_taste"))
    began = time.perf_counter()
    people: list[Person] = []
    with contextlib.ExitStack() as stack:
        page = stack.enter_context(screen_of(screen, announce))
        coach, woman = open_voice(VoiceSettings()), open_voice(PERSON)
        stack.callback(coach.close)
        stack.callback(woman.close)
        prepare(coach, prompts.texts(prompts.lines_for(plan)))
        prepare(woman, [wish.words for wish in WISHES])
        ears = open_ears(ears_settings(engine, model), words.phrases, announce, GENEROUS)
        stack.callback(ears.close)
        room = RehearsalRoom(record=wav)
        stack.callback(room.close)
        transcript = Transcript(click.echo)
        studio = Studio(
            room=room if page is None else _Paced(room),
            mixer=Mixer(),
            voice=coach,
            ears=ears,
            canceller=open_echo(SoundSettings(), room, announce).canceller,
            vocabulary=words,
            typing=_Keys(people),
            substitute=ClockRoom,
        )
        if page is not None:
            studio.watch = page.watch

        def observers(session: Session) -> list[Observer]:
            def write(at: int, what: str) -> None:
                transcript.reached(at)
                click.echo(f"{clock(at)}  {'she' if what.startswith('says') else '':>5}  {what}")

            people.append(Person(session, room, woman.clip, write))
            return [transcript, people[0]]

        identity = session_id(_now(), secrets.token_hex(2))
        setup = Setup(program=__version__, voice=coach.name, ears=ears.name, microphone=room.name, mode="demo")
        journal = stack.enter_context(Journal.open(log, identity, _now))
        perform(plan, studio, journal, setup, coach.ms, observers, log_failed)
    took, lasted = time.perf_counter() - began, studio.mixer.now_ms / 1000
    click.echo("")
    show(Console(), summarise(load_log(log).find(identity)))
    person = people[0]
    click.echo(
        f"\nShe spoke {person.said} times; {person.heard} commands were heard, "
        f"{person.mistaken} taken that she had not given."
    )
    click.echo(f"{lasted:.0f} seconds of session in {took:.1f} seconds.")
    click.echo(f"Sound: {wav}\nLog:   {log}\nPage:  voice-coach review --log {shlex.quote(str(log))}")
    return ExitCode.OK


def _now() -> datetime:
    return datetime.now().astimezone()


class _Paced:
    """A room of numbers at the pace of a clock."""

    realtime = True

    def __init__(self, room: Room) -> None:
        self.name = room.name
        self._room, self._clock = room, ClockRoom()

    def exchange(self, played: Pcm) -> Pcm:
        """As in the room, when the block would have been played."""
        self._clock.exchange(played)
        return self._room.exchange(played)

    def close(self) -> None:
        """Close the room."""
        self._room.close()


class _Keys:
    """The keyboard of a person who is only there once the session is."""

    def __init__(self, people: list[Person]) -> None:
        self._people = people

    def poll(self) -> list[str]:
        """The keys she pressed."""
        return [key for person in self._people for key in person.poll()]
