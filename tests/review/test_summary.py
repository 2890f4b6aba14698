"""A summary tells of each set what was planned, what was asked and what was done, and what was said meanwhile."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.logs import BEGAN, SETUP, Watched, write_session
from tests.sessions import CURL, HEEL_STAND, command, commands, item, small_plan, tiny_plan
from voice_coach.journal import Entry, Journal, SessionLog, load
from voice_coach.journal.reader import parse
from voice_coach.review import Outcome, SessionSummary, as_json, summarise
from voice_coach.routine.model import Block, Hold, Load, OwnPace, Routine
from voice_coach.session.events import Command, DeviceBack, DeviceLost, Event, HeldUp, Hitch, Intent, Start, Via
from voice_coach.session.plan import Plan, make_plan


def plan_of(*blocks: Block) -> Plan:
    return make_plan(Routine(id="r", title="R", aliases=(), purpose="", blocks=blocks, path="r.yaml", digest="2" * 64))


def summary_of(tmp_path: Path, plan: Plan, events: Sequence[Event] = (), **more: Any) -> SessionSummary:
    write_session(tmp_path / "log", plan, events, **more)
    return summarise(load(tmp_path / "log").find("last"))


def outcomes(summary: SessionSummary) -> list[Outcome]:
    return [row.outcome for row in summary.sets]


def test_uninterrupted_session(tmp_path: Path) -> None:
    summary = summary_of(tmp_path, tiny_plan())
    assert (summary.began, summary.routine, summary.title, summary.ended) == (BEGAN, "tiny", "Tiny", "completed")
    assert summary.setup["program"] == "0.1.0" and summary.setup["voice"] == "test voice"
    assert outcomes(summary) == [Outcome.COMPLETED] * 2
    first = summary.sets[0]
    assert (first.name, first.set, first.of, first.side) == ("Sit to stand", 1, 2, None)
    assert (first.planned_reps, first.target_reps, first.done_reps, first.reported) == (3, 3, 3, False)
    assert (summary.sets_done, summary.sets_planned, summary.pauses, summary.gaps) == (2, 2, 0, False)
    assert summary.commands == () and summary.distress == () and summary.changes == ()


def test_skipped_set_and_sets_that_were_never_reached(tmp_path: Path) -> None:
    events = [command(5_000, Intent.SKIP), command(9_000, Intent.STOP), command(12_000, Intent.YES)]
    summary = summary_of(tmp_path, small_plan(), events)
    assert summary.ended == "ended by the person"
    assert outcomes(summary) == [Outcome.SKIPPED] + [Outcome.NOT_REACHED] * 7
    assert summary.sets_done == 0 and summary.sets_planned == 8
    never = summary.sets[-1]
    assert (never.exercise, never.round, never.planned_ms, never.done_ms, never.at) == (
        "heel-stand",
        2,
        10_000,
        None,
        None,
    )
    raise_ = summary.sets[4]
    assert (raise_.side, raise_.load_g, raise_.planned_reps) == ("right", 500, 4)


def test_rung_and_changed_amount_stand_beside_the_plan(tmp_path: Path) -> None:
    plan = plan_of(Block(name="B", items=(item(HEEL_STAND, Hold(ms=20_000)),)))
    summary = summary_of(tmp_path, plan, [command(1_000, Intent.EASIER)])
    row = summary.sets[0]
    assert (row.planned_ms, row.target_ms, row.done_ms, row.outcome) == (20_000, 15_000, 15_000, Outcome.COMPLETED)
    assert [(change.intent, change.ms, change.rung) for change in summary.changes] == [("easier", -5_000, 0)]

    summary = summary_of(tmp_path, tiny_plan(), [command(1_000, Intent.EASIER)])
    assert [(row.rung, row.variant) for row in summary.sets] == [(-1, "Push up with one hand.")] * 2


def test_set_that_was_left_and_done_again_appears_twice_and_counts_once(tmp_path: Path) -> None:
    plan = tiny_plan()
    working = next(entry.fields["at"] for entry in entries_of(tmp_path, plan) if entry.fields["type"] == "record")
    summary = summary_of(tmp_path, plan, [command(working - 1_000, Intent.BACK)])
    assert [(row.place, row.attempt, row.done_reps) for row in summary.sets] == [(0, 1, 2), (0, 2, 3), (1, 1, 3)]
    assert outcomes(summary) == [Outcome.PARTLY, Outcome.COMPLETED, Outcome.COMPLETED]
    assert (summary.sets_done, summary.sets_planned) == (2, 2)


def entries_of(tmp_path: Path, plan: Plan) -> Sequence[Entry]:
    write_session(tmp_path / "first look", plan)
    return load(tmp_path / "first look").find("last").entries


def own_pace_plan() -> Plan:
    return plan_of(Block(name="B", items=(item(CURL, OwnPace(target=8), sets=2, load=Load(label="red band")),)))


def own_pace_events() -> list[Event]:
    """Into the first set at her own pace, done after ten seconds, and in the rest the number of reps."""
    return [
        command(25_000, Intent.DONE),
        command(27_000, Intent.NUMBER, value=11),
        command(29_000, Intent.MORE_REST),
        command(100_000, Intent.DONE),
    ]


def test_reps_she_tells_afterwards_count(tmp_path: Path) -> None:
    summary = summary_of(tmp_path, own_pace_plan(), own_pace_events())
    assert [(row.own_pace, row.planned_reps, row.done_reps, row.reported, row.load) for row in summary.sets] == [
        (True, 8, 11, True, "red band"),
        (True, 8, None, False, "red band"),
    ]
    assert outcomes(summary) == [Outcome.COMPLETED] * 2
    assert summary.rest_added_ms == 30_000


def test_commands_with_their_times_and_what_was_refused(tmp_path: Path) -> None:
    events = [
        command(2_000, Intent.HOW_LONG, phrase="how long is it", via=Via.VOICE),
        command(2_000, Intent.MORE_REST, via=Via.KEY),
        command(3_000, Intent.HELP),
    ]
    summary = summary_of(tmp_path, tiny_plan(), events)
    assert [(use.at, use.intent, use.phrase, use.via, use.refused) for use in summary.commands] == [
        (2_000, "how long", "how long is it", "voice", False),
        (2_000, "more rest", "more rest", "key", True),
        (3_000, "help", "help", "script", False),
    ]


def test_time_the_plan_stood_still_is_counted_once(tmp_path: Path) -> None:
    events: list[Event] = [
        command(2_000, Intent.PAUSE),
        command(4_000, Intent.STOP),  # still the same pause
        command(9_000, Intent.RESUME),
        DeviceLost(at=11_000, what="microphone"),
        command(12_000, Intent.RESUME),
    ]
    summary = summary_of(tmp_path, tiny_plan(), events)
    assert (summary.pauses, summary.paused_ms) == (2, 7_000 + 1_000)


def test_a_device_that_is_back_when_she_has_long_gone_on_is_no_pause(tmp_path: Path) -> None:
    events: list[Event] = [
        DeviceLost(at=11_000, what="microphone"),
        command(12_000, Intent.RESUME),
        DeviceBack(at=14_000, what="microphone"),
        HeldUp(at=20_000, hitch=Hitch.SLEPT, ms=3_600_000),
        command(22_000, Intent.RESUME),
    ]
    summary = summary_of(tmp_path, tiny_plan(), events)
    assert (summary.pauses, summary.paused_ms) == (2, 1_000 + 2_000)
    assert summary.ms < 120_000  # the hour is not in it


def test_pause_that_nobody_ended_lasts_to_the_end(tmp_path: Path) -> None:
    summary = summary_of(tmp_path, tiny_plan(), [command(2_000, Intent.PAUSE)])
    assert summary.ended == "no answer"
    assert (summary.pauses, summary.paused_ms) == (1, summary.ms - 2_000)


def test_distress_and_its_taking_back(tmp_path: Path) -> None:
    events = [
        command(2_000, Intent.FALL, phrase="I fell"),
        command(8_000, Intent.FALSE_ALARM),
        command(9_000, Intent.RESUME),
        command(15_000, Intent.DIZZY),
    ]
    summary = summary_of(tmp_path, tiny_plan(), events)
    assert [(one.at, one.intent, one.phrase, one.cleared) for one in summary.distress] == [
        (2_000, "fall", "I fell", 8_000),
        (15_000, "dizzy", "dizzy", None),
    ]
    assert summary.ended == "distress"


def test_session_that_broke_off(tmp_path: Path) -> None:
    write_session(tmp_path / "log", tiny_plan(), [command(3_000, Intent.HELP)])
    lines = (tmp_path / "log").read_bytes().splitlines(keepends=True)
    records = [index for index, line in enumerate(lines) if b'"type":"record"' in line]
    (tmp_path / "log").write_bytes(b"".join(lines[: records[0] + 1]))
    summary = summarise(load(tmp_path / "log").find("last"))
    assert summary.ended is None and not summary.gaps
    assert outcomes(summary) == [Outcome.COMPLETED, Outcome.NOT_REACHED]
    assert summary.ms == summary.sets[0].at


def test_session_whose_beginning_was_lost_still_tells_what_was_done(tmp_path: Path) -> None:
    write_session(tmp_path / "log", tiny_plan())
    lines = (tmp_path / "log").read_bytes().splitlines(keepends=True)
    (tmp_path / "log").write_bytes(b"".join(lines[1:]))
    summary = summarise(load(tmp_path / "log").find("last"))
    assert summary.began is None and summary.gaps and summary.title == "" and summary.setup == {}
    assert outcomes(summary) == [Outcome.COMPLETED] * 2


def test_same_exercise_twice_in_a_block_takes_its_records_in_turn(tmp_path: Path) -> None:
    twin = item(HEEL_STAND, Hold(ms=10_000), rest=5_000)
    summary = summary_of(tmp_path, plan_of(Block(name="B", items=(twin, twin))))
    assert [(row.place, row.attempt) for row in summary.sets] == [(0, 1), (1, 1)]
    assert outcomes(summary) == [Outcome.COMPLETED] * 2


def test_words_that_meant_nothing(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "log", "s", lambda: BEGAN) as journal:
        journal.start(tiny_plan(), SETUP)
        watched = Watched(journal, tiny_plan())
        watched.receive(Start(at=0))
        watched.advance(1_500)
        watched.keeper.unheard(1_480, "pass the salt")
        watched.keeper.note("underflows", {"count": 2})
    summary = summarise(load(tmp_path / "log").find("last"))
    assert [(one.at, one.words) for one in summary.unheard] == [(1_500, "pass the salt")]


def test_json_form_holds_everything_as_plain_values(tmp_path: Path) -> None:
    summary = summary_of(tmp_path, own_pace_plan(), [*own_pace_events(), command(30_000, Intent.PAIN)])
    plain = json.loads(json.dumps(as_json(summary)))
    assert plain["began"] == "2026-03-01T17:30:00+01:00" and datetime.fromisoformat(plain["began"]) == BEGAN
    assert plain["sets"][0]["outcome"] == "completed" and plain["sets"][0]["done_reps"] == 11
    assert plain["sets_done"] == 1 and plain["distress"][0]["intent"] == "pain"
    assert len(plain["commands"]) == len(summary.commands)
    assert as_json(replace(summary, began=None))["began"] is None


@settings(max_examples=30, deadline=None)
@given(commands(most=15))
def test_any_session_adds_up(events: list[Event]) -> None:
    """Any session: every planned set is there, and a set that was completed has its planned or changed amount."""
    with TemporaryDirectory() as folder:
        summary = summary_of(Path(folder), small_plan(), events)
    assert summary.sets_planned == 8 and 0 <= summary.sets_done <= 8
    assert 0 <= summary.paused_ms <= summary.ms
    assert len(summary.commands) == sum(isinstance(event, Command) for event in events if event.at <= summary.ms)
    for row in summary.sets:
        if row.outcome is Outcome.COMPLETED and row.target_ms:
            assert row.done_ms == row.target_ms


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_log_that_somebody_edited_breaks_a_summary(data: st.DataObject) -> None:
    """One value anywhere in a session's lines is replaced by any other."""
    lines = [json.loads(json.dumps(fields)) for fields in EDITABLE]
    place: Any = data.draw(st.sampled_from(lines))
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans()):
            place = place[key]
        else:
            place[key] = data.draw(values)
            break
    entries = [parse(json.dumps(line).encode(), number) for number, line in enumerate(lines, start=1)]
    kept = tuple(entry for entry in entries if isinstance(entry, Entry))
    summary = summarise(SessionLog("s", kept))
    assert len(summary.sets) >= 1 and json.dumps(as_json(summary))


def editable() -> list[Any]:
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        write_session(log, own_pace_plan(), [*own_pace_events(), command(5_000, Intent.EASIER)])
        return [entry.fields for entry in load(log).sessions[0].entries]


EDITABLE = editable()
