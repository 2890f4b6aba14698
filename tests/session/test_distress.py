"""Distress words: everything stops, only the fixed advice is spoken, and nothing goes on by itself."""

from __future__ import annotations

import pytest

from tests.session.build import (
    CHAIR,
    STAND,
    Run,
    command,
    heard,
    item,
    lines,
    own_pace,
    plan,
    reps,
    run,
    said,
    seconds,
    spoken_ms,
    words,
)
from voice_coach import script
from voice_coach.person.model import Trouble as Known
from voice_coach.session.engine import Session
from voice_coach.session.events import (
    DISTRESS,
    Hush,
    Intent,
    Priority,
    Reason,
    Record,
    Say,
    Sound,
    Start,
    Trouble,
    Volume,
)
from voice_coach.session.lines import Key, Line
from voice_coach.session.state import Flow, Place

EIGHT = plan(item(CHAIR, reps(8), sets=2, rest=60_000))
FIRST = {  # what is said first; where pain has no place, or no number yet, a question (test_pain)
    Intent.PAIN: Key.ASK_WHERE,
    Intent.JOINT_PAIN: Key.ASK_STRENGTH,
    Intent.BACK_PAIN: Key.ADVICE_PAIN,
    Intent.DIZZY: Key.ADVICE_DIZZY,
    Intent.CHEST: Key.ADVICE_EMERGENCY,
    Intent.EMERGENCY: Key.ADVICE_EMERGENCY,
    Intent.FALL: Key.ADVICE_FALL,
    Intent.BREATH: Key.ADVICE_BREATH,
}
# How a session comes to each place in which it lives, and when it is there.
PLACES = {
    Place.PREPARE: ((), 10_000),
    Place.WORK: ((), 51_000),
    Place.REST: ((), 80_000),
    Place.PAUSED: (("51s pause",), 60_000),
    Place.STOPPED: (("51s stop",), 60_000),
    Place.CLOSING: (("51s stop", "52s yes"), 53_000),
}


@pytest.mark.parametrize("intent", DISTRESS, ids=lambda intent: intent.value)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.value)
def test_a_distress_word_stops_everything_everywhere(place: Place, intent: Intent) -> None:
    before, at = PLACES[place]
    events = [*words(*before), command(at, intent)]
    assert run(EIGHT, events[:-1], until=at).session.place is place
    hit = run(EIGHT, events, until=at)
    assert hit.effects[-2] == Hush(at=at)
    assert isinstance(hit.effects[-1], Record) and hit.effects[-1].kind == "distress"
    assert hit.session.place in (Place.DISTRESS, Place.WHERE, Place.STRENGTH)
    after = run(EIGHT, events).effects[len(hit.effects) :]
    first = next(effect for effect in after if isinstance(effect, Say))
    assert (first.line, first.priority) == (Line(FIRST[intent]), Priority.SAFETY)
    assert first.at - at <= 500
    before_it_is_over = [effect for effect in after if effect.at < at + 20_000]
    assert not any(isinstance(effect, Sound | Volume) for effect in before_it_is_over)


def test_the_advice_is_given_twice_then_a_way_out_and_after_ten_minutes_the_session_is_over() -> None:
    spoken = said(EIGHT, "51s my back hurts", start=51)
    assert [line[:45] for line in spoken] == lines(
        """
        51.00 [distress]
        51.30 Rest now and get comfortable, lying dow
        72.55 Rest now and get comfortable, lying dow
        84.60 Please rest. If I misheard you, say fal
        207.65 Please rest. If I misheard you, say fa
        327.65 Please rest. If I misheard you, say fa
        447.65 Please rest. If I misheard you, say fa
        567.65 Please rest. If I misheard you, say fa
        651.00 [chair 1/2: left, 4]
        651.00 [end: distress]
        """
    )


def keys(spoken: Run, after: int) -> list[Key]:
    """What was said from a moment on, as it sounded, the way out apart."""
    lines = [each.effect.line.key for each in heard(spoken.effects) if isinstance(each.effect, Say) and each.at > after]
    return [key for key in lines if key is not Key.FALSE_ALARM_HINT]


