"""What every test has in common: distress, pauses, a lost microphone, leaving, and the same from any block size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measures.room import NOW, Talk, somebody, texts, tones, tried
from voice_coach import script
from voice_coach.commands import PHRASES
from voice_coach.conversation.trial import LONGEST, WORDS, Trial
from voice_coach.live import Asking
from voice_coach.measures.battery import CHAIR_STAND, MEASURES, ONE_LEG
from voice_coach.measures.flows import flow
from voice_coach.session import waiting
from voice_coach.session.events import (
    DISTRESS,
    Command,
    DeviceBack,
    DeviceLost,
    End,
    HeldUp,
    Hitch,
    Hush,
    Intent,
    Priority,
    Record,
    Say,
    Tone,
    Unheard,
    Via,
    Volume,
)
from voice_coach.session.lines import Line

PAST = somebody(tried(CHAIR_STAND, 9, 60), tried(CHAIR_STAND, 10, 60))
INTENTS = [intent for intent in Intent if intent is not Intent.ROUTINE]


def ready(test: str = CHAIR_STAND) -> Talk:
    talk = Talk(test, PAST)
    talk.until("Are you ready?")
    return talk


@pytest.mark.parametrize("intent", DISTRESS)
@pytest.mark.parametrize("running", [False, True])
def test_distress_brings_the_fixed_advice_and_nothing_more(intent: Intent, running: bool) -> None:
    talk = ready()
    if running:
        talk.begin()
        talk.wait(5_000)
    at = talk.now
    first = talk.say(PHRASES[intent][0])
    assert [type(effect) for effect in first] == [Hush, Record]
    assert talk.trial.urgent is not None
    talk.wait(2_000)
    for words in ("yes", "no", "twelve", "pause", "done", "go back"):
        assert talk.say(words) == []
    talk.wait(LONGEST + 60_000)
    spoken = [effect for effect in talk.effects if isinstance(effect, Say) and effect.at > at]
    assert [effect.line for effect in spoken[:2]] == [Line(waiting.ADVICE[intent])] * 2
    assert {effect.priority for effect in spoken} == {Priority.SAFETY}
    assert (talk.kept, talk.ended) == ([], "distress")
    assert talk.trial.urgent.intent is intent


def test_a_false_alarm_waits_for_her_word_and_what_was_running_is_void() -> None:
    talk = ready()
    talk.begin()
    talk.wait(5_000)
    talk.say("i feel dizzy")
    talk.wait(3_000)
    talk.say("false alarm")
    assert talk.trial.urgent is None
    before = len(talk.said)
    talk.wait(50_000)
    assert talk.said[before:] == ["Good. When you want to go on, say resume. To end here, say end session."]
    talk.say("resume")
    talk.until("That one does not count.")
    assert talk.kept == []


def test_after_a_false_alarm_no_ends_it() -> None:
    talk = ready()
    talk.say("my chest hurts")
    talk.say("false alarm")
    talk.say("no")
    talk.wait(5_000)
    assert talk.ended == "ended by the person"


def test_in_distress_stop_silences_and_end_ends_at_once() -> None:
    talk = ready()
    talk.say("i feel dizzy")
    talk.wait(1_000)
    assert talk.say("stop") == [Hush(at=talk.now)]
    talk.say("end session")
    assert (talk.trial.over, talk.ended) == (True, "distress")


@pytest.mark.parametrize("words", ["stop", "end session"])
def test_stop_says_goodbye_and_keeps_nothing(words: str) -> None:
    talk = ready()
    talk.say(words)
    talk.wait(5_000)
    assert (talk.said[-1], talk.ended, talk.kept) == ("All right, we leave it here.", "ended by the person", [])


def test_end_session_leaves_a_run_at_once() -> None:
    talk = ready(ONE_LEG)
    talk.begin()
    talk.wait(8_000)
    talk.say("end session")
    talk.wait(5_000)
    assert (talk.ended, talk.kept) == ("ended by the person", [])


def test_a_pause_holds_everything_until_she_goes_on() -> None:
    talk = Talk(CHAIR_STAND, PAST)
    talk.until("We count how often")
    talk.say("pause")
    assert talk.trial.standing
    before = len(talk.said)
    talk.wait(40_000)
    assert talk.said[before:] == ["Paused. When you want to go on, say resume."]
    assert tones(talk.say("twelve")) == [Tone.NOT_NOW]
    talk.press(Intent.RESUME)  # the space key
    talk.until("We count how often")


def test_repeat_says_the_question_again_and_not_sure_is_no_yes() -> None:
    talk = ready()
    talk.say("repeat")
    talk.until("Are you ready?")
    talk.say("not sure")
    talk.wait(10_000)
    assert (talk.said[-1], talk.ended) == ("All right, another day.", "completed")


def test_louder_is_louder_and_what_means_nothing_gets_a_tone() -> None:
    talk = ready()
    assert talk.say("louder") == [Volume(at=talk.now, step=1)]
    assert tones(talk.say("twelve")) == [Tone.NOT_NOW]


def test_what_is_not_understood_gets_a_soft_tone_but_never_inside_a_run() -> None:
    talk = ready()
    talk.wait(12_000)
    assert tones(talk.trial.receive(Unheard(at=talk.now))) == [Tone.UNCLEAR]
    assert talk.trial.receive(Unheard(at=talk.now)) == []
    talk.begin()
    talk.wait(15_000)
    assert Tone.UNCLEAR not in tones(talk.trial.receive(Unheard(at=talk.now)))


@pytest.mark.parametrize("hitch", Hitch)
def test_a_run_in_which_the_machine_slept_or_nothing_was_heard_is_void(hitch: Hitch) -> None:
    talk = ready(ONE_LEG)
    talk.begin()
    talk.wait(8_000)
    talk.effects += talk.trial.receive(HeldUp(at=talk.now, hitch=hitch, ms=3_600_000))
    talk.until("That one does not count.")
    assert talk.kept == []


def test_without_a_microphone_a_run_is_void_and_the_question_is_asked_again_when_it_is_back() -> None:
    talk = ready(ONE_LEG)
    talk.begin()
    talk.wait(8_000)
    talk.effects += talk.trial.receive(DeviceLost(at=talk.now, what="sound device"))
    talk.until("That one does not count.")
    assert talk.kept == []
    before = len(talk.said)
    talk.effects += talk.trial.receive(DeviceBack(at=talk.now, what="sound device"))
    talk.wait(9_000)
    assert talk.said[before:] == ["That one does not count. Would you like to try it once more? Yes, or no."]


def test_the_space_key_goes_on_only_where_something_is_asked() -> None:
    talk = Talk(CHAIR_STAND, PAST)
    assert not talk.trial.standing
    talk.until("Are you ready?")
    assert talk.trial.standing
    talk.press(Intent.RESUME)
    assert not talk.trial.standing
    talk.say("emergency")
    assert not talk.trial.standing


def test_it_listens_for_few_words_of_which_those_of_distress_are_always_some() -> None:
    trial = Talk(CHAIR_STAND, PAST).trial
    assert isinstance(trial, Asking)
    assert {phrase for intent in DISTRESS for phrase in PHRASES[intent]} <= set(trial.vocabulary.phrases)
    assert trial.vocabulary is WORDS
    assert WORDS.match("harder") is None


@st.composite
def commands(draw: st.DrawFn) -> list[tuple[int, Command]]:
    """Anything at any time."""
    gaps = draw(st.lists(st.integers(0, 20_000), max_size=25))
    return [
        (
            gap,
            Command(
                at=0,
                intent=draw(st.sampled_from(INTENTS)),
                via=draw(st.sampled_from([Via.VOICE, Via.KEY])),
                value=draw(st.integers(0, 50)),
                phrase="x",
            ),
        )
        for gap in gaps
    ]


def played(test: str, said: list[tuple[int, Command]], step: int) -> list[object]:
    """All effects of a trial in blocks of `step`, its end awaited for two hours at most."""
    trial, now = Trial(test, flow(test, PAST, NOW), script.estimated_ms), 0
    effects: list[object] = []
    for gap, command in said:
        for at in range(now + step, now + gap, step):
            effects += trial.advance(at)
        now += gap
        effects += trial.receive(
            Command(at=now, intent=command.intent, via=command.via, value=command.value, phrase="x")
        )
    effects += trial.advance(now + 2 * 3_600_000)
    assert trial.over
    return effects


@given(st.sampled_from(list(MEASURES)), commands())
def test_whatever_she_says_it_ends_once_and_is_the_same_in_any_blocks(
    test: str, said: list[tuple[int, Command]]
) -> None:
    effects = played(test, said, 20)
    assert effects == played(test, said, 997)
    assert sum(isinstance(effect, End) for effect in effects) == 1
    kept = [effect for effect in effects if isinstance(effect, Record) and effect.kind == "measured"]
    assert all(isinstance(each.data["value"], int) and 0 <= each.data["value"] <= 50 for each in kept)
    texts([effect for effect in effects if isinstance(effect, Say)])  # every sentence exists
