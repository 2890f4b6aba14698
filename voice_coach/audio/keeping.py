"""A room that keeps what was heard and played in two WAV files, where the person has asked for that."""

from __future__ import annotations

import contextlib
from pathlib import Path

from voice_coach.audio.clip import Pcm
from voice_coach.audio.room import Room
from voice_coach.audio.wav import WavWriter
from voice_coach.errors import AudioError


class KeepingRoom:
    """Another room, of which every block is written down; only its owner may read the files.

    Where that fails, as on a full disk, it keeps no more, and goes on as the room it is.
    """

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
        self._keeps = True
        self._untold = ""

    @property
    def realtime(self) -> bool:
        """As the room."""
        return self._room.realtime

    def exchange(self, played: Pcm) -> Pcm:
        """As in the room; DeviceLostError goes on up, and nothing is written of that block."""
        heard = self._room.exchange(played)
        if self._keeps:
            try:
                self._heard.write(heard)
                self._played.write(played)
            except AudioError as error:
                self._give_up(error)
        return heard

    def given_up(self) -> str:
        """Why nothing is kept any more, as a sentence; nothing where that was told before."""
        told, self._untold = self._untold, ""
        return told

    @property
    def deaf(self) -> bool:
        """Whether its microphone is away (`DeviceRoom.deaf`)."""
        return bool(getattr(self._room, "deaf", False))

    @property
    def under(self) -> int:
        """Blocks that the room did not play in time."""
        return int(getattr(self._room, "under", 0))

    @property
    def over(self) -> int:
        """Blocks that the room heard and lost."""
        return int(getattr(self._room, "over", 0))

    def reopen(self) -> None:
        """Look for the room's device again; AudioError while it is not there."""
        reopen = getattr(self._room, "reopen", None)
        if reopen is None:
            raise AudioError(f"{self.name} does not come back")
        reopen()

    def close(self) -> None:
        """Close the room and finish the files; AudioError where they are not whole, and nobody was told."""
        try:
            self._room.close()
        finally:
            try:
                self._heard.close()
            finally:
                self._played.close()
        if told := self.given_up():
            raise AudioError(told)

    def _give_up(self, error: AudioError) -> None:
        self._keeps = False
        self._untold = f"Nothing more is recorded: {error}."
        for file in (self._heard, self._played):
            with contextlib.suppress(AudioError):  # the same again: what is on the disk stays
                file.close()
