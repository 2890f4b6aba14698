"""A logged session played again gives the same, whatever happened in it and wherever its log was cut."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.logs import BEGAN, SETUP, Watched, write_session
from tests.sessions import command, commands, small_plan, small_routine, tiny_plan
from voice_coach.errors import ExitCode, ReplayError
from voice_coach.journal import Journal, load
from voice_coach.replay import ReplayResult, replay
from voice_coach.session.events import DeviceLost, End, Event, Intent, Record, Say, Start
from voice_coach.session.lines import Key, Line
from voice_coach.session.plan import Plan, make_plan

EVENTFUL: list[Event] = [
    command(10_000, Intent.HOW_LONG),
    command(30_000, Intent.EASIER),
    command(50_000, Intent.PAUSE),
    command(61_000, Intent.RESUME),
    command(70_500, Intent.BACK),
    command(75_000, Intent.ROUTINE),
    DeviceLost(at=80_000, what="microphone"),
    command(90_000, Intent.RESUME),
    command(100_000, Intent.SKIP),
    command(120_000, Intent.SKIP),
    command(140_000, Intent.PAIN, phrase="that hurts"),
    command(170_000, Intent.FALSE_ALARM),
    command(171_000, Intent.RESUME),
    command(200_000, Intent.STOP),
    command(203_000, Intent.YES),
]


def again(path: Path) -> ReplayResult:
    return replay(load(path).find("last"))


def test_whole_session_gives_the_same_trace(tmp_path: Path) -> None:
    effects = write_session(tmp_path / "log", small_plan(), EVENTFUL)
    result = again(tmp_path / "log")
    assert result.same and result.trace_equal is True and result.records == 16
    end = load(tmp_path / "log").find("last").end
    assert end is not None and end["effects"] == len(effects)
    result.verify()


@settings(max_examples=40, deadline=None)
@given(events=commands(190_000), step=st.sampled_from([20, 170, 4_000]), late=st.sampled_from([0, 15, 900]))
def test_any_commands_at_any_block_size_replay_to_the_same_trace(events: list[Event], step: int, late: int) -> None:
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        write_session(log, small_plan(), events, step=step, late=late, limit=200_000)
        result = again(log)
    assert (result.first_difference, result.trace_equal) == ("", True)


def asking_plan() -> Plan:
    """Movements that begin on other rungs and are asked about, with rests that have room for it, or none."""
    routine = small_routine()
    blocks = tuple(
        dataclasses.replace(
            block,
            items=tuple(
                dataclasses.replace(each, asks=True, rung=rung, rest=each.rest * 2)
                for rung, each in zip((-1, 1, -3), block.items, strict=False)
            ),
        )
        for block in routine.blocks
    )
    return make_plan(dataclasses.replace(routine, blocks=blocks))


PAINS: list[Event] = [
    command(60_000, Intent.JOINT_PAIN, phrase="my knee hurts"),
    command(64_000, Intent.NUMBER, value=4, phrase="four"),
    command(80_000, Intent.RESUME),
    command(100_000, Intent.PAIN, phrase="it hurts"),
    command(104_000, Intent.JOINT, phrase="my hip"),
    command(108_000, Intent.NUMBER, value=8, phrase="eight"),
    command(120_000, Intent.RESUME),
    *(command(130_000 + 3_000 * n, Intent.NUMBER, value=n % 6) for n in range(50)),
    command(290_000, Intent.CHEST, phrase="my chest hurts"),
    command(330_000, Intent.NO),
]


def test_pain_effort_and_an_emergency_with_her_number_replay_to_the_same_trace(tmp_path: Path) -> None:
    effects = write_session(tmp_path / "log", asking_plan(), PAINS, setup=dataclasses.replace(SETUP, emergency="112"))
    result = again(tmp_path / "log")
    assert (result.first_difference, result.trace_equal) == ("", True)
    kinds = {effect.kind for effect in effects if isinstance(effect, Record)}
    assert {"pain", "adjusted", "effort", "distress", "getting help"} <= kinds
    told = [effect.line for effect in effects if isinstance(effect, Say)]
    assert Line(Key.YOUR_NUMBER, ("112",)) in told
    assert {Key.ALL_DONE, Key.ASK_RESERVE} <= {line.key for line in told}


@settings(max_examples=20, deadline=None)
@given(events=commands(190_000))
def test_any_commands_replay_where_she_is_asked_how_hard_it_was(events: list[Event]) -> None:
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        write_session(log, asking_plan(), events, limit=200_000)
        result = again(log)
    assert (result.first_difference, result.trace_equal) == ("", True)


def test_a_log_from_before_there_were_rungs_questions_and_numbers_replays(tmp_path: Path) -> None:
    """Its plan and its setup have no such fields: nothing is asked, and every exercise is as written."""
    log = tmp_path / "log"
    write_session(log, small_plan(), [event for event in EVENTFUL if getattr(event, "intent", None) != Intent.PAIN])
    start = json.loads(log.read_text().splitlines()[0])
    for item in start["plan"]["items"]:
        del item["rung"], item["asks"]
    setup = {name: start["setup"][name] for name in ("voice", "ears", "microphone", "speaker", "mode")}
    rewrite(log, {"plan": start["plan"], "setup": setup}, kind="start")
    result = again(log)
    assert (result.first_difference, result.trace_equal) == ("", True)


@settings(max_examples=40, deadline=None)
@given(events=commands(60_000, 12), data=st.data())
def test_log_cut_at_any_byte_still_replays(events: list[Event], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        write_session(log, tiny_plan(), events, limit=120_000)
        whole = log.read_bytes()
        log.write_bytes(whole[: data.draw(st.integers(whole.index(b"\n"), len(whole) - 2))])
        result = again(log)
    assert (result.records_equal, result.trace_equal, result.first_difference) == (True, None, "")


def test_interrupted_session_is_compared_up_to_where_it_was_left(tmp_path: Path) -> None:
    write_session(tmp_path / "log", small_plan(), EVENTFUL, step=20, limit=77_777)
    session = load(tmp_path / "log").find("last")
    assert session.end is not None and session.end["reason"] == "interrupted" and session.end["at"] == 77_777
    assert again(tmp_path / "log").trace_equal is True


def test_event_that_came_late_is_replayed_when_it_was_taken(tmp_path: Path) -> None:
    write_session(tmp_path / "log", tiny_plan(), [command(9_010, Intent.PAUSE)], step=100, late=950, limit=60_000)
    entries = load(tmp_path / "log").find("last").entries
    pause = next(e.fields for e in entries if e.fields["type"] == "event" and e.fields["event"]["type"] == "command")
    assert (pause["event"]["at"], pause["at"]) == (9_010, 9_900)
    assert again(tmp_path / "log").trace_equal is True


def rewrite(path: Path, change: dict[str, object], *, kind: str, nth: int = 0) -> int:
    """Change fields of the nth line of a kind as somebody's editor would; returns its number in the file."""
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    number = [index for index, line in enumerate(lines) if line["type"] == kind][nth]
    lines[number] |= change
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return number + 1


