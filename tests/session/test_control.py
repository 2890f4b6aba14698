"""Pause, resume, stop, skip, back, done and repeat, in each phase: words in, transcript out.

In `EIGHT` the first set is prepared until 24.75 s, rep n begins at 24.75 + 6 (n - 1), the rest lasts from 72.75 to
132.75, and the second set begins at 138.60.
"""

from __future__ import annotations

import pytest

from tests.session.build import CHAIR, ROW, STAND, command, item, lines, own_pace, plan, reps, run, said, seconds, words
from voice_coach.session.events import Command, Hush, Intent, Reason, Say
from voice_coach.session.lines import Key
from voice_coach.session.plan import Plan
from voice_coach.session.state import Place

EIGHT = plan(item(CHAIR, reps(8), sets=2, rest=60_000))
TWO = plan(item(CHAIR, reps(8)), item(STAND, seconds(30)))
HOLD = plan(item(STAND, seconds(30)))
SIDES = plan(item(ROW, reps(2), sets=2, rest=30_000), item(STAND, seconds(30)))


def test_a_set_goes_on_from_the_interrupted_rep_after_a_count_in() -> None:
    assert said(EIGHT, "51s pause", "60s resume", start=48, end=72) == lines(
        """
        48.75 five
        51.00 [paused]
        51.40 Paused. When you want to go on, say resume.
        60.00 [resumed]
        60.25 All right then.
        61.80 three
        62.80 two
        63.80 one
        64.80 five
        68.50 three more
        70.80 six
        """
    )


def test_a_hold_goes_on_from_the_same_second() -> None:
    assert said(HOLD, "30s pause", "40s resume", start=23, end=66) == lines(
        """
        24.15 hold
        30.00 [paused]
        30.40 Paused. When you want to go on, say resume.
        40.00 [resumed]
        40.25 All right then.
        41.80 three
        42.80 two
        43.80 one
        58.75 Ten seconds.
        63.75 five
        64.75 four
        65.75 three
        """
    )


def test_a_rest_goes_on_silently() -> None:
    assert said(EIGHT, "80s pause", "100s resume", start=72, end=154) == lines(
        """
        72.75 [chair 1/2: done, 8]
        73.05 Rest for one minute.
        74.85 Next comes set two of two.
        80.00 [paused]
        80.40 Paused. When you want to go on, say resume.
        100.00 [resumed]
        122.75 Half way. Thirty seconds left.
        142.75 Ten seconds.
        152.75 Set two of two.
        """
    )


def test_getting_ready_goes_on_from_the_start_of_the_sentence() -> None:
    assert said(EIGHT, "14.5s pause", "20s resume", start=9, end=30) == lines(
        """
        9.70 Sit tall.
        14.00 Nose over toes. …
        14.50 [paused]
        14.90 Paused. When you want to go on, say resume.
        20.00 [resumed]
        20.25 All right then.
        21.80 Nose over toes.
        23.35 Sit slowly.
        24.65 Eight times, with my count.
        26.70 Set one of two.
        28.50 We begin in
        29.55 three
        """
    )


def test_a_pause_in_the_count_in_counts_in_again() -> None:
    assert said(EIGHT, "23s pause", "30s resume", start=20, end=37) == lines(
        """
        20.70 We begin in
        21.75 three
        22.75 two
        23.00 [paused]
        23.40 Paused. When you want to go on, say resume.
        30.00 [resumed]
        30.25 All right then.
        31.80 We begin in
        32.85 three
        33.85 two
        34.85 one
        35.85 one, up
        """
    )


def test_her_own_pace_goes_on_without_a_count_in() -> None:
    assert said(plan(item(CHAIR, own_pace(8))), "30s pause", "40s resume", "60s done", start=16) == lines(
        """
        16.85 Do eight at your own pace. Then say done.
        30.00 [paused]
        30.40 Paused. When you want to go on, say resume.
        40.00 [resumed]
        40.25 All right then.
        60.00 [chair 1/1: done, 28300 ms]
        60.70 That is the whole session. You did one exercise, one set, in one minute. It is all in your log. Have a glass of water.
        67.75 [end: completed]
        """  # noqa: E501
    )


