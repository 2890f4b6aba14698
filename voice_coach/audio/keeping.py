"""A room that keeps what was heard and played in two WAV files, where the person has asked for that."""

from __future__ import annotations

from pathlib import Path

from voice_coach.audio.clip import Pcm
from voice_coach.audio.room import Room
from voice_coach.audio.wav import WavWriter
from voice_coach.errors import AudioError


class KeepingRoom:
    """Another room, of which every block is written down; only its owner may read the files."""

    def __init__(self, room: Room, folder: Path, name: str) -> None:
        self._room = room
        self.name = room.name
        self.files = (folder / f"{name}-microphone.wav", folder / f"{name}-coach.wav")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._heard = WavWriter(self.files[0], private=True, replace=False)
        try:
            self._played = WavWriter(self.files[1], private=True, replace=False)
        except AudioError:
            self._heard.close()
            raise

    @property
    def realtime(self) -> bool:
        """As the room."""
        return self._room.realtime

    def exchange(self, played: Pcm) -> Pcm:
        """As in the room; DeviceLostError goes on up, and nothing is written of that block."""
        heard = self._room.exchange(played)
        self._heard.write(heard)
        self._played.write(played)
        return heard

    @property
    def deaf(self) -> bool:
        """Whether its microphone is away (`DeviceRoom.deaf`)."""
        return bool(getattr(self._room, "deaf", False))

    def reopen(self) -> None:
        """Look for the room's device again; AudioError while it is not there."""
        reopen = getattr(self._room, "reopen", None)
        if reopen is None:
            raise AudioError(f"{self.name} does not come back")
        reopen()

    def close(self) -> None:
        """Close the room and finish the files."""
        try:
            self._room.close()
        finally:
            try:
                self._heard.close()
            finally:
                self._played.close()
