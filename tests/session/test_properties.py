"""What holds for every plan and every order of events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.session.build import (
    CHAIR,
    STAND,
    command,
    heard,
    item,
    own_pace,
    plan,
    reps,
    run,
    seconds,
    spoken_ms,
)
from tests.session.generate import plans, timelines
from voice_coach.routine.model import Hold, Ms, Reps
from voice_coach.session.distress import TROUBLE
from voice_coach.session.dose import HOLD_SHORTEST, PACES, REPS_FEWEST, dose, rung, variant
from voice_coach.session.effort import QUESTIONS
from voice_coach.session.engine import Session
from voice_coach.session.events import (
    DISTRESS,
    Command,
    Effect,
    End,
    Event,
    Intent,
    Priority,
    Record,
    Say,
    Sound,
    Start,
    Tone,
)
from voice_coach.session.lines import Key, Line
from voice_coach.session.plan import Phase, Plan
from voice_coach.session.segments import BEAT, COUNT_IN, SENTENCE_GAP
from voice_coach.session.state import TROUBLED, Flow, Place, amount_of

MIXED = plan(item(CHAIR, reps(5), sets=2, rest=45_000), item(STAND, seconds(40), rest=20_000), item(CHAIR, own_pace(6)))
ADVICE = {key for key in Key if key.name.startswith("ADVICE_")} | {
    *(Key.GETTING_HELP, Key.HELP_COMING, Key.FALSE_ALARM_HINT, Key.ASK_WHERE, Key.ASK_STRENGTH),
}
FOREVER: Ms = 10 * 3_600_000
AROUND = ("refused", "device lost", "device back", "held up")  # what is recorded also when it is all over


def _stepped(what: Plan, events: Iterable[Event], step: Ms | None, until: Ms) -> tuple[list[Effect], Session]:
    """All effects up to `until`, in blocks of `step` milliseconds, or from deadline to deadline."""
    session, effects = Session(what, spoken_ms), []
    for at, event in [*((event.at, event) for event in events), (until, None)]:
        while step and session.state.now + step <= at:
            effects += session.advance(session.state.now + step)
        while not step and (due := session.deadline) is not None and due <= at:
            effects += session.advance(due)
        effects += session.receive(event) if event else session.advance(at)
    return effects, session


@given(plans(), timelines(), st.sampled_from((20, 33, 250, 1_000, 10_000)))
def test_the_trace_does_not_depend_on_the_block_size(what: Plan, events: list[Event], step: Ms) -> None:
    until = max(event.at for event in events) + 60_000
    if until // step > 20_000:  # long silences only in large blocks
        step = 10_000
    assert _same(_stepped(what, events, step, until), _stepped(what, events, None, until))


def _same(one: tuple[list[Effect], Session], other: tuple[list[Effect], Session]) -> bool:
    return one[0] == other[0] and one[1].state == other[1].state


def test_the_trace_is_the_same_in_blocks_of_a_millisecond() -> None:
    events: list[Event] = [
        Start(at=0),
        *(command(at, intent) for at, intent in ((30_000, Intent.EASIER), (36_000, Intent.PAUSE))),
        *(command(at, intent) for at, intent in ((40_000, Intent.RESUME), (41_000, Intent.HOW_MANY_LEFT))),
    ]
    assert _same(_stepped(MIXED, events, 1, 100_000), _stepped(MIXED, events, None, 100_000))


@given(plans(), timelines())
def test_no_sequence_of_events_raises_and_every_session_ends(what: Plan, events: list[Event]) -> None:
    session = Session(what, spoken_ms)
    for event in events:
        session.receive(event)
    hops = 0
    while (due := session.deadline) is not None:
        session.advance(due)
        hops += 1
        assert hops < 10_000 and due < FOREVER
    assert session.over


@given(plans(), timelines(started=False))
def test_nothing_but_refusals_before_the_start(what: Plan, events: list[Event]) -> None:
    session = Session(what, spoken_ms)
    for event in events:
        if isinstance(event, Start):
            return
        assert all(isinstance(effect, Record) for effect in session.receive(event))
        assert session.state == replace(session.state, now=max(0, session.state.now)) and session.deadline is None


@given(plans(), timelines())
def test_what_holds_at_every_step(what: Plan, events: list[Event]) -> None:
    """Time never runs back, effects follow their cause, distress is quiet, only "resume" goes on, and an end is one."""
    session = Session(what, spoken_ms)
    for event in events:
        before = session.state
        session.advance(max(event.at, before.now))
        reached = session.state
        assert reached.now == max(before.now, event.at)
        if reached.flow is not Flow.RUNNING:
            assert before.flow is Flow.RUNNING or reached.reps in (before.reps, 0)
        effects = session.receive(event)
        after = session.state
        assert after.now == reached.now
        assert all(effect.at >= after.now for effect in effects)
        if reached.flow in (Flow.PAUSED, Flow.STOPPED, *TROUBLED) and after.flow is Flow.RUNNING:
            assert isinstance(event, Command) and event.intent is Intent.RESUME and reached.flow not in TROUBLED
        if after.flow in TROUBLED:
            assert {effect.line.key for effect in effects if isinstance(effect, Say)} <= ADVICE
        if reached.flow is Flow.OVER:
            assert all(isinstance(e, Record) and e.kind in AROUND for e in effects)
            assert after == reached
        if any(isinstance(effect, Record) and effect.kind == "refused" for effect in effects):
            assert after == replace(reached, missed_at=None if reached.flow is not Flow.OVER else reached.missed_at)


@given(plans(), timelines(), st.sampled_from([word for word in DISTRESS if word in TROUBLE]))
def test_after_distress_nothing_but_advice_and_not_a_rep(what: Plan, events: list[Event], word: Intent) -> None:
    session = Session(what, spoken_ms)
    for event in events:
        session.receive(event)
    assume(session.state.flow not in (Flow.NEW, Flow.OVER))
    at = session.state.now
    session.receive(command(at, word))
    reps_before, distressed = session.state.reps, []
    for offset, intent in enumerate(intent for intent in Intent if intent not in (Intent.FALSE_ALARM, Intent.END)):
        distressed += session.receive(command(at + 13_000 * (offset + 1), intent))
        assert session.place is Place.DISTRESS and session.state.reps == reps_before
    while (due := session.deadline) is not None:
        distressed += session.advance(due)
    assert {effect.line.key for effect in distressed if isinstance(effect, Say)} <= ADVICE
    assert not any(isinstance(effect, Sound) for effect in distressed)


@given(plans(), timelines())
def test_what_was_left_out_for_pain_is_not_done_again(what: Plan, events: list[Event]) -> None:
    effects, _ = _stepped(what, events, None, FOREVER)
    records = [effect for effect in effects if isinstance(effect, Record)]
    left_out: dict[object, Ms] = {}
    for record in records:
        if record.kind == "pain" and record.data["action"] == "left out":
            left_out.setdefault(record.data["exercise"], record.at)
        if record.kind == "set" and record.at > left_out.get(record.data["exercise"], FOREVER):
            assert record.data["skipped"] and not record.data["completed"]


@given(plans(), timelines())
def test_every_pain_leads_to_what_the_answer_asks_for(what: Plan, events: list[Event]) -> None:
    effects, _ = _stepped(what, events, None, FOREVER)
    for data in [effect.data for effect in effects if isinstance(effect, Record) and effect.kind == "pain"]:
        level = data["level"]
        if level is None:
            assert data["trouble"] in ("back pain", "sharp pain") and data["action"] in ("advice", "left out", "ended")
        else:
            assert isinstance(level, int) and 0 <= level <= 10
            expected = ("sharp pain", "left out") if level >= 6 else ("joint pain",) if level >= 4 else (None, "paused")
            assert (data["trouble"], data["action"])[: len(expected)] == expected
            assert data["action"] in ("left out", "easier", "paused")


@given(plans(), timelines())
def test_she_is_asked_how_hard_it_was_only_between_sets_and_answers_stay_on_the_scale(
    what: Plan, events: list[Event]
) -> None:
    session = Session(what, spoken_ms)
    for event in [*events, *(command(events[-1].at + 5_000 * n, Intent.NUMBER, n) for n in range(12))]:
        for effect in session.receive(event):
            if isinstance(effect, Record) and effect.kind == "effort":
                assert session.place in (Place.PREPARE, Place.REST)
                hard, left = effect.data["effort"], effect.data["reserve"]
                assert hard is None or (isinstance(hard, int) and 0 <= hard <= 10)
                assert left is None or (isinstance(left, int) and 0 <= left <= 4)
        while (due := session.deadline) is not None and due <= session.state.now + 1_000:
            said = session.advance(due)
            if any(isinstance(e, Say) and e.line.key in QUESTIONS for e in said):
                assert session.place in (Place.PREPARE, Place.REST)


@given(plans(), timelines())
def test_counts_never_overlap_and_neither_does_advice(what: Plan, events: list[Event]) -> None:
    effects, _ = _stepped(what, events, None, events[-1].at + 3_600_000)
    for priority in (Priority.COUNT, Priority.SAFETY):
        spoken = [e for e in heard(effects) if isinstance(e.effect, Say) and e.effect.priority is priority]
        assert all(one.until <= other.at for one, other in pairwise(spoken))


@given(plans(), timelines())
def test_there_is_exactly_one_end_and_it_comes_last(what: Plan, events: list[Event]) -> None:
    effects, session = _stepped(what, events, None, FOREVER)
    ends = [index for index, effect in enumerate(effects) if isinstance(effect, End)]
    assert session.over and len(ends) == 1
    assert all(isinstance(effect, Record) for effect in effects[ends[0] + 1 :])


@given(plans(), timelines())
def test_adjustments_stay_within_their_bounds_whatever_is_said(what: Plan, events: list[Event]) -> None:
    _, session = _stepped(what, events, None, events[-1].at + 1)
    for planned in (segment.set for segment in what.segments):
        adjusted = session.state.adjusted.get(planned.item.exercise.id)
        if adjusted is None:
            continue
        assert adjusted.pace in PACES
        here = rung(planned.item, adjusted)
        variant(planned.item, here)  # an IndexError would say that the rung does not exist
        assert -len(planned.item.exercise.easier) <= here <= len(planned.item.exercise.harder)
        (wanted, wanted_ms), (written, written_ms) = (
            amount_of(dose(planned.item, each)) for each in (adjusted, type(adjusted)())
        )
        assert wanted >= min(written, REPS_FEWEST) and wanted <= written + 4
        assert wanted_ms >= min(written_ms, HOLD_SHORTEST) and wanted_ms <= written_ms + 10_000


@given(plans(with_own_pace=False))
def test_a_rest_is_exactly_as_long_as_it_was_written(what: Plan) -> None:
    """What had no room in it is asked before what is prepared next, and belongs to that."""
    effects = run(what).effects
    rests = [segment.ms for segment in what.segments if segment.phase is Phase.REST]
    begins = [effect.at for effect in effects if isinstance(effect, Sound) and effect.tone is Tone.REST]
    sets = [effect.at for effect in effects if isinstance(effect, Record) and effect.kind == "set"]
    openings = {Key.BLOCK, Key.EXERCISE, Key.ROUND_OF, Key.SET_OF, Key.SIDE, Key.STARTING_IN}
    spoken = [effect for effect in effects if isinstance(effect, Say)]
    asked = {effect.at for effect in spoken if effect.line.key is Key.ASK_RESERVE}
    assert len(begins) == len(rests)
    for at, ms in zip(begins, rests, strict=True):
        assert at in sets  # it begins with the end of the set
        assert at + ms in asked or next(e.at for e in spoken if e.at > at and e.line.key in openings) == at + ms


@given(plans(with_own_pace=False))
def test_every_rep_of_the_plan_is_counted_once_and_on_its_beat(what: Plan) -> None:
    done = run(what)
    lifts = [effect.at for effect in done.effects if isinstance(effect, Sound) and effect.tone is Tone.LIFT]
    numbers = [
        effect.at
        for effect in done.effects
        if isinstance(effect, Say) and effect.priority is Priority.COUNT
        and (effect.line.key is Key.COUNT_LIFT or (effect.line.key is Key.NUMBER and effect.at in set(lifts)))
    ]  # fmt: skip
    planned = [s.set.item for s in what.segments if s.phase is Phase.WORK and isinstance(s.set.item.amount, Reps)]
    assert numbers == lifts
    assert len(lifts) == sum(each.amount.count for each in planned if isinstance(each.amount, Reps))
    assert all(record.data["completed"] for record in done.sets)


# A pause of d milliseconds at t. "Shifts the rest exactly" means, by where it falls:
#   REST   everything that was still to come comes d later;
#   HOLD   everything still to come is d and a lead-in ("On we go", three, two, one) later;
#   REPS   the interrupted rep is done again: from its beginning on, everything is later by one constant,
#          so that this rep begins when the lead-in after "resume" is over;
#   PREPARE the interrupted sentence is told again, and the rest follows as for reps, without a count-in.
# A sentence that was cut in a rest or a hold is not told again; the minutes in the summary grow.
LEAD: Ms = 250 + spoken_ms(Line(Key.RESUMING)) + SENTENCE_GAP


@given(
    plans(with_own_pace=False),
    st.floats(0, 1, exclude_max=True),
    st.one_of(st.integers(-1, 1), st.integers(0, 5_000)),  # on something that sounds, beside it, or between
    st.integers(0, 1_700_000),
)
def test_a_pause_shifts_the_rest_exactly(what: Plan, where: float, beside: Ms, d: Ms) -> None:
    whole = run(what)
    t = max(0, whole.effects[int(where * len(whole.effects))].at + beside)
    before = run(what, until=t)
    session = before.session
    assume(session.state.flow is Flow.RUNNING)
    main = session.state.main
    assert main is not None
    place, point = session.place, main.timeline.resume_point(main.offset(t))
    amount = what.segments[session.state.index].set.item.amount

    session.receive(command(t, Intent.PAUSE))
    session.receive(command(t + d, Intent.RESUME))
    shifted = []
    while (due := session.deadline) is not None:
        shifted += session.advance(due)

    if place is Place.REST or (isinstance(amount, Hold) and place is Place.WORK):
        shift = d if place is Place.REST else d + LEAD + len(COUNT_IN) * BEAT
        expected = list(whole.effects[len(before.effects) :])
    else:
        begin = main.began + point
        lead = LEAD + (len(COUNT_IN) * BEAT if place is Place.WORK else 0)
        shift = t + d + lead - begin
        expected = [e for e in whole.effects if e.at > begin or (e.at == begin and not isinstance(e, Record))]
    assert _without_minutes(shifted) == _without_minutes(replace(effect, at=effect.at + shift) for effect in expected)
    assert shifted[-1] == replace(whole.effects[-1], at=shifted[-1].at)


def _without_minutes(effects: Iterable[Effect]) -> list[Effect]:
    """The summary tells how long the session took, pauses included: not compared, nor what comes after it."""
    kept: list[Effect] = []
    for effect in effects:
        if isinstance(effect, Say) and effect.line.key is Key.SUMMARY:
            break
        kept.append(effect)
    return kept


@pytest.mark.parametrize("d", [0, 1, 999, 60_000])
def test_a_pause_at_her_own_pace_shifts_what_follows_by_itself_and_the_lead_in(d: Ms) -> None:
    what = plan(item(CHAIR, own_pace(6)))
    plain = run(what, until=90_000).effects
    paused = run(what, [command(30_000, Intent.PAUSE), command(30_000 + d, Intent.RESUME)], until=90_000 + d + LEAD)
    reminder = [effect.at for effect in plain if isinstance(effect, Say) and effect.line.key is Key.STILL_COUNTING]
    later = [e.at for e in paused.effects if isinstance(e, Say) and e.line.key is Key.STILL_COUNTING]
    assert later == [at + d + LEAD for at in reminder] and reminder