def test_changed_record_is_found_and_named(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write_session(log, tiny_plan())
    data = next(e.fields["data"] for e in load(log).sessions[0].entries if e.fields["type"] == "record")
    line = rewrite(log, {"data": data | {"done_reps": 99}}, kind="record")
    with pytest.raises(
        ReplayError, match=rf"line {line} is a record 'set' at \d+ ms; .*done_reps 3 instead of 99"
    ) as found:
        again(log).verify()
    assert found.value.exit_code is ExitCode.REPLAY


def test_moved_record_missing_record_and_extra_record_are_found(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write_session(log, tiny_plan())
    original = log.read_text()
    rewrite(log, {"at": 7}, kind="record")
    assert "at 7 ms; the replay gives a record 'set' at" in again(log).first_difference

    log.write_text(original)
    rewrite(log, {"type": "note", "data": {}}, kind="record", nth=1)
    result = again(log)
    assert "the replay gives a record more: 'set'" in result.first_difference
    assert not result.records_equal and result.trace_equal is True

    log.write_text(original)
    rewrite(log, {"type": "record", "kind": "set", "data": {}}, kind="end")
    assert "the replay gives nothing more" in again(log).first_difference


def test_changed_sound_alone_is_found_by_the_trace(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write_session(log, tiny_plan())
    rewrite(log, {"trace": "0" * 64}, kind="end")
    result = again(log)
    assert result.records_equal and result.trace_equal is False and not result.same
    with pytest.raises(ReplayError, match="records agree, but not what was said and sounded"):
        result.verify()


def test_lengths_that_were_lost_are_named(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write_session(log, tiny_plan())
    rewrite(log, {"lines": []}, kind="speech")
    with pytest.raises(ReplayError, match="no length for the sentence"):
        again(log).verify()


def test_session_without_its_first_line_cannot_be_replayed(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write_session(log, tiny_plan())
    log.write_text("".join(log.read_text().splitlines(keepends=True)[1:]))
    with pytest.raises(ReplayError, match="first line, with the plan, is missing"):
        again(log)


def test_only_what_comes_before_a_lost_line_is_replayed(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write_session(log, small_plan(), EVENTFUL)
    lines = log.read_text().splitlines(keepends=True)
    del lines[20]  # nothing after it can be trusted
    log.write_text("".join(lines))
    result = again(log)
    assert result.records_equal and result.trace_equal is None
    assert 0 < result.records < sum('"record"' in line for line in lines)


@pytest.mark.parametrize(
    "kind, change",
    [
        ("event", {"event": {"type": "gesture", "at": 0}}),
        ("event", {"event": {"type": "command", "at": 0, "intent": "dance"}}),
        ("event", {"event": {"type": "start", "at": 0, "tune": "waltz"}}),
        ("speech", {"lines": [["no such sentence", [], 1]]}),
        ("speech", {"lines": ["rest"]}),
        ("speech", {"lines": [["rest", [[]], 1]]}),
    ],
)
def test_what_this_version_does_not_know_is_said(tmp_path: Path, kind: str, change: dict[str, object]) -> None:
    log = tmp_path / "log"
    write_session(log, tiny_plan())
    rewrite(log, change, kind=kind)
    with pytest.raises(ReplayError, match="cannot be read by this version of voice-coach"):
        again(log)


def test_plan_that_this_version_does_not_know_is_said(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write_session(log, tiny_plan())
    plan = load(log).sessions[0].entries[0].fields["plan"]
    for spoilt in (
        plan | {"items": [plan["items"][0] | {"mood": "merry"}]},
        plan | {"items": [plan["items"][0] | {"amount": {"type": "laps", "count": 3}}]},
        plan | {"segments": [["leap", 0, 0], *plan["segments"]]},
    ):
        rewrite(log, {"plan": spoilt}, kind="start")
        with pytest.raises(ReplayError, match="a plan in it cannot be read"):
            again(log)


def test_another_plan_gives_another_trace(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write_session(log, tiny_plan())
    write_session(tmp_path / "other", dataclasses.replace(tiny_plan(), title="Quite another title"))
    ends = [load(path).sessions[0].end for path in (log, tmp_path / "other")]
    assert ends[0] is not None and ends[1] is not None and ends[0]["trace"] != ends[1]["trace"]


def test_what_comes_while_the_session_ends_by_itself_is_no_part_of_it(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "log", "s", lambda: BEGAN) as journal:
        journal.start(tiny_plan(), SETUP)
        watched = Watched(journal, tiny_plan())
        watched.receive(Start(at=0))
        effects = watched.receive(command(600_000, Intent.HELP))
        ends = [index for index, effect in enumerate(effects) if isinstance(effect, End)]
        assert ends and any(isinstance(effect, Record) for effect in effects[ends[0] :])
    assert replay(load(tmp_path / "log").sessions[0]).same