def test_a_pause_in_the_lead_in_of_resume_loses_nothing() -> None:
    assert said(EIGHT, "51s pause", "60s resume", "61.5s pause", "70s resume", start=48, end=80) == lines(
        """
        48.75 five
        51.00 [paused]
        51.40 Paused. When you want to go on, say resume.
        60.00 [resumed]
        60.25 All right then.
        61.50 [paused]
        61.90 Paused. When you want to go on, say resume.
        70.00 [resumed]
        70.25 All right then.
        71.80 three
        72.80 two
        73.80 one
        74.80 five
        78.50 three more
        """
    )


def test_a_question_in_the_lead_in_is_answered_after_it() -> None:
    assert said(EIGHT, "51s pause", "60s resume", "60.5s how many left", start=60, end=70) == lines(
        """
        60.00 [resumed]
        60.25 All right then.
        61.80 three
        62.80 two
        63.80 one
        64.80 five
        65.20 Three more, then one set.
        68.50 three more
        """
    )


def test_paused_reminds_and_ends_by_itself_with_the_set_in_the_log() -> None:
    assert said(EIGHT, "51s pause", start=51) == lines(
        """
        51.00 [paused]
        51.40 Paused. When you want to go on, say resume.
        111.00 I am waiting. Say resume, or end session.
        351.00 I am waiting. Say resume, or end session.
        951.00 I am waiting. Say resume, or end session.
        1851.00 [chair 1/2: left, 4]
        1851.00 [end: no answer]
        """
    )


def test_pause_said_twice_says_again_how_to_go_on() -> None:
    assert said(EIGHT, "51s pause", "60s pause", "65s resume", start=50, end=75) == lines(
        """
        51.00 [paused]
        51.40 Paused. When you want to go on, say resume.
        60.00 [paused]
        60.40 Paused. When you want to go on, say resume.
        65.00 [resumed]
        65.25 All right then.
        66.80 three
        67.80 two
        68.80 one
        69.80 five
        73.50 three more
        """
    )


def test_resume_said_twice_goes_on_once() -> None:
    assert said(EIGHT, "51s pause", "60s resume", "61s resume", start=60, end=72) == lines(
        """
        60.00 [resumed]
        60.25 All right then.
        61.00 [refused]
        61.80 three
        62.80 two
        63.80 one
        64.80 five
        65.20 Not now.
        68.50 three more
        70.80 six
        """
    )


def test_two_commands_at_the_same_millisecond_are_taken_in_turn() -> None:
    assert said(EIGHT, "51s pause", "51s resume", start=50, end=62) == lines(
        """
        51.00 [paused]
        51.00 [resumed]
        51.25 All right then.
        52.80 three
        53.80 two
        54.80 one
        55.80 five
        59.50 three more
        61.80 six
        """
    )
    assert said(EIGHT, "51s how many left", "51s pause", start=50, end=56) == lines(
        """
        51.00 [paused]
        51.40 Paused. When you want to go on, say resume.
        """
    )


def test_stop_is_silent_at_once_and_asks() -> None:
    assert said(EIGHT, "36.9s stop", start=36, end=40) == lines(
        """
        36.75 three …
        36.90 [stopped]
        37.05 I have stopped. Do you want to end here? Say yes, or resume.
        """
    )


def test_stop_then_yes_ends_and_says_goodbye() -> None:
    assert said(EIGHT, "51s stop", "56s yes", start=50) == lines(
        """
        51.00 [stopped]
        51.15 I have stopped. Do you want to end here? Say yes, or resume.
        56.00 [chair 1/2: left, 4]
        56.70 All right, we leave it here. Your one set is in the log.
        60.75 [end: ended by the person]
        """
    )


def test_stop_then_no_waits_until_resume() -> None:
    assert said(EIGHT, "51s stop", "56s no", "70s resume", start=50, end=82) == lines(
        """
        51.00 [stopped]
        51.15 I have stopped. Do you want to end here? Say yes, or resume.
        56.00 [paused]
        56.40 All right. When you want to go on, say resume.
        70.00 [resumed]
        70.25 All right then.
        71.80 three
        72.80 two
        73.80 one
        74.80 five
        78.50 three more
        80.80 six
        """
    )