URGENT_ADVICE = [Key.ADVICE_EMERGENCY, Key.ADVICE_EMERGENCY, Key.GETTING_HELP]


def test_an_emergency_asks_at_last_whether_she_is_getting_help_and_once() -> None:
    asked = run(EIGHT, words("51s my chest hurts", "97s twenty"))
    assert keys(asked, 51_000) == URGENT_ADVICE
    assert keys(run(EIGHT, words("51s i fell")), 51_000) == [Key.ADVICE_FALL] * 2


def test_help_that_comes_is_answered_and_nothing_goes_on() -> None:
    answered = run(EIGHT, words("51s my chest hurts", "85s yes", "95s no", "97s yes", "99s resume"))
    assert keys(answered, 51_000) == [*URGENT_ADVICE, Key.HELP_COMING]
    assert [record.data for record in answered.records("getting help")] == [{"coming": True}]
    assert answered.end is not None and answered.end.reason is Reason.DISTRESS


@pytest.mark.parametrize("word", ["no", "not sure"])
def test_without_help_the_advice_comes_again_and_the_question(word: str) -> None:
    answered = run(EIGHT, words("51s my chest hurts", f"85s {word}"), until=140_000)
    assert keys(answered, 51_000) == URGENT_ADVICE * 2
    assert [record.data for record in answered.records("getting help")] == [{"coming": False}]


@pytest.mark.parametrize("word", ["yes", "no", "not sure"])
def test_before_it_was_asked_such_an_answer_means_nothing(word: str) -> None:
    early = run(EIGHT, words("51s my chest hurts", f"60s {word}"))
    assert keys(early, 51_000) == URGENT_ADVICE
    assert len(early.records("refused")) == 1 and not early.records("getting help")


def test_the_number_that_she_has_told_is_said_with_the_advice() -> None:
    session = Session(EIGHT, spoken_ms, "112")
    effects = session.receive(Start(at=0)) + session.receive(command(51_000, Intent.CHEST)) + session.advance(140_000)
    said_after = [effect.line for effect in effects if isinstance(effect, Say) and effect.at > 51_000]
    both = [Line(Key.ADVICE_EMERGENCY), Line(Key.YOUR_NUMBER, ("112",))]
    assert said_after[:5] == [*both, *both, Line(Key.GETTING_HELP)]
    dizzy = Session(EIGHT, spoken_ms, "112")
    effects = dizzy.receive(Start(at=0)) + dizzy.receive(command(51_000, Intent.DIZZY)) + dizzy.advance(140_000)
    assert Key.YOUR_NUMBER not in [effect.line.key for effect in effects if isinstance(effect, Say)]


@pytest.mark.parametrize("intent", DISTRESS, ids=lambda intent: intent.value)
def test_the_record_names_the_trouble_and_the_movement(intent: Intent) -> None:
    (record,) = run(EIGHT, [command(51_000, intent)], until=51_000).records("distress")
    trouble = {
        Intent.EMERGENCY: "emergency",
        Intent.CHEST: "emergency",
        Intent.FALL: "fall",
        Intent.DIZZY: "dizzy",
        Intent.BREATH: "breath",
        Intent.BACK_PAIN: "back pain",
    }.get(intent)
    assert (record.data["trouble"], record.data["exercise"], record.data["level"]) == (trouble, "chair", None)


def test_the_troubles_have_the_names_of_the_person_s() -> None:
    assert {trouble.name: trouble.value for trouble in Trouble}.items() <= {t.name: t.value for t in Known}.items()


def test_the_advice_is_the_fixed_text() -> None:
    assert script.text(Line(Key.ADVICE_EMERGENCY)) == (
        "Stop now. Sit down. This needs urgent help. Please call your emergency number, or ask someone to call. "
        "I cannot call for you. Do not carry on today."
    )
    assert script.text(Line(Key.ADVICE_FALL)) == (
        "Stay still a moment. Are you hurt? If you hit your head, have strong pain or cannot stand, call for help. "
        "If not, roll to your side, come to a chair, take your time. Your session is saved. "
        "Tell your doctor about the fall."
    )


