"""Opens what a session needs to speak and to listen, and says in sentences what was chosen and why."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voice_coach import paths, script
from voice_coach.audio.clip import Clip
from voice_coach.audio.clock import ClockRoom
from voice_coach.audio.room import FileRoom, MixedRoom, Room
from voice_coach.audio.wav import read_wav
from voice_coach.errors import AudioError, CoachError, EngineError
from voice_coach.speech.canceller import Canceller, NoCanceller, WebRtcCanceller
from voice_coach.speech.choose import EarsSettings
from voice_coach.speech.voice import Voice, VoiceSettings

Announce = Callable[[str], None]
_SILENCE = Clip(np.zeros(16, dtype=np.float32))


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundSettings:
    """The options of `run` that have to do with sound."""

    mic: str | None = None  # part of a device's name, or a WAV file
    speaker: str | None = None
    text: bool = False  # no sound at all: typed words, printed sentences
    echo: str = "auto"  # auto, webrtc, none


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


def open_canceller(settings: SoundSettings, room: Room, announce: Announce) -> Canceller:
    """WebRTC's canceller wherever a loudspeaker can be heard by a microphone.

    A recording as microphone has never heard this session: there the canceller would only take soft words away.
    """
    if settings.echo == "none" or settings.text or (settings.echo == "auto" and _wav(settings.mic)):
        return NoCanceller()
    try:
        canceller = WebRtcCanceller(getattr(room, "latency_ms", 0))
    except EngineError as error:
        if settings.echo == "webrtc":
            raise
        announce(str(error))
        return NoCanceller()
    return canceller


def ears_settings(engine: str, model: str | None) -> EarsSettings:
    """Where a model may come from: the option, VOICE_COACH_MODEL, the person's folder, what travels with us."""
    named = model or os.environ.get("VOICE_COACH_MODEL")
    return EarsSettings(
        engine=engine,
        model=Path(named) if named else None,
        folders=(paths.user_data() / "models", paths.shipped("models")),
        cache=paths.user_cache(),
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


class LastResort:
    """A voice that, when the engine fails inside a session, goes on with silence; the text is shown anyway.

    The first failure is announced; tones, counts on screen and keys go on working.
    """

    def __init__(self, voice: Voice, announce: Announce) -> None:
        self.name = voice.name
        self.voice = voice
        self._announce = announce
        self._failed = False

    def clip(self, text: str) -> Clip:
        """The sound of a text, or a moment of silence."""
        try:
            return self.voice.clip(text)
        except CoachError as error:
            if not self._failed:
                self._failed = True
                self._announce(f"{error} The session goes on with tones and text.")
            return _SILENCE

    def ms(self, text: str) -> int:
        """How long a text takes."""
        try:
            return self.voice.ms(text)
        except CoachError:
            return script.estimated_text_ms(text)

    def close(self) -> None:
        """End the engine."""
        self.voice.close()
