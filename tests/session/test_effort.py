"""How hard it was: asked after the last set, in its rest, answered by a number or not at all; and what she did."""

from __future__ import annotations

import pytest

from tests.session.build import (
    CHAIR,
    ROW,
    STAND,
    Run,
    block,
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
from voice_coach.session.effort import QUESTIONS
from voice_coach.session.events import Say
from voice_coach.session.lines import Key, Line
from voice_coach.session.plan import Plan

THEN = item(STAND, seconds(10))


def asking(rest: int, *, sets: int = 1) -> Plan:
    return plan(item(CHAIR, reps(3), sets=sets, rest=rest * 1000, asks=True), THEN)


def asked(done: Run) -> list[tuple[float, Key]]:
    """When each question was put."""
    return [(e.at / 1000, e.line.key) for e in done.effects if isinstance(e, Say) and e.line.key in QUESTIONS]


def efforts(done: Run) -> list[tuple[object, object]]:
    return [(record.data["effort"], record.data["reserve"]) for record in done.records("effort")]


def test_in_a_long_rest_both_questions_are_asked_with_time_to_answer() -> None:
    assert said(asking(60), start=40, end=102) == lines(
        """
        40.95 [chair 1/1: done, 3]
        41.25 All three, steady.
        42.80 Rest for one minute.
        44.60 After this: Tandem stand.
        46.40 How hard was that, from nought to ten?
        56.40 How many could you still have managed well?
        70.95 Half way. Thirty seconds left.
        90.95 Ten seconds.
        100.95 Tandem stand.
        """
    )


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (45, [Key.ASK_EFFORT, Key.ASK_RESERVE]),
        (20, [Key.ASK_RESERVE]),
        (10, [Key.ASK_RESERVE]),  # in what is prepared next
        (0, [Key.ASK_RESERVE]),
    ],
)
def test_where_there_is_less_room_the_more_reliable_question_is_left(rest: int, expected: list[Key]) -> None:
    plain = run(plan(item(CHAIR, reps(3), rest=rest * 1000), THEN))
    done = run(asking(rest))
    assert [key for _, key in asked(done)] == expected
    last = max(at for at, _ in asked(done))
    work = done.sets[0].at / 1000
    assert (last < work + rest) is (rest >= 20)
    if rest >= 20:  # then nothing comes later than without questions
        assert done.sets[1].at == plain.sets[1].at


def test_answers_are_noted_and_read_back_and_the_second_question_follows_at_once() -> None:
    assert said(asking(60), "50s seven", "56s two", start=46, end=102) == lines(
        """
        46.40 How hard was that, from nought to ten?
        50.00 [effort]
        50.25 Seven. How many could you still have managed well?
        56.00 [effort]
        56.25 Seven, and two left. Noted.
        70.95 Half way. Thirty seconds left.
        90.95 Ten seconds.
        100.95 Tandem stand.
        """
    )
    done = run(asking(60), words("50s seven", "56s two"))
    assert [dict(record.data) for record in done.records("effort")] == [
        {"exercise": "chair", "effort": 7, "reserve": None},
        {"exercise": "chair", "effort": 7, "reserve": 2},
    ]


def test_silence_is_no_answer_and_she_is_not_asked_again() -> None:
    done = run(asking(60))
    assert efforts(done) == [] and len(asked(done)) == 2


@pytest.mark.parametrize("word", ["no", "not sure"])
def test_she_need_not_answer(word: str) -> None:
    first = run(asking(60), words(f"50s {word}", "60s three"))
    assert efforts(first) == [(None, 3)] and len(asked(first)) == 2
    second = run(asking(60), words("50s four", f"55s {word}", "57s three"))
    assert efforts(second) == [(4, None)] and len(second.records("refused")) == 1


def test_the_reserve_alone_is_noted_and_four_stands_for_more() -> None:
    assert efforts(run(asking(60), words("60s zero"))) == [(None, 0)]
    assert efforts(run(asking(60), words("60s nine"))) == [(None, 4)]
    assert efforts(run(asking(0), words("43s three"))) == [(None, 3)]


def test_a_number_while_the_second_question_is_being_put_still_answers_the_first() -> None:
    done = run(asking(60), words("57s seven", "60s two"))
    assert efforts(done) == [(7, None), (7, 2)]


def test_more_than_ten_is_no_answer_and_the_question_stays_open() -> None:
    done = run(asking(60), words("50s twelve", "52s seven"))
    assert efforts(done) == [(7, None)] and len(done.records("refused")) == 1


def test_a_number_too_late_or_without_a_question_is_refused_as_ever() -> None:
    late = run(asking(60), words("45s seven", "75s seven", "101s seven"))
    assert efforts(late) == [] and len(late.records("refused")) == 3
    without = run(plan(item(CHAIR, reps(3), rest=60_000), THEN), words("50s seven", "55s no"))
    assert not asked(without) and len(without.records("refused")) == 2


