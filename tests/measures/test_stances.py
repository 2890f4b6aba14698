"""The four positions and one leg, in virtual time."""

from __future__ import annotations

import pytest

from tests.measures.room import Talk, somebody, tried
from voice_coach.conversation.trial import SPOKEN_LATE
from voice_coach.measures.battery import FOUR_STAGE, ONE_LEG
from voice_coach.session.events import Intent, Say, Sound, Tone
from voice_coach.session.lines import Key

ADVICE = "Please show it to your doctor or physiotherapist."


def four() -> Talk:
    talk = Talk(FOUR_STAGE)
    talk.until("Are you ready?")
    return talk


def held(talk: Talk) -> None:
    """A position for its ten seconds."""
    talk.begin()
    talk.wait(10_000 + SPOKEN_LATE)


def test_all_four_are_held_and_that_is_no_reassurance() -> None:
    talk = four()
    assert "Stand at the kitchen counter, with a wall or a corner behind you." in talk.said
    for _ in range(3):
        held(talk)
        talk.until("Are you ready?")
    held(talk)
    talk.wait(30_000)
    assert (talk.kept, talk.ended) == ([(4, "")], "completed")
    assert talk.said[-3:] == [
        "That is your starting point. Later ones are compared with it.",
        "Balance practice stays worth doing, whatever the number.",
        "That is all for this one. Thank you.",
    ]
    assert ADVICE not in talk.said


def test_the_positions_come_in_their_order_and_the_last_seconds_are_counted() -> None:
    talk = four()
    held(talk)
    talk.until("Are you ready?")
    positions = [said.split(":")[0] for said in talk.said if said.startswith("The ")]
    counted = [e.line.args[0] for e in talk.effects if isinstance(e, Say) and e.line.key is Key.NUMBER]
    assert positions == ["The first", "The second"]
    assert counted == [3, 2, 1, 5, 4, 3, 2, 1]  # the count-in, and the end


@pytest.mark.parametrize(("seconds", "whole"), [(0.2, 0), (6.4, 6), (9.9, 9)])
def test_a_position_that_is_lost_ends_it_there(seconds: float, whole: int) -> None:
    talk = four()
    for _ in range(2):
        held(talk)
        talk.until("Are you ready?")
    talk.hold(seconds)
    talk.wait(30_000)
    assert talk.kept == [(2, f"tandem {whole} s")]
    assert talk.said[-3:-1] == [
        "The C D C looks for ten seconds in the third position, heel to toe.",
        ADVICE,
    ]


def test_a_word_that_comes_with_the_last_second_is_still_heard() -> None:
    """She says "done" at 9.8 s; it is understood half a second after the end."""
    talk = four()
    talk.begin()
    talk.wait(10_000 + 500)
    talk.say("done")
    talk.wait(30_000)
    assert talk.kept == [(0, "together 9 s")]


@pytest.mark.parametrize("intent", [Intent.DONE, Intent.PAUSE, Intent.RESUME, Intent.STOP])
def test_a_key_ends_it_at_once(intent: Intent) -> None:
    talk = four()
    talk.begin()
    talk.wait(4_300)
    talk.press(intent)
    assert "That was four seconds. Hand on the counter." not in talk.said
    talk.wait(20_000)
    assert "That was four seconds. Hand on the counter." in talk.said
    assert talk.kept == [(0, "together 4 s")]


def test_a_word_in_the_count_in_makes_it_void_and_no_leaves_it_there() -> None:
    talk = four()
    held(talk)
    talk.until("Are you ready?")
    talk.say("yes")
    talk.wait(1_500)
    talk.say("done")
    talk.until("That one does not count.")
    talk.say("no")
    talk.wait(30_000)
    assert talk.kept == [(1, "instep not tried")]


def test_who_does_not_want_to_begin_has_no_number() -> None:
    talk = four()
    talk.say("no")
    talk.wait(20_000)
    assert (talk.kept, talk.ended, talk.said[-1]) == ([], "completed", "All right, another day.")


def test_one_leg_has_three_tries_each_and_the_best_is_told() -> None:
    talk = Talk(ONE_LEG)
    for seconds in (12, 17, 3, 8, 20, 9):
        talk.until("Are you ready?")
        talk.hold(seconds + 0.5)
    talk.wait(60_000)
    assert talk.kept == [(12, "left"), (17, "left"), (3, "left"), (8, "right"), (20, "right"), (9, "right")]
    assert "Your left leg today: seventeen seconds." in talk.said
    assert "Your right leg today: twenty seconds." in talk.said
    assert ADVICE not in talk.said


def test_forty_five_seconds_end_by_themselves_and_need_not_be_done_twice() -> None:
    talk = Talk(ONE_LEG)
    for _ in range(2):
        talk.until("Are you ready?")
        talk.begin()
        talk.wait(45_000 + SPOKEN_LATE)
    talk.wait(30_000)
    assert talk.kept == [(45, "left"), (45, "right")]
    go = next(effect.at for effect in talk.effects if isinstance(effect, Sound) and effect.tone is Tone.GO)
    calls = [(e.at - go) / 1000 for e in talk.effects if isinstance(e, Say) and e.line.args in ((10,), (20,), (30,))]
    assert calls[:4] == [10, 20, 30, 35]  # thirty-five: ten are left


def test_under_five_seconds_there_is_neutral_advice_once_for_both_legs() -> None:
    talk = Talk(ONE_LEG, somebody(tried(ONE_LEG, 4, 50, "left"), tried(ONE_LEG, 3, 50, "right")))
    for _ in range(6):
        talk.until("Are you ready?")
        talk.hold(3.2)
    talk.wait(60_000)
    assert talk.said.count("Less than five seconds on one leg is worth talking about.") == 1
    assert talk.said.count(ADVICE) == 1


def test_what_was_done_is_told_when_she_wants_no_more() -> None:
    talk = Talk(ONE_LEG)
    talk.until("Are you ready?")
    talk.hold(8.5)
    talk.until("Are you ready?")
    talk.say("no")
    talk.wait(30_000)
    assert (talk.kept, talk.ended) == ([(8, "left")], "completed")
    assert "Your left leg today: eight seconds." in talk.said
    assert not any("right leg today" in said for said in talk.said)
