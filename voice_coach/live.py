"""The loop that joins the rooms: one turn a block, and only the room of sound knows what waiting means.

A turn: what was heard or typed goes in, the machine (a session, or the question before it) moves to the end of the
block, what falls inside is mixed at its exact sample, the block is played, and the microphone's block comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, runtime_checkable

import numpy as np

from voice_coach import script
from voice_coach.audio import tones
from voice_coach.audio.clip import BLOCK_MS
from voice_coach.audio.mixer import Mixer
from voice_coach.audio.room import DeviceLostError, Room
from voice_coach.commands import Vocabulary, for_key
from voice_coach.conversation.sound_check import URGENT
from voice_coach.errors import AudioError
from voice_coach.hearing import Accepted, Attend, Attention, Decision, Dismissed, Listener, Rules, Unclear
from voice_coach.keyboard import Typing
from voice_coach.noticing import Noticing
from voice_coach.observer import Observer
from voice_coach.prompts import LOST, MICROPHONE
from voice_coach.routine.model import Ms
from voice_coach.session.events import (
    EARS,
    Command,
    DeviceBack,
    DeviceLost,
    Effect,
    End,
    Event,
    HeldUp,
    Hitch,
    Hush,
    Intent,
    Record,
    Say,
    Sound,
    Unheard,
    Via,
    Volume,
)
from voice_coach.session.lines import Line
from voice_coach.speaking import Speaker, Speaking
from voice_coach.speech.canceller import Canceller
from voice_coach.speech.ears import Ears, Mortal

ANSWERS = frozenset({Intent.YES, Intent.NO, Intent.NOT_SURE, Intent.NUMBER, Intent.ROUTINE, Intent.SKIP})
TRY_AGAIN_MS: Ms = 500  # how often a lost device is asked for; it is looked for apart


class Machine(Protocol):
    """What the loop drives: `Session` or `Chooser`."""

    @property
    def over(self) -> bool:
        """Whether it has ended."""

    @property
    def standing(self) -> bool:
        """Whether it stands still and the space key means "go on"."""

    def advance(self, to: Ms) -> list[Effect]:
        """Let time pass."""

    def receive(self, event: Event) -> list[Effect]:
        """Let something happen."""


@runtime_checkable
class Asking(Protocol):
    """A machine to which only a few words mean anything at a time."""

    @property
    def vocabulary(self) -> Vocabulary:
        """What is listened for now; `wake` is the studio's to decide."""

    @property
    def asking(self) -> bool:
        """Whether an answer is waited for; else only the last sentences are still said."""

    def hurry(self) -> list[Effect]:
        """Leave out what is still to be said, where nothing is asked."""


@runtime_checkable
class Reopens(Protocol):
    """A room whose device may come back."""

    def reopen(self) -> None:
        """Look for the device again; AudioError while it is not there."""


@dataclass(slots=True, kw_only=True)
class Studio:
    """Everything about sound in one run. Its clock is the mixer's and runs on from the choice into the session."""

    room: Room
    mixer: Mixer
    voice: Speaking
    ears: Ears
    canceller: Canceller
    vocabulary: Vocabulary
    typing: Typing
    substitute: Callable[[], Room]  # a room without sound that keeps the pace while the device is away
    interrupts: Callable[[], int] = lambda: 0  # how often Ctrl-C was pressed
    rules: Rules = field(default_factory=Rules)
    wake: bool = False  # whether commands must begin with the coach's name
    watch: Callable[[Machine], Sequence[Observer]] = lambda _machine: ()  # who else sees each machine: a screen
    noticing: Noticing = field(default_factory=Noticing)
    returned: Callable[[], None] = lambda: None  # called when a device is back; it may be another one
    lost: Room | None = field(default=None, init=False)  # the room whose device is away
    # What no machine has taken yet; what comes after the last word to one machine is for the next.
    heard: list[Decision] = field(default_factory=list, init=False)
    typed: list[str] = field(default_factory=list, init=False)
    obeyed: int = field(default=0, init=False)  # of the interrupts
    mortal: Mortal | None = field(init=False)  # the ears, where they may fail
    listener: Listener = field(init=False)
    wanted: Vocabulary = field(init=False)  # the vocabulary as it was asked for

    def __post_init__(self) -> None:
        self.mortal = self.ears if isinstance(self.ears, Mortal) else None
        self.wanted = self.vocabulary
        self.listener = Listener(self.ears, self.canceller, self.vocabulary, self.rules, wake=self.wake)

    def listen_for(self, vocabulary: Vocabulary) -> None:
        """From now on these words count, also when typed. Nothing happens where it is the same value."""
        if vocabulary is not self.wanted:
            self.wanted = vocabulary
            self.vocabulary = vocabulary if vocabulary.wake == self.wake else replace(vocabulary, wake=self.wake)
            self.listener.listen_for(self.vocabulary)

    def untaken(self) -> frozenset[Intent]:
        """The commands that were heard or typed, and that no machine has taken yet."""
        self.typed += self.typing.poll()
        heard = {each.match.intent for each in self.heard if isinstance(each, Accepted)}
        return frozenset(heard | {intent for each in self.typed if (intent := self.meaning(each))})

    def meaning(self, typed: str) -> Intent | None:
        """What a key or a typed line stands for, where nothing stands still."""
        intent = for_key(typed, standing=False) if len(typed) <= 1 else None
        match = self.vocabulary.match(typed)
        return intent or (match.intent if match else None)

    def exchange(self) -> bool:
        """Play and hear one block; False when the device was lost, and the substitute is in its place."""
        played = self.mixer.render()
        try:
            mic, whole = self.room.exchange(played), True
        except DeviceLostError:
            self.lost, self.room = self.room, self.substitute()
            mic, whole = np.zeros_like(played), False  # the time of hearing goes on with that of the mixer
            self.noticing.lost()
        if self.lost is None:
            self.noticing.block(self.room, mic, played, self.mixer.now_ms)
        else:
            self.noticing.time(self.room)
        for decision in self.listener.hear(mic, played, self.mixer.audible):
            if isinstance(decision, Attend):
                self.mixer.attend(self._gain(decision.attention))
            else:
                self.heard.append(decision)
        if self.mortal is not None:
            self.noticing.ears(self.mortal.troubles())
        return whole

    def _gain(self, attention: Attention) -> float:
        if attention is Attention.DUCK:
            return float(10 ** (self.rules.duck_db / 20))
        return 0.0 if attention is Attention.MUTE else 1.0


