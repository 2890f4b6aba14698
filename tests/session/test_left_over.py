"""What is left of a plan that was broken off."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sessions import commands, drive, run, small_plan, speech_ms
from voice_coach.session.dose import Adjustment
from voice_coach.session.engine import Session
from voice_coach.session.events import Effect, Event, Record, Start
from voice_coach.session.left_over import SetId, left_over
from voice_coach.session.plan import Phase, Plan, PlannedSet

PLAN = small_plan()


def planned(plan: Plan) -> list[PlannedSet]:
    return [segment.set for segment in plan.segments if segment.phase is Phase.WORK]


def identity(each: PlannedSet) -> SetId:
    return SetId(block=each.block, exercise=each.item.exercise.id, round=each.round, number=each.number, side=each.side)


def ids(plan: Plan) -> list[SetId]:
    return [identity(each) for each in planned(plan)]


def test_nothing_done_leaves_everything() -> None:
    left = left_over(PLAN, [], {})
    assert left is not None and ids(left) == ids(PLAN)
    assert [segment.phase for segment in left.segments] == [segment.phase for segment in PLAN.segments]


def test_everything_done_leaves_nothing() -> None:
    assert left_over(PLAN, ids(PLAN), {}) is None


@given(count=st.integers(0, len(ids(PLAN)) - 1))
def test_it_begins_with_the_first_set_that_was_not_done_and_tells_it_in_full(count: int) -> None:
    left = left_over(PLAN, ids(PLAN)[:count], {})
    assert left is not None and ids(left) == ids(PLAN)[count:]
    assert left.segments[0].phase is Phase.PREPARE and left.segments[0].set.introduces
    assert left.segments[-1].phase is Phase.WORK
    seen: set[str] = set()
    for each in planned(left):
        assert each.introduces or each.item.exercise.id in seen
        seen.add(each.item.exercise.id)
    assert all(segment.set in planned(left) for segment in left.segments)


def test_the_second_side_is_told_in_full_when_the_first_was_done() -> None:
    first = next(index for index, each in enumerate(planned(PLAN)) if each.side is not None)
    left = left_over(PLAN, ids(PLAN)[: first + 1], {})
    assert left is not None
    second = left.segments[0].set
    assert second.side is not None and second.introduces and not second.other_side


def test_the_same_set_twice_in_a_block_is_passed_once_for_each_record() -> None:
    twice = Plan(routine="r", title="R", digest="", segments=PLAN.segments[:2] * 2)
    left = left_over(twice, ids(twice)[:1], {})
    assert left is not None and ids(left) == ids(twice)[1:]
    assert left_over(twice, ids(twice), {}) is None


def test_what_she_had_changed_stays_changed() -> None:
    left = left_over(PLAN, ids(PLAN)[:1], {"sit-to-stand": Adjustment(rung=-1, pace=125)})
    assert left is not None
    sets = [each for each in drive(left) if isinstance(each, Record) and each.kind == "set"]
    rungs = {each.data["rung"] for each in sets if each.data["exercise"] == "sit-to-stand"}
    assert rungs == {-1}
    assert {each.data["planned_reps"] for each in sets if each.data["exercise"] == "sit-to-stand"} == {5}


@settings(max_examples=60, deadline=None)
@given(events=commands(), until=st.integers(1_000, 400_000))
def test_what_was_done_and_what_is_left_are_the_plan(events: list[Event], until: int) -> None:
    before = run(Session(PLAN, speech_ms), [Start(at=0), *events], step=1_000, limit=until)
    dealt_with = set_records(before)
    left = left_over(PLAN, dealt_with, {})
    assert sorted(map(str, {*dealt_with, *(ids(left) if left else [])})) == sorted(map(str, ids(PLAN)))
    assert not set(dealt_with) & set(ids(left) if left else [])


def set_records(effects: list[Effect]) -> list[SetId]:
    return [
        SetId(
            block=str(each.data["block"]),
            exercise=str(each.data["exercise"]),
            round=int(str(each.data["round"])),
            number=int(str(each.data["set"])),
            side=next((one.side for one in planned(PLAN) if one.side and one.side.value == each.data["side"]), None),
        )
        for each in effects
        if isinstance(each, Record) and each.kind == "set"
    ]
