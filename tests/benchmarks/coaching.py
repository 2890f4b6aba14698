"""The coach's side of a barge-in: a real session, or prompts in a row, that goes on whatever is heard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from voice_coach.audio.clip import BLOCK, Clip, Pcm
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import NullRoom, Room
from voice_coach.commands import Vocabulary
from voice_coach.live import Durations, Studio, drive
from voice_coach.routine.model import Ms, Routine
from voice_coach.session.engine import Session
from voice_coach.session.events import Command, Effect, Event, Priority, Say, Start
from voice_coach.session.lines import Key, Line
from voice_coach.session.plan import make_plan
from voice_coach.speaking import Speaking
from voice_coach.speech.canceller import Canceller, NoCanceller
from voice_coach.speech.ears import Ears, NoEars

BETWEEN_MS: Ms = 600  # from one prompt to the next
LAST_MS: Ms = 2_000  # that the microphone is listened to after the last word


class Timed(Speaking, Protocol):
    """The part of a voice that is needed here, which never fails."""

    def clip(self, text: str) -> Clip:
        """The sound of a text."""

    def ms(self, text: str) -> int:
        """How long a text takes."""


class Coach:
    """What the coach says until `ends`: it obeys nothing, and notes what it was told, so every run is the same."""

    standing = False

    def __init__(self, says: Sequence[Effect], ends: Ms) -> None:
        self._due = sorted(says, key=lambda effect: effect.at)
        self._ends = ends
        self._now: Ms = 0
        self.obeyed: list[Command] = []

    @property
    def over(self) -> bool:
        """At the end of the time."""
        return self._now >= self._ends

    def advance(self, to: Ms) -> list[Effect]:
        """What is due."""
        self._now = to
        due = [effect for effect in self._due if effect.at <= to]
        self._due = self._due[len(due) :]
        return due

    def receive(self, event: Event) -> list[Effect]:
        """Noted, no more."""
        if isinstance(event, Command):
            self.obeyed.append(event)
        return []


def session_says(routine: Routine, voice: Timed, ends: Ms) -> list[Effect]:
    """Every effect of a session of this routine up to `ends`, when nobody says anything."""
    session = Session(make_plan(routine), Durations(voice.ms))
    effects = session.receive(Start(at=0))
    while not session.over and (due := session.deadline) is not None and due <= ends:
        effects += session.advance(due)
    return effects


def prompts_say(texts: Sequence[str], voice: Timed) -> tuple[list[Effect], Ms]:
    """The sentences one after another, and when the last of them is over."""
    says: list[Effect] = []
    at = BETWEEN_MS
    for text in texts:
        says.append(Say(at=at, line=Line(Key.TEXT, (text,)), priority=Priority.TALK))
        at += voice.ms(text) + BETWEEN_MS
    return says, at + LAST_MS


def run(coach: Coach, room: Room, voice: Timed, ears: Ears, canceller: Canceller, words: Vocabulary) -> list[Command]:
    """Through the product's own loop; what it would have obeyed, and when."""
    studio = Studio(
        room=room,
        mixer=Mixer(),
        voice=voice,
        ears=ears,
        canceller=canceller,
        vocabulary=words,
        typing=_NoKeys(),
        substitute=NullRoom,
    )
    drive(coach, studio, [])
    return coach.obeyed


def played(coach: Coach, voice: Timed) -> Pcm:
    """What the loudspeaker plays when nobody speaks."""
    room = Recorder()
    run(coach, room, voice, NoEars(), NoCanceller(), Vocabulary({}))
    return np.concatenate(room.blocks)


class Recorder(NullRoom):
    """An empty room that keeps what was played in it."""

    def __init__(self) -> None:
        self.blocks: list[Pcm] = []

    def exchange(self, played: Pcm) -> Pcm:
        """Silence."""
        self.blocks.append(played)
        return np.zeros(BLOCK, dtype=np.int16)


class _NoKeys:
    def poll(self) -> list[str]:
        """Nobody is there."""
        return []
