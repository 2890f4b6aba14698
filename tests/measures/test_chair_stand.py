"""The chair stand in virtual time: explained, counted in, thirty seconds, and a number that both agree on."""

from __future__ import annotations

import pytest

from tests.measures.room import Talk, somebody, tones, tried
from voice_coach.measures.battery import CHAIR_STAND
from voice_coach.session.events import End, Intent, Say, Sound, Tone
from voice_coach.session.lines import Key

PAST = somebody(tried(CHAIR_STAND, 9, 60), tried(CHAIR_STAND, 10, 60))  # two tries: today is one


def counted(talk: Talk, number: str, hands: str = "no") -> None:
    """One try, told by voice."""
    talk.begin()
    talk.until("How many times")
    talk.say(number)
    talk.until("Is that right")
    talk.say("yes")
    talk.until("Did you use your hands")
    talk.say(hands)


def test_it_is_explained_and_made_safe_before_she_is_asked_whether_she_is_ready() -> None:
    talk = Talk(CHAIR_STAND, PAST)
    talk.until("Are you ready?")
    assert "Put a firm chair against a wall, so that it cannot slide." in talk.said
    assert talk.said[-2] == "If anything feels wrong, sit down and say stop."
    assert not any(isinstance(effect, Sound) for effect in talk.effects)


def test_thirty_seconds_lie_between_go_and_time_and_ten_left_is_told() -> None:
    talk = Talk(CHAIR_STAND, PAST)
    talk.until("Are you ready?")
    talk.begin()
    talk.until("How many times")
    (go,) = (effect.at for effect in talk.effects if isinstance(effect, Sound) and effect.tone is Tone.GO)
    said = {str(effect.line.args): effect.at - go for effect in talk.effects if isinstance(effect, Say)}
    assert said["('measures.time',)"] == 30_000
    (ten,) = (e.at for e in talk.effects if isinstance(e, Say) and e.line.key is Key.SECONDS_LEFT)
    assert ten - go == 20_000
    assert [e.at - go for e in talk.effects if isinstance(e, Sound) and e.tone is Tone.REST] == [30_000]


def test_the_number_is_asked_for_read_back_and_kept() -> None:
    talk = Talk(CHAIR_STAND, PAST)
    talk.until("Are you ready?")
    counted(talk, "fifteen")
    assert talk.kept == [(15, "")]
    assert "Fifteen, one five. Is that right?" in talk.said
    talk.wait(60_000)
    assert (talk.ended, talk.trial.over, talk.trial.deadline) == ("completed", True, None)
    assert "Since you began it rose from ten to fifteen." in talk.said


def test_a_number_that_was_misheard_is_corrected_in_one_go() -> None:
    talk = Talk(CHAIR_STAND, PAST)
    talk.until("Are you ready?")
    talk.begin()
    talk.until("How many times")
    talk.say("fifty")
    talk.until("Fifty, five zero")
    talk.say("fifteen")
    talk.until("Fifteen, one five")
    talk.say("yes")
    talk.until("Did you use")
    talk.say("no")
    assert talk.kept == [(15, "")]


@pytest.mark.parametrize("key", [Intent.DONE, Intent.PAUSE, Intent.RESUME])
def test_taps_on_enter_or_space_count_and_she_only_agrees(key: Intent) -> None:
    talk = Talk(CHAIR_STAND, PAST)
    talk.until("Are you ready?")
    talk.begin()
    for _ in range(11):
        talk.wait(2_000)
        assert talk.press(key) == []
    talk.until("You pressed eleven times.")
    talk.say("yes")
    talk.until("Did you use")
    talk.say("no")
    assert talk.kept == [(11, "")]


def test_taps_that_she_does_not_believe_give_way_to_her_own_number() -> None:
    talk = Talk(CHAIR_STAND, PAST)
    talk.until("Are you ready?")
    talk.begin()
    talk.wait(3_000)
    talk.press()
    talk.until("You pressed one time.")
    talk.say("no")
    talk.until("How many times")
    talk.say("twelve")
    talk.until("Twelve. Is that right?")
    talk.say("yes")
    talk.until("Did you use")
    talk.say("no")
    assert talk.kept == [(12, "")]