def test_stop_then_resume_goes_on() -> None:
    assert said(EIGHT, "51s stop", "56s resume", start=50, end=65) == lines(
        """
        51.00 [stopped]
        51.15 I have stopped. Do you want to end here? Say yes, or resume.
        56.00 [resumed]
        56.25 All right then.
        57.80 three
        58.80 two
        59.80 one
        60.80 five
        64.50 three more
        """
    )


def test_stop_then_nothing_ends_by_itself() -> None:
    assert said(EIGHT, "51s stop", start=50) == lines(
        """
        51.00 [stopped]
        51.15 I have stopped. Do you want to end here? Say yes, or resume.
        71.00 I have stopped. Do you want to end here? Say yes, or resume.
        171.00 [chair 1/2: left, 4]
        171.00 [end: no answer]
        """
    )


def test_stop_then_pause_waits_longer() -> None:
    ended = run(EIGHT, words("51s stop", "56s pause")).end
    assert ended is not None and (ended.at, ended.reason) == (56_000 + 30 * 60_000, Reason.NO_ANSWER)


def test_stop_said_twice_asks_again_and_end_session_ends() -> None:
    assert said(EIGHT, "51s stop", "52s stop", "57s end session", start=50) == lines(
        """
        51.00 [stopped]
        51.15 I have stopped. Do you want to end here? Say yes, or resume. …
        52.00 [stopped]
        52.15 I have stopped. Do you want to end here? Say yes, or resume.
        57.00 [chair 1/2: left, 4]
        57.70 All right, we leave it here. Your one set is in the log.
        61.75 [end: ended by the person]
        """
    )


def test_stop_during_the_last_words_ends_at_once() -> None:
    assert said(plan(item(STAND, seconds(5))), "30s stop", start=28) == lines(
        """
        28.95 [stand 1/1: done, 5000 ms]
        29.65 That is the whole session. You did one exercise, one set, in one minute. It is all in your log. Have a glass of water. …
        30.00 [end: completed]
        """  # noqa: E501
    )


@pytest.mark.parametrize("word", ["stop", "end session"])
@pytest.mark.parametrize("at", [10, 30, 80], ids=["prepare", "work", "rest"])
def test_stop_and_end_ask_in_every_phase(word: str, at: int) -> None:
    asked = run(EIGHT, words(f"{at}s {word}"), until=at * 1000)
    assert asked.session.place is Place.STOPPED
    assert asked.effects[-2] == Hush(at=at * 1000)


def test_skip_while_an_exercise_is_announced_leaves_all_of_it_out() -> None:
    assert said(
        plan(item(CHAIR, reps(8), sets=2, rest=60_000), item(STAND, seconds(30))), "10s skip", start=9, end=17
    ) == (
        lines(
            """
            9.70 Sit tall. …
            10.00 [chair 1/2: skipped, 0]
            10.00 [chair 2/2: skipped, 0]
            10.25 Leaving that out.
            11.80 Tandem stand.
            13.10 Heel to toe.
            14.65 Keep a hand close to the counter.
            """
        )
    )


def test_skip_while_a_later_set_is_prepared_leaves_out_both_its_sides() -> None:
    assert said(SIDES, "95s skip", start=89, end=100) == lines(
        """
        89.35 Set two of two.
        91.15 Your left side.
        92.70 We begin in
        93.75 three
        94.75 two
        95.00 [row 2/2 left: skipped, 0]
        95.00 [row 2/2 right: skipped, 0]
        95.25 Leaving that out.
        96.80 Tandem stand.
        98.10 Heel to toe.
        99.65 Keep a hand close to the counter.
        """
    )


