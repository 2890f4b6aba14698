"""A microphone or loudspeaker that goes and comes back, and events at odd times."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.session.build import (
    CHAIR,
    STAND,
    command,
    item,
    lines,
    plan,
    reps,
    run,
    seconds,
    spoken_ms,
    transcript,
    words,
)
from voice_coach.session.engine import Session
from voice_coach.session.events import (
    EARS,
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
    Start,
)
from voice_coach.session.lines import Key
from voice_coach.session.state import Place

EIGHT = plan(item(CHAIR, reps(8), sets=2, rest=60_000))
TWO = plan(item(CHAIR, reps(8), sets=2, rest=60_000), item(STAND, seconds(20)))


@pytest.mark.parametrize("at", [10_000, 51_000, 80_000], ids=["prepare", "work", "rest"])
def test_a_lost_device_pauses(at: int) -> None:
    lost = run(EIGHT, [DeviceLost(at=at, what="microphone")], until=at)
    assert lost.session.place is Place.PAUSED
    assert lost.effects[-3:-1] == (Hush(at=at), Record(at=at, kind="device lost", data={"what": "microphone"}))


def test_she_goes_on_when_it_is_back() -> None:
    events: list[Event] = [DeviceLost(at=51_000, what="microphone"), DeviceBack(at=60_000, what="microphone")]
    assert transcript(run(EIGHT, [*events, *words("70s resume")], until=80_000).effects, 51, 76) == lines(
        """
        51.00 [device lost]
        51.40 I have lost the microphone, so I am waiting. Press space to go on with keys.
        60.00 [device back]
        60.40 The microphone is back.
        62.20 Paused. When you want to go on, say resume.
        70.00 [resumed]
        70.25 All right then.
        71.80 three
        72.80 two
        73.80 one
        74.80 five
        """
    )


def test_somebody_who_goes_on_with_keys_is_not_interrupted_when_it_is_back() -> None:
    lost, back = DeviceLost(at=51_000, what="microphone"), DeviceBack(at=65_000, what="microphone")
    events: list[Event] = [lost, *words("60s resume"), back]
    assert transcript(run(EIGHT, events, until=80_000).effects, 60, 71) == lines(
        """
        60.00 [resumed]
        60.25 All right then.
        61.80 three
        62.80 two
        63.80 one
        64.80 five
        65.00 [device back]
        65.25 The microphone is back.
        68.50 three more
        70.80 six
        """
    )


def test_a_device_lost_twice_is_one_pause() -> None:
    events: list[Event] = [DeviceLost(at=51_000, what="microphone"), DeviceLost(at=51_500, what="loudspeaker")]
    resumed = run(EIGHT, [*events, *words("60s resume")], until=80_000)
    assert resumed.session.place is Place.WORK and resumed.session.state.reps >= 4


def test_a_lost_device_says_nothing_into_distress_or_the_last_words() -> None:
    for before, at in ((("51s it hurts",), 53_000), (("51s stop", "52s yes"), 53_000)):
        started = run(EIGHT, words(*before), until=at)
        place, state = started.session.place, started.session.state
        effects = started.session.receive(DeviceLost(at=at, what="microphone"))
        assert [type(effect) for effect in effects] == [Record]
        assert started.session.place is place and started.session.state == replace(state, silent=True)


def lost(at: int) -> DeviceLost:
    return DeviceLost(at=at, what="sound device")


def back(at: int) -> DeviceBack:
    return DeviceBack(at=at, what="sound device")


def keys(effects: tuple[Effect, ...], after: int) -> list[Key]:
    """What was said from a moment on."""
    return [effect.line.key for effect in effects if isinstance(effect, Say) and effect.at >= after]


@pytest.mark.parametrize(
    ("intent", "advice"),
    [(Intent.CHEST, Key.ADVICE_EMERGENCY), (Intent.FALL, Key.ADVICE_FALL), (Intent.PAIN, Key.ADVICE_PAIN)],
)
@pytest.mark.parametrize("away", [50_000, 51_200], ids=["before the word", "after it"])
def test_advice_that_was_said_into_lost_sound_is_said_again_when_it_is_back(
    away: int, intent: Intent, advice: Key
) -> None:
    events: list[Event] = sorted([lost(away), command(51_000, intent)], key=lambda event: event.at)
    again = run(EIGHT, [*events, back(111_000)], until=170_000)
    assert again.session.place is Place.DISTRESS
    assert Hush(at=111_000) in again.effects
    first = next(effect for effect in again.effects if isinstance(effect, Say) and effect.at >= 111_000)
    assert (first.line.key, first.at) == (advice, 111_300)
    assert keys(again.effects, 111_000).count(advice) == 2


@pytest.mark.parametrize(("word", "question"), [("it hurts", Key.ASK_WHERE), ("my knee hurts", Key.ASK_STRENGTH)])
def test_a_question_about_pain_is_asked_again_when_the_sound_is_back(word: str, question: Key) -> None:
    asked = run(TWO, [*words(f"51s {word}"), lost(51_200), back(60_000)], until=80_000)
    assert keys(asked.effects, 60_000) == [question, question]
    assert asked.session.state.hurts == run(TWO, words(f"51s {word}"), until=52_000).session.state.hurts


def test_who_is_getting_help_is_told_that_again_and_no_advice() -> None:
    told = run(EIGHT, [*words("51s my chest hurts", "85s yes"), lost(85_100), back(120_000)], until=140_000)
    assert keys(told.effects, 120_000) == [Key.HELP_COMING, Key.FALSE_ALARM_HINT]


@pytest.mark.parametrize("what", [EARS, "microphone"])
def test_ears_or_a_microphone_that_come_back_cut_no_advice(what: str) -> None:
    events: list[Event] = [*words("51s dizzy"), HeldUp(at=52_000, hitch=Hitch.DEAF), DeviceBack(at=55_000, what=what)]
    told = run(EIGHT, events, until=70_000)
    assert [effect.at for effect in told.effects if isinstance(effect, Hush)] == [51_000]


@pytest.mark.parametrize("away", [51_200, 75_900], ids=["before it is said", "while it is said"])
def test_what_pain_led_to_while_the_sound_was_away_is_told_when_it_is_back(away: int) -> None:
    told = run(TWO, [*words("51s my knee hurts"), lost(away), back(111_000)], until=130_000)
    assert told.session.place is Place.PAUSED
    assert transcript(told.effects, 111, 130) == lines(
        """
        111.00 [device back]
        111.40 The sound device is back.
        113.45 That movement is over for today. Please rest. When you want to go on, say resume.
        """
    )


def test_nothing_happens_before_the_start_or_at_a_second_start() -> None:
    session = Session(EIGHT, spoken_ms)
    assert session.advance(60_000) == [] and session.deadline is None
    assert [e.kind for e in session.receive(command(61_000, Intent.SKIP)) if isinstance(e, Record)] == ["refused"]
    session.receive(Start(at=62_000))
    session.advance(62_000)
    state = session.state
    assert session.receive(Start(at=62_000)) == [] and session.state == state


def test_an_event_from_the_past_counts_as_now() -> None:
    session = run(EIGHT, until=51_000).session
    effects = session.receive(command(3_000, Intent.PAUSE))
    assert session.place is Place.PAUSED and all(effect.at == 51_000 for effect in effects)


def test_standing_says_whether_the_space_key_goes_on() -> None:
    for said, standing in (((), False), (("51s pause",), True), (("51s stop",), True), (("51s it hurts",), False)):
        assert run(EIGHT, words(*said), until=52_000).session.standing is standing
