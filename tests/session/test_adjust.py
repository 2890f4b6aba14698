"""Easier and harder by rung, by reps and by seconds, slower and faster, louder and quieter, more rest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.session.build import (
    CHAIR,
    ROW,
    STAND,
    block,
    command,
    item,
    lines,
    own_pace,
    plan,
    reps,
    run,
    said,
    seconds,
    words,
)
from voice_coach.routine.model import Tempo, Variant
from voice_coach.session.dose import Adjustment, dose
from voice_coach.session.events import Intent, Say, Volume
from voice_coach.session.lines import Key

EIGHT = plan(item(CHAIR, reps(8), sets=2, rest=60_000))
BARE = replace(CHAIR, easier=(), harder=())
REPS = plan(item(BARE, reps(8), sets=2, rest=60_000))
HOLD = plan(item(STAND, seconds(30), sets=2, rest=30_000))


def test_easier_at_work_tells_the_rung_and_goes_on_from_the_same_rep() -> None:
    assert said(EIGHT, "51s easier", start=50, end=64) == lines(
        """
        51.00 [adjusted]
        51.25 Gentler now. Use both hands.
        53.30 three
        54.30 two
        55.30 one
        56.30 five
        60.00 three more
        62.30 six
        """
    )


def test_easier_stays_in_force_for_the_sets_that_follow() -> None:
    assert said(EIGHT, "51s easier", start=136, end=145) == lines(
        """
        140.30 Set two of two.
        142.10 Like this: use both hands.
        144.15 We begin in
        """
    )


def test_easier_early_in_the_introduction_tells_it_anew_with_the_rung() -> None:
    assert said(EIGHT, "10s too hard", start=9, end=34) == lines(
        """
        9.70 Sit tall. …
        10.00 [adjusted]
        10.25 Gentler now. Use both hands.
        12.30 Chair stand.
        13.60 Sit tall.
        14.90 Like this: use both hands.
        19.95 Nose over toes.
        21.50 Sit slowly.
        22.80 Eight times, with my count.
        24.85 Set one of two.
        26.65 We begin in
        27.70 three
        28.70 two
        29.70 one
        30.70 one, up
        32.70 hold
        33.70 and down
        """
    )


def test_easier_late_in_the_introduction_repeats_only_the_start() -> None:
    assert said(EIGHT, "19s easier", start=18, end=30) == lines(
        """
        18.90 Set one of two. …
        19.00 [adjusted]
        19.25 Gentler now. Use both hands.
        21.30 Set one of two.
        23.10 Like this: use both hands.
        25.15 We begin in
        26.20 three
        27.20 two
        28.20 one
        29.20 one, up
        """
    )


def test_easier_at_rest_is_for_the_set_to_come() -> None:
    assert said(EIGHT, "85s easier", start=84, end=142) == lines(
        """
        85.00 [adjusted]
        85.25 Gentler now. Use both hands.
        102.75 Half way. Thirty seconds left.
        122.75 Ten seconds.
        132.75 Set two of two.
        134.55 Like this: use both hands.
        136.60 We begin in
        137.65 three
        138.65 two
        139.65 one
        140.65 one, up
        """
    )


def test_easier_while_paused_changes_the_set_that_will_go_on() -> None:
    assert said(EIGHT, "51s pause", "56s easier", "60s resume", start=50, end=70) == lines(
        """
        51.00 [paused]
        51.40 Paused. When you want to go on, say resume.
        56.00 [adjusted]
        56.25 Gentler now. Use both hands.
        60.00 [resumed]
        60.25 All right then.
        61.80 three
        62.80 two
        63.80 one
        64.80 five
        68.50 three more
        """
    )


def test_easier_while_the_introduction_is_paused_tells_it_from_its_beginning() -> None:
    assert said(EIGHT, "10s pause", "14s easier", "20s resume", start=10, end=30) == lines(
        """
        10.00 [paused]
        10.40 Paused. When you want to go on, say resume.
        14.00 [adjusted]
        14.25 Gentler now. Use both hands.
        20.00 [resumed]
        20.25 All right then.
        21.80 Test day. About three minutes.
        23.85 Clear floor, shoes on, phone close by. To rest at any time, say pause. Or say stop.
        28.90 Main part.
        """
    )


def test_down_to_the_gentlest_rung_and_up_again_to_the_top() -> None:
    asked = ("easier", "easier", "easier", "harder", "harder", "harder", "too easy")
    spoken = said(EIGHT, *(f"{76 + 3 * n}.5s {word}" for n, word in enumerate(asked)), start=76.6, end=99)
    assert [line.split(" ", 1)[1] for line in spoken if "[" not in line] == [
        "Gentler now. Use both hands.",
        "Gentler now. Use a cushion.",
        "This is the gentlest form. You can skip it.",
        "One step up. Use both hands.",
        "The standard way again.",
        "One step up. Cross your arms.",
        "That is the top step for today.",
    ]


def test_an_adjustment_is_logged_with_what_it_was_before() -> None:
    (record,) = run(EIGHT, words("51s easier"), until=60_000).records("adjusted")
    assert dict(record.data) == {
        "exercise": "chair", "intent": "easier", "rung": -1, "reps": 0, "ms": 0, "pace": 100, "rung_before": 0,
    }  # fmt: skip


def test_the_log_keeps_what_was_planned_beside_what_was_asked() -> None:
    (first, _) = run(REPS, words("51s harder")).sets
    assert (first.data["planned_reps"], first.data["target_reps"], first.data["done_reps"]) == (8, 10, 10)
    (first, _) = run(EIGHT, words("51s easier")).sets
    assert (first.data["rung"], first.data["variant"]) == (-1, "Use both hands.")


def test_a_rung_can_bring_a_tempo_of_its_own() -> None:
    slow = Variant(say="Go down slowly.", tempo=Tempo(lift=2000, hold=0, lower=5000))
    exercise = replace(CHAIR, harder=(slow,))
    (first,) = run(plan(item(exercise, reps(8))), words("51s harder")).sets
    assert first.data["tempo"] == "2000-0-5000"


def test_without_a_ladder_easier_takes_two_reps_off() -> None:
    assert said(REPS, "51s easier", start=50, end=76) == lines(
        """
        51.00 [adjusted]
        51.25 From now on, six in a set.
        53.80 three
        54.80 two
        55.80 one
        56.80 five
        60.50 last one
        62.80 six
        68.80 [chair 1/2: done, 6]
        69.10 Rest for one minute.
        70.90 Next comes set two of two.
        """
    )


def test_when_fewer_are_asked_than_are_done_the_set_is_over() -> None:
    assert said(REPS, "68s easier", start=64, end=76) == lines(
        """
        64.45 last one
        66.75 eight
        68.00 [adjusted]
        68.00 [chair 1/2: done, 7]
        68.30 Rest for one minute.
        70.10 Next comes set two of two.
        71.75 From now on, six in a set.
        """
    )
    (first, *_) = run(REPS, words("68s easier"), until=70_000).sets
    assert (first.data["target_reps"], first.data["done_reps"], first.data["completed"]) == (6, 7, True)


def test_when_that_was_the_last_set_only_the_summary_is_said() -> None:
    assert said(plan(item(BARE, reps(8))), "66s easier", start=64) == lines(
        """
        64.95 eight
        66.00 [adjusted]
        66.00 [chair 1/1: done, 7]
        66.70 That is the whole session. You did one exercise, one set, in one minute. It is all in your log. Have a glass of water.
        73.75 [end: completed]
        """  # noqa: E501
    )


def test_when_fewer_are_asked_while_paused_the_set_is_over_on_resume() -> None:
    assert said(REPS, "68s pause", "70s easier", "75s resume", start=67, end=80) == lines(
        """
        68.00 [paused]
        68.40 Paused. When you want to go on, say resume. …
        70.00 [adjusted]
        70.25 From now on, six in a set.
        75.00 [resumed]
        75.00 [chair 1/2: done, 7]
        75.30 Rest for one minute.
        77.10 Next comes set two of two.
        """
    )


def test_a_hold_made_shorter_while_paused_is_over_on_resume() -> None:
    assert said(HOLD, "52s pause", "55s easier", "60s easier", "65s resume", start=52, end=70) == lines(
        """
        52.00 [paused]
        52.40 Paused. When you want to go on, say resume.
        55.00 [adjusted]
        55.25 From now on, twenty five seconds.
        60.00 [adjusted]
        60.25 From now on, twenty seconds.
        65.00 [resumed]
        65.00 [stand 1/2: done, 26250 ms]
        65.30 Rest for thirty seconds.
        67.10 Next comes set two of two.
        """
    )


def test_a_hold_is_made_longer_and_shorter_by_five_seconds() -> None:
    assert said(HOLD, "40s harder", start=39, end=76) == lines(
        """
        40.00 [adjusted]
        40.25 From now on, thirty five seconds.
        42.55 three
        43.55 two
        44.55 one
        56.30 Ten seconds.
        61.30 five
        62.30 four
        63.30 three
        64.30 two
        65.30 one
        66.30 [stand 1/2: done, 35000 ms]
        66.60 Rest for thirty seconds.
        68.40 Next comes set two of two.
        """
    )
    assert said(HOLD, "40s easier", start=39, end=66) == lines(
        """
        40.00 [adjusted]
        40.25 From now on, twenty five seconds.
        42.55 three
        43.55 two
        44.55 one
        46.30 Ten seconds.
        51.30 five
        52.30 four
        53.30 three
        54.30 two
        55.30 one
        56.30 [stand 1/2: done, 25000 ms]
        56.60 Rest for thirty seconds.
        58.40 Next comes set two of two.
        """
    )


@pytest.mark.parametrize(
    ("amount", "least", "most"),
    [(reps(8), 4, 12), (reps(3), 3, 7), (seconds(30), 5_000, 40_000), (seconds(7), 7_000, 17_000)],
    ids=["8 reps", "3 reps", "30 s", "7 s"],
)
def test_forty_times_easier_and_forty_times_harder_stay_within_bounds(amount: object, least: int, most: int) -> None:
    one = item(BARE, amount)  # type: ignore[arg-type]
    for intent, bound in ((Intent.EASIER, least), (Intent.HARDER, most)):
        events = [command(10_000 + 100 * n, intent) for n in range(40)]
        (record,) = run(plan(one), events).sets
        assert (record.data["target_reps"] or record.data["target_ms"]) == bound


def test_forty_times_easier_or_harder_stays_on_the_ladder() -> None:
    for intent, rung in ((Intent.EASIER, -2), (Intent.HARDER, 1)):
        (first, _) = run(EIGHT, [command(10_000 + 100 * n, intent) for n in range(40)]).sets
        assert first.data["rung"] == rung


def test_what_was_taken_off_a_large_set_leaves_a_small_one_of_the_same_exercise_whole() -> None:
    """Twelve reps taken down to four must not turn five into minus three."""
    both = plan(item(BARE, reps(12)), item(BARE, reps(5)), item(BARE, reps(2)))
    done = run(both, [command(10_000 + 100 * n, Intent.EASIER) for n in range(4)])
    assert [record.data["done_reps"] for record in done.sets] == [4, 3, 2]
    assert dose(item(BARE, seconds(4)), Adjustment(ms=-20_000)).amount == seconds(4)


def test_easier_at_her_own_pace_is_told_without_a_count_in() -> None:
    assert said(plan(item(CHAIR, own_pace(8))), "30s easier", "40s done", start=29, end=42) == lines(
        """
        30.00 [adjusted]
        30.25 Gentler now. Use both hands.
        40.00 [chair 1/1: done, 20100 ms]
        40.70 That is the whole session. You did one exercise, one set, in one minute. It is all in your log. Have a glass of water.
        """  # noqa: E501
    )


def test_slower_makes_every_rep_longer_from_the_same_rep_on() -> None:
    assert said(EIGHT, "51s slower", start=50, end=73) == lines(
        """
        51.00 [adjusted]
        51.25 A calmer count.
        52.80 three
        53.80 two
        54.80 one
        55.80 five
        60.25 three more
        63.30 six
        70.80 seven
        """
    )


def test_faster_and_slower_end_at_three_quarters_and_one_and_a_half() -> None:
    for intent, tempo, last in (
        (Intent.SLOWER, "3000-1500-4500", "This is my slowest count."),
        (Intent.FASTER, "1500-750-2250", "This is the quickest that is good for you."),
    ):
        done = run(EIGHT, [command(10_000 + 5_000 * n, intent) for n in range(4)])
        assert done.sets[0].data["tempo"] == tempo
        spoken = said(EIGHT, *(f"{10 + 5 * n}s {intent.value}" for n in range(4)), start=10, end=30)
        assert any(line.endswith(last) for line in spoken)


@pytest.mark.parametrize("what", [HOLD, plan(item(CHAIR, own_pace(8)))], ids=["hold", "own pace"])
@pytest.mark.parametrize("word", ["slower", "faster"])
def test_a_hold_and_her_own_pace_have_no_pace_of_the_coach(what: object, word: str) -> None:
    asked = run(what, words(f"30s {word}"), until=40_000)  # type: ignore[arg-type]
    assert len(asked.records("refused")) == 1 and not asked.session.state.adjusted


def test_more_rest_adds_half_a_minute_and_keeps_what_is_being_said() -> None:
    assert said(EIGHT, "74s more rest", start=72, end=164) == lines(
        """
        72.75 [chair 1/2: done, 8]
        73.05 Rest for one minute.
        74.00 [more rest]
        74.85 Next comes set two of two.
        76.50 Thirty seconds longer.
        117.75 Half way. Forty five seconds left.
        152.75 Ten seconds.
        162.75 Set two of two.
        """
    )


def test_more_rest_while_the_number_is_asked_loses_neither_question_nor_preview() -> None:
    assert said(
        plan(item(CHAIR, own_pace(8), sets=2, rest=30_000)), "40s done", "42.5s more rest", start=40, end=60
    ) == (
        lines(
            """
            40.00 [chair 1/2: done, 18300 ms]
            40.30 Rest for thirty seconds.
            42.10 What number did you get to?
            42.50 [more rest]
            44.40 Next comes set two of two.
            46.05 Thirty seconds longer.
            """
        )
    )


def test_one_rest_is_lengthened_four_times_at_most() -> None:
    asked = run(EIGHT, [command(80_000 + 5_000 * n, Intent.MORE_REST) for n in range(6)], until=330_000)
    assert len(asked.records("more rest")) == 4
    assert said(EIGHT, *(f"{80 + 5 * n}s more rest" for n in range(5)), start=100, end=104) == lines(
        """
        100.25 That was a long rest. Say pause if you want to stay seated.
        """
    )


def test_how_long_counts_the_rest_as_long_as_it_has_become() -> None:
    asked = run(EIGHT, words("80s more rest", "81s more rest"), until=81_000).session
    plain = run(EIGHT, until=81_000).session
    assert asked.remaining() - plain.remaining() == 60_000


@pytest.mark.parametrize(("word", "step"), [("louder", 1), ("i can't hear you", 1), ("quieter", -1), ("too loud", -1)])
@pytest.mark.parametrize("at", [10, 50, 80], ids=["prepare", "work", "rest"])
def test_louder_and_quieter_turn_the_voice_before_they_say_so(word: str, step: int, at: int) -> None:
    turned = run(EIGHT, words(f"{at}s {word}"), until=at * 1000 + 1_000)
    assert [effect for effect in turned.effects if isinstance(effect, Volume)] == [Volume(at=at * 1000, step=step)]
    assert f"{at}.25 Like this." in said(EIGHT, f"{at}s {word}", start=at, end=at + 1)


def test_a_rest_in_a_circuit_makes_the_next_exercise_easier_and_the_change_lasts_for_all_rounds() -> None:
    circuit = plan(block(item(STAND, seconds(5), rest=20_000), item(CHAIR, reps(3)), rounds=2, round_rest=30_000))
    rungs = [(r.data["exercise"], r.data["rung"]) for r in run(circuit, words("40s easier")).sets]
    assert rungs == [("stand", 0), ("chair", -1), ("stand", 0), ("chair", -1)]


def test_the_other_side_gets_the_same_change() -> None:
    easier = replace(ROW, easier=(Variant(say="A lighter band."),))
    done = run(plan(item(easier, reps(3))), words("28s easier"))
    assert [(record.data["side"], record.data["rung"]) for record in done.sets] == [("left", -1), ("right", -1)]


@pytest.mark.parametrize(
    ("rung", "really", "variant"),
    [
        (0, 0, None),
        (-1, -1, "Use both hands."),
        (1, 1, "Cross your arms."),
        (-5, -2, "Use a cushion."),
        (4, 1, "Cross your arms."),
    ],
)
def test_a_session_begins_on_the_rung_of_the_item_or_the_nearest_there_is(
    rung: int, really: int, variant: str | None
) -> None:
    done = run(plan(item(CHAIR, reps(3), rung=rung)))
    (record,) = done.sets
    assert (record.data["rung"], record.data["variant"]) == (really, variant)
    told = [effect.line.args[0] for effect in done.effects if isinstance(effect, Say) and effect.line.key is Key.RUNG]
    assert told == ([variant] if variant else [])


def test_an_exercise_without_a_ladder_has_no_rung() -> None:
    (record,) = run(plan(item(ROW, reps(3), rung=-2, each_side=False))).sets
    assert (record.data["rung"], record.data["variant"]) == (0, None)


def test_easier_and_harder_move_from_where_the_item_begins() -> None:
    what = plan(item(CHAIR, reps(8), rung=-1))
    changed = run(what, [command(5_000, Intent.HARDER), command(8_000, Intent.HARDER), command(11_000, Intent.HARDER)])
    moves = [(record.data["rung_before"], record.data["rung"]) for record in changed.records("adjusted")]
    assert moves == [(-1, 0), (0, 1)]
    lowest = run(plan(item(CHAIR, reps(8), rung=-5)), [command(5_000, Intent.EASIER), command(8_000, Intent.HARDER)])
    assert [(r.data["rung_before"], r.data["rung"]) for r in lowest.records("adjusted")] == [(-2, -1)]


def test_a_step_counts_from_each_item_s_own_rung() -> None:
    """Two doses of one exercise: "harder" in the one is one step in the other, too, and never a leap."""
    what = plan(item(CHAIR, reps(3)), item(CHAIR, reps(3), rung=-2))
    assert [r.data["rung"] for r in run(what, [command(5_000, Intent.HARDER)]).sets] == [1, -1]
