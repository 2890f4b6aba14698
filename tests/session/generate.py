"""Hypothesis strategies: plans of all kinds, and events in any order at any time."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from tests.session.build import CHAIR, STAND, block, item, own_pace, plan, reps, seconds, variants
from voice_coach.routine.model import Amount, Item, Load, Tempo
from voice_coach.session.events import Command, DeviceBack, DeviceLost, Event, HeldUp, Hitch, Intent, Start, Unheard
from voice_coach.session.plan import Plan

TEMPOS = (
    Tempo(lift=2000, hold=1000, lower=3000),
    Tempo(lift=2000, hold=0, lower=1000),
    Tempo(lift=1000, hold=0, lower=2000),
    Tempo(lift=2500, hold=3000, lower=2500),
)


@st.composite
def items(draw: st.DrawFn, *, with_own_pace: bool) -> Item:
    """An exercise with or without a ladder, on one side or two, counted, held, or at her own pace."""
    amounts: list[st.SearchStrategy[Amount]] = [
        st.integers(1, 9).map(reps),
        st.builds(seconds, st.integers(1, 70), moving=st.booleans()),
    ]
    if with_own_pace:
        amounts.append(st.integers(1, 12).map(own_pace))
    amount = draw(st.one_of(amounts))
    held = hasattr(amount, "ms")
    exercise = replace(
        STAND if held else CHAIR,
        id=draw(st.sampled_from(("one", "two"))) + ("-held" if held else ""),
        easier=(),
        harder=(),
    )
    if exercise.id.startswith("one"):
        exercise = replace(exercise, easier=variants("Use both hands.", "Use a cushion."), harder=variants("Go on."))
    return item(
        exercise,
        amount,
        sets=draw(st.integers(1, 2)),
        rest=draw(st.sampled_from((0, 1, 7, 20, 45, 90))) * 1000,
        tempo=draw(st.sampled_from(TEMPOS)),
        load=draw(st.sampled_from((None, Load(grams=2500), Load(label="red band")))),
        each_side=draw(st.booleans()),
        rung=draw(st.sampled_from((0, 0, -1, 1, -4, 3))),  # also such that the ladder does not have
        asks=draw(st.booleans()),
    )


@st.composite
def plans(draw: st.DrawFn, *, with_own_pace: bool = True) -> Plan:
    """One to three exercises, perhaps as a circuit."""
    chosen = draw(st.lists(items(with_own_pace=with_own_pace), min_size=1, max_size=3))
    rounds = draw(st.integers(1, 2))
    return plan(block(*chosen, rounds=rounds, round_rest=draw(st.sampled_from((0, 30_000)))))


# What is often said together, so that rare places (asked, in distress, at the end) are reached.
LIKELY = st.sampled_from(
    (
        *(Intent.PAUSE, Intent.RESUME, Intent.STOP, Intent.SKIP, Intent.DONE, Intent.EASIER, Intent.FALSE_ALARM),
        *(Intent.PAIN, Intent.JOINT, Intent.JOINT_PAIN, Intent.NUMBER, Intent.NUMBER, Intent.RESUME),
    )
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Any event; `at` is the time since the one before, and may be negative."""
    at = draw(st.one_of(st.integers(0, 9_000), st.integers(-2_000, 80_000), st.sampled_from((0, 1, 1_900_000))))
    kind = draw(st.integers(0, 21))
    if kind == 0:
        return Start(at=at)
    if kind == 1:
        return DeviceLost(at=at, what="microphone")
    if kind == 2:
        return DeviceBack(at=at, what="microphone")
    if kind in (3, 4):
        return Unheard(at=at)
    if kind in (5, 6):
        return HeldUp(
            at=at, hitch=draw(st.sampled_from(Hitch)), ms=draw(st.sampled_from((0, 13_000, 3_600_000, 40_000_000)))
        )
    intent = draw(st.one_of(LIKELY, st.sampled_from(Intent)))
    return Command(
        at=at,
        intent=intent,
        value=draw(st.sampled_from((0, 2, 3, 4, 5, 6, 10, 11, 50))) if intent is Intent.NUMBER else 0,
    )


def timelines(*, started: bool = True) -> st.SearchStrategy[list[Event]]:
    """Events at session times that mostly, not always, grow."""
    return st.lists(events(), max_size=14).map(lambda found: ([Start(at=0)] if started else []) + _absolute(found))


def _absolute(found: list[Event]) -> list[Event]:
    at, placed = 0, []
    for event in found:
        at += event.at
        placed.append(replace(event, at=at))
    return placed
