"""What an observer sees becomes what the screen shows, at the moment at which it sounds.

The session runs ahead of the loudspeaker: a block that is handed over waits for the blocks before it and for the sound
card. So where the session stands, and every sentence, is kept until its millisecond sounds; what she says is shown at
once. All of it is a function of what was seen and of how far the sound is; nothing here knows a clock or a browser.
"""

from __future__ import annotations

from bisect import insort
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from voice_coach import script
from voice_coach.routine.model import Ms
from voice_coach.screen import words
from voice_coach.screen.session_view import Drawn, SessionView
from voice_coach.screen.shown import Scene, Shown
from voice_coach.screen.talk_view import TalkView
from voice_coach.session.engine import Session
from voice_coach.session.events import Command, Effect, End, Event, Hush, Record, Say, Unheard
from voice_coach.session.lines import Key

HEARD_FOR: Ms = 8_000  # so long her words stand on the page
READ_FOR: Ms = 3_000  # so long a sentence stands after its end, while the session moves
CHOOSING = ("a name", "its number", "yes", "no", "stop")
NOT_UNDERSTOOD = "not understood"
# What the page tells in figures of its own.
_BEATS = frozenset({Key.NUMBER, Key.COUNT_LIFT, Key.HOLD, Key.LOWER})
_MOVING = frozenset({Scene.PREPARE, Scene.WORK, Scene.REST})

Sight = Callable[[Ms], Shown]
"""Where a machine stood, as it looks when a millisecond sounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Her words, what they were taken for, and whether anything came of them."""

    at: Ms
    words: str
    meant: str
    taken: bool


@dataclass(frozen=True, slots=True, order=True)
class _Due:
    """A sentence that begins at `at`, or silence: ""."""

    at: Ms
    saying: str
    until: Ms = 0  # it may be read so long while the session moves
    menu: bool = False  # an entry of the list of routines


class Watching:
    """An observer of one machine that gives `show` a new value whenever the page has to change.

    `late` is how many milliseconds lie between handing sound over and hearing it, now.
    """

    def __init__(self, machine: object, drawn: Drawn, show: Callable[[Shown], None], late: Callable[[], Ms]) -> None:
        self._view = SessionView(machine, drawn) if isinstance(machine, Session) else TalkView(machine)
        self._show, self._late = show, late
        self._sights: deque[tuple[Ms, Sight]] = deque([(0, self._view.now())])
        self._due: list[_Due] = []
        self._reached: Ms = 0  # handed over
        self._sounds: Ms = -1  # heard
        self._saying = _Due(0, "")
        self._menu: tuple[str, ...] = ()
        self._heard: Heard | None = None
        self._last: tuple[Shown, str, tuple[str, ...], Heard | None] | None = None

    def event(self, event: Event) -> None:
        """Something went in."""
        match event:
            case Command():
                self._heard = Heard(at=event.at, words=words.said(event), meant=words.meaning(event), taken=True)
            case Unheard():
                self._heard = Heard(at=event.at, words="", meant=NOT_UNDERSTOOD, taken=False)

    def effects(self, effects: list[Effect]) -> None:
        """Something came out; it may lie in the future."""
        for effect in effects:
            match effect:
                case Say(line=line) if line.key not in _BEATS:
                    text = script.text(line)
                    until = effect.at + script.estimated_text_ms(text) + READ_FOR
                    insort(self._due, _Due(effect.at, text, until, line.key is Key.MENU_ITEM))
                case Hush():
                    self._due = [due for due in self._due if due.at < effect.at]
                    insort(self._due, _Due(effect.at, ""))
                case Record(kind="refused") if self._heard is not None:
                    self._heard = replace(self._heard, meant=f"{self._heard.meant}: not now", taken=False)
                case End():
                    self._sights.append((effect.at, self._view.now()))
                    self._publish(effect.at)  # nothing more is handed over that could bring it to its time

    def unheard(self, at: Ms, text: str) -> None:
        """Words that meant nothing."""
        self._heard = Heard(at=at, words=text, meant=NOT_UNDERSTOOD, taken=False)

    def reached(self, now: Ms) -> None:
        """Sound was handed over up to here."""
        self._sights.append((self._reached, self._view.now()))
        self._reached = now
        self._publish(max(self._sounds, now - 1 - self._late()))

    def _publish(self, sounds: Ms) -> None:
        self._sounds = sounds
        while len(self._sights) > 1 and self._sights[1][0] <= sounds:
            self._sights.popleft()
        while self._due and self._due[0].at <= sounds:
            self._begin(self._due.pop(0))
        if self._heard is not None and self._heard.at + HEARD_FOR < self._reached:
            self._heard = None
        base = self._sights[0][1](sounds)
        look = base, self._spoken(base, sounds), self._menu, self._heard
        if look != self._last:  # most blocks change nothing
            self._last = look
            self._show(_with_words(*look))

    def _begin(self, due: _Due) -> None:
        """A sentence, or silence, begins to sound."""
        self._saying = due
        if due.menu:
            self._menu = (*self._menu, due.saying) if due.saying not in self._menu else self._menu

    def _spoken(self, base: Shown, sounds: Ms) -> str:
        """The sentence that sounds, or that may still be read."""
        return "" if base.scene in _MOVING and sounds > self._saying.until else self._saying.saying


def _with_words(shown: Shown, saying: str, menu: tuple[str, ...], heard: Heard | None) -> Shown:
    if menu and shown.scene is Scene.TALK:
        shown = replace(shown, menu=menu, can_say=CHOOSING)
    if heard is not None:
        shown = replace(shown, heard=heard.words, meant=heard.meant, taken=heard.taken)
    return replace(shown, saying=saying)
