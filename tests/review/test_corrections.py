"""What she told afterwards: every fold sees it, the last one counts, and nothing in a log makes it fail."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.logs import BEGAN, write_session
from tests.person.facts import corrections
from tests.review.lines import Data, record, set_of, tell
from tests.sessions import tiny_plan
from voice_coach.journal import Journal, load
from voice_coach.person.model import Correction, Effort
from voice_coach.review import SetSummary, as_json, known_at, summarise
from voice_coach.review.corrections import applies, records, told_effort
from voice_coach.review.corrections import corrections as told_of
from voice_coach.review.sets import Outcome
from voice_coach.review.words import remarks
from voice_coach.routine.model import Load

AFTER = BEGAN + timedelta(hours=2)
ROW: Data = set_of("row", load_g=4_000, target_reps=8, done_reps=8)
HOLD: Data = set_of("plank", target_reps=None, done_reps=None, target_ms=20_000, done_ms=12_000, completed=False)


def correction(exercise: str = "row", number: int = 1, **told: Any) -> Correction:
    return Correction(at=AFTER, session="s", exercise=exercise, set=number, **told)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.jsonl"
    effort: Data = {"exercise": "row", "effort": 5, "reserve": 3}
    record(path, BEGAN, [(1, "set", ROW), (2, "effort", effort), (3, "set", HOLD)])
    return path


def rows(path: Path, exercise: str) -> list[SetSummary]:
    """What the summary of the last session says of a movement."""
    return [row for row in summarise(load(path).find("last")).sets if row.exercise == exercise]


def test_reps_are_seen_by_every_fold_and_marked(log: Path) -> None:
    tell(log, AFTER, correction(reps=6))
    (row,) = rows(log, "row")
    assert (row.done_reps, row.target_reps, row.reported, row.outcome) == (6, 8, True, Outcome.COMPLETED)
    assert "as told" in remarks(row)
    (session,) = known_at(log).sessions
    assert [(each.exercise, each.done_reps) for each in session.sets] == [("row", 6), ("plank", 0)]
    told = [each for each in as_json(summarise(load(log).find("s")))["sets"] if each["reported"]]
    assert [(each["exercise"], each["done_reps"]) for each in told] == [("row", 6)]
    assert known_at(log).corrections == (correction(reps=6),)


def test_the_lines_of_the_session_stay_as_they_were(log: Path) -> None:
    before = log.read_bytes()
    tell(log, AFTER, correction(reps=6))
    assert log.read_bytes().startswith(before)
    entries = load(log).find("s").entries
    assert [entry.fields["data"]["done_reps"] for entry in entries if entry.fields.get("kind") == "set"] == [8, None]


def test_the_last_one_counts_and_amounts_that_it_does_not_name_stay(log: Path) -> None:
    heavier = correction(reps=7, load=Load(grams=5_000))
    tell(log, AFTER, correction(reps=6), heavier, correction(reps=5))
    (row,) = rows(log, "row")
    assert (row.done_reps, row.load_g) == (5, 5_000)
    tell(log, AFTER, correction(load=Load(label="red band")))
    (row,) = rows(log, "row")
    assert (row.done_reps, row.load_g, row.load) == (5, None, "red band")
    assert known_at(log).sessions[0].sets[0].load == Load(label="red band")


def test_a_set_that_was_all_done_after_all_is_completed(log: Path) -> None:
    tell(log, AFTER, correction("plank", ms=19_000))
    (row,) = rows(log, "plank")
    assert (row.done_ms, row.outcome) == (19_000, Outcome.PARTLY)
    tell(log, AFTER, correction("plank", ms=20_000))
    assert rows(log, "plank")[0].outcome is Outcome.COMPLETED
    assert known_at(log).sessions[0].sets[1].completed


def test_effort_is_that_of_the_movement_and_what_was_left_stays(log: Path) -> None:
    tell(log, AFTER, correction(effort=8))
    (session,) = known_at(log).sessions
    assert session.efforts["row"] == Effort(effort=8, reserve=3)
    assert told_effort(load(log).find("s"), "row") == 8
    assert rows(log, "row")[0].reported is False


@pytest.mark.parametrize(
    "other",
    [
        replace(correction(reps=6), exercise="squat"),
        replace(correction(reps=6), set=2),
        replace(correction(reps=6), side="left"),
        replace(correction(reps=6), block="Warm-up"),
        replace(correction(reps=6), round=2),
        replace(correction(reps=6), session="another"),
        replace(correction(ms=6_000), exercise="row"),
        replace(correction(reps=6), exercise="plank"),
    ],
    ids=["exercise", "set", "side", "block", "round", "session", "time of a counted one", "count of a held one"],
)
def test_what_does_not_exist_changes_nothing(log: Path, other: Correction) -> None:
    before = summarise(load(log).find("s")), known_at(log).sessions
    assert not applies(load(log).find("s"), other) or other.session != "s"
    tell(log, AFTER, other)
    assert (summarise(load(log).find("s")), known_at(log).sessions) == before


def test_what_was_skipped_was_not_done(tmp_path: Path) -> None:
    path = tmp_path / "log"
    record(path, BEGAN, [(1, "set", {**ROW, "done_reps": 0, "completed": False, "skipped": True})])
    tell(path, AFTER, correction(reps=6))
    assert rows(path, "row")[0].outcome is Outcome.SKIPPED
    assert known_at(path).sessions[0].sets == ()


def test_of_two_tries_the_last_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "log"
    record(path, BEGAN, [(1, "set", {**ROW, "done_reps": 3, "completed": False}), (2, "set", ROW)])
    tell(path, AFTER, correction(reps=6))
    assert [row.done_reps for row in rows(path, "row")] == [3, 6]
    assert [each.done_reps for each in known_at(path).sessions[0].sets] == [6]


def test_a_number_told_in_the_session_gives_way_and_that_of_the_next_round_stays(tmp_path: Path) -> None:
    path = tmp_path / "log"
    own: Data = {**ROW, "own_pace": True, "done_reps": None}
    first, second = {**own, "block": "One"}, {**own, "block": "Two"}
    said: Data = {"exercise": "row", "set": 1, "round": 1, "side": None, "done_reps": 10}
    made = [(1, "set", first), (2, "reps reported", said), (3, "set", second), (4, "reps reported", said)]
    record(path, BEGAN, made)
    assert [each.done_reps for each in known_at(path).sessions[0].sets] == [10, 10]
    tell(path, AFTER, replace(correction(reps=6), block="One"))
    assert [(row.block, row.done_reps) for row in rows(path, "row")] == [("One", 6), ("Two", 10)]
    assert [each.done_reps for each in known_at(path).sessions[0].sets] == [6, 10]


def test_the_load_of_a_set_at_her_own_pace_leaves_its_reps(tmp_path: Path) -> None:
    path = tmp_path / "log"
    record(path, BEGAN, [(1, "set", {**ROW, "own_pace": True, "done_reps": None})])
    tell(path, AFTER, correction(load=Load(grams=5_000)))
    (done,) = known_at(path).sessions[0].sets
    assert (done.done_reps, done.load) == (8, Load(grams=5_000))


def test_where_a_name_was_used_twice_the_session_begun_last_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "log"
    record(path, BEGAN, [(1, "set", ROW)])
    record(path, AFTER, [(1, "set", ROW)])
    tell(path, AFTER, correction(reps=6))
    record(path, AFTER, [(1, "set", ROW)])
    assert [each.sets[0].done_reps for each in known_at(path).sessions] == [8, 6, 8]


def test_a_real_session_is_corrected_and_replays_as_before(tmp_path: Path) -> None:
    from voice_coach.replay import replay

    path = tmp_path / "log"
    write_session(path, tiny_plan(), name="s")
    before = summarise(load(path).find("last")).sets[-1]
    assert before.done_reps is not None
    fact = Correction(
        at=AFTER, session="s", exercise=before.exercise, set=before.set, block=before.block, round=before.round,
        side=before.side, reps=before.done_reps - 1,
    )  # fmt: skip
    tell(path, AFTER, fact)
    session = load(path).find("last")
    assert summarise(session).sets[-1] == replace(before, done_reps=before.done_reps - 1, reported=True)
    assert replay(session).same


plain: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers(-5, 2_000) | st.text(max_size=3) | st.just([]) | st.just({"a": 1})
)
some_set = st.builds(
    lambda exercise, number, side, block, more: {**set_of(exercise, set=number, side=side, block=block), **more},
    st.sampled_from(["row", "plank"]),
    st.integers(1, 3),
    st.sampled_from([None, "left", "right"]),
    st.sampled_from(["Main", "Warm-up"]),
    st.dictionaries(
        st.sampled_from(["done_reps", "completed", "skipped", "own_pace", "target_reps"]), plain, max_size=2
    ),
)
junk = st.dictionaries(
    st.sampled_from(["session", "exercise", "set", "block", "round", "side", "reps", "ms", "load", "effort"]),
    plain | st.just("s") | st.just("row"),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(some_set, max_size=6),
    st.lists(corrections(AFTER, st.just("s"), st.sampled_from(["row", "plank"])) | junk, max_size=8),
)
def test_no_line_makes_a_fold_fail_and_each_set_is_as_it_was_told_last(
    sets: Sequence[dict[str, Any]], told: Sequence[Correction | dict[str, Any]]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log"
        record(path, BEGAN, [(at, "set", each) for at, each in enumerate(sets)])
        for each in told:
            if isinstance(each, Correction):
                tell(path, AFTER, each)
            else:
                with Journal.open(path, "told", lambda: AFTER) as journal:
                    journal.about("correction", each)
        session, person = load(path).find("last"), known_at(path)
        json.dumps(as_json(summarise(session)))
    found = told_of(session)
    assert {each for each in told if isinstance(each, Correction)} <= set(found)
    assert {each.id for each in person.sessions} == {"s"}
    for number, fields in enumerate(each for each in records(session) if each["kind"] == "set"):
        about = [each for each in found if _is_the_last_for(each, number, sets)]
        for name, value in (("done_reps", "reps"), ("done_ms", "ms")):
            amounts = [getattr(each, value) for each in about if getattr(each, value) is not None]
            assert fields["data"].get(name) == (amounts[-1] if amounts else sets[number].get(name))


def _is_the_last_for(told: Correction, number: int, sets: Sequence[dict[str, Any]]) -> bool:
    """An independent reading of the rule: the last set that was not skipped, has its names and is measured that way."""
    possible = []
    for at, each in enumerate(sets):
        names = each["exercise"] == told.exercise and each["set"] == told.set and each["side"] == told.side
        place = told.block in ("", each["block"]) and told.round in (0, each["round"])
        reps = [type(each.get(name)) is int for name in ("target_reps", "done_reps")]
        counted = each["own_pace"] is True or any(reps)
        measured = told.ms is None if counted else told.reps is None
        if names and place and measured and each["skipped"] is not True:
            possible.append(at)
    return bool(possible) and possible[-1] == number
