"""The machine slept, or nothing comes from the microphone: the plan stands still, and only she lets it go on."""

from __future__ import annotations

import pytest

from tests.session.build import CHAIR, STAND, command, item, lines, plan, reps, run, seconds, transcript, words
from voice_coach.review.broken_off import SOON
from voice_coach.session.events import (
    EARS,
    DeviceBack,
    DeviceLost,
    End,
    Event,
    HeldUp,
    Hitch,
    Hush,
    Intent,
    Reason,
    Record,
    Say,
)
from voice_coach.session.lines import Key
from voice_coach.session.outside import TOO_LATE
from voice_coach.session.state import Place

EIGHT = plan(item(CHAIR, reps(8), sets=2, rest=60_000))
TWO = plan(item(CHAIR, reps(8), sets=2, rest=60_000), item(STAND, seconds(20)))
HOUR = 3_600_000


@pytest.mark.parametrize("at", [10_000, 51_000, 80_000], ids=["prepare", "work", "rest"])
@pytest.mark.parametrize("hitch", Hitch)
def test_whatever_comes_between_pauses(at: int, hitch: Hitch) -> None:
    held = run(EIGHT, [HeldUp(at=at, hitch=hitch, ms=HOUR)], until=at)
    assert held.session.place is Place.PAUSED
    record = Record(at=at, kind="held up", data={"by": hitch.value, "ms": HOUR})
    assert held.effects[-3:-1] == (Hush(at=at), record)


def test_after_a_sleep_she_goes_on_at_the_same_rep() -> None:
    events: list[Event] = [HeldUp(at=51_000, hitch=Hitch.SLEPT, ms=HOUR), *words("70s resume")]
    assert transcript(run(EIGHT, events, until=80_000).effects, 51, 76) == lines(
        """
        51.00 [held up]
        51.40 Something held me up.
        53.20 Paused. When you want to go on, say resume.
        70.00 [resumed]
        70.25 All right then.
        71.80 three
        72.80 two
        73.80 one
        74.80 five
        """
    )


def test_a_silent_microphone_is_told_with_what_helps_and_keys_go_on() -> None:
    events: list[Event] = [HeldUp(at=51_000, hitch=Hitch.DEAF), DeviceBack(at=60_000, what="microphone")]
    assert transcript(run(EIGHT, events, until=70_000).effects, 51, 70) == lines(
        """
        51.00 [held up]
        51.40 I hear nothing at all. Is the microphone switched off? Press space to go on with keys.
        60.00 [device back]
        60.40 The microphone is back.
        62.20 Paused. When you want to go on, say resume.
        """
    )


def test_the_next_day_is_another_session_and_the_set_that_was_on_is_kept() -> None:
    held = run(EIGHT, [HeldUp(at=51_000, hitch=Hitch.SLEPT, ms=TOO_LATE)])
    assert [(e.kind, e.data.get("done_reps")) for e in held.effects if isinstance(e, Record)] == [
        ("held up", None),
        ("set", 4),
    ]
    assert [e.reason for e in held.effects if isinstance(e, End)] == [Reason.NO_ANSWER]
    assert held.effects[-1].at < 60_000


def test_as_late_as_a_session_that_was_broken_off_is_offered() -> None:
    assert SOON.total_seconds() * 1_000 == TOO_LATE


@pytest.mark.parametrize("before", [("51s it hurts",), ("51s stop", "52s yes")], ids=["distress", "closing"])
@pytest.mark.parametrize("ms", [HOUR, 2 * TOO_LATE])
def test_distress_and_the_last_words_go_on_as_they_are(before: tuple[str, ...], ms: int) -> None:
    started = run(EIGHT, words(*before), until=53_000)
    place, state = started.session.place, started.session.state
    effects = started.session.receive(HeldUp(at=53_000, hitch=Hitch.SLEPT, ms=ms))
    assert [type(effect) for effect in effects] == [Record]
    assert started.session.place is place and started.session.state == state


def test_a_question_whether_to_end_becomes_a_pause_when_the_machine_slept() -> None:
    held = run(EIGHT, [*words("51s stop"), HeldUp(at=55_000, hitch=Hitch.SLEPT, ms=HOUR)], until=55_000)
    assert held.session.place is Place.PAUSED and held.session.standing


def test_a_session_held_up_ends_when_nobody_answers_like_any_pause() -> None:
    effects = run(EIGHT, [HeldUp(at=9_000, hitch=Hitch.DEAF)]).effects
    assert [(e.at, e.reason) for e in effects if isinstance(e, End)] == [(9_000 + 30 * 60_000, Reason.NO_ANSWER)]


def test_who_can_no_longer_be_heard_is_sent_to_the_keyboard() -> None:
    held = run(EIGHT, [HeldUp(at=51_000, hitch=Hitch.EARS)], until=60_000)
    assert held.session.standing
    assert transcript(held.effects, 51, 60) == lines(
        """
        51.00 [held up]
        51.40 I can no longer hear you. Please take the keyboard, and press space to go on.
        """
    )


@pytest.mark.parametrize(("hitch", "news"), [(Hitch.EARS, Key.KEYS_ONLY), (Hitch.DEAF, Key.NOTHING_HEARD)])
@pytest.mark.parametrize(
    ("word", "answer", "led_to"),
    [("my chest hurts", Intent.FALSE_ALARM, Key.ALARM_CLEARED), ("my knee hurts", Intent.SHARP, Key.PAIN_LEFT_OUT)],
)
def test_who_can_no_longer_be_heard_in_distress_is_told_of_the_keys_behind_it(
    word: str, answer: Intent, led_to: Key, hitch: Hitch, news: Key
) -> None:
    events: list[Event] = [*words(f"51s {word}"), HeldUp(at=53_000, hitch=hitch), command(60_000, answer)]
    told = run(TWO, events, until=75_000).effects
    assert [e.line.key for e in told if isinstance(e, Say) and e.at > 60_000] == [led_to, news]


def test_a_microphone_that_is_back_by_then_is_no_news() -> None:
    deaf, back = HeldUp(at=53_000, hitch=Hitch.DEAF), DeviceBack(at=55_000, what="microphone")
    events: list[Event] = [*words("51s my chest hurts"), deaf, back, command(60_000, Intent.FALSE_ALARM)]
    assert transcript(run(EIGHT, events, until=75_000).effects, 60, 75)[1:] == lines(
        "60.40 Good. When you want to go on, say resume. To end here, say end session."
    )


def test_ears_that_failed_for_good_are_not_told_to_say_resume_when_the_sound_is_back() -> None:
    gone, lost = HeldUp(at=51_000, hitch=Hitch.EARS), DeviceLost(at=60_000, what="sound device")
    told = run(EIGHT, [gone, lost, DeviceBack(at=70_000, what="sound device")], until=85_000)
    assert transcript(told.effects, 70, 85) == lines(
        """
        70.00 [device back]
        70.40 The sound device is back.
        72.45 I can no longer hear you. Please take the keyboard, and press space to go on.
        """
    )


def test_ears_that_were_away_for_a_moment_are_told_between_two_counts_and_nothing_stops() -> None:
    back = run(EIGHT, [DeviceBack(at=51_000, what=EARS)], until=60_000)
    assert back.session.place is Place.WORK
    assert [line for line in transcript(back.effects, 51, 60) if "hear" in line or "back" in line] == lines(
        """
        51.00 [device back]
        55.15 I could not hear you for a moment.
        """
    )