def test_a_more_urgent_word_replaces_the_advice() -> None:
    assert [line[:45] for line in said(EIGHT, "51s my back hurts", "53s can't breathe", start=51, end=60)] == lines(
        """
        51.00 [distress]
        51.30 Rest now and get comfortable, lying dow
        53.00 [distress]
        53.30 Let us stop and rest. Sit down. If it d
        """
    )


def test_a_milder_word_never_replaces_more_urgent_advice() -> None:
    talking = run(EIGHT, words("51s emergency", "53s it hurts"), until=70_000)
    assert len(talking.records("distress")) == 2
    assert [effect.at for effect in talking.effects if isinstance(effect, Hush)] == [51_000]
    later = run(EIGHT, words("51s emergency", "140s it hurts", "150s repeat"), until=200_000)
    advice = [e.line.key for e in later.effects if isinstance(e, Say) and e.at > 140_000]
    assert advice[0] is Key.ADVICE_EMERGENCY and Key.ADVICE_PAIN not in advice
    assert later.session.state.distress is Intent.EMERGENCY


def test_the_same_word_while_the_advice_is_spoken_is_only_logged() -> None:
    twice = run(EIGHT, words("51s dizzy", "53s dizzy"), until=60_000)
    assert len(twice.records("distress")) == 2
    assert [effect.at for effect in twice.effects if isinstance(effect, Hush)] == [51_000]


def test_the_same_word_after_the_advice_brings_it_again() -> None:
    again = run(EIGHT, words("51s dizzy", "100s dizzy"), until=110_000)
    assert [effect.at for effect in again.effects if isinstance(effect, Hush)] == [51_000, 100_000]


@pytest.mark.parametrize("word", ["repeat", "help"])
def test_repeat_and_help_bring_the_advice_again(word: str) -> None:
    spoken = run(EIGHT, words("51s dizzy", f"120s {word}"), until=122_000).effects
    assert isinstance(spoken[-1], Say) and spoken[-1].line == Line(Key.ADVICE_DIZZY) and spoken[-1].at == 120_300


def test_stop_silences_the_advice_and_nothing_goes_on() -> None:
    hushed = run(EIGHT, words("51s dizzy", "53s stop"), until=54_000)
    assert hushed.session.place is Place.DISTRESS
    assert Hush(at=53_000) in hushed.effects and len(hushed.records("silenced")) == 1


@pytest.mark.parametrize("intent", [i for i in Intent if i not in DISTRESS], ids=lambda intent: intent.value)
def test_no_command_goes_on_out_of_distress(intent: Intent) -> None:
    later = run(EIGHT, [*words("51s dizzy"), command(100_000, intent, value=5)], until=400_000).session
    if intent is Intent.END:
        assert later.over
    elif intent is Intent.FALSE_ALARM:
        assert later.place is Place.PAUSED
    else:
        assert later.place is Place.DISTRESS
    assert later.state.reps == 0 or later.state.reps == 4


def test_resume_in_distress_is_answered_with_the_way_out() -> None:
    spoken = said(EIGHT, "51s dizzy", "100s resume", "106s resume", start=100, end=110)
    assert spoken == lines(
        """
        100.00 [refused]
        100.25 Please rest. If I misheard you, say false alarm.
        106.00 [refused]
        106.25 Please rest. If I misheard you, say false alarm.
        """
    )


def test_the_way_out_is_not_told_into_the_advice() -> None:
    """The second advice is due a moment later: two voices at once would help nobody."""
    second = next(
        effect.at
        for effect in run(EIGHT, words("51s dizzy")).effects
        if isinstance(effect, Say) and effect.line.key is Key.ADVICE_DIZZY and effect.at > 53_000
    )
    asked = run(EIGHT, [*words("51s dizzy"), command(second - 1_000, Intent.RESUME)], until=second + 1_000)
    assert Key.FALSE_ALARM_HINT not in [e.line.key for e in asked.effects if isinstance(e, Say)]


