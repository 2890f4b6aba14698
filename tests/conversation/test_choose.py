"""Which routine today? By number, by name, with silence, with no, and with words of distress."""

from __future__ import annotations

import pytest

from voice_coach import script
from voice_coach.commands import PHRASES, Vocabulary, spoken_names
from voice_coach.conversation import Choice, Chooser
from voice_coach.conversation.frame import ANSWER_WITHIN, LONGEST
from voice_coach.session import waiting
from voice_coach.session.events import (
    DISTRESS,
    Command,
    Effect,
    End,
    Hush,
    Intent,
    Record,
    Say,
    Sound,
    Start,
    Tone,
    Volume,
)
from voice_coach.session.lines import Key, Line

CHOICES = (
    Choice(routine="bones", title="Bone snack", minutes=10),
    Choice(routine="chair", title="First week chair", minutes=25),
)
WORDS = Vocabulary(spoken_names([("bones", "Bone snack", ["snack"]), ("chair", "First week chair", ["easy one"])]))
MENU = [Line(Key.MENU_ITEM, (1, "Bone snack")), Line(Key.MENU_ITEM, (2, "First week chair")), Line(Key.MENU_ASK)]
ASKED = 30_000  # by then the menu has been read


class Talk:
    """A conversation: words at moments; `effects` is all that came of it."""

    def __init__(self) -> None:
        self.chooser = Chooser(CHOICES, script.estimated_ms)
        self.effects = self.chooser.receive(Start(at=0))

    def say(self, at: int, words: str) -> list[Effect]:
        match = WORDS.match(words)
        assert match is not None, words
        return self.take(self.chooser.receive(match.command(at)))

    def until(self, at: int) -> list[Effect]:
        return self.take(self.chooser.advance(at))

    def take(self, effects: list[Effect]) -> list[Effect]:
        self.effects += effects
        return effects

    @property
    def end(self) -> str:
        return next((effect.reason.value for effect in self.effects if isinstance(effect, End)), "")


def lines(effects: list[Effect]) -> list[Line]:
    return [effect.line for effect in effects if isinstance(effect, Say)]


def test_it_greets_names_the_routines_and_asks() -> None:
    assert lines(Talk().until(ASKED - 10_000)) == [Line(Key.GREETING), Line(Key.MENU_INTRO), *MENU]


@pytest.mark.parametrize(
    ("words", "routine"),
    [
        ("one", "bones"), ("two", "chair"), ("2", "chair"), ("bone snack", "bones"), ("snack please", "bones"),
        ("first week chair", "chair"), ("easy one", "chair"), ("routine two", "chair"), ("number one", "bones"),
    ],
)  # fmt: skip
def test_a_routine_by_number_name_or_alias_is_confirmed_first(words: str, routine: str) -> None:
    talk = Talk()
    talk.until(ASKED)
    assert isinstance(talk.say(ASKED, words)[0], Hush)
    assert not talk.chooser.over
    chosen = next(choice for choice in CHOICES if choice.routine == routine)
    assert lines(talk.until(ASKED + 8_000)) == [Line(Key.CONFIRM, (chosen.title, chosen.minutes))]
    talk.say(ASKED + 8_000, "yes")
    assert (talk.chooser.over, talk.chooser.chosen, talk.end) == (True, routine, "completed")


def test_she_may_choose_while_the_menu_is_still_being_read() -> None:
    talk = Talk()
    talk.say(2_000, "two")
    assert lines(talk.until(20_000))[0].key is Key.CONFIRM
    assert Line(Key.MENU_ASK) not in lines(talk.effects)


def test_no_reads_the_menu_again_and_forgets_the_offer() -> None:
    talk = Talk()
    talk.say(ASKED, "two")
    talk.say(ASKED + 5_000, "no")
    assert lines(talk.until(ASKED + 20_000)) == [Line(Key.MENU_INTRO), *MENU]
    assert talk.say(ASKED + 20_000, "yes") == [Sound(at=ASKED + 20_000, tone=Tone.NOT_NOW)]
    talk.say(ASKED + 21_000, "one")
    talk.say(ASKED + 22_000, "yes")
    assert talk.chooser.chosen == "bones"


def test_the_last_choice_counts() -> None:
    talk = Talk()
    for at, words in enumerate(("one", "two", "yes")):
        talk.say(ASKED + at, words)
    assert talk.chooser.chosen == "chair"


@pytest.mark.parametrize("words", ["stop", "end session"])
def test_stop_says_goodbye(words: str) -> None:
    talk = Talk()
    talk.say(4_000, "one")
    talk.say(5_000, words)
    assert lines(talk.until(20_000)) == [Line(Key.MENU_BYE)]
    assert (talk.chooser.over, talk.chooser.chosen, talk.end) == (True, None, "ended by the person")


