"""A session that nobody interrupts: what is announced, counted, rested for and summed up."""

from __future__ import annotations

from tests.session.build import (
    CHAIR,
    MARCH,
    ROW,
    STAND,
    block,
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
from voice_coach.routine.model import Load, Routine, Tempo
from voice_coach.session.engine import Session
from voice_coach.session.events import Say, Sound, Start, Tone
from voice_coach.session.lines import Key
from voice_coach.session.plan import make_plan


def test_an_exercise_is_introduced_counted_in_and_counted() -> None:
    assert said(plan(item(CHAIR, reps(5), sets=2, rest=60_000, load=Load(grams=1500))), end=57) == lines(
        """
        0.00 Test day. About two minutes.
        2.05 Clear floor, shoes on, phone close by. To rest at any time, say pause. Or say stop.
        7.10 Main part.
        8.40 Chair stand.
        9.70 Use one and a half kilos.
        12.00 Sit tall.
        16.30 Nose over toes.
        17.85 Sit slowly.
        19.15 Five times, with my count.
        21.20 Set one of two.
        23.00 We begin in
        24.05 three
        25.05 two
        26.05 one
        27.05 one, up
        29.05 hold
        30.05 and down
        33.05 two, up
        35.05 hold
        36.05 and down
        39.05 three
        45.05 four
        48.75 last one
        51.05 five
        """
    )


def test_a_rest_names_its_length_and_what_comes_next_and_calls_half_way_and_ten_seconds() -> None:
    two_sets = plan(item(CHAIR, reps(5), sets=2, rest=60_000))
    assert said(two_sets, start=54.5, end=124) == lines(
        """
        54.75 [chair 1/2: done, 5]
        55.05 Rest for one minute.
        56.85 Next comes set two of two.
        84.75 Half way. Thirty seconds left.
        104.75 Ten seconds.
        114.75 Set two of two.
        116.55 We begin in
        117.60 three
        118.60 two
        119.60 one
        120.60 one, up
        122.60 hold
        123.60 and down
        """
    )


def test_a_short_rest_says_only_what_fits() -> None:
    assert said(plan(item(CHAIR, reps(5), sets=2, rest=5_000)), start=54.5, end=61) == lines(
        """
        54.75 [chair 1/2: done, 5]
        55.05 Rest for five seconds.
        56.85 Next comes set two of two.
        59.75 Set two of two.
        """
    )


def test_the_parts_of_a_rep_can_be_told_apart_by_ear() -> None:
    effects = run(plan(item(CHAIR, reps(3)))).effects
    tones = [(e.at, e.tone) for e in effects if isinstance(e, Sound) and e.tone in (Tone.LIFT, Tone.HOLD, Tone.LOWER)]
    start = tones[0][0]
    assert [(at - start, tone) for at, tone in tones] == [
        (offset + 6_000 * rep, tone)
        for rep in range(3)
        for offset, tone in ((0, Tone.LIFT), (2_000, Tone.HOLD), (3_000, Tone.LOWER))
    ]


def test_the_last_rep_is_announced_even_where_the_weight_goes_down_quickly() -> None:
    quick = Tempo(lift=2000, hold=0, lower=1000)
    assert said(plan(item(CHAIR, reps(3), tempo=quick)), start=22.5, end=32) == lines(
        """
        22.95 one, up
        24.95 and down
        25.95 two, up
        27.95 and down
        28.95 three
        29.65 last one
        31.95 [chair 1/1: done, 3]
        """
    )


def test_sides_are_announced_and_share_one_rest() -> None:
    assert said(plan(item(ROW, reps(1), sets=2, rest=30_000)), start=15, end=82) == lines(
        """
        15.55 One time, with my count.
        17.60 Set one of two.
        19.40 Your left side.
        20.95 We begin in
        22.00 three
        23.00 two
        24.00 one
        25.00 one, up
        27.00 hold
        28.00 and down
        31.00 [row 1/2 left: done, 1]
        31.00 Now change sides. Your right side.
        37.30 We begin in
        38.35 three
        39.35 two
        40.35 one
        41.35 one, up
        43.35 hold
        44.35 and down
        47.35 [row 1/2 right: done, 1]
        47.65 Rest for thirty seconds.
        49.45 Next comes set two of two.
        67.35 Ten seconds.
        77.35 Set two of two.
        79.15 Your left side.
        80.70 We begin in
        81.75 three
        """
    )


def test_a_hold_is_counted_down() -> None:
    assert said(plan(item(STAND, seconds(40))), start=8, end=71) == lines(
        """
        8.40 Tandem stand.
        9.70 Heel to toe.
        11.25 Keep a hand close to the counter.
        16.80 Look ahead.
        18.10 Hold for forty seconds.
        19.90 We begin in
        20.95 three
        21.95 two
        22.95 one
        24.15 hold
        43.95 Half way. Twenty seconds left.
        53.95 Ten seconds.
        58.95 five
        59.95 four
        60.95 three
        61.95 two
        62.95 one
        63.95 [stand 1/1: done, 40000 ms]
        64.65 That is the whole session. You did one exercise, one set, in one minute. It is all in your log. Have a glass of water.
        """  # noqa: E501
    )


def test_a_long_move_tells_the_minutes() -> None:
    assert said(plan(item(MARCH, seconds(180, moving=True))), start=21, end=197) == lines(
        """
        21.10 Off we go.
        80.90 Two minutes left.
        110.90 Half way. One and a half minutes left.
        140.90 One minute left.
        190.90 Ten seconds.
        195.90 five
        196.90 four
        """
    )


def test_rounds_are_announced_and_the_second_one_is_shorter() -> None:
    circuit = block(
        item(STAND, seconds(5), rest=20_000), item(MARCH, seconds(10, moving=True), rest=20_000),
        name="Balance", rounds=2, round_rest=30_000,
    )  # fmt: skip
    assert said(plan(circuit), start=23, end=132) == lines(
        """
        23.90 hold
        25.70 three
        26.70 two
        27.70 one
        28.70 [stand 1/1: done, 5000 ms]
        29.00 Rest for twenty seconds.
        30.80 After this: March.
        38.70 Ten seconds.
        48.70 March.
        49.75 Stand tall.
        54.05 Swing your arms.
        55.60 For ten seconds.
        57.15 We begin in
        58.20 three
        59.20 two
        60.20 one
        61.40 Off we go.
        66.20 five
        67.20 four
        68.20 three
        69.20 two
        70.20 one
        71.20 [march 1/1: done, 10000 ms]
        71.50 Rest for thirty seconds.
        73.30 After this: Tandem stand.
        91.20 Ten seconds.
        101.20 Round two of two.
        103.00 Tandem stand.
        107.30 We begin in
        108.35 three
        109.35 two
        110.35 one
        111.55 hold
        113.35 three
        114.35 two
        115.35 one
        116.35 [stand 1/1: done, 5000 ms]
        116.65 Rest for twenty seconds.
        118.45 After this: March.
        126.35 Ten seconds.
        """
    )


def test_every_block_is_named_once() -> None:
    parts = block(item(MARCH, seconds(5)), name="Warm-up"), block(item(STAND, seconds(5), sets=2), name="Balance")
    spoken = said(plan(*parts))
    assert [line.split(" ", 1)[1] for line in spoken if "Warm-up" in line or "Balance" in line] == [
        "Warm-up.",
        "Balance.",
    ]


def test_her_own_pace_waits_for_done_and_asks_for_the_number() -> None:
    two = plan(item(CHAIR, own_pace(8), sets=2, rest=30_000))
    assert said(two, "100s done", "106s seven", "137s I'm done", start=16) == lines(
        """
        16.85 Do eight at your own pace. Then say done.
        19.90 Set one of two.
        81.70 Take your time. When the set is over, say done.
        100.00 [chair 1/2: done, 78300 ms]
        100.30 Rest for thirty seconds.
        102.10 What number did you get to?
        104.40 Next comes set two of two.
        106.00 [reps reported]
        106.25 Seven, noted.
        120.00 Ten seconds.
        130.00 Set two of two.
        131.80 Do eight at your own pace. Then say done.
        137.00 [chair 2/2: done, 2150 ms]
        137.70 That is the whole session. You did one exercise, two sets, in two minutes. It is all in your log. Have a glass of water.
        144.75 [end: completed]
        """  # noqa: E501
    )


def test_a_reported_number_names_the_set_it_is_for() -> None:
    done = run(plan(item(CHAIR, own_pace(8), sets=2, rest=30_000)), words("40s done", "46s seven"), until=50_000)
    (reported,) = done.records("reps reported")
    assert dict(reported.data) == {
        "exercise": "chair", "set": 1, "round": 1, "side": None, "done_reps": 7,
    }  # fmt: skip


def test_her_own_pace_left_alone_ends_after_half_an_hour() -> None:
    finished = run(plan(item(CHAIR, own_pace(8))))
    assert finished.end is not None and finished.end.reason.value == "no answer"
    assert finished.end.at == 19_900 + 30 * 60_000
    assert [record.data["completed"] for record in finished.sets] == [False]


def test_a_set_is_logged_as_planned_and_as_done() -> None:
    (record, *_) = run(plan(item(CHAIR, reps(5), rest=60_000, load=Load(grams=1500)))).sets
    assert dict(record.data) == {
        "exercise": "chair", "name": "Chair stand", "block": "Main part", "set": 1, "of": 1, "round": 1, "side": None,
        "planned_reps": 5, "planned_ms": None, "target_reps": 5, "target_ms": None, "own_pace": False,
        "tempo": "2000-1000-3000", "rung": 0, "variant": None, "load_g": 1500, "load": None,
        "done_reps": 5, "done_ms": 30_000, "completed": True, "skipped": False,
    }  # fmt: skip


def test_a_session_without_sets_ends_at_once() -> None:
    nothing = make_plan(Routine(id="x", title="X", aliases=(), purpose="", blocks=(), path="x", digest="d"))
    assert said(nothing) == lines(
        """
        0.70 That is the end. Today you had a look. Come again whenever you like.
        5.00 [end: completed]
        """
    )


def test_the_clock_of_the_summary_runs_from_the_start_of_the_session() -> None:
    session = Session(plan(item(STAND, seconds(5))), spoken_ms)
    effects = session.receive(Start(at=600_000))  # ten minutes of choosing before
    while (due := session.deadline) is not None:
        effects += session.advance(due)
    (summary,) = (e.line for e in effects if isinstance(e, Say) and e.line.key is Key.SUMMARY)
    assert summary.args == (1, 1, 1)
