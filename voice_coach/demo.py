"""The main job with no hardware: a real routine, the coach's real voice, and a synthetic person who talks to it.

The person's voice is another one than the coach's and reaches the microphone together with the coach's echo; what she
says goes through the canceller, the recogniser and the matcher like anything else. What is not heard is shown as such;
then she says it again, as a person would, and after three times she presses the key. Where something that she did not
say stopped the session, she gets it going again by key, so that a demo always comes to its end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from voice_coach.audio.clip import Clip
from voice_coach.audio.room import RehearsalRoom
from voice_coach.commands import KEYS
from voice_coach.routine.model import Ms
from voice_coach.session.engine import Session
from voice_coach.session.events import Command, Effect, Event, Intent, Via
from voice_coach.session.state import Place

PATIENCE: Ms = 2_500  # after her last sound: then it was not heard
TRIES = 3
STANDS: Ms = 20_000  # she did not want the session to stand still for this long
_ON = {Place.PAUSED: Intent.RESUME, Place.STOPPED: Intent.RESUME, Place.DISTRESS: Intent.FALSE_ALARM}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Something the person says, what she means by it, and when she says it."""

    words: str
    intent: Intent
    when: Callable[[Session, Ms], bool]


def _at_work(reps: int = 0, after: Ms = 0, exercise: str = "") -> Callable[[Session, Ms], bool]:
    def when(session: Session, now: Ms) -> bool:
        state = session.state
        if session.place is not Place.WORK or state.main is None or exercise not in session.exercise():
            return False
        return state.reps >= reps and state.main.offset(now) >= after

    return when


def _at_rest(after: Ms) -> Callable[[Session, Ms], bool]:
    def when(session: Session, now: Ms) -> bool:
        main = session.state.main
        return session.place is Place.REST and main is not None and main.offset(now) >= after

    return when


def _while(place: Place, after: Ms) -> Callable[[Session, Ms], bool]:
    def when(session: Session, now: Ms) -> bool:
        waiting = session.state.waiting
        return session.place is place and waiting is not None and waiting.offset(now) >= after

    return when


WISHES = (
    Wish(words="how long", intent=Intent.HOW_LONG, when=_at_work(after=6_000)),
    Wish(words="easier", intent=Intent.EASIER, when=_at_work(reps=1, after=6_300, exercise="chair")),
    Wish(words="pause", intent=Intent.PAUSE, when=_at_work(reps=3, exercise="chair")),
    Wish(words="resume", intent=Intent.RESUME, when=_while(Place.PAUSED, 5_000)),
    Wish(words="what's next", intent=Intent.WHATS_NEXT, when=_at_rest(8_000)),
    Wish(words="how many left", intent=Intent.HOW_MANY_LEFT, when=_at_work(reps=2, after=12_500)),
    Wish(words="stop", intent=Intent.STOP, when=_at_work(reps=3)),
    Wish(words="resume", intent=Intent.RESUME, when=_while(Place.STOPPED, 6_000)),
)


class Person:
    """The synthetic person: an observer of the session that speaks into the room, and a keyboard."""

    def __init__(
        self,
        session: Session,
        room: RehearsalRoom,
        clip: Callable[[str], Clip],
        write: Callable[[Ms, str], None],
        wishes: tuple[Wish, ...] = WISHES,
    ) -> None:
        self._session, self._room, self._clip, self._write = session, room, clip, write
        self._wishes = list(wishes)
        self._tries = 0
        self._waits_until: Ms | None = None
        self._keys: list[str] = []
        self._stood_since: Ms | None = None
        self.said = 0
        self.heard = 0
        self.mistaken = 0

    def poll(self) -> list[str]:
        """The keys she pressed, as `keyboard.Typing` has it."""
        keys, self._keys = self._keys, []
        return keys

    def event(self, event: Event) -> None:
        """If the coach took the command she meant, she is content; anything else that it took was a mistake."""
        if not isinstance(event, Command):
            return
        if self._wishes and self._waits_until is not None and event.intent is self._wishes[0].intent:
            self.heard += event.via is Via.VOICE
            self._next()
        else:
            self.mistaken += event.via is Via.VOICE

    def effects(self, effects: list[Effect]) -> None:
        """She does not mind what the coach says."""

    def unheard(self, at: Ms, text: str) -> None:
        """Nor what it did not understand."""

    def reached(self, now: Ms) -> None:
        """Speak when the moment has come, again when nothing happened, at last press the key, and then let it be."""
        if self._waits_until is None:
            if self._wishes and self._wishes[0].when(self._session, now):
                self._speak(self._wishes[0], now)
            self._get_going(now)
        elif now >= self._waits_until:
            wish = self._wishes[0]
            if self._tries > TRIES:
                self._write(now, f'(she gives up on "{wish.words}")')
                self._next()
                return
            self._write(now, f'("{wish.words}" was not heard)')
            if self._tries < TRIES:
                self._speak(wish, now)
            else:
                self._press(wish.intent, now)
                self._tries += 1
                self._waits_until = now + PATIENCE

    def _get_going(self, now: Ms) -> None:
        wanted = _ON.get(self._session.place)
        if wanted is None or self._waits_until is not None:
            self._stood_since = None
        elif self._stood_since is None:
            self._stood_since = now
        elif now - self._stood_since >= STANDS:
            self._stood_since = None
            self._press(wanted, now)

    def _press(self, intent: Intent, now: Ms) -> None:
        key = next(key for key, meant in KEYS.items() if meant is intent)
        self._write(now, f"(she presses the key {key!r})")
        self._keys.append(key)

    def _speak(self, wish: Wish, now: Ms) -> None:
        clip = self._clip(wish.words)
        self._room.say(self._room.now_ms, clip)
        self._write(now, f'says "{wish.words}"')
        self._tries += 1
        self.said += 1
        self._waits_until = now + clip.ms + PATIENCE

    def _next(self) -> None:
        self._wishes.pop(0)
        self._tries, self._waits_until = 0, None
