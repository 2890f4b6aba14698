"""`voice-coach run`, and `voice-coach` alone: a session at home."""

from __future__ import annotations

import contextlib
import secrets
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import click

from voice_coach import __version__, prompts
from voice_coach.audio.clock import ClockRoom
from voice_coach.audio.keeping import KeepingRoom
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import Room
from voice_coach.cli import microphones
from voice_coach.cli.common import library, log_file, log_option, vocabulary
from voice_coach.cli.conversations import Conversations
from voice_coach.cli.interrupts import interrupts
from voice_coach.cli.memory import Memory
from voice_coach.cli.options import ears_options, echo_option, questions_option, tier_option, voice_options
from voice_coach.cli.rendering import prepare_ahead, prepare_meanwhile
from voice_coach.cli.screens import lateness, screen_of, screen_options
from voice_coach.cli.terminal import announce, show
from voice_coach.cli.unasked import refuse_who_waits, unasked, wanted, what_is_left
from voice_coach.cli.visit import Visit
from voice_coach.commands import GENEROUS, NAME
from voice_coach.conversation import SoundCheck
from voice_coach.errors import AudioError, ExitCode, LogError
from voice_coach.hearing import Rules
from voice_coach.journal import Journal, Setup, session_id
from voice_coach.keyboard import TypedLines, keys
from voice_coach.live import Studio
from voice_coach.noticing import Noticing
from voice_coach.perform import perform
from voice_coach.routine import Tier
from voice_coach.speech.choose import Opening
from voice_coach.speech.ears import NoEars
from voice_coach.speech.ears_link import ProcessLink
from voice_coach.speech.voice import VoiceSettings
from voice_coach.studio import (
    Devices,
    LastResort,
    SoundSettings,
    TextVoice,
    ears_settings,
    follow_devices,
    open_echo,
    open_room,
    open_voice,
)
from voice_coach.transcript import Transcript

if TYPE_CHECKING:
    from voice_coach.screen import ScreenSettings


