"""Opens what a session needs to speak and to listen, and says in sentences what was chosen and why."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np

from voice_coach import paths, script
from voice_coach.audio.clip import Clip
from voice_coach.audio.clock import ClockRoom
from voice_coach.audio.room import FileRoom, MixedRoom, Room
from voice_coach.audio.server import behind
from voice_coach.audio.wav import read_wav
from voice_coach.errors import AudioError
from voice_coach.speech.canceller import Canceller, NoCanceller, RoomCanceller, WebRtcCanceller
from voice_coach.speech.choose import EarsSettings
from voice_coach.speech.echo_choice import AUTO, Way, choose_way, sentence
from voice_coach.speech.last_resort import Spoken
from voice_coach.speech.voice import Voice, VoiceSettings

Announce = Callable[[str], None]
_SILENCE = Clip(np.zeros(16, dtype=np.float32))


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundSettings:
    """The options of `run` that have to do with sound."""

    mic: str | None = None  # part of a device's name, or a WAV file
    speaker: str | None = None
    text: bool = False  # no sound at all: typed words, printed sentences
    echo: str = AUTO  # or a `Way`


@dataclass(frozen=True, slots=True, kw_only=True)
class Devices:
    """Microphone and loudspeaker by the names that their owner knows."""

    microphone: str
    loudspeaker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EchoHandling:
    """What takes the coach's voice out of the microphone; with `half_duplex` nothing does, and few words count."""

    canceller: Canceller
    half_duplex: bool = False
    devices: Devices | None = None  # that it was chosen for


@runtime_checkable
class Named(Protocol):
    """A room whose two halves have names."""

    @property
    def names(self) -> tuple[str, str]:
        """Microphone and loudspeaker."""


class HandlesEcho(Protocol):
    """The part of a listener that is needed here."""

    def handle_echo(self, canceller: Canceller, *, half_duplex: bool) -> None:
        """From now on the echo is that of other devices."""


def devices(room: Room) -> Devices | None:
    """The devices of a room, a sound server's own names for "default"; None where recordings take their place."""
    if not isinstance(room, Named):
        return None
    microphone, loudspeaker = behind(room.names)
    return Devices(microphone=microphone, loudspeaker=loudspeaker)


def open_room(settings: SoundSettings, announce: Announce) -> Room:
    """The devices, files, or neither, as asked for; AudioError in a sentence where a device cannot be had."""
    if settings.text:
        announce("No sound: read here what the coach says, type what you want to say.")
        return ClockRoom()
    mic_file, speaker_file = _wav(settings.mic), _wav(settings.speaker)
    if mic_file and speaker_file and mic_file.resolve() == speaker_file.resolve():
        raise AudioError(f"{speaker_file} is the microphone already; name another file for --speaker.")
    if mic_file or speaker_file:
        files = FileRoom(read_wav(mic_file) if mic_file else None, speaker_file)
        if mic_file and speaker_file:
            return files
        from voice_coach.audio.device import open_duplex

        device = open_duplex(settings.mic, settings.speaker, listens=not mic_file, plays=not speaker_file)
        return MixedRoom(device, files, hear_files=mic_file is not None)
    from voice_coach.audio.device import open_duplex

    room = open_duplex(settings.mic, settings.speaker)
    announce(f"Sound: {room.name}.")
    return room


def _wav(name: str | None) -> Path | None:
    return Path(name) if name and name.lower().endswith(".wav") else None


def open_echo(settings: SoundSettings, room: Room, announce: Announce) -> EchoHandling:
    """What suits the devices, or was asked for; announced where there are devices. EngineError without livekit.

    A recording as microphone has never heard this session, and a file as loudspeaker is never heard: nothing is
    cancelled there unless that was asked for.
    """
    if settings.text or (settings.echo == AUTO and (_wav(settings.mic) or _wav(settings.speaker))):
        return EchoHandling(canceller=NoCanceller())
    found = devices(room)
    if found is None:
        choice = choose_way(settings.echo, "the microphone", "the loudspeaker")
    else:
        choice = choose_way(settings.echo, found.microphone, found.loudspeaker)
        announce(sentence(choice))
    if choice.way is Way.CANCELLER:
        return EchoHandling(canceller=RoomCanceller(), devices=found)
    if choice.way is Way.WEBRTC:
        return EchoHandling(canceller=WebRtcCanceller(getattr(room, "latency_ms", 0)), devices=found)
    return EchoHandling(canceller=NoCanceller(), half_duplex=choice.way is Way.HALF_DUPLEX, devices=found)


def follow_devices(
    settings: SoundSettings, room: Room, handling: EchoHandling, listener: HandlesEcho, announce: Announce
) -> Callable[[], None]:
    """What is to be called when the devices of a room are back: for other ones the echo is handled anew."""
    known = handling.devices

    def look() -> None:
        nonlocal known
        if (found := devices(room)) != known:
            known = found
            chosen = open_echo(settings, room, announce)
            listener.handle_echo(chosen.canceller, half_duplex=chosen.half_duplex)

    return look


def ears_settings(engine: str, model: str | None) -> EarsSettings:
    """Where a model may come from: the option, VOICE_COACH_MODEL, the person's folder, what travels with us."""
    named = model or os.environ.get("VOICE_COACH_MODEL")
    return EarsSettings(
        engine=engine,
        model=Path(named) if named else None,
        folders=(paths.user_data() / "models", paths.shipped("models")),
    )


def open_voice(settings: VoiceSettings) -> Voice:
    """The voice, with its cache in the person's cache folder."""
    return Voice(settings, paths.user_cache())


class TextVoice:
    """No voice at all: sentences take as long as they would, and are read on the screen."""

    name = "none (text)"

    def clip(self, text: str) -> Clip:
        """A moment of silence."""
        return _SILENCE

    def ms(self, text: str) -> int:
        """About how long the text would take."""
        return script.estimated_text_ms(text)

    def close(self) -> None:
        """Nothing to give up."""


class LastResort(Spoken):
    """The voice of a session, with the lengths that the script estimates where there is none."""

    def __init__(self, voice: Voice, announce: Announce) -> None:
        super().__init__(voice, announce, script.estimated_text_ms)