def test_skip_before_the_other_side_leaves_out_only_that() -> None:
    assert said(SIDES, "40s skip", start=36, end=50) == lines(
        """
        37.00 [row 1/2 left: done, 2]
        37.00 Now change sides. Your right side.
        40.00 [row 1/2 right: skipped, 0]
        40.25 Leaving that out.
        41.80 Set two of two.
        43.60 Your left side.
        45.15 We begin in
        46.20 three
        47.20 two
        48.20 one
        49.20 one, up
        """
    )


def test_skip_in_a_set_that_has_begun_goes_to_its_rest() -> None:
    assert said(EIGHT, "51s skip", start=50, end=60) == lines(
        """
        51.00 [chair 1/2: left, 4]
        51.25 Leaving that out.
        53.10 Rest for one minute.
        54.90 Next comes set two of two.
        """
    )


def test_skip_in_a_set_that_has_barely_begun_goes_on_to_the_next() -> None:
    assert said(EIGHT, "26s skip", start=25, end=32) == lines(
        """
        26.00 [chair 1/2: skipped, 0]
        26.25 Leaving that out.
        27.80 Set two of two.
        29.60 We begin in
        30.65 three
        31.65 two
        """
    )


@pytest.mark.parametrize(
    ("what", "begins"), [(HOLD, 23_950), (plan(item(CHAIR, own_pace(8))), 19_900)], ids=["hold", "own pace"]
)
def test_what_is_left_within_three_seconds_counts_as_skipped(what: object, begins: int) -> None:
    for after, skipped in ((2_999, True), (3_000, False)):
        left = run(what, [command(begins + after, Intent.SKIP)])  # type: ignore[arg-type]
        assert [record.data["skipped"] for record in left.sets] == [skipped]
        assert left.session.state.tally.sets == (0 if skipped else 1)


def test_a_set_at_her_own_pace_that_is_skipped_unheard_counts_as_skipped() -> None:
    (record,) = run(plan(item(CHAIR, own_pace(8))), words("10s skip")).sets
    assert record.data["skipped"] is True


def test_skip_in_a_rest_goes_to_the_next_set() -> None:
    assert said(EIGHT, "80s skip", start=74, end=88) == lines(
        """
        74.85 Next comes set two of two.
        80.25 Leaving that out.
        81.80 Set two of two.
        83.60 We begin in
        84.65 three
        85.65 two
        86.65 one
        87.65 one, up
        """
    )


def test_skip_of_the_last_set_ends_with_the_summary() -> None:
    assert said(EIGHT, "150s skip", start=144, end=160) == lines(
        """
        144.60 two, up
        146.60 hold
        147.60 and down
        150.00 [chair 2/2: left, 1]
        150.25 Leaving that out.
        152.50 That is the whole session. You did one exercise, two sets, in three minutes. It is all in your log. Have a glass of water.
        159.55 [end: completed]
        """  # noqa: E501
    )


def test_skip_while_paused_stays_paused_before_the_next_set() -> None:
    assert said(TWO, "30s pause", "40s skip", "50s resume", start=29, end=60) == lines(
        """
        30.00 [paused]
        30.40 Paused. When you want to go on, say resume.
        40.00 [chair 1/1: left, 1]
        40.25 Leaving that out.
        50.00 [resumed]
        50.25 All right then.
        51.80 Tandem stand.
        53.10 Heel to toe.
        54.65 Keep a hand close to the counter.
        """
    )


def test_back_in_a_set_begins_it_again() -> None:
    assert said(EIGHT, "51s go back", start=50, end=62) == lines(
        """
        51.00 [chair 1/2: left, 4]
        51.25 Once again, from the top.
        53.30 Main part.
        54.60 Chair stand.
        55.90 Sit tall.
        60.20 Nose over toes.
        61.75 Sit slowly.
        """
    )


@pytest.mark.parametrize("at", [80, 134], ids=["rest", "prepare"])
def test_back_in_a_rest_or_before_a_set_goes_to_the_set_before(at: int) -> None:
    gone_back = run(EIGHT, words(f"{at}s go back"), until=at * 1000)
    assert (gone_back.session.state.index, gone_back.session.place) == (0, Place.PREPARE)


