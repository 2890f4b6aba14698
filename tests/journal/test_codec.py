"""Plans, events and effects come back from JSON as they were."""

from __future__ import annotations

import json
from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from tests.sessions import CURL, item, small_plan
from voice_coach.journal import codec, work_sets
from voice_coach.routine.model import Block, Hold, Load, OwnPace, Reps, Routine, Tempo
from voice_coach.session.events import (
    Command,
    DeviceBack,
    DeviceLost,
    Effect,
    End,
    Event,
    HeldUp,
    Hitch,
    Hush,
    Intent,
    Priority,
    Reason,
    Record,
    Say,
    Sound,
    Start,
    Tone,
    Via,
    Volume,
)
from voice_coach.session.lines import Key, Line
from voice_coach.session.plan import Plan, make_plan


def start_line(plan: Plan) -> dict[str, object]:
    packed = json.loads(json.dumps(codec.pack_plan(plan)))
    return {"routine": plan.routine, "title": plan.title, "digest": plan.digest, "plan": packed}


amounts = st.one_of(
    st.builds(Reps, count=st.integers(1, 50)),
    st.builds(Hold, ms=st.integers(1, 10**6), moving=st.booleans()),
    st.builds(OwnPace, target=st.integers(1, 50)),
)
items = st.builds(
    item,
    st.just(CURL),
    amounts,
    sets=st.integers(1, 3),
    tempo=st.none() | st.builds(Tempo, lift=st.integers(), hold=st.integers(), lower=st.integers()),
    load=st.none() | st.builds(Load, grams=st.integers(0, 9_000), label=st.text()),
    each_side=st.booleans(),
    note=st.text(),
)
blocks = st.builds(
    Block,
    name=st.text(),
    items=st.lists(items, min_size=1, max_size=3).map(tuple),
    rounds=st.integers(1, 3),
    round_rest=st.just(5),
)


@given(st.lists(blocks, max_size=3))
def test_any_plan_comes_back(made: list[Block]) -> None:
    plan = make_plan(Routine(id="r", title="T", aliases=(), purpose="", blocks=tuple(made), path="r.yaml", digest="d"))
    assert codec.unpack_plan(start_line(plan)) == plan


def test_plan_is_written_without_repeating_itself() -> None:
    plan = small_plan()
    packed = codec.pack_plan(plan)
    assert len(packed["items"]) == 5
    assert len(packed["segments"]) == len(plan.segments)
    assert [planned["item"]["exercise"]["id"] for planned in work_sets(start_line(plan))] == [
        segment.set.item.exercise.id for segment in plan.segments if segment.phase.value == "work"
    ]


@given(
    st.one_of(
        st.builds(Start, at=st.integers(0)),
        st.builds(
            Command,
            at=st.integers(0),
            intent=st.sampled_from(Intent),
            via=st.sampled_from(Via),
            phrase=st.text(),
            value=st.integers(),
            name=st.text(),
        ),
        st.builds(DeviceLost, at=st.integers(0), what=st.text()),
        st.builds(DeviceBack, at=st.integers(0), what=st.text()),
        st.builds(HeldUp, at=st.integers(0), hitch=st.sampled_from(Hitch), ms=st.integers(0)),
    )
)
def test_any_event_comes_back(event: Event) -> None:
    assert codec.event_from(json.loads(json.dumps(codec.event_to(event)))) == event


def test_lengths_come_back() -> None:
    lengths = {Line(Key.REST, (60,)): 1_200, Line(Key.TEXT, ("Stand tall.",)): 900, Line(Key.RESUMING): 700}
    assert codec.speech_from(json.loads(json.dumps(codec.speech_to(lengths.items())))) == lengths


EFFECTS: list[Effect] = [
    Say(at=1, line=Line(Key.REPS, (8,)), priority=Priority.COUNT),
    Sound(at=1, tone=Tone.LIFT),
    Hush(at=1),
    Volume(at=1, step=-1),
    Record(at=1, kind="set", data={"b": None, "a": True, "c": "d", "e": 5}),
    End(at=1, reason=Reason.COMPLETED),
]


def test_canonical_text_is_fixed() -> None:
    """A digest in an old log must be found again: these texts may only change with the version of the format."""
    assert [codec.canonical(effect) for effect in EFFECTS] == [
        '{"at":1,"line":{"args":[8],"key":"reps"},"priority":1,"type":"say"}',
        '{"at":1,"tone":"lift","type":"sound"}',
        '{"at":1,"type":"hush"}',
        '{"at":1,"step":-1,"type":"volume"}',
        '{"at":1,"data":{"a":true,"b":null,"c":"d","e":5},"kind":"set","type":"record"}',
        '{"at":1,"reason":"completed","type":"end"}',
    ]


def test_canonical_text_holds_every_field_of_every_effect() -> None:
    kinds = {type(effect): codec.canonical(effect) for effect in EFFECTS}
    assert {kind.__name__ for kind in kinds} == set(str(Effect).split(" | "))  # the alias is written as a string
    for kind, text in kinds.items():
        assert set(json.loads(text)) == {field.name for field in fields(kind)} | {"type"}


def test_trace_counts_and_depends_on_order() -> None:
    forwards, backwards = codec.Trace(), codec.Trace()
    for one, other in zip(EFFECTS, reversed(EFFECTS), strict=True):
        forwards.add(one)
        backwards.add(other)
    assert (forwards.effects, forwards.records) == (6, 1)
    assert forwards.hexdigest() != backwards.hexdigest()
