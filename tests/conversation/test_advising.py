"""Distress in every conversation is answered as in a session; and what goes wrong with the sound is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.measures.room import NOW, Talk, somebody, tried
from tests.session.build import spoken_ms
from voice_coach.cli.memory import TROUBLES
from voice_coach.conversation import Choice, Chooser, Interview
from voice_coach.conversation.advising import KEYS_ONLY, NOTHING_HEARD, Advising
from voice_coach.conversation.interview import line
from voice_coach.conversation.looking_back import Counted, LookingBack
from voice_coach.conversation.trial import Trial
from voice_coach.measures.battery import CHAIR_STAND
from voice_coach.measures.flows import flow
from voice_coach.person.feeling import after
from voice_coach.person.model import NOT_SURE, Trouble
from voice_coach.session.events import (
    EARS,
    Command,
    DeviceBack,
    DeviceLost,
    Effect,
    Event,
    HeldUp,
    Hitch,
    Hush,
    Intent,
    Record,
    Say,
    Via,
)
from voice_coach.session.lines import Key, Line

SOUND = "sound device"
MADE: dict[str, Callable[[], Advising]] = {
    "menu": lambda: Chooser([Choice(routine="tiny", title="Tiny", minutes=1)], spoken_ms),
    "interview": lambda: Interview(after(), spoken_ms, intro=(line("interview.welcome"),)),
    "looking back": lambda: LookingBack([Line(Key.PAUSED)], Counted(name="Row", reps=8), spoken_ms),
    "test": lambda: Trial(CHAIR_STAND, flow(CHAIR_STAND, somebody(), NOW), spoken_ms),
}
everywhere = pytest.mark.parametrize("made", MADE.values(), ids=MADE)


def word(at: int, intent: Intent) -> Command:
    return Command(at=at, intent=intent, via=Via.VOICE, phrase=intent.value)


def back(at: int, what: str = SOUND) -> DeviceBack:
    return DeviceBack(at=at, what=what)


def held(machine: Advising, *events: Event, until: int) -> list[Effect]:
    """All that comes of it."""
    effects: list[Effect] = []
    for event in events:
        effects += machine.receive(event)
    return effects + machine.advance(until)


def said(effects: list[Effect], since: int) -> list[Line]:
    return [effect.line for effect in effects if isinstance(effect, Say) and effect.at >= since]


def hushes(effects: list[Effect]) -> list[int]:
    return [effect.at for effect in effects if isinstance(effect, Hush)]


def records(effects: list[Effect], kind: str) -> list[Record]:
    return [effect for effect in effects if isinstance(effect, Record) and effect.kind == kind]


@everywhere
@pytest.mark.parametrize("milder", [Intent.PAIN, Intent.DIZZY, Intent.EMERGENCY])
def test_the_most_urgent_word_stays_and_is_what_the_log_gets(made: Callable[[], Advising], milder: Intent) -> None:
    machine = made()
    first = Intent.FALL if milder is Intent.EMERGENCY else Intent.CHEST
    effects = held(machine, word(1_000, first), word(4_000, milder), until=30_000)
    assert len(records(effects, "distress")) == 2
    assert machine.urgent is not None
    assert TROUBLES[machine.urgent.intent] is Trouble.EMERGENCY
    assert Line(Key.ADVICE_PAIN) not in said(effects, 0) and Line(Key.ADVICE_DIZZY) not in said(effects, 0)
    assert hushes(effects) == ([1_000, 4_000] if milder is Intent.EMERGENCY else [1_000])


@everywhere
def test_the_same_word_while_its_advice_is_spoken_is_only_logged(made: Callable[[], Advising]) -> None:
    effects = held(made(), *(word(at, Intent.CHEST) for at in (1_000, 3_000, 5_000)), until=7_000)
    assert (len(records(effects, "distress")), hushes(effects)) == (3, [1_000])
    assert said(effects, 1_000) == [Line(Key.ADVICE_EMERGENCY)]


@everywhere
@pytest.mark.parametrize("later", [Intent.CHEST, Intent.PAIN])
def test_a_word_after_the_advice_brings_the_most_urgent_again(made: Callable[[], Advising], later: Intent) -> None:
    machine = made()
    effects = held(machine, word(1_000, Intent.CHEST), word(60_000, later), until=62_000)
    assert said(effects, 60_000) == [Line(Key.ADVICE_EMERGENCY)]
    assert machine.urgent == word(1_000, Intent.CHEST)


@everywhere
def test_after_stop_has_silenced_it_the_same_word_is_answered_at_once(made: Callable[[], Advising]) -> None:
    words = (word(1_000, Intent.CHEST), word(3_000, Intent.STOP), word(4_000, Intent.CHEST))
    effects = held(made(), *words, until=5_000)
    assert hushes(effects) == [1_000, 3_000, 4_000]
    assert said(effects, 4_000) == [Line(Key.ADVICE_EMERGENCY)]


@everywhere
@pytest.mark.parametrize("intent", [Intent.HELP, Intent.REPEAT])
def test_help_and_repeat_bring_the_advice_again(made: Callable[[], Advising], intent: Intent) -> None:
    machine = made()
    effects = held(machine, word(1_000, Intent.FALL), word(40_000, intent), until=42_000)
    assert said(effects, 40_000) == [Line(Key.ADVICE_FALL)]
    assert Hush(at=40_000) in effects and machine.urgent == word(1_000, Intent.FALL)


@everywhere
@pytest.mark.parametrize(
    ("answer", "then"),
    [(Intent.NO, Key.ADVICE_EMERGENCY), (Intent.NOT_SURE, Key.ADVICE_EMERGENCY), (Intent.YES, Key.HELP_COMING)],
)
def test_whether_she_is_getting_help_is_asked_and_the_answer_is_answered(
    made: Callable[[], Advising], answer: Intent, then: Key
) -> None:
    machine = made()
    effects = held(machine, word(1_000, Intent.CHEST), word(5_000, answer), word(40_000, answer), until=42_000)
    assert Line(Key.GETTING_HELP) in said(effects, 1_000)
    assert hushes(effects) == [1_000, 40_000]  # before it was asked such an answer means nothing
    assert said(effects, 40_000) == [Line(then)]
    assert [each.data for each in records(effects, "getting help")] == [{"coming": answer is Intent.YES}]
    assert machine.urgent is not None


@everywhere
@pytest.mark.parametrize("away", [500, 1_200], ids=["before the word", "after it"])
def test_advice_that_was_said_into_lost_sound_is_said_again(made: Callable[[], Advising], away: int) -> None:
    events: list[Event] = [DeviceLost(at=away, what=SOUND), word(1_000, Intent.CHEST)]
    before = sorted(events, key=lambda event: event.at)
    effects = held(made(), *before, back(60_000), until=90_000)
    assert Hush(at=60_000) in effects
    assert said(effects, 60_000) == [*[Line(Key.ADVICE_EMERGENCY)] * 2, Line(Key.GETTING_HELP)]


@everywhere
@pytest.mark.parametrize("what", [EARS, "microphone"])
def test_ears_or_a_microphone_that_come_back_cut_no_advice(made: Callable[[], Advising], what: str) -> None:
    deaf = HeldUp(at=2_000, hitch=Hitch.DEAF)
    effects = held(made(), word(1_000, Intent.CHEST), deaf, back(3_000, what), until=4_000)
    assert hushes(effects) == [1_000]


NEWS = {
    "ears gone": (HeldUp(at=2_000, hitch=Hitch.EARS), KEYS_ONLY),
    "microphone off": (HeldUp(at=2_000, hitch=Hitch.DEAF), NOTHING_HEARD),
    "ears away": (back(2_000, EARS), Line(Key.NOT_LISTENED)),
    "slept": (HeldUp(at=2_000, hitch=Hitch.SLEPT, ms=9_000), Line(Key.HELD_UP)),
}


@everywhere
@pytest.mark.parametrize(("event", "news"), NEWS.values(), ids=NEWS)
def test_what_went_wrong_is_told_and_what_was_being_said_is_said_again(
    made: Callable[[], Advising], event: Event, news: Line
) -> None:
    effects = held(made(), event, until=60_000)
    assert Hush(at=2_000) in effects
    whole = said(held(made(), until=40_000), 0)
    assert said(effects, 2_000)[:3] == [news, *whole[:2]]


@everywhere
def test_the_question_is_asked_again_when_the_sound_is_back(made: Callable[[], Advising]) -> None:
    effects = held(made(), DeviceLost(at=1_000, what=SOUND), back(2_000), until=20_000)
    assert said(effects, 2_000)[:1] == said(held(made(), until=20_000), 0)[:1]
    assert Hush(at=2_000) in effects


@everywhere
@pytest.mark.parametrize("hitch", [Hitch.EARS, Hitch.DEAF])
def test_after_a_false_alarm_she_is_told_that_she_is_not_heard(made: Callable[[], Advising], hitch: Hitch) -> None:
    events = (word(1_000, Intent.CHEST), HeldUp(at=2_000, hitch=hitch), word(9_000, Intent.FALSE_ALARM))
    effects = held(made(), *events, until=25_000)
    assert hushes(effects) == [1_000, 9_000]
    assert (KEYS_ONLY if hitch is Hitch.EARS else NOTHING_HEARD) == next(iter(said(effects, 9_000)), None)
    heard_again = (*events[:2], back(5_000, "microphone"), events[2])
    later = said(held(made(), *heard_again, until=25_000), 9_000)
    assert NOTHING_HEARD not in later and (KEYS_ONLY in later) == (hitch is Hitch.EARS)


def test_a_question_that_was_put_is_asked_again_without_what_came_before_it() -> None:
    interview = MADE["interview"]()
    asked = said(held(interview, until=10_000), 0)
    assert asked[0] == line("interview.welcome")
    again = held(interview, HeldUp(at=12_000, hitch=Hitch.EARS), until=20_000)
    assert said(again, 12_000) == [KEYS_ONLY, asked[-1]]


def test_a_voice_that_is_heard_before_the_question_stands_again_is_no_answer_to_it() -> None:
    interview = MADE["interview"]()
    assert isinstance(interview, Interview)
    held(interview, back(10_000, EARS), word(10_500, Intent.NOT_SURE), until=11_000)
    assert interview.answers == {}
    held(interview, word(25_000, Intent.NOT_SURE), until=25_000)
    assert list(interview.answers.values()) == [NOT_SURE]


def test_while_nothing_is_asked_nobody_is_sent_to_the_keyboard_and_lost_sound_is_made_up_for() -> None:
    def telling() -> Interview:
        return Interview(lambda _answers: None, spoken_ms, outro=(line("interview.welcome"), line("interview.about")))

    assert hushes(held(telling(), HeldUp(at=500, hitch=Hitch.EARS), until=20_000)) == []
    effects = held(telling(), DeviceLost(at=500, what=SOUND), back(2_000), until=20_000)
    assert said(effects, 2_000) == [line("interview.welcome"), line("interview.about")]


def test_ears_that_were_away_in_a_run_void_it_since_her_word_may_have_been_missed() -> None:
    talk = Talk(CHAIR_STAND, somebody(tried(CHAIR_STAND, 9, 60), tried(CHAIR_STAND, 10, 60)))
    talk.until("Are you ready?")
    talk.begin()
    talk.wait(5_000)
    at = talk.now
    talk.effects += talk.trial.receive(back(at, EARS))
    talk.until("That one does not count.")
    assert said(talk.effects, at)[0] == Line(Key.NOT_LISTENED) and talk.kept == []


@everywhere
def test_i_am_fine_after_a_fall_takes_nothing_back(made: Callable[[], Advising]) -> None:
    """It answers "Are you hurt?"."""
    fine = Command(at=9_000, intent=Intent.FALSE_ALARM, via=Via.VOICE, phrase="i'm fine")
    machine = made()
    held(machine, word(1_000, Intent.FALL), fine, until=20_000)
    assert machine.urgent is not None
    held(machine, word(21_000, Intent.FALSE_ALARM), until=22_000)
    assert machine.urgent is None
    machine = made()
    held(machine, word(1_000, Intent.DIZZY), fine, until=20_000)
    assert machine.urgent is None
