"""The talk before the session, in a studio on virtual time: what is passed on to whoever comes next, and Ctrl-C."""

from __future__ import annotations

import pytest

from tests.hearing.scene import so_far
from tests.test_live import Keys
from tests.test_live_hearing import hearing
from voice_coach.cli.conversations import Conversations
from voice_coach.cli.interrupts import Interrupts
from voice_coach.conversation import SoundCheck
from voice_coach.hearing import Accepted
from voice_coach.live import Studio
from voice_coach.session.events import Intent
from voice_coach.studio import TextVoice

ASKED = 6_000  # by then the question has been read
SAID = ((ASKED, ASKED + 300),)


class Hand(Keys):
    """Presses keys, and Ctrl-C at the first look after its moments."""

    def __init__(self, pressed: Interrupts, moments: list[int]) -> None:
        super().__init__([])
        self._pressed = pressed
        self._moments = moments

    def poll(self) -> list[str]:
        while self._moments and self._moments[0] <= self.clock():
            self._moments.pop(0)
            self._pressed.press(2, None)
        return super().poll()


def talk(studio: Studio, ctrl_c: tuple[int, ...] = ()) -> tuple[SoundCheck, Interrupts]:
    """The check, held."""
    pressed = Interrupts()
    hand = Hand(pressed, list(ctrl_c))
    assert isinstance(studio.typing, Keys)
    hand.script, hand.clock = studio.typing.script, studio.typing.clock
    studio.typing, studio.interrupts = hand, pressed
    return Conversations(studio, TextVoice(), pressed).introduce(keeping=False, ask=True), pressed


def test_a_word_that_is_heard_is_enough_and_is_not_passed_on() -> None:
    studio = hearing([so_far(ASKED + 100, "pause")], SAID)
    check, _ = talk(studio)
    assert (check.heard, check.unanswered, check.urgent) == (True, False, None)
    assert (studio.heard, studio.typed) == ([], [])


@pytest.mark.parametrize(("words", "intent"), [("stop", Intent.STOP), ("i feel dizzy", Intent.DIZZY)])
def test_what_cannot_wait_is_said_to_the_next_as_a_voice(words: str, intent: Intent) -> None:
    studio = hearing([so_far(ASKED + 100, words)], SAID)
    check, _ = talk(studio)
    assert check.urgent is not None and not check.heard
    assert studio.typed == []
    passed = studio.heard[0]
    assert isinstance(passed, Accepted)
    assert (passed.match.intent, passed.match.phrase) == (intent, words)


@pytest.mark.parametrize("key", ["q", "!", "stop"])
def test_what_cannot_wait_is_typed_to_the_next_as_a_key(key: str) -> None:
    studio = hearing([], keys=[(ASKED, key)])
    check, _ = talk(studio)
    assert check.urgent is not None
    assert (studio.typed, studio.heard) == ([key], [])


def test_a_key_that_can_wait_is_not_passed_on() -> None:
    studio = hearing([], keys=[(ASKED, " ")])
    check, _ = talk(studio)
    assert check.over and check.urgent is None
    assert (studio.typed, studio.heard) == ([], [])


def test_ctrl_c_is_a_stop_for_the_next_who_ends_at_the_second() -> None:
    studio = hearing([])
    check, pressed = talk(studio, ctrl_c=(ASKED,))
    assert check.urgent is not None and check.urgent.intent is Intent.STOP
    assert studio.typed == ["stop"]
    assert (pressed(), studio.obeyed) == (1, 1)  # it is not taken for another one
    check, pressed = talk(hearing([]))
    assert (pressed(), check.unanswered) == (0, True)


def test_the_second_ctrl_c_ends_it_at_once() -> None:
    with pytest.raises(KeyboardInterrupt):
        talk(hearing([]), ctrl_c=(ASKED, ASKED))


def test_the_third_raises_wherever_the_program_stands_and_a_reset_forgets() -> None:
    pressed = Interrupts()
    for _round in range(2):
        for expected in (1, 2):
            pressed.press(2, None)
            assert pressed() == expected
        with pytest.raises(KeyboardInterrupt):
            pressed.press(2, None)
        pressed.reset()
