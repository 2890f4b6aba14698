"""What shall I do today? The choice with a proposal: told with its reasons, offered, and never in the way."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

import pytest

from voice_coach import script
from voice_coach.cli.common import vocabulary
from voice_coach.commands import Vocabulary, spoken_names
from voice_coach.conversation import Choice, Chooser, Proposed
from voice_coach.conversation.choose import ASKS, ASKS_SHORT, ASKS_TODAY, ASKS_WEEK, MY_WEEK, TYPED
from voice_coach.session.events import Effect, Intent, Say, Sound, Start, Tone
from voice_coach.session.lines import Key, Line

MODEL_WORDS = Path(__file__).resolve().parents[2] / "models" / "coach-en" / "graph" / "words.txt"
CHOICES = (
    Choice(routine="bones", title="Bone snack", minutes=10),
    Choice(routine="chair", title="First week chair", minutes=25),
)
NAMES = spoken_names([("bones", "Bone snack", ["snack"]), ("chair", "First week chair", ["easy one"])])
WORDS = Vocabulary({**ASKS, **NAMES})
WHY = (Line(Key.TALK, ("week.strength",)), Line(Key.TALK, ("week.or_rest",)))
REST = (Line(Key.TALK, ("week.trained",)),)
CONFIRM = Line(Key.CONFIRM, ("First week chair", 25))
MAY_ASK = Line(Key.TALK, ("interview.ask_today",))
ASKED, LATER = 30_000, 60_000  # the menu has been read; and an answer to it


class Talk:
    """A conversation: words at moments; `effects` is all that came of it."""

    def __init__(self, proposed: Proposed | None) -> None:
        self.chooser = Chooser(CHOICES, script.estimated_ms, proposed)
        self.effects = [*self.chooser.receive(Start(at=0)), *self.chooser.advance(ASKED)]

    def say(self, at: int, words: str) -> list[Effect]:
        match = WORDS.match(words)
        assert match is not None, words
        return self.take(self.chooser.receive(match.command(at)))

    def lines(self, until: int) -> list[Line]:
        """What is said from now on up to a moment."""
        found = self.take(self.chooser.advance(until))
        return [effect.line for effect in found if isinstance(effect, Say)]

    def take(self, effects: list[Effect]) -> list[Effect]:
        self.effects += effects
        return effects


@pytest.fixture
def talk() -> Talk:
    return Talk(Proposed(routine="chair", say=WHY))


def told(talk: Talk) -> list[Line]:
    return [effect.line for effect in talk.effects if isinstance(effect, Say)]


@pytest.mark.parametrize("words", ASKS_TODAY)
def test_it_is_answered_with_its_reasons_and_offered_and_yes_takes_it(talk: Talk, words: str) -> None:
    talk.say(ASKED, words)
    assert talk.lines(ASKED + 20_000)[:3] == [*WHY, CONFIRM]
    assert not talk.chooser.over
    talk.say(LATER, "yes")
    assert (talk.chooser.over, talk.chooser.chosen) == (True, "chair")


def test_the_menu_says_that_it_can_be_asked_and_only_where_there_is_a_proposal(talk: Talk) -> None:
    assert told(talk).count(MAY_ASK) == 1
    assert told(talk).index(MAY_ASK) < told(talk).index(Line(Key.MENU_ASK))
    without = Talk(None)
    assert MAY_ASK not in told(without)
    assert without.say(ASKED, "today") == [Sound(at=ASKED, tone=Tone.NOT_NOW)]


def test_no_goes_back_to_the_menu_and_another_one_can_be_chosen(talk: Talk) -> None:
    talk.say(ASKED, "today")
    talk.say(ASKED + 15_000, "no")
    assert Line(Key.MENU_ITEM, (1, "Bone snack")) in talk.lines(LATER)
    assert talk.say(LATER, "yes") == [Sound(at=LATER, tone=Tone.NOT_NOW)]
    talk.say(LATER + 1_000, "one")
    talk.say(LATER + 2_000, "yes")
    assert talk.chooser.chosen == "bones"


def test_another_name_after_the_proposal_is_the_one_that_counts(talk: Talk) -> None:
    talk.say(ASKED, "today")
    talk.say(ASKED + 1_000, "snack")
    talk.say(ASKED + 2_000, "yes")
    assert talk.chooser.chosen == "bones"


@pytest.mark.parametrize("routine", ["", "somewhere else"])
def test_where_rest_is_proposed_nothing_is_offered(routine: str) -> None:
    """Nor where what is proposed is not on the menu. She may still choose."""
    talk = Talk(Proposed(routine=routine, say=REST))
    talk.say(ASKED, "two")
    talk.say(ASKED + 1_000, "today")
    assert talk.lines(ASKED + 20_000)[:2] == [*REST, Line(Key.MENU_ASK)]
    assert talk.say(LATER, "yes")[-1] == Sound(at=LATER, tone=Tone.NOT_NOW)
    talk.say(LATER + 1_000, "two")
    talk.say(LATER + 2_000, "yes")
    assert talk.chooser.chosen == "chair"


def test_distress_after_a_proposal_takes_it_back(talk: Talk) -> None:
    talk.say(ASKED, "today")
    talk.say(ASKED + 1_000, "i feel dizzy")
    assert talk.chooser.urgent is not None and talk.chooser.urgent.intent is Intent.DIZZY
    talk.say(ASKED + 9_000, "yes")
    assert talk.chooser.chosen is None
    talk.say(ASKED + 10_000, "false alarm")
    assert talk.say(ASKED + 11_000, "yes")[-1] == Sound(at=ASKED + 11_000, tone=Tone.NOT_NOW)
    assert not talk.chooser.over


WEEK = (Line(Key.TALK, ("week.strength_on", "today", 3)), Line(Key.TALK, ("week.free",)))
SHORT = (Line(Key.TALK, ("week.snack",)),)


@pytest.fixture
def weekly() -> Talk:
    short = Proposed(routine="bones", say=SHORT)
    return Talk(Proposed(routine="chair", say=WHY, short=short, back={MY_WEEK: WEEK}))


@pytest.mark.parametrize("words", ASKS_SHORT)
def test_something_short_is_offered_with_its_reason_and_yes_takes_it(weekly: Talk, words: str) -> None:
    weekly.say(ASKED, words)
    assert weekly.lines(ASKED + 15_000)[:2] == [*SHORT, Line(Key.CONFIRM, ("Bone snack", 10))]
    weekly.say(LATER, "yes")
    assert weekly.chooser.chosen == "bones"


@pytest.mark.parametrize("words", ASKS_WEEK)
def test_the_week_is_told_and_the_question_goes_on(weekly: Talk, words: str) -> None:
    weekly.say(ASKED, words)
    assert weekly.lines(ASKED + 20_000)[:3] == [*WEEK, Line(Key.MENU_ASK)]
    assert weekly.say(LATER, "yes")[-1] == Sound(at=LATER, tone=Tone.NOT_NOW)  # nothing was offered
    weekly.say(LATER + 1_000, "something short")
    weekly.say(LATER + 2_000, "yes")
    assert weekly.chooser.chosen == "bones"


def test_help_says_what_else_can_be_asked(weekly: Talk) -> None:
    weekly.say(ASKED, "help")
    assert Line(Key.TALK, ("week.ask",)) in weekly.lines(LATER)


@pytest.mark.parametrize("words", [*ASKS_SHORT, *ASKS_WEEK])
def test_without_a_plan_they_are_not_now(words: str) -> None:
    assert Talk(Proposed(routine="chair", say=WHY)).say(ASKED, words) == [Sound(at=ASKED, tone=Tone.NOT_NOW)]


def test_what_can_be_asked_is_known_to_the_model_and_what_sounds_like_something_else_is_for_typing_alone() -> None:
    known = {line.split(" ")[0] for line in MODEL_WORDS.read_text(encoding="utf-8").splitlines()}
    assert {word for phrase in ASKS for word in phrase.split()} <= known
    words = vocabulary([], today=True)
    assert set(ASKS) <= set(words.phrases)
    assert not set(TYPED) & set(words.phrases)
    for phrase, asked in {**ASKS, **TYPED}.items():
        match = words.match(phrase)
        assert match is not None and (match.intent, match.name) == (Intent.ROUTINE, asked), phrase
    assert vocabulary([]).match("i'm busy") is None


def test_no_phrase_is_spelt_nearly_like_one_of_another_meaning() -> None:
    table = {each: words.match(each) for words in [vocabulary([], today=True)] for each in words.phrases}
    for phrase, asked in ASKS.items():
        for other, match in table.items():
            if match is not None and match.name != asked and len(other) > 3:
                assert SequenceMatcher(None, phrase, other).ratio() < 0.85, (phrase, other)
