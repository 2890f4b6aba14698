"""What is known of her: every line about her and every session, whatever state the log is in, never an error."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.logs import BEGAN, SETUP, write_session
from tests.person.facts import facts
from tests.review.lines import Data, looked, record, set_of, tell
from tests.sessions import command, commands, small_plan, tiny_plan
from voice_coach.journal import Journal, load
from voice_coach.person.lines import CONSENT, Fact
from voice_coach.person.model import (
    Answered,
    Clearance,
    Decision,
    Effort,
    Form,
    Incident,
    Matter,
    Measured,
    Person,
    SetDone,
    Trouble,
    Weight,
)
from voice_coach.review import known, known_at, summarise
from voice_coach.review.sets import Outcome
from voice_coach.routine.model import Load
from voice_coach.safety import standing
from voice_coach.safety.dates import is_after
from voice_coach.session.events import Event, Intent

HOUR = timedelta(hours=1)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def test_no_log_yet_is_somebody_unknown(log: Path) -> None:
    assert known_at(log) == Person()


def test_everything_told_is_known_in_the_order_in_which_it_was_written(log: Path) -> None:
    answered = Answered(at=BEGAN, form=Form.SCREENING, answers={"screening.heart": "no", "screening.falls": 2})
    load_told = Weight(at=BEGAN, exercise="row", load=Load(label="red band"))
    cleared = Clearance(at=BEGAN, matter=Matter.TRAINING)
    raised = Decision(at=BEGAN, exercise="row", rule="2 for 2", change={"grams": 2_500}, accepted=None)
    stands = Measured(at=BEGAN, test="chair_stand", value=12)
    earlier = BEGAN - timedelta(days=400)  # a clock that was set back
    later = replace(answered, at=earlier, form=Form.DAILY)
    tell(log, BEGAN, answered, load_told, cleared, raised, stands)
    tell(log, earlier, later)
    assert known_at(log) == Person(
        forms=(answered, later),
        clearances=(cleared,),
        decisions=(raised,),
        measures=(stands,),
        weights=(load_told,),
    )


@settings(max_examples=30)
@given(st.lists(facts(), max_size=8))
def test_any_facts_come_back(told: list[Fact]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log"
        tell(path, BEGAN, *told)
        person = known_at(path)
    lists: tuple[Sequence[Fact], ...] = (person.forms, person.incidents, person.clearances, person.decisions)
    lists += (person.measures, person.weights, person.corrections)
    assert sorted(map(repr, (fact for each in lists for fact in each))) == sorted(map(repr, told))
    assert list(person.forms) == [fact for fact in told if isinstance(fact, Answered)]


def test_consent_is_when_it_was_last_given_and_can_be_taken_back(log: Path) -> None:
    def say(at: datetime, data: dict[str, Any]) -> None:
        with Journal.open(log, "told", lambda: at) as journal:
            journal.about(CONSENT, data)

    say(BEGAN, {})
    assert known_at(log).consented == BEGAN
    say(BEGAN + HOUR, {"given": True})
    assert known_at(log).consented == BEGAN + HOUR
    say(BEGAN + 2 * HOUR, {"given": False})
    assert known_at(log).consented is None


def test_a_whole_session(log: Path) -> None:
    write_session(log, small_plan(), [command(at, Intent.DONE) for at in range(250_000, 330_000, 4_000)], name="one")
    (session,) = known_at(log).sessions
    summary = summarise(load(log).find("last"))
    assert (session.id, session.began, session.routine, session.ended) == ("one", BEGAN, "small", "completed")
    assert session.ms == summary.ms and (session.phase, session.deload) == ("", False)
    rows = [row for row in summary.sets if row.outcome in (Outcome.COMPLETED, Outcome.PARTLY)]
    assert [(row.exercise, row.set, row.of, row.side) for row in session.sets] == [
        (row.exercise, row.set, row.of, row.side) for row in rows
    ]
    raises = [row for row in session.sets if row.exercise == "leg-raise"]
    assert [(row.side, row.load, row.done_reps) for row in raises] == [
        ("left", Load(grams=500), 4),
        ("right", Load(grams=500), 4),
    ]
    march = session.sets[0]
    assert (march.target_ms, march.done_ms, march.done_reps, march.completed) == (25_000, 25_000, 0, True)


def test_rung_and_its_words(log: Path) -> None:
    write_session(log, tiny_plan(), [command(1_000, Intent.EASIER)])
    (session,) = known_at(log).sessions
    assert {(row.rung, row.variant) for row in session.sets} == {(-1, "Push up with one hand.")}


def test_time_that_stood_still_is_no_time_of_training(log: Path) -> None:
    write_session(log, tiny_plan(), [command(2_000, Intent.PAUSE), command(12_000, Intent.RESUME)], name="a")
    write_session(log, tiny_plan(), [command(2_000, Intent.PAUSE)], name="b")
    first, second = known_at(log).sessions
    whole = summarise(load(log).find("a"))
    assert first.ms == whole.ms - 10_000 and second.ms == 2_000 and second.ended == "no answer"


def test_skipped_sets_were_not_done_and_one_done_again_counts_once(log: Path) -> None:
    record(
        log,
        BEGAN,
        [
            (1_000, "set", set_of("row", completed=False, skipped=True, done_reps=0)),
            (2_000, "set", set_of("row", set=2, completed=False, done_reps=3)),
            (3_000, "set", set_of("row", set=2)),
            (4_000, "set", set_of("squat", completed=False, done_reps=4)),
            (5_000, "set", set_of("march")),
            (6_000, "set", set_of("march")),  # twice in a block
        ],
    )
    (session,) = known_at(log).sessions
    assert [(row.exercise, row.set, row.done_reps, row.completed) for row in session.sets] == [
        ("row", 2, 10, True),
        ("squat", 1, 4, False),
        ("march", 1, 10, True),
        ("march", 1, 10, True),
    ]


def test_at_her_own_pace_what_she_tells_counts(log: Path) -> None:
    curl: Data = set_of("curl", own_pace=True, done_reps=None, target_reps=8, load="red band")
    told: Data = {"exercise": "curl", "set": 2, "round": 1, "side": None, "done_reps": 11}
    record(
        log,
        BEGAN,
        [
            (1_000, "set", curl),
            (2_000, "set", {**curl, "set": 2}),
            (3_000, "reps reported", told),
            (4_000, "set", {**curl, "set": 3, "completed": False}),
            (5_000, "reps reported", {**told, "set": 9}),
        ],
    )
    (session,) = known_at(log).sessions
    assert [row.done_reps for row in session.sets] == [8, 11, 0]
    assert session.sets[0].load == Load(label="red band")


def test_effort_and_pain_by_movement(log: Path) -> None:
    record(
        log,
        BEGAN,
        [
            (1_000, "effort", {"exercise": "row", "effort": 6, "reserve": None}),
            (2_000, "effort", {"exercise": "row", "effort": 6, "reserve": 3}),
            (3_000, "pain", {"exercise": "row", "place": "joint", "level": 2, "trouble": None}),
            (4_000, "pain", {"exercise": "row", "place": "joint", "level": 1, "trouble": None}),
            (5_000, "effort", {"exercise": "squat", "effort": 12, "reserve": -1}),
            (6_000, "effort", {"exercise": None, "effort": 5}),
        ],
        setup=replace(SETUP, phase="build", deload=True),
    )
    person = known_at(log)
    (session,) = person.sessions
    assert session.efforts == {"row": Effort(effort=6, reserve=3, pain=2), "squat": Effort()}
    assert (session.phase, session.deload) == ("build", True)
    assert person.incidents == ()


def test_a_session_without_its_beginning_or_its_end(log: Path) -> None:
    record(log, BEGAN, [(90_000, "set", set_of("row")), (95_000, "distress", {"intent": "chest"})], end=None)
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[1:]))
    person = known_at(log)
    (session,) = person.sessions
    assert (session.routine, session.ended, session.ms) == ("", None, 95_000)
    assert session.began == BEGAN - timedelta(milliseconds=90_000), "its first line knows the time"
    assert [one.trouble for one in person.incidents] == [Trouble.EMERGENCY]


def test_a_session_that_does_not_know_its_time_takes_that_of_the_one_before(log: Path) -> None:
    strange = {"v": 1, "session": "x", "n": 1, "at": 5, "wall": "?", "type": "record", "kind": "distress"}
    write_session(log, tiny_plan(), name="before")
    with log.open("a") as file:
        file.write(json.dumps(strange | {"data": {"intent": "fall"}}) + "\n")
    (incident,) = known_at(log).incidents
    assert (incident.trouble, incident.session, incident.at) == (Trouble.FALL, "x", BEGAN + timedelta(milliseconds=5))
    log.write_text(log.read_text().splitlines(keepends=True)[-1])
    assert known_at(log) == Person(), "nobody can say when that was"


def test_dates_ahead_and_other_versions_and_unknown_kinds(log: Path) -> None:
    ahead = datetime(9999, 12, 31, 23, 59, 59, 999_000, tzinfo=timezone.utc)
    write_session(log, tiny_plan(), [command(9_000, Intent.DIZZY)], began=ahead, limit=60_000)
    tell(log, ahead, Measured(at=ahead, test="of a later version", value=3))
    with Journal.open(log, "told", lambda: BEGAN) as journal:
        journal.about("mood", {"level": 3})
        journal.about("incident", {"trouble": "of a later version"})
    with log.open("a") as file:
        file.write('{"v":2,"anything":1}\n{"v":1,"ses')
    person = known_at(log)
    assert [session.began for session in person.sessions] == [ahead]
    unknown = (Trouble.EMERGENCY, BEGAN)  # what a later version has another name for may be grave
    assert [(one.trouble, one.at) for one in person.incidents] == [(Trouble.DIZZY, ahead), unknown]
    assert [one.at for one in person.measures] == [ahead]


def test_told_and_found_incidents_stand_in_order_and_once(log: Path) -> None:
    later = BEGAN + HOUR
    told = Incident(at=later, trouble=Trouble.FALL, session="s", exercise="row", level=2)
    outside = Incident(at=later, trouble=Trouble.FRACTURE)
    record(log, BEGAN, [(1_000, "distress", {"intent": "fall"}), (2_000, "distress", {"intent": "dizzy"})])
    tell(log, later, told, outside)
    write_session(log, tiny_plan(), [command(5_000, Intent.FALL)], name="t", began=later + HOUR)
    person = known_at(log)
    assert [(one.trouble, one.session) for one in person.incidents] == [
        (Trouble.DIZZY, "s"),
        (Trouble.FALL, "s"),
        (Trouble.FRACTURE, ""),
        (Trouble.FALL, "t"),
    ]
    assert told in person.incidents


@settings(max_examples=20)
@given(commands(most=12))
def test_any_session_folds_as_its_summary_says(events: list[Event]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log"
        write_session(path, small_plan(), events)
        whole, lean = known(load(path)), known(looked(path))
        summary = summarise(load(path).find("last"))
    assert whole == lean
    (session,) = lean.sessions
    begun = {(row.block, row.exercise, row.set, row.round, row.side) for row in summary.sets if _begun(row.outcome)}
    assert len(session.sets) >= len(begun) and {row.exercise for row in session.sets} == {key[1] for key in begun}
    assert 0 <= session.ms <= summary.ms
    meant = [one for one in summary.distress if one.cleared is None]
    assert not meant or lean.incidents, "no word of distress that stands is forgotten"


def _begun(outcome: Outcome) -> bool:
    return outcome in (Outcome.COMPLETED, Outcome.PARTLY)


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


def editable() -> Sequence[Any]:
    """Lines of all kinds that are folded."""
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        tell(log, BEGAN, Answered(at=BEGAN, form=Form.DAILY, answers={"a": "yes"}))
        effort: Data = {"exercise": "sit-to-stand", "effort": 6, "reserve": 2}
        distress: Data = {"intent": "pain", "trouble": None, "exercise": "row"}
        pain: Data = {"exercise": "row", "level": 5, "trouble": "joint pain"}
        records: list[tuple[int, str, Data]] = [
            (1, "set", set_of("row")),
            (2, "effort", effort),
            (3, "distress", distress),
            (4, "pain", pain),
        ]
        record(log, BEGAN, [*records, (5, "paused", {}), (6, "resumed", {})])
        return [json.loads(line) for line in log.read_text().splitlines()]


EDITABLE = editable()


@settings(max_examples=300)
@given(data=st.data())
def test_no_log_that_somebody_edited_breaks_the_fold(data: st.DataObject) -> None:
    lines = json.loads(json.dumps(EDITABLE))
    place: Any = data.draw(st.sampled_from(lines))
    while True:
        key = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else list(range(len(place)))))
        if isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans()):
            place = place[key]
        else:
            place[key] = data.draw(values)
            break
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
        person = known_at(path)
    for session in person.sessions:
        assert session.ms >= 0 and all(isinstance(row, SetDone) and row.done_reps >= 0 for row in session.sets)
        for effort in session.efforts.values():
            assert effort.effort in (None, *range(11)) and effort.pain in (None, *range(11))


def test_what_a_slow_clock_told_stands_after_what_was_written_before_it(log: Path) -> None:
    """A battery is empty, and the clock begins in 1970: a yes of last week does not lift the lock of a fall of now."""
    tell(log, BEGAN, Clearance(at=BEGAN, matter=Matter.TRAINING))
    slow = datetime(1970, 1, 1, tzinfo=timezone.utc)
    write_session(log, small_plan(), [command(20_000, Intent.FALL)], name="fell", began=slow)
    tell(log, slow + HOUR, Incident(at=slow + HOUR, trouble=Trouble.DIZZY))
    person = known_at(log)
    (yes,), (fell, dizzy), (session,) = person.clearances, person.incidents, person.sessions
    assert (fell.trouble, fell.at) == (Trouble.FALL, slow + timedelta(seconds=20))
    assert is_after(session, yes)
    assert is_after(fell, session)
    assert is_after(dizzy, fell)
    assert not is_after(yes, fell)
    assert standing(person, BEGAN + HOUR).locked == fell


def test_breathing_counts_as_no_session_after_a_pain(log: Path) -> None:
    """What is left in a hold does not use up "left out in the next session"."""
    tell(log, BEGAN, Incident(at=BEGAN, trouble=Trouble.SHARP_PAIN, exercise="row"))
    record(log, BEGAN + HOUR, [(1_000, "set", set_of("easy_breath"))], name="breathing")
    assert standing(known_at(log), BEGAN + 2 * HOUR).avoided == {"row"}
    record(log, BEGAN + 2 * HOUR, [(1_000, "set", set_of("chair_stand"))], name="trained")
    assert not standing(known_at(log), BEGAN + 3 * HOUR).avoided