def test_a_tap_in_the_count_in_is_none() -> None:
    talk = Talk(CHAIR_STAND, PAST)
    talk.until("Are you ready?")
    talk.say("yes")
    talk.wait(1_000)
    assert talk.press() == []
    talk.until("How many times")
    assert not any("pressed" in said for said in talk.said)


@pytest.mark.parametrize("answer", ["yes", "not sure"])
def test_with_the_hands_or_not_sure_is_kept_as_such_and_counts_for_no_table(answer: str) -> None:
    talk = Talk(CHAIR_STAND, PAST)
    talk.until("Are you ready?")
    counted(talk, "fourteen", answer)
    assert talk.kept == [(14, "with hands")]
    talk.wait(60_000)
    assert "The tables of the C D C count only stands without hands." in talk.said
    assert "Please show it to your doctor or physiotherapist." in talk.said
    assert not any("rose" in said for said in talk.said)  # those without hands are another thing


def test_numbers_that_she_counts_aloud_bring_nothing() -> None:
    talk = Talk(CHAIR_STAND, PAST)
    talk.until("Are you ready?")
    talk.begin()
    for number in ("one", "two", "three", "yes", "no", "help", "done"):
        talk.wait(1_500)
        assert talk.say(number) == []
    talk.until("How many times")


@pytest.mark.parametrize("word", ["stop", "pause"])
def test_a_try_that_is_broken_off_counts_for_nothing_and_is_offered_again(word: str) -> None:
    talk = Talk(CHAIR_STAND, PAST)
    talk.until("Are you ready?")
    talk.begin()
    talk.wait(9_000)
    assert tones(talk.say(word)) == [Tone.HEARD]
    talk.until("That one does not count.")
    assert talk.kept == []
    counted(talk, "twelve")
    assert talk.kept == [(12, "")]


def test_the_first_time_there_are_two_tries_and_the_second_may_be_left_for_another_day() -> None:
    talk = Talk(CHAIR_STAND)
    talk.until("Are you ready?")
    counted(talk, "nine")
    talk.until("For the second try")
    assert "Nine, noted." in talk.said
    talk.say("no")
    talk.wait(30_000)
    assert (talk.kept, talk.ended) == ([(9, "")], "completed")
    assert "That is your starting point. Later ones are compared with it." in talk.said


def test_of_two_tries_the_better_one_is_told() -> None:
    talk = Talk(CHAIR_STAND)
    talk.until("Are you ready?")
    counted(talk, "nine")
    talk.until("For the second try")
    talk.wait(5 * 60_000)  # a rest may be long
    counted(talk, "eight")
    talk.wait(60_000)
    assert talk.kept == [(9, ""), (8, "")]
    assert "Your number today is nine." in talk.said
    assert "Today's number is under that line." in talk.said  # 72 years: ten


def test_no_number_after_three_questions_leaves_the_try_out() -> None:
    talk = Talk(CHAIR_STAND, PAST)
    talk.until("Are you ready?")
    talk.begin()
    for _ in range(3):
        talk.until("How many times")
        talk.say("not sure")
    talk.until("Then we leave this one out.")
    talk.say("no")
    talk.wait(20_000)
    assert (talk.kept, talk.ended) == ([], "completed")
    assert talk.said[-1] == "All right, another day."


def test_silence_is_reminded_and_in_the_end_it_closes_without_a_number() -> None:
    talk = Talk(CHAIR_STAND, PAST)
    talk.until("Are you ready?")
    talk.wait(11 * 60_000)
    assert talk.said[-3:] == [
        "There is no hurry. Say yes when you are ready.",
        "On the keyboard, y is yes, and n is no.",
        "All right, we leave it here.",
    ]
    assert [type(effect) for effect in talk.effects].count(End) == 1
    assert (talk.kept, talk.ended) == ([], "no answer")
