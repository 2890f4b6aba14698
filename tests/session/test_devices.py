"""A microphone or loudspeaker that goes and comes back, and events at odd times."""

from __future__ import annotations

import pytest

from tests.session.build import CHAIR, command, item, lines, plan, reps, run, spoken_ms, transcript, words
from voice_coach.session.engine import Session
from voice_coach.session.events import DeviceBack, DeviceLost, Event, Hush, Intent, Record, Start
from voice_coach.session.state import Place

EIGHT = plan(item(CHAIR, reps(8), sets=2, rest=60_000))


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
        assert started.session.place is place and started.session.state == state


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