def test_silence_is_reminded_twice_and_then_ends() -> None:
    talk = Talk()
    said = lines(talk.until(10**7))
    assert said[-3:] == [Line(Key.MENU_AGAIN), Line(Key.MENU_KEYS), Line(Key.MENU_BYE)]
    assert (talk.chooser.over, talk.chooser.chosen, talk.end) == (True, None, "no answer")
    times = [effect.at for effect in talk.effects if isinstance(effect, Say)][-3:]
    assert [times[1] - times[0], times[2] - times[0]] == [ANSWER_WITHIN, LONGEST - ANSWER_WITHIN]
    assert talk.chooser.deadline is None


def test_after_an_offer_silence_never_begins_a_session() -> None:
    talk = Talk()
    talk.say(ASKED, "two")
    talk.until(10**7)
    assert (talk.chooser.chosen, talk.end) == (None, "no answer")


@pytest.mark.parametrize("intent", DISTRESS)
def test_distress_brings_the_advice_and_no_training(intent: Intent) -> None:
    talk = Talk()
    talk.say(ASKED, "one")
    talk.until(ASKED + 1_000)
    first = talk.say(ASKED + 1_000, PHRASES[intent][0])
    assert [type(effect) for effect in first] == [Hush, Record]
    talk.until(ASKED + 2_000)
    for at, words in enumerate(("yes", "two", "no", "pause", "resume", "go back")):
        assert talk.say(ASKED + 2_000 + at, words) == []
    talk.until(10**7)
    said = lines([effect for effect in talk.effects if effect.at > ASKED + 1_000])
    assert said[:2] == [Line(waiting.ADVICE[intent])] * 2
    assert {line.key for line in said} <= {waiting.ADVICE[intent], Key.GETTING_HELP, Key.FALSE_ALARM_HINT}
    assert (talk.chooser.chosen, talk.end) == (None, "distress")
    spoken = [effect for effect in talk.effects if isinstance(effect, Say) and effect.at > ASKED + 1_000]
    assert {effect.priority.name for effect in spoken} == {"SAFETY"}


def test_a_false_alarm_asks_again() -> None:
    talk = Talk()
    talk.say(ASKED, "i feel dizzy")
    talk.say(ASKED + 20_000, "false alarm")
    assert lines(talk.until(ASKED + 35_000))[-3:] == MENU
    talk.say(ASKED + 36_000, "two")
    talk.say(ASKED + 37_000, "yes")
    assert talk.chooser.chosen == "chair"


def test_in_distress_stop_silences_and_end_ends_at_once() -> None:
    talk = Talk()
    talk.say(ASKED, "my chest hurts")
    talk.until(ASKED + 2_000)
    assert talk.say(ASKED + 2_000, "stop") == [Hush(at=ASKED + 2_000)]
    assert not talk.chooser.over
    talk.say(ASKED + 3_000, "end session")
    assert (talk.chooser.over, talk.chooser.chosen, talk.end) == (True, None, "distress")
    assert lines(talk.until(10**7)) == []


# What every other word does while the question stands: a tone and nothing else, or what is listed here.
MEANS = {
    Intent.PAUSE: (Hush, Sound), Intent.STOP: (Hush, Sound), Intent.END: (Hush, Sound), Intent.NO: (Hush, Sound),
    Intent.REPEAT: (Hush, Sound), Intent.HELP: (Hush, Sound), Intent.BACK: (Hush, Sound),
    Intent.NUMBER: (Hush, Sound), Intent.ROUTINE: (Hush, Sound),
    Intent.LOUDER: (Volume,), Intent.QUIETER: (Volume,), **dict.fromkeys(DISTRESS, (Hush, Record)),
}  # fmt: skip


@pytest.mark.parametrize("intent", Intent)
def test_every_intent_has_a_defined_answer(intent: Intent) -> None:
    talk = Talk()
    talk.until(ASKED)
    effects = talk.take(talk.chooser.receive(Command(at=ASKED, intent=intent, value=1, name="chair")))
    assert tuple(type(effect) for effect in effects) == MEANS.get(intent, (Sound,))
    if intent not in MEANS:
        by_hearing = intent in (Intent.NAME, Intent.ANYTHING)
        assert effects == [Sound(at=ASKED, tone=Tone.HEARD if by_hearing else Tone.NOT_NOW)]
    assert talk.chooser.chosen is None
    assert not talk.chooser.over


@pytest.mark.parametrize(
    ("intent", "value", "name"), [(Intent.NUMBER, 3, ""), (Intent.NUMBER, 0, ""), (Intent.ROUTINE, 0, "?")]
)
def test_a_number_or_name_that_is_not_on_offer_is_not_now(intent: Intent, value: int, name: str) -> None:
    talk = Talk()
    assert talk.chooser.receive(Command(at=100, intent=intent, value=value, name=name))[-1] == Sound(
        at=100, tone=Tone.NOT_NOW
    )


def test_the_answer_does_not_depend_on_how_time_is_cut_up() -> None:
    whole, cut = Talk(), Talk()
    for at in range(0, 60_000, 20):
        cut.until(at + 19)
    whole.until(60_019 - 20)
    assert cut.effects == whole.effects
