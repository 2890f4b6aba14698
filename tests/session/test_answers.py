"""Questions: what is told, and that the answer sits between the counts without moving them."""

from __future__ import annotations

import pytest

from tests.session.build import (
    CHAIR,
    ROW,
    STAND,
    block,
    command,
    counts,
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
from voice_coach.routine.model import Tempo
from voice_coach.session.events import Intent, Say
from voice_coach.session.lines import Key

EIGHT = plan(item(CHAIR, reps(8), sets=2, rest=60_000))
HOLD = plan(item(STAND, seconds(30), sets=2, rest=30_000))


def test_how_many_left_sits_between_two_counts() -> None:
    assert said(EIGHT, "51s how many left", start=48, end=55) == lines(
        """
        48.75 five
        52.45 three more
        53.10 Three more, then one set.
        54.75 six
        """
    )


def test_how_many_left_does_not_count_a_rep_that_has_begun_when_it_is_told() -> None:
    """Asked just before "six", the answer comes after it, and two are left then, not three."""
    assert said(EIGHT, "54.5s how many left", start=54.5, end=60) == lines(
        """
        54.75 six
        55.15 Two more, then one set.
        """
    )


@pytest.mark.parametrize("rep", range(1, 9))
def test_how_many_left_agrees_with_the_count(rep: int) -> None:
    asked = 24_750 + 6_000 * (rep - 1) + 400
    answer = _told(run(EIGHT, [command(asked, Intent.HOW_MANY_LEFT)]).effects, Key.REPS_LEFT)
    begun = [each for each in counts(run(EIGHT).effects) if 24_750 <= each.at <= answer.at and _is_a_rep(each.effect)]
    assert answer.line.args == (8 - len(begun), 1)


def _told(effects: tuple[object, ...], key: Key) -> Say:
    (told,) = (effect for effect in effects if isinstance(effect, Say) and effect.line.key is key)
    return told


def _is_a_rep(effect: object) -> bool:
    return isinstance(effect, Say) and effect.line.key in (Key.NUMBER, Key.COUNT_LIFT)


def test_how_many_left_in_the_last_rep() -> None:
    assert said(EIGHT, "68s how many left", start=67, end=72) == lines(
        """
        68.25 This is the last one, then one set.
        """
    )


def test_how_many_left_of_a_hold_is_true_when_it_is_told() -> None:
    assert said(HOLD, "40s how many left", start=39, end=44) == lines(
        """
        40.25 Fifteen seconds, then one set.
        """
    )
    late = run(HOLD, words("45.5s how many left"))  # "ten seconds" begins at 45.75, so the answer waits for its end
    told = _told(late.effects, Key.TIME_LEFT)
    assert told.line.args == ((55_750 - told.at) // 1000, 1)


def test_how_many_left_while_paused_counts_the_rep_that_will_be_done_again() -> None:
    assert said(EIGHT, "51s pause", "55s how many left", start=55, end=57) == lines(
        """
        55.25 Four more, then one set.
        """
    )
    assert said(HOLD, "30s pause", "35s how many left", start=35, end=37) == lines(
        """
        35.25 Twenty five seconds, then one set.
        """
    )


def test_how_many_left_between_sets_and_at_her_own_pace_tells_the_sets() -> None:
    assert said(EIGHT, "80s how many left", start=80, end=82) == lines(
        """
        80.25 The last set.
        """
    )
    assert said(plan(item(CHAIR, own_pace(8), sets=3)), "30s how many left", start=30, end=32) == lines(
        """
        30.25 Three sets.
        """
    )


def test_an_answer_never_moves_a_count() -> None:
    plain = [(each.at, each.effect) for each in counts(run(EIGHT, until=72_000).effects)]
    questions = (Intent.HOW_MANY_LEFT, Intent.HOW_LONG, Intent.WHATS_NEXT, Intent.HOW_TO, Intent.HELP, Intent.LOUDER)
    for intent in questions:
        for at in range(25_000, 72_000, 1_700):
            asked = run(EIGHT, [command(at, intent)], until=72_000)
            assert [(each.at, each.effect) for each in counts(asked.effects)] == plain


def test_an_answer_does_not_touch_a_count() -> None:
    for intent, first in ((Intent.HOW_MANY_LEFT, 25_000), (Intent.HELP, 29_000)):
        for at in range(first, 60_000, 1_700):
            effects = run(EIGHT, [command(at, intent)], until=72_000).effects
            key = Key.REPS_LEFT if intent is Intent.HOW_MANY_LEFT else Key.HELP_WORK
            told = _told(effects, key)
            over = told.at + spoken_ms(told.line)
            assert all(each.until <= told.at or over <= each.at for each in counts(effects))


def test_where_counts_leave_no_room_the_answer_comes_after_eight_seconds_all_the_same() -> None:
    brisk = plan(item(CHAIR, reps(20), tempo=Tempo(lift=1000, hold=0, lower=1000)))
    (told,) = (e for e in run(brisk, words("30s help")).effects if isinstance(e, Say) and e.line.key is Key.HELP_WORK)
    assert told.at == 38_000


def test_at_work_each_question_brings_another_cue() -> None:
    assert said(EIGHT, "45s how do I do it", "51s how do I do it", start=45, end=52.4) == lines(
        """
        45.25 Sit slowly.
        48.75 five
        51.25 Nose over toes.
        """
    )


def test_between_sets_the_whole_exercise_is_explained() -> None:
    assert said(EIGHT, "80s how do I do it", start=80, end=82) == lines(
        """
        80.25 Sit tall. Nose over toes. Sit slowly.
        """
    )


def test_an_explanation_at_the_end_of_a_rest_is_heard_out_before_the_next_set() -> None:
    assert said(EIGHT, "131.5s how do I do it", start=131, end=141) == lines(
        """
        131.75 Sit tall. Nose over toes. Sit slowly.
        133.50 Set two of two.
        135.30 We begin in
        136.35 three
        137.35 two
        138.35 one
        139.35 one, up
        """
    )


def test_an_answer_in_the_introduction_takes_the_sentence_up_again() -> None:
    assert said(EIGHT, "14.5s how long", start=14, end=20) == lines(
        """
        14.00 Nose over toes. …
        14.75 About three minutes.
        16.30 Nose over toes.
        17.85 Sit slowly.
        19.15 Eight times, with my count.
        """
    )


def test_whats_next_names_the_side_the_set_the_exercise_or_the_end() -> None:
    both = plan(item(ROW, reps(2), sets=2, rest=30_000), item(STAND, seconds(30)))
    asked = [f"{at}s what's next" for at in (28, 45, 60, 170)]
    spoken = [line.split(" ", 1)[1] for line in said(both, *asked) if "omes" in line or "After" in line]
    assert spoken == [
        "Next comes your right side.",
        "Next comes set two of two.",
        "Next comes set two of two.",
        "Next comes set two of two.",
        "After this: Tandem stand.",
        "After this, the session is complete.",
    ]


def test_whats_next_in_a_circuit_is_the_next_exercise() -> None:
    circuit = plan(block(item(CHAIR, reps(2)), item(STAND, seconds(5)), rounds=2, round_rest=30_000))
    spoken = said(circuit, "26s what's next")
    assert any(line.endswith("After this: Tandem stand.") for line in spoken)


def test_how_long_shrinks_as_the_session_goes_on() -> None:
    told = [
        _told(run(EIGHT, [command(at, Intent.HOW_LONG)]).effects, Key.SESSION_LEFT).line.args[0]
        for at in (25_000, 100_000, 170_000)
    ]
    assert told == [3, 1, 1]


@pytest.mark.parametrize(("at", "first_word"), [(10, "repeat"), (50, "pause"), (90, "skip")])
def test_help_names_what_can_be_said_now(at: int, first_word: str) -> None:
    spoken = [line for line in said(EIGHT, f"{at}s help", start=at, end=at + 8) if "You can say" in line]
    assert len(spoken) == 1 and f"say: {first_word}," in spoken[0]


def test_help_while_paused_and_stopped() -> None:
    assert said(EIGHT, "51s pause", "56s help", "62s stop", "68s help", start=56, end=70) == lines(
        """
        56.25 You can say: resume, easier, skip, end session, or help me.
        62.00 [stopped]
        62.15 I have stopped. Do you want to end here? Say yes, or resume.
        68.25 I have stopped. Do you want to end here? Say yes, or resume.
        """
    )


def test_counting_along_is_answered_by_a_tone_only() -> None:
    counted = run(EIGHT, words("37.5s three", "43.5s four"), until=48_000)
    assert len(counted.records("refused")) == 2
    assert not [e for e in counted.effects if isinstance(e, Say) and e.line.key is Key.NOT_NOW]


def test_a_number_after_a_hold_means_nothing() -> None:
    asked = run(HOLD, words("60s seven"), until=61_000)
    assert len(asked.records("refused")) == 1 and not asked.records("reps reported")