@click.command("run")
@click.argument("routine", required=False)
@click.option("--mic", metavar="NAME|FILE.wav", help="Part of a microphone's name, or a WAV file.")
@click.option("--speaker", metavar="NAME|FILE.wav", help="Part of a loudspeaker's name, or a WAV file to write.")
@click.option("--text", is_flag=True, help="No sound: read the sentences, type the words.")
@echo_option
@click.option(
    "--wake", type=click.Choice([NAME]), help='Answer only to "coach, pause" and the like; stop needs no name.'
)
@click.option(
    "--check-microphone/--no-check",
    "check",
    default=None,
    help="Ask whether you are heard. Default: until you were heard once, for each microphone.",
)
@click.option(
    "--keep-audio",
    "keep",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep what is heard and said in WAV files there. Nothing is kept without it.",
)
@questions_option
@tier_option
@screen_options
@voice_options
@ears_options
@log_option
def command(
    routine: str | None,
    mic: str | None,
    speaker: str | None,
    text: bool,
    echo: str,
    wake: str | None,
    check: bool | None,
    keep: Path | None,
    tier: str | None,
    questions: bool | None,
    screen: ScreenSettings | None,
    voice_name: str | None,
    rate: int,
    engine: str,
    model: str | None,
    log_path: Path | None,
) -> int:
    """Begin ROUTINE (a name or a file), or ask which one.

    The first time you are asked what is right for you; before and after each session, how you are. Say "pause",
    "easier", "help" and so on at any time; the keys do the same (space pauses). Ctrl-C is "stop", a second Ctrl-C ends
    at once.
    """
    if text and keep is not None:
        raise click.UsageError("With --text there is no sound for --keep-audio to keep.")
    with contextlib.ExitStack() as stack:
        begun = None if text or engine == "keys" else stack.enter_context(contextlib.closing(ProcessLink()))
        asking = sys.stdin.isatty() if questions is None else questions
        path, override = log_file(log_path), Tier(tier) if tier else None
        if not asking:
            refuse_who_waits(path, _now())
            if left := what_is_left(path, _now()):
                announce(left)
        fixed, routines = wanted(routine, override, asking=asking)
        settings = SoundSettings(mic=mic, speaker=speaker, text=text, echo=echo)
        voice = TextVoice() if text else LastResort(open_voice(VoiceSettings(name=voice_name, rate_wpm=rate)), announce)
        identity = session_id(_now(), secrets.token_hex(2))
        words = vocabulary([] if asking else routines, wake=wake is not None)
        stack.callback(voice.close)
        opening = Opening(ears_settings("keys" if text else engine, model), words.phrases, GENEROUS, begun)
        stack.callback(opening.close)
        page = stack.enter_context(screen_of(screen, announce))
        journal = stack.enter_context(Journal.open(path, identity, _now))
        device = open_room(settings, announce)  # before the sentences are learnt: what is missing is said at once
        stack.callback(device.close)
        room = device if keep is None else _kept(device, keep, identity)
        stack.callback(room.close)
        prepare_ahead(voice, room, fixed, routines, asking=asking)
        ears = opening.done(announce, realtime=device.realtime)
        stack.callback(ears.close)
        handling = open_echo(settings, device, announce)
        pressed = stack.enter_context(interrupts())
        studio = Studio(
            room=room,
            mixer=Mixer(),
            voice=voice,
            ears=ears,
            canceller=handling.canceller,
            vocabulary=words,
            typing=TypedLines(sys.stdin) if text else stack.enter_context(keys()),
            substitute=ClockRoom,
            interrupts=pressed,
            rules=Rules(half_duplex=handling.half_duplex),
            wake=wake is not None,
            noticing=Noticing(hears=handling.devices is not None, tell=announce),
        )
        studio.returned = follow_devices(settings, device, handling, studio.listener, announce)
        if page is not None:
            page.late, studio.watch = lateness(device), page.watch
        held = Conversations(studio, voice, pressed)
        ask = not isinstance(ears, NoEars) and (_untried(handling.devices) if check is None else check)
        if ask or keep is not None:
            _tell_outcome(held.introduce(keeping=keep is not None, ask=ask), handling.devices)
        memory = partial(Memory, journal, path, _now, override)
        visit = Visit(held, studio, memory(), library()) if asking else None
        made = visit.begin(fixed, routines) if visit else unasked(held, fixed, routines, override, memory)
        if made is None:
            held.last_word(memory)
            return ExitCode.OK
        plan, number = made.plan, made.emergency
        if fixed is None or asking:
            prepare_meanwhile(studio, voice, prompts.lines_for(plan, number))
        names = handling.devices or Devices(microphone=room.name, loudspeaker=room.name)
        setup = Setup(
            program=__version__,
            voice=voice.name,
            ears=ears.name,
            microphone=names.microphone,
            speaker=names.loudspeaker,
            mode="run",
            tier=made.tier.value,
            emergency=number,
            phase=made.phase,
            deload=made.deload,
            resumes=made.left.session if made.left else "",
        )
        perform(plan, studio, journal, setup, voice.ms, lambda _session: [Transcript(show)], log_failed)
        if visit:
            visit.end()
        held.last_word(memory)
        _tell_faults(device)
    return ExitCode.OK


def _now() -> datetime:
    return datetime.now().astimezone()


def log_failed(error: LogError) -> None:
    """Tell that the log cannot be written for now."""
    announce(f"{error} The session goes on; what is done is written as soon as that works again.")


def _kept(room: Room, folder: Path, identity: str) -> Room:
    try:
        kept = KeepingRoom(room, folder, identity)
    except OSError as error:
        reason = error.strerror or error
        raise AudioError(f"{folder} cannot be made ({reason}); name another folder for --keep-audio.") from error
    announce(f"Everything that is heard and said is kept in {kept.files[0]} and {kept.files[1]}.")
    return kept


def _untried(devices: Devices | None) -> bool:
    """Whether the check makes sense: somebody sits at a terminal, and was never heard through this microphone."""
    return sys.stdin.isatty() and devices is not None and not microphones.known(devices.microphone)


def _tell_outcome(check: SoundCheck, devices: Devices | None) -> None:
    """What came of the check; a microphone through which she was heard need not be tried again."""
    if check.unanswered:
        announce("You were not heard. `voice-coach listen` shows what the microphone hears. The keys always work.")
    if check.heard and devices is not None and (problem := microphones.remember(devices.microphone)):
        announce(problem)


@runtime_checkable
class _Counting(Protocol):
    """A room that counts its own faults."""

    under: int
    over: int
    slips: int


def _tell_faults(room: Room) -> None:
    """What went wrong with the sound, so that a strange session can be explained."""
    if isinstance(room, _Counting) and (room.under or room.over):
        announce(
            f"Sound: {room.under} blocks of 20 ms were played too late, {room.over} were not heard, "
            f"{room.slips} slipped."
        )