def test_back_before_the_first_set_has_nowhere_to_go_and_takes_the_sentence_up_again() -> None:
    assert said(EIGHT, "10s go back", start=9, end=17) == lines(
        """
        9.70 Sit tall. …
        10.25 This is where we began.
        12.30 Sit tall.
        16.60 Nose over toes.
        """
    )


def test_back_while_paused_stays_paused() -> None:
    assert said(EIGHT, "51s pause", "60s go back", "70s resume", start=50, end=75) == lines(
        """
        51.00 [paused]
        51.40 Paused. When you want to go on, say resume.
        60.00 [chair 1/2: left, 4]
        60.25 Once again, from the top.
        70.00 [resumed]
        70.25 All right then.
        71.80 Main part.
        73.10 Chair stand.
        74.40 Sit tall.
        """
    )


def test_done_ends_a_counted_set_with_the_reps_so_far() -> None:
    assert said(EIGHT, "51s done", start=50, end=60) == lines(
        """
        51.00 [chair 1/2: left, 4]
        51.30 Rest for one minute.
        53.10 Next comes set two of two.
        """
    )


def test_done_ends_a_hold() -> None:
    assert said(HOLD, "40s done", start=38) == lines(
        """
        40.00 [stand 1/1: left, 16050 ms]
        40.70 That is the whole session. You did one exercise, one set, in one minute. It is all in your log. Have a glass of water.
        47.75 [end: completed]
        """  # noqa: E501
    )


@pytest.mark.parametrize("at", [10, 80], ids=["prepare", "rest"])
def test_done_means_nothing_between_sets(at: int) -> None:
    assert [line.split(" ", 1)[1] for line in said(EIGHT, f"{at}s done", start=at, end=at + 1)] == [
        "[refused]",
        "Not now.",
    ]


def test_repeat_tells_the_preparation_again() -> None:
    assert said(EIGHT, "16s repeat", start=15.5, end=24) == lines(
        """
        15.55 Sit slowly. …
        16.25 Test day. About three minutes.
        18.30 Clear floor, shoes on, phone close by. To rest at any time, say pause. Or say stop.
        23.35 Main part.
        """
    )


def test_repeat_passes_over_counts_and_calls_that_are_no_longer_true() -> None:
    assert said(EIGHT, "110s repeat", start=102, end=120) == lines(
        """
        102.75 Half way. Thirty seconds left.
        110.25 Next comes set two of two.
        """
    )
    assert said(EIGHT, "50s repeat", start=50, end=52) == lines(
        """
        50.25 Set one of two.
        """
    )


def test_repeat_after_louder_brings_the_sentence_that_was_not_heard() -> None:
    assert said(EIGHT, "78s louder", "82s repeat", start=74, end=90) == lines(
        """
        74.85 Next comes set two of two.
        78.25 Like this.
        82.25 Next comes set two of two.
        """
    )


def test_repeat_while_paused_or_stopped() -> None:
    assert said(EIGHT, "51s pause", "56s repeat", start=51, end=62) == lines(
        """
        51.00 [paused]
        51.40 Paused. When you want to go on, say resume.
        56.25 Paused. When you want to go on, say resume.
        """
    )
    assert said(EIGHT, "51s stop", "56s repeat", start=51, end=62) == lines(
        """
        51.00 [stopped]
        51.15 I have stopped. Do you want to end here? Say yes, or resume.
        56.25 I have stopped. Do you want to end here? Say yes, or resume.
        """
    )


@pytest.mark.parametrize(("what", "call"), [(EIGHT, 102_750), (HOLD, 43_950)], ids=["rest", "hold"])
def test_a_call_that_began_on_the_very_millisecond_of_the_pause_is_not_made_twice(what: Plan, call: int) -> None:
    def calls(*events: Command) -> list[int]:
        wanted = (Key.HALF_WAY, Key.SECONDS_LEFT)
        effects = run(what, events, until=call + 5_000).effects
        return [effect.at for effect in effects if isinstance(effect, Say) and effect.line.key in wanted]

    assert calls() == [call]
    assert calls(command(call, Intent.PAUSE), command(call + 1, Intent.RESUME)) == [call]