def drive(machine: Machine, studio: Studio, observers: Iterable[Observer]) -> None:
    """Run a machine to its end. KeyboardInterrupt on the second Ctrl-C; the first is a stop."""
    usual = studio.wanted
    turn = _Drive(machine, studio, (*observers, *studio.watch(machine)))
    asking = machine if isinstance(machine, Asking) else None
    turn.begin()
    try:
        while not machine.over:
            if asking is not None:
                studio.listen_for(asking.vocabulary)
            turn.once()
    finally:
        studio.listen_for(usual)
    turn.finish()


def wait(studio: Studio, ready: Callable[[], bool]) -> None:
    """Go on serving the room until something else is ready, or what is said cannot wait: stop, distress, Ctrl-C.

    All that is heard or typed meanwhile is kept for the next machine. KeyboardInterrupt on the second Ctrl-C.
    """
    while not ready():
        pressed = studio.interrupts()
        if pressed >= 2:
            raise KeyboardInterrupt
        if pressed > studio.obeyed or studio.untaken() & URGENT:
            return
        studio.exchange()


class _Drive:
    """One machine on its way: its time zero lies at `base` of the studio's clock."""

    def __init__(self, machine: Machine, studio: Studio, observers: tuple[Observer, ...]) -> None:
        self.machine = machine
        self.studio = studio
        self.observers = observers
        self.base = studio.mixer.now_ms
        self.speaker = Speaker(studio.mixer, lambda: studio.voice)
        self.next_try: Ms = 0
        self.deaf = False  # whether the machine was told that nothing is heard
        self.keys_only = False  # or that nothing listens

    @property
    def now(self) -> Ms:
        """The machine's time at the beginning of this turn."""
        return self.studio.mixer.now_ms - self.base

    def begin(self) -> None:
        """What came between before is news to this machine."""
        self._held_up(self.now)
        if self.studio.lost is not None:
            self._receive(DeviceLost(at=self.now, what=LOST))

    def once(self) -> None:
        """One block."""
        now = self.now
        for source in (self._heard, self._typed, self._interrupted, self._returned):
            for event in source(now):  # one by one: what a key means depends on what the one before it did
                self._receive(event)
        self._perform(self.machine.advance(now + BLOCK_MS - 1))
        self.speaker.turn()
        self._exchange(now)
        for observer in self.observers:
            observer.reached(self.now)

    def finish(self) -> None:
        """Let what is still sounding be heard out."""
        while self.studio.mixer.audible(self.studio.mixer.now_ms):
            self._exchange(self.now)

    def _receive(self, event: Event) -> None:
        if isinstance(event, Command):
            self.studio.listener.told(event.intent)
        for observer in self.observers:
            observer.event(event)
        self._perform(self.machine.receive(event))

    def _heard(self, now: Ms) -> Iterator[Event]:
        heard = self.studio.heard
        while heard and not self.machine.over:
            match heard.pop(0):
                case Accepted(match=found):
                    yield found.command(now)
                case Dismissed(utterance=utterance):
                    self._unheard(now, utterance.text)
                case Unclear():
                    yield Unheard(at=now)

    def _typed(self, now: Ms) -> Iterator[Event]:
        waiting = self.studio.typed
        waiting += self.studio.typing.poll()
        while waiting and not self.machine.over:
            typed = waiting.pop(0)
            if isinstance(self.machine, Asking):
                self.studio.listen_for(self.machine.vocabulary)  # an answer may have brought another question
                if self._ahead(typed):
                    waiting.insert(0, typed)
                    self._perform(self.machine.hurry())
                    return
            intent = for_key(typed, standing=self.machine.standing) if len(typed) <= 1 else None
            match = self.studio.vocabulary.match(typed)
            if intent is not None:
                yield Command(at=now, intent=intent, via=Via.KEY, phrase=typed)
            elif match is not None:
                yield match.command(now, Via.KEY)
            elif typed.strip():
                self._unheard(now, typed)

    def _ahead(self, typed: str) -> bool:
        """Whether something is typed that can only be meant for what comes next."""
        machine = self.machine
        if not isinstance(machine, Asking) or machine.asking:
            return False
        return (self.studio.meaning(typed) or Intent.NUMBER) in ANSWERS and bool(typed.strip())

    def _unheard(self, now: Ms, text: str) -> None:
        for observer in self.observers:
            observer.unheard(now, text)

    def _interrupted(self, now: Ms) -> list[Event]:
        count = self.studio.interrupts()
        if count >= 2:
            raise KeyboardInterrupt
        fresh, self.studio.obeyed = count > self.studio.obeyed, count
        return [Command(at=now, intent=Intent.STOP, via=Via.KEY, phrase="Ctrl-C")] if fresh else []

    def _perform(self, effects: list[Effect]) -> None:
        mixer = self.studio.mixer
        for effect in effects:
            match effect:
                case Say(at=at, line=line, priority=priority):
                    self.speaker.say(self.base + at, line, priority)
                case Sound(at=at, tone=tone):
                    mixer.tone(self.base + at, tones.tone(tone.value))
                case Hush(at=at):
                    self.speaker.hush(self.base + at)
                case Volume(step=step):
                    mixer.volume(step)
                case Record() | End():
                    pass  # for the observers
        if effects:
            for observer in self.observers:
                observer.effects(effects)

    def _exchange(self, now: Ms) -> None:
        whole = self.studio.exchange()
        if not whole:
            self.deaf = False  # with the device lost that is no news any more
        self._held_up(now)
        if not whole:
            self.next_try = now + TRY_AGAIN_MS
            self._receive(DeviceLost(at=now, what=LOST))

    def _held_up(self, now: Ms) -> None:
        """Tell the machine of a sleep, of a microphone that fell silent, and when something comes from it again.

        And of ears that have failed, for a moment or for good.
        """
        noticing = self.studio.noticing
        if noticing.slept_ms:
            slept, noticing.slept_ms = noticing.slept_ms, 0
            self._receive(HeldUp(at=now, hitch=Hitch.SLEPT, ms=slept))
        if noticing.deaf != self.deaf:
            self.deaf = noticing.deaf
            self._receive(HeldUp(at=now, hitch=Hitch.DEAF) if self.deaf else DeviceBack(at=now, what=MICROPHONE))
        if noticing.missed:
            noticing.missed = False
            self._receive(DeviceBack(at=now, what=EARS))
        if noticing.keys_only and not self.keys_only:
            self.keys_only = True
            self._receive(HeldUp(at=now, hitch=Hitch.EARS))

    def _returned(self, now: Ms) -> list[Event]:
        """While the device is away, look for it now and then."""
        lost = self.studio.lost
        if lost is None or now < self.next_try or not isinstance(lost, Reopens):
            return []
        self.next_try = now + TRY_AGAIN_MS
        try:
            lost.reopen()
        except AudioError:
            return []
        self.studio.room, self.studio.lost = lost, None
        self.studio.returned()
        return [DeviceBack(at=now, what=LOST)]


class Durations:
    """How long each line takes with this voice; remembers what was asked for since the last look, for the log."""

    def __init__(self, speech_ms: Callable[[str], Ms]) -> None:
        self._speech_ms = speech_ms
        self._known: dict[Line, Ms] = {}
        self._fresh: list[tuple[Line, Ms]] = []

    def __call__(self, line: Line) -> Ms:
        """Milliseconds of a line."""
        if line not in self._known:
            self._known[line] = self._speech_ms(script.text(line))
            self._fresh.append((line, self._known[line]))
        return self._known[line]

    def fresh(self) -> list[tuple[Line, Ms]]:
        """What was asked for the first time since the last look."""
        fresh, self._fresh = self._fresh, []
        return fresh
