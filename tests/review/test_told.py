"""What is told of a session, a week and a month: only what the log says, one thing that moved, by a fixed order."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.review.people import HEEL, LIBRARY, MONDAY, ROW, SQUAT, STAND, STRETCH, done, session
from voice_coach import script
from voice_coach.person.model import Person, SetDone, Trained
from voice_coach.review.told import last_time, summary, this_month, this_week
from voice_coach.routine.model import Exercise, Load, Variant
from voice_coach.session.lines import Line

DAY = timedelta(days=1)
NEXT = MONDAY + 2 * DAY
LIGHT, HEAVY, RED, BLUE = Load(grams=2_000), Load(grams=3_000), Load(label="red band"), Load(label="blue band")
SO_FAR = "That makes two sessions this week."
LADDER = replace(SQUAT, easier=(Variant(say="Hold the counter."),), harder=(Variant(say="Without hands."),))
EXERCISES = {**LIBRARY, SQUAT.id: LADDER}


def reps(of: Exercise, count: int, **more: object) -> SetDone:
    return replace(done(of, count), target_reps=8, **more)  # type: ignore[arg-type]


def held(of: Exercise, seconds: int) -> SetDone:
    return replace(done(of, 0, ms=seconds * 1000), target_ms=seconds * 1000)


def person(*sessions: Trained) -> Person:
    return Person(sessions=sessions)


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [script.text(line) for line in lines]


def moved(before: tuple[SetDone, ...], now: tuple[SetDone, ...], at: datetime = NEXT) -> str:
    """The sentence about what moved between two sessions."""
    first, second = session(*before), session(*now, at=at)
    told = summary(person(first, second), EXERCISES)
    assert len(told) == 2
    return texts(told)[1]


@pytest.mark.parametrize(
    ("before", "now", "sentence"),
    [
        (reps(ROW, 8, load=LIGHT), reps(ROW, 6, load=HEAVY), "Heavier than the time before: Row, with three kilos."),
        (reps(SQUAT, 8), reps(SQUAT, 6, variant="Without hands."), "One step further than the time before: Squat."),
        (reps(SQUAT, 8, variant="Hold the counter."), reps(SQUAT, 8), "One step further than the time before: Squat."),
        (reps(ROW, 8), reps(ROW, 10), "More than the time before: Row, ten instead of eight."),
        (held(STAND, 10), held(STAND, 12), "Longer than the time before: Stand, twelve seconds."),
        (reps(ROW, 8), reps(ROW, 8), "As the time before: Row, eight."),
        (reps(ROW, 8, load=HEAVY), reps(ROW, 8, load=HEAVY), "As the time before: Row, with three kilos."),
        (held(STAND, 10), held(STAND, 10), "As the time before: Stand, ten seconds."),
        (reps(ROW, 10), reps(ROW, 8), SO_FAR),
        (reps(ROW, 8, load=HEAVY), reps(ROW, 10, load=LIGHT), SO_FAR),
        (reps(SQUAT, 8, variant="Without hands."), reps(SQUAT, 12), SO_FAR),
        (reps(ROW, 8, load=RED), reps(ROW, 9, load=BLUE), SO_FAR),
        (reps(ROW, 8), reps(HEEL, 8), SO_FAR),
        (held(STAND, 12), held(STAND, 10), SO_FAR),
    ],
)  # fmt: skip
def test_the_one_thing(before: SetDone, now: SetDone, sentence: str) -> None:
    assert moved((before,), (now,)) == sentence


def test_weight_comes_before_rung_reps_and_time_whatever_was_done_first() -> None:
    before = (held(STAND, 10), reps(SQUAT, 8), reps(HEEL, 8), reps(ROW, 8, load=LIGHT))
    now = (held(STAND, 20), reps(SQUAT, 8, variant="Without hands."), reps(HEEL, 9), reps(ROW, 8, load=HEAVY))
    for leave_out, start in enumerate(("Heavier", "One step", "More", "Longer")):
        order = (3, 1, 2, 0)[leave_out:]
        told = moved(tuple(before[at] for at in sorted(order)), tuple(now[at] for at in sorted(order)))
        assert told.startswith(start), told


def test_the_best_set_of_a_session_counts_not_the_last() -> None:
    now = (reps(ROW, 10), reps(ROW, 7))
    assert moved((reps(ROW, 8), reps(ROW, 9)), now) == "More than the time before: Row, ten instead of nine."


def test_after_a_long_gap_nothing_is_compared() -> None:
    assert moved((reps(ROW, 8),), (reps(ROW, 12),), MONDAY + 15 * DAY) == "You began again after fifteen days."
    assert moved((reps(ROW, 8),), (reps(ROW, 12),), MONDAY + 14 * DAY).startswith("More")


def test_a_first_session_and_a_lighter_week() -> None:
    assert texts(summary(person(session(reps(ROW, 8))), EXERCISES))[1] == "It was your first session."
    lighter = replace(session(reps(ROW, 5), at=NEXT), deload=True)
    whole = person(session(reps(ROW, 8)), lighter)
    assert texts(summary(whole, EXERCISES))[1] == "This is the lighter week, as planned."
    after = person(*whole.sessions, session(reps(ROW, 8), at=NEXT + 5 * DAY))
    assert texts(summary(after, EXERCISES))[1] == "As the time before: Row, eight."


def test_more_balance_than_in_the_whole_week_before() -> None:
    last = session(held(STAND, 30), at=MONDAY, ms=600_000)
    now = session(held(STAND, 30), at=MONDAY + 7 * DAY, ms=900_000)
    told = texts(summary(person(last, now), EXERCISES))[1]
    assert told == "More balance practice than last week: fifteen minutes so far."


@pytest.mark.parametrize("ended", ["distress", "ended by the person", "no answer", None, "something new"])
def test_nothing_is_said_of_a_session_that_did_not_come_to_its_end(ended: str | None) -> None:
    newest = session(reps(ROW, 12), at=NEXT, ended=ended)
    assert summary(person(session(reps(ROW, 8)), newest), EXERCISES) == ()
    told = texts(last_time(person(session(reps(ROW, 8)), newest), EXERCISES, {"r": "Bone snack"}, NEXT + DAY))
    assert told == ["Last time was yesterday: Bone snack, thirty minutes.", "You did Row."]


def test_nothing_is_said_where_nothing_was_done() -> None:
    assert summary(Person(), EXERCISES) == ()
    assert summary(person(session()), EXERCISES) == ()


def test_what_was_done_is_named_strength_and_balance_first_and_begins_differently() -> None:
    sets = (done(STRETCH), reps(ROW, 8), reps(ROW, 8), held(STAND, 10), reps(HEEL, 8), done("juggling"))
    sessions = [session(*sets, at=MONDAY + at * DAY) for at in range(4)]
    assert [texts(summary(person(*sessions[:count]), EXERCISES))[0] for count in (1, 2, 3, 4)] == [
        "What you did: Row, Stand, Heel, and two more.",
        "In this session: Row, Stand, Heel, and two more.",
        "Today's work: Row, Stand, Heel, and two more.",
        "What you did: Row, Stand, Heel, and two more.",
    ]
    unknown = person(session(done("<script>"), done("juggling")))
    assert texts(summary(unknown, EXERCISES))[0] == "Two sets, all in your diary."


def test_last_time() -> None:
    whole = person(session(reps(ROW, 8)), session(reps(ROW, 9), at=NEXT))
    told = texts(last_time(whole, EXERCISES, {"r": "Bone snack"}, NEXT + 3 * DAY))
    assert told == [
        "Last time was on Wednesday: Bone snack, thirty minutes.",
        "You did Row.",
        "More than the time before: Row, nine instead of eight.",
    ]
    assert texts(last_time(whole, EXERCISES, {}, NEXT))[0] == "Last time was today, thirty minutes."
    assert texts(last_time(Person(), EXERCISES, {}, NEXT)) == ["There is no last time yet. Today can be the first."]
    ahead = texts(last_time(whole, EXERCISES, {}, MONDAY))
    assert ahead[0] == "You did Row."  # a clock was set: when it was is not told


def test_this_week_and_the_one_before_while_it_is_empty() -> None:
    whole = person(session(reps(ROW, 8)), session(reps(ROW, 9), at=NEXT))
    assert texts(this_week(whole, EXERCISES, NEXT + DAY)) == ["This week: two sessions, sixty minutes."]
    later = texts(this_week(whole, EXERCISES, MONDAY + 8 * DAY))
    assert later[0].startswith("This week is still open.") and later[1] == "Last week: two sessions, sixty minutes."
    assert len(texts(this_week(Person(), EXERCISES, NEXT))) == 1
    busy = session(held(STAND, 60), reps(ROW, 8), at=MONDAY, efforts={ROW.id: 7})
    told = texts(this_week(person(busy), EXERCISES, NEXT))
    assert len(told) == 3 and not any("diary" in each or "calories" in each for each in told)


def test_this_month() -> None:
    whole = person(session(reps(ROW, 8)), session(reps(ROW, 9), at=NEXT))
    assert texts(this_month(whole, EXERCISES, NEXT + DAY)) == [
        "This month: two sessions, sixty minutes.",
        "The last one was yesterday.",
    ]
    assert texts(this_month(whole, EXERCISES, NEXT + 60 * DAY)) == [
        "This month is still open. A short session is a good beginning."
    ]


amounts = st.integers(0, 86_400_000) | st.integers(0, 1_000)
some_sets = st.lists(
    st.builds(
        SetDone,
        exercise=st.sampled_from([*EXERCISES, "juggling", "?", "="]),
        set=st.integers(1, 3),
        of=st.just(3),
        target_reps=amounts,
        done_reps=amounts,
        target_ms=amounts,
        done_ms=amounts,
        rung=st.integers(-50, 50),
        variant=st.sampled_from(["", "Without hands.", "Hold the counter.", "gone"]),
        load=st.none() | st.builds(Load, grams=st.integers(1, 86_400_000)) | st.just(Load(label="red band")),
        completed=st.booleans(),
    ),
    max_size=4,
)
some_sessions = st.lists(
    st.builds(
        Trained,
        id=st.just("s"),
        began=st.datetimes().map(lambda naive: naive.replace(tzinfo=MONDAY.tzinfo)),
        routine=st.sampled_from(["r", ""]),
        ms=amounts,
        ended=st.sampled_from(["completed", "completed", "distress", None]),
        sets=some_sets,
        deload=st.booleans(),
    ),
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(some_sessions, st.datetimes())
def test_whatever_the_log_holds_it_can_be_said_and_is_short(sessions: list[Trained], naive: datetime) -> None:
    whole, now = person(*sessions), naive.replace(tzinfo=MONDAY.tzinfo)
    told = (
        summary(whole, EXERCISES),
        last_time(whole, EXERCISES, {"r": "Bone snack"}, now),
        this_week(whole, EXERCISES, now),
        this_month(whole, EXERCISES, now),
    )
    for lines in told:
        assert len(lines) <= 3
        for text in texts(lines):
            assert text and not re.search(r"\d", text)
    assert not told[0] or sessions[-1].ended == "completed"
