"""`voice-coach run`, and `voice-coach` alone: a session at home."""

from __future__ import annotations

import contextlib
import secrets
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from voice_coach import __version__, prompts
from voice_coach.audio.clock import ClockRoom
from voice_coach.audio.mixer import Mixer
from voice_coach.cli.common import load, log_file, log_option, offered, vocabulary
from voice_coach.cli.options import ears_options, voice_options
from voice_coach.commands import GENEROUS
from voice_coach.conversation import Choice, Chooser
from voice_coach.errors import CoachError, ExitCode, LogError
from voice_coach.journal import Journal, Setup, session_id
from voice_coach.keyboard import TypedLines, keys
from voice_coach.live import Durations, Studio, drive, wait
from voice_coach.perform import perform
from voice_coach.routine import Routine
from voice_coach.session.motion import minutes
from voice_coach.session.plan import Plan, make_plan
from voice_coach.speech.choose import open_ears
from voice_coach.speech.voice import Voice, VoiceSettings
from voice_coach.studio import (
    LastResort,
    SoundSettings,
    TextVoice,
    ears_settings,
    open_canceller,
    open_room,
    open_voice,
)
from voice_coach.transcript import Transcript


@click.command("run")
@click.argument("routine", required=False)
@click.option("--mic", metavar="NAME|FILE.wav", help="Part of a microphone's name, or a WAV file.")
@click.option("--speaker", metavar="NAME|FILE.wav", help="Part of a loudspeaker's name, or a WAV file to write.")
@click.option("--text", is_flag=True, help="No sound: read the sentences, type the words.")
@click.option("--echo", type=click.Choice(["auto", "webrtc", "none"]), default="auto", help="Echo canceller.")
@voice_options
@ears_options
@log_option
def command(
    routine: str | None,
    mic: str | None,
    speaker: str | None,
    text: bool,
    echo: str,
    voice_name: str | None,
    rate: int,
    engine: str,
    model: str | None,
    log_path: Path | None,
) -> int:
    """Begin ROUTINE (a name or a file), or ask which one.

    Say "pause", "easier", "help" and so on at any time; the keys do the same (space pauses). Ctrl-C is "stop",
    a second Ctrl-C ends at once.
    """
    fixed = load(routine) if routine else None
    routines, problems = ([fixed], []) if fixed else offered()  # what she cannot choose need not be read or heard
    for problem in problems:
        click.echo(str(problem), err=True)
    settings = SoundSettings(mic=mic, speaker=speaker, text=text, echo=echo)
    voice = TextVoice() if text else LastResort(open_voice(VoiceSettings(name=voice_name, rate_wpm=rate)), announce)
    now = datetime.now().astimezone()
    words = vocabulary(routines)
    with contextlib.ExitStack() as stack:
        stack.callback(voice.close)
        journal = stack.enter_context(
            Journal.open(log_file(log_path), session_id(now, secrets.token_hex(2)), lambda: datetime.now().astimezone())
        )
        _prepare_ahead(voice, fixed, routines)
        ears = open_ears(ears_settings("keys" if text else engine, model), words.phrases, announce, GENEROUS)
        stack.callback(ears.close)
        room = open_room(settings, announce)
        typing = TypedLines(sys.stdin) if text else stack.enter_context(keys())
        studio = Studio(
            room=room,
            mixer=Mixer(),
            voice=voice,
            ears=ears,
            canceller=open_canceller(settings, room, announce),
            vocabulary=words,
            typing=typing,
            substitute=ClockRoom,
            interrupts=stack.enter_context(_interrupts()),
        )
        stack.callback(lambda: studio.room.close())
        chosen = fixed or _choose(studio, voice, routines)
        if chosen is None:
            return ExitCode.OK
        plan = make_plan(chosen)
        if fixed is None:
            _prepare_meanwhile(studio, voice, plan)
        setup = Setup(
            program=__version__, voice=voice.name, ears=ears.name, microphone=room.name, speaker=room.name, mode="run"
        )
        perform(plan, studio, journal, setup, voice.ms, lambda _session: [Transcript(click.echo)], log_failed)
    return ExitCode.OK


def announce(sentence: str) -> None:
    """Tell which engine or device was chosen, and why."""
    click.echo(sentence, err=True)


def log_failed(error: LogError) -> None:
    """Tell that the log cannot be written any more."""
    announce(f"{error} The session goes on, but nothing more is kept.")


def _plan_choices(routines: Sequence[Routine]) -> list[Choice]:
    return [
        Choice(routine=r.id, title=r.title, minutes=minutes(max(e.at for e in prompts.dry_run(make_plan(r)))))
        for r in routines
    ]


def _prepare_ahead(voice: LastResort | TextVoice, fixed: Routine | None, routines: Sequence[Routine]) -> None:
    """Render before anything sounds: the whole session where it is known, else the question which one."""
    if isinstance(voice, TextVoice):
        return
    lines = prompts.lines_for(make_plan(fixed)) if fixed else prompts.menu_lines(_plan_choices(routines))
    prepare(voice.voice, prompts.texts(lines))


def prepare(voice: Voice, texts: Sequence[str]) -> None:
    """Render what is missing, with a progress bar when it takes a while."""
    missing = [text for text in texts if not voice.known(text)]
    if not missing:
        return
    bar = click.progressbar(length=len(missing), label="Learning the sentences", file=sys.stderr)
    with bar:
        voice.prepare(missing, lambda done, of: bar.update(1))


def _prepare_meanwhile(studio: Studio, voice: LastResort | TextVoice, plan: Plan) -> None:
    """Render the chosen session; beside a sound card in a thread of its own, so that it does not run dry."""
    if isinstance(voice, TextVoice):
        return
    texts = prompts.texts(prompts.lines_for(plan))
    if not studio.room.realtime:  # a recording would run on while nobody listens
        _quietly(voice.voice, texts)
        return
    work = threading.Thread(target=_quietly, args=(voice.voice, texts), daemon=True)
    work.start()
    wait(studio, lambda: not work.is_alive())


def _quietly(voice: Voice, texts: Sequence[str]) -> None:
    with contextlib.suppress(CoachError):  # said by LastResort at the first sentence that fails
        voice.prepare(texts)


def _choose(studio: Studio, voice: LastResort | TextVoice, routines: Sequence[Routine]) -> Routine | None:
    """Ask which routine; None when nobody wants one."""
    chooser = Chooser(_plan_choices(routines), Durations(voice.ms))
    drive(chooser, studio, [Transcript(click.echo, ending=False)])
    return next((routine for routine in routines if routine.id == chooser.chosen), None)


@contextlib.contextmanager
def _interrupts() -> Iterator[Callable[[], int]]:
    """Counts Ctrl-C instead of raising: the first is a stop, the loop raises at the second.

    Should the loop hang, the third raises wherever the program stands.
    """
    count = 0

    def one_more(_number: int, _frame: object) -> None:
        nonlocal count
        count += 1
        if count > 2:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, one_more)
    try:
        yield lambda: count
    finally:
        signal.signal(signal.SIGINT, before)