def test_a_false_alarm_waits_for_resume_and_goes_on_from_the_same_rep() -> None:
    assert said(EIGHT, "51s dizzy", "55s false alarm", "62s resume", start=54, end=76) == lines(
        """
        55.00 [false alarm]
        55.40 Good. When you want to go on, say resume. To end here, say end session.
        62.00 [resumed]
        62.25 All right then.
        63.80 three
        64.80 two
        65.80 one
        66.80 five
        70.50 three more
        72.80 six
        """
    )


def test_i_am_fine_after_a_fall_takes_nothing_back() -> None:
    """It answers "Are you hurt?": the fall stays in the log, and she is told what would take it back."""
    fell = run(EIGHT, words("51s i fell", "60s i'm fine"), until=240_000)
    assert (len(fell.records("silenced")), fell.records("false alarm")) == (1, [])
    heard = [e.line.key for e in fell.effects if isinstance(e, Say) and e.at > 60_000]
    assert Key.FALSE_ALARM_HINT in heard
    assert Key.ALARM_CLEARED not in heard
    for taken_back in ("60s false alarm", "60s i'm fine"):
        dizzy = run(EIGHT, words("51s dizzy", taken_back), until=240_000)
        assert dizzy.records("false alarm")


def test_a_false_alarm_can_end_the_session() -> None:
    ended = run(EIGHT, words("51s dizzy", "55s false alarm", "60s end session", "63s yes"))
    assert ended.end is not None and ended.end.reason is Reason.ENDED


def test_end_session_in_distress_ends_without_another_word() -> None:
    assert said(EIGHT, "51s dizzy", "56s end session", start=52) == lines(
        """
        56.00 [chair 1/2: left, 4]
        56.00 [end: distress]
        """
    )


def test_distress_logs_the_set_when_nobody_answers() -> None:
    ended = run(EIGHT, words("51s my chest hurts"))
    assert ended.end is not None and (ended.end.reason, ended.end.at) == (Reason.DISTRESS, 651_000)
    assert [(r.data["done_reps"], r.data["completed"]) for r in ended.sets] == [(4, False)]


@pytest.mark.parametrize(
    ("before", "reason"),
    [(("51s stop", "52s yes", "53s it hurts", "70s false alarm"), Reason.ENDED), ((), Reason.COMPLETED)],
    ids=["goodbye", "summary"],
)
def test_a_false_alarm_during_the_last_words_ends_as_it_would_have(before: tuple[str, ...], reason: Reason) -> None:
    said_words = before or ("188s it hurts", "200s false alarm")
    ended = run(EIGHT, words(*said_words))
    assert ended.end is not None and ended.end.reason is reason


def test_louder_in_distress_turns_the_voice_without_a_word() -> None:
    turned = run(EIGHT, words("51s dizzy", "53s louder"), until=54_000)
    assert Volume(at=53_000, step=1) in turned.effects
    assert Key.LOUDER not in [e.line.key for e in turned.effects if isinstance(e, Say)]


def test_a_word_of_distress_before_the_session_or_after_it_has_nothing_to_stop() -> None:
    unstarted = Session(EIGHT, spoken_ms)
    effects = unstarted.receive(command(0, Intent.PAIN))
    assert [type(effect) for effect in effects] == [Record] and unstarted.state.flow is Flow.NEW


@pytest.mark.parametrize("word", ["i fell", "dizzy", "can't breathe", "my back hurts", "emergency"])
def test_after_a_stop_for_her_sake_nothing_is_resumed_today(word: str) -> None:
    later = run(EIGHT, words(f"51s {word}", "120s resume", "125s yes", "130s go on", "135s skip"), until=200_000)
    assert later.session.place is Place.DISTRESS and later.session.state.reps == 4


def test_a_hold_and_her_own_pace_stand_still_too() -> None:
    for what in (plan(item(STAND, seconds(60))), plan(item(CHAIR, own_pace(8)))):
        later = run(what, words("30s i feel faint"), until=300_000)
        assert later.session.place is Place.DISTRESS and not later.sets
