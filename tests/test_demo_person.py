"""The synthetic person of the demo: heard, or saying it again, or at the keys; no session is left standing."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.sessions import tiny_plan
from tests.test_live import Voice, Witness, studio
from voice_coach.audio.room import RehearsalRoom
from voice_coach.demo import PATIENCE, STANDS, TRIES, Person, Wish
from voice_coach.live import Durations, drive
from voice_coach.routine.model import Ms
from voice_coach.session.engine import Session
from voice_coach.session.events import Command, Event, Intent, Start, Via
from voice_coach.session.state import Flow

LONGEST: Ms = 3_600_000


class Told(Witness):
    """Keeps what happened, and ends a session that would run for ever."""

    def reached(self, now: Ms) -> None:
        assert now < LONGEST

    def gave(self, intent: Intent) -> list[Command]:
        return [event for event in self.events if isinstance(event, Command) and event.intent is intent]


def held(said: Iterable[tuple[Ms, str]], *wishes: Wish) -> tuple[Person, Told, list[str]]:
    """A whole session with her: what the ears hear is scripted, so they hear her only where the script says so."""
    room, voice, told, lines = RehearsalRoom(), Voice(), Told(), list[str]()
    where = studio(said, room=room)
    session = Session(tiny_plan(), Durations(voice.length))
    person = Person(session, room, voice.clip, lambda _at, what: lines.append(what), wishes)
    where.typing = person
    begin: Event = Start(at=0)
    session.receive(begin)
    drive(session, where, [told, person])
    return person, told, lines


def at(moment: Ms, words: str, intent: Intent) -> Wish:
    return Wish(words=words, intent=intent, when=lambda _session, now: now >= moment)


def test_heard_at_once_she_is_content() -> None:
    person, told, lines = held([(8_500, "how long")], at(8_000, "how long", Intent.HOW_LONG))
    assert (person.said, person.heard, person.mistaken) == (1, 1, 0)
    assert lines == ['says "how long"']
    assert [command.via for command in told.gave(Intent.HOW_LONG)] == [Via.VOICE]


def test_not_heard_she_repeats_herself_and_presses_the_key() -> None:
    person, told, lines = held([], at(8_000, "how long", Intent.HOW_LONG))
    assert (person.said, person.heard) == (TRIES, 0)
    assert lines[-1] == "(she presses the key 't')"
    (command,) = told.gave(Intent.HOW_LONG)
    assert command.via is Via.KEY
    assert 8_000 + TRIES * PATIENCE <= command.at < 8_000 + TRIES * (PATIENCE + 1_000)


def test_a_wish_whose_key_means_something_else_by_now_is_given_up() -> None:
    again = Wish(words="pause", intent=Intent.PAUSE, when=lambda session, _now: session.state.flow is Flow.PAUSED)
    person, told, lines = held([(9_000, "pause")], again)
    assert person.said == TRIES
    assert lines[-2:] == ["(she presses the key ' ')", '(she gives up on "pause")']
    assert len(told.gave(Intent.PAUSE)) == len(told.gave(Intent.RESUME)) == 1  # the space bar resumed


@pytest.mark.parametrize(
    ("words", "keys"),
    [("pause", [Intent.RESUME]), ("dizzy", [Intent.FALSE_ALARM, Intent.RESUME]), ("stop", [Intent.RESUME])],
)
def test_what_she_did_not_say_does_not_end_the_session(words: str, keys: list[Intent]) -> None:
    person, told, lines = held([(9_000, words)])
    pressed = [event.intent for event in told.events if isinstance(event, Command) and event.via is Via.KEY]
    assert pressed == keys, lines
    assert (person.said, person.mistaken) == (0, 1)
    (mistake,) = (event for event in told.events if isinstance(event, Command) and event.via is Via.VOICE)
    first = next(event for event in told.events if isinstance(event, Command) and event.via is Via.KEY)
    assert first.at - mistake.at >= STANDS
