"""The talk before the session, in a studio on virtual time: what is passed on to whoever comes next, and Ctrl-C."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from tests.hearing.scene import so_far
from tests.test_live import Keys, Witness
from tests.test_live import studio as on_virtual_time
from tests.test_live_hearing import hearing
from voice_coach import script
from voice_coach.audio.clip import Pcm
from voice_coach.audio.room import NullRoom
from voice_coach.cli.conversations import Conversations
from voice_coach.cli.interrupts import Interrupts
from voice_coach.cli.memory import Memory
from voice_coach.conversation import Choice, Chooser, SoundCheck
from voice_coach.conversation.interview import line
from voice_coach.hearing import Accepted
from voice_coach.journal import Journal
from voice_coach.live import Durations, Machine, Studio
from voice_coach.person.model import Trouble
from voice_coach.person.questions import Question
from voice_coach.routine.model import Ms
from voice_coach.session.events import Effect, Intent, Reason, Say
from voice_coach.session.lines import Key, Line
from voice_coach.studio import TextVoice

NOW = datetime(2026, 5, 4, 9, tzinfo=timezone.utc)
ASKED = 6_000  # by then the question has been read
QUESTION = Question(id="screening.near")
ADVICE = script.text(Line(Key.ADVICE_EMERGENCY))
ENDS: Ms = 3_280  # of the last sentence
OVER = [(ENDS + 40_000, "end session")]
BEGUN = ENDS - 200  # a word that ends after it
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


def test_the_third_raises_wherever_the_program_stands_and_what_was_obeyed_is_forgotten() -> None:
    pressed = Interrupts()
    for _round in range(2):
        for expected in (1, 2):
            pressed.press(2, None)
            assert pressed() == expected
        with pytest.raises(KeyboardInterrupt):
            pressed.press(2, None)
        pressed.forget(3)


class Late(NullRoom):
    """Something happens in the block in which a conversation ends."""

    def __init__(self, happens: Callable[[], None]) -> None:
        self._happens: Callable[[], None] | None = happens
        self.watched: Machine | None = None

    def exchange(self, played: Pcm) -> Pcm:
        if self._happens and self.watched is not None and self.watched.over:
            self._happens()
            self._happens = None
        return super().exchange(played)


def test_ctrl_c_in_the_block_of_her_yes_is_a_stop_for_what_comes_next() -> None:
    pressed = Interrupts()
    room = Late(lambda: pressed.press(2, None))
    studio = on_virtual_time(keys=[(4_000, "1"), (5_000, "y")], room=room)
    studio.interrupts = pressed
    held = Conversations(studio, TextVoice(), pressed)
    chooser = Chooser([Choice(routine="tiny", title="Tiny", minutes=1)], Durations(held.voice.ms))
    room.watched = chooser
    held.hold(chooser)
    assert (chooser.chosen, pressed(), studio.obeyed) == ("tiny", 1, 0)
    following = held.interview(lambda answers: QUESTION)
    held.hold(following)
    assert following.ended is Reason.ENDED
    assert (pressed(), studio.obeyed) == (0, 0)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Callable[[], Memory]]:
    """What is known of her, read anew at each call."""
    with Journal.open(tmp_path / "log", "one", lambda: NOW) as journal:
        yield lambda: Memory(journal, tmp_path / "log", lambda: NOW)


def last_word(studio: Studio, memory: Callable[[], Memory]) -> list[str]:
    """Hold a last sentence, then the end; what was said in between, or typed."""
    said: list[str] = []
    pressed = Interrupts()
    held = Conversations(studio, TextVoice(), pressed)
    held.hold(held.interview(lambda answers: None, outro=(line("interview.until_next"),)))
    studio.watch = lambda machine: [Told(said)]
    held.last_word(memory)
    return said


class Told(Witness):
    """What went in and what was said, as text."""

    def __init__(self, said: list[str]) -> None:
        super().__init__()
        self._said = said

    def effects(self, effects: list[Effect]) -> None:
        self._said += [script.text(each.line) for each in effects if isinstance(each, Say)]


def test_without_a_word_nothing_comes_after_the_last_sentence(memory: Callable[[], Memory]) -> None:
    studio = on_virtual_time()
    assert last_word(studio, memory) == []
    assert studio.mixer.now_ms == ENDS
    assert memory().person.incidents == ()


@pytest.mark.parametrize(("said", "typed"), [(["stop", "chest pain"], []), ([], ["q", "c"])])
def test_distress_that_nobody_has_taken_is_answered_before_the_end(
    memory: Callable[[], Memory], said: list[str], typed: list[str]
) -> None:
    studio = on_virtual_time([(ENDS, words) for words in said], keys=[*((ENDS, key) for key in typed), *OVER])
    assert last_word(studio, memory)[:2] == [ADVICE, ADVICE]
    assert [each.trouble for each in memory().person.incidents] == [Trouble.EMERGENCY]


def test_what_is_being_said_at_the_end_is_heard_out(memory: Callable[[], Memory]) -> None:
    spoken = (BEGUN, ENDS + 200)
    studio = hearing([so_far(ENDS + 100, "chest pain")], [spoken], keys=OVER)
    assert last_word(studio, memory)[:1] == [ADVICE]
    assert [each.trouble for each in memory().person.incidents] == [Trouble.EMERGENCY]


def test_talk_that_goes_on_keeps_nobody(memory: Callable[[], Memory]) -> None:
    studio = hearing([], [(BEGUN, 50_000)])
    assert last_word(studio, memory) == []
    assert studio.mixer.now_ms == ENDS + studio.rules.other_words