def test_only_the_last_set_is_asked_about_and_in_a_circuit_that_of_the_last_round() -> None:
    done = run(asking(60, sets=2))
    assert len(done.sets) == 3 and all(at > done.sets[1].at / 1000 for at, _ in asked(done))
    chair = item(CHAIR, reps(3), rest=60_000, asks=True)
    rounds = run(plan(block(chair, item(STAND, seconds(10), rest=20_000), rounds=2), block(THEN, name="Then")))
    (first, second) = asked(rounds)
    chairs = [record.at for record in rounds.sets if record.data["exercise"] == "chair"]
    assert chairs[1] / 1000 < first[0] < second[0] < chairs[1] / 1000 + 60


def test_a_movement_of_which_nothing_was_done_is_not_asked_about() -> None:
    skipped = run(asking(60), words("10s skip"))
    assert not asked(skipped) and skipped.sets[0].data["skipped"]


def test_whoever_leaves_the_rest_early_is_asked_before_the_next_set() -> None:
    skipped = run(asking(60), words("42s skip"))
    assert [key for _, key in asked(skipped)] == [Key.ASK_RESERVE]
    told = run(asking(60), words("47s skip"))  # the question was put: that is enough
    assert [key for _, key in asked(told)] == [Key.ASK_EFFORT]


def test_more_rest_changes_nothing_about_the_questions() -> None:
    longer = run(asking(60), words("47s more rest", "50s seven", "55s more rest", "58s one"))
    assert efforts(longer) == [(7, None), (7, 1)]
    silent = run(asking(60), words("47s more rest", "58s more rest"))
    assert [key for _, key in asked(silent)] == [Key.ASK_EFFORT, Key.ASK_RESERVE]
    spoken = [e for e in silent.effects if isinstance(e, Say) and 60_000 < e.at < 160_000 and e.line.key in QUESTIONS]
    assert not spoken


def test_at_her_own_pace_the_reps_are_told_first() -> None:
    own = plan(item(CHAIR, own_pace(5), rest=60_000, asks=True), THEN)
    done = run(own, words("40s done", "46s six", "56s seven", "62s two"))
    assert [record.data["done_reps"] for record in done.records("reps reported")] == [6]
    assert efforts(done) == [(7, None), (7, 2)]


def test_on_two_sides_it_is_asked_after_the_second() -> None:
    both = plan(item(ROW, reps(3), rest=60_000, asks=True), THEN)
    done = run(both)
    assert all(at > done.sets[1].at / 1000 for at, _ in asked(done)) and len(asked(done)) == 2


def test_after_the_last_movement_of_all_nothing_is_asked() -> None:
    assert not asked(run(plan(item(CHAIR, reps(3), rest=60_000, asks=True))))


def test_a_pause_ends_the_question_and_a_number_then_means_nothing() -> None:
    done = run(asking(60), words("50s pause", "52s seven", "70s resume", "71s seven"))
    assert efforts(done) == []


def test_a_change_in_what_is_prepared_does_not_ask_again() -> None:
    done = run(asking(0), words("44s easier", "60s seven"))
    assert len(asked(done)) == 1 and efforts(done) == []


def test_what_she_did_is_told_where_she_did_all_of_it() -> None:
    def praise(what: Plan, *said_: str) -> list[Line]:
        return [e.line for e in run(what, words(*said_)).effects if isinstance(e, Say) and e.line.key is Key.ALL_DONE]

    assert praise(asking(60)) == [Line(Key.ALL_DONE, (3, 0, 0))]
    assert praise(asking(60), "30s done") == []
    assert praise(plan(item(CHAIR, reps(3), rest=60_000), THEN)) == []
    held = plan(item(STAND, seconds(30), rest=60_000, asks=True), item(CHAIR, reps(3)))
    assert praise(held) == [Line(Key.ALL_DONE, (0, 30, 0))]
    eased = plan(item(STAND, seconds(30), rest=60_000, asks=True), item(CHAIR, reps(3)))
    assert praise(eased, "3s easier") == [Line(Key.ALL_DONE, (0, 25, 0))]


def test_the_wording_changes_with_the_place_in_the_plan() -> None:
    movements = [item(CHAIR if n % 2 else STAND, reps(2) if n % 2 else seconds(5), rest=40_000) for n in range(2)]
    several = plan(
        *(block(*movements, name=f"Part {n}") for n in range(2)),
        block(item(ROW, reps(2), rest=60_000, asks=True, each_side=False), THEN, name="Then"),
    )
    (line,) = [e.line for e in run(several).effects if isinstance(e, Say) and e.line.key is Key.ALL_DONE]
    assert line.args == (2, 0, 1)


def test_whatever_is_said_between_sets_the_next_set_begins_when_it_would_have() -> None:
    plain = run(plan(item(CHAIR, reps(3), rest=60_000), THEN)).sets[1].at
    for at in range(46_000, 95_000, 700):
        answered = run(asking(60), words(f"{at / 1000}s seven", f"{(at + 5_000) / 1000}s two"))
        assert answered.sets[1].at == plain
