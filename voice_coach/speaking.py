"""What is said goes from the voice to the mixer; where the voice is late or dead, a tone sounds in its place.

A sentence whose clip comes after all is said where it is still of use: advice always, chatter while the mixer would
take it, a count only while it is on its beat for the ear. The words stand on the screen in any case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from voice_coach import script
from voice_coach.audio import tones
from voice_coach.audio.clip import BLOCK_MS, Clip
from voice_coach.audio.mixer import LATEST_MS, Mixer
from voice_coach.routine.model import Ms
from voice_coach.session.events import Effect, Event, Priority
from voice_coach.session.lines import Key, Line

COUNT_LATEST_MS = 60  # an onset that is later is heard as beside its tone
READ_AFTER_MS = 300  # chatter may begin so late before a tone says that there is something to read
PIPS = {Key.NUMBER: "count", Key.COUNT_LIFT: "count", Key.THREE_MORE: "three more", Key.LAST_ONE: "last one"}
VOICE = "voice"  # the kind of a note in the log
MANY = 50  # sentences that may be waited for; the oldest are forgotten


class Speaking(Protocol):
    """The part of a voice that is needed here."""

    def clip(self, text: str) -> Clip | None:
        """The sound of a text; None where it is not there in time."""


@runtime_checkable
class ComesLater(Protocol):
    """A voice whose clips may come after they were asked for."""

    def come(self, text: str) -> Clip | None:
        """The sound of a text that was asked for before, if it is there by now."""


class News(Protocol):
    """The voice has failed, and why; or it works again."""

    @property
    def works(self) -> bool:
        """Which of the two."""

    @property
    def why(self) -> str:
        """In a sentence, or ""."""


@runtime_checkable
class Fallible(Protocol):
    """A voice that may fail, and tells."""

    def news(self) -> Sequence[News]:
        """What has changed since the last look."""


class VoiceNotes:
    """An observer that notes in the log when the voice fails, and when it works again."""

    def __init__(self, voice: Speaking, note: Callable[[str, dict[str, str | int | bool | None]], None]) -> None:
        self._voice = voice if isinstance(voice, Fallible) else None
        self._note = note

    def event(self, event: Event) -> None:
        """Of no interest."""

    def effects(self, effects: list[Effect]) -> None:
        """Of no interest."""

    def unheard(self, at: Ms, text: str) -> None:
        """Of no interest."""

    def reached(self, now: Ms) -> None:
        """A block is over: look whether something has changed."""
        for each in self._voice.news() if self._voice else ():
            self._note(VOICE, {"works": each.works, "why": each.why})


@dataclass(slots=True)
class _Missing:
    """A sentence without a clip, due at `at` of the mixer's time."""

    at: Ms
    line: Line
    words: str
    priority: Priority
    toned: bool = False

    @property
    def tone(self) -> str | None:
        """What takes its place; None where a tone of the session says the same."""
        if self.priority is Priority.SAFETY:
            return "alarm"
        return PIPS.get(self.line.key) if self.priority is Priority.COUNT else "read"

    @property
    def tone_at(self) -> Ms:
        return self.at + (READ_AFTER_MS if self.priority is Priority.TALK else 0)

    def of_use(self, now: Ms) -> bool:
        if self.priority is Priority.SAFETY:
            return True
        return now <= self.at + (COUNT_LATEST_MS if self.priority is Priority.COUNT else LATEST_MS)


@dataclass(slots=True)
class Speaker:
    """Says lines through a mixer. `turn` is to be called before each block, and never waits for the voice."""

    mixer: Mixer
    voice: Callable[[], Speaking]
    replaced: int = 0  # sentences in whose place a tone sounded
    came_late: int = 0
    _missing: list[_Missing] = field(default_factory=list)
    _advice_ends: Ms = 0  # advice that came late is said one sentence after the other

    def say(self, at: Ms, line: Line, priority: Priority) -> None:
        """Say a line at `at` of the mixer's time, or when it is there."""
        words = script.text(line)
        clip = self.voice().clip(words)
        if clip is not None:
            self.mixer.say(at, clip, priority, words)
        else:
            self._missing = [*self._missing[1 - MANY :], _Missing(at, line, words, priority)]

    def hush(self, at: Ms) -> None:
        """Be silent from `at`: what has not come by now is not waited for."""
        self._missing.clear()
        self._advice_ends = 0
        self.mixer.hush(at)

    def turn(self) -> None:
        """Before a block: say what has come, let a tone sound for what has not."""
        if not self._missing:
            return
        now, voice = self.mixer.now_ms, self.voice()
        still = []
        for each in self._missing:
            clip = voice.come(each.words) if isinstance(voice, ComesLater) else None
            if clip is not None and each.of_use(now):
                self._late(each, clip, now)
                continue
            if not each.toned and each.tone_at < now + BLOCK_MS:
                each.toned = True
                if each.tone:
                    self.replaced += 1
                    self.mixer.tone(each.tone_at, tones.tone(each.tone))
            if each.of_use(now):
                still.append(each)
        self._missing = still

    def _late(self, each: _Missing, clip: Clip, now: Ms) -> None:
        at = max(each.at, now) if each.priority is Priority.SAFETY else each.at
        if each.priority is Priority.SAFETY:
            at = max(at, self._advice_ends)
            self._advice_ends = at + clip.ms
        self.came_late += each.at < now
        self.mixer.say(at, clip, each.priority, each.words)
