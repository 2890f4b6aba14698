"""A log that is opened again with what the cache remembers: the same answers as without, whatever happened to it."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.logs import BEGAN, SETUP, write_session
from tests.review.lines import Data, record, set_of, tell
from tests.sessions import command, tiny_plan
from tests.test_imports import ROOMS
from voice_coach.errors import LogError
from voice_coach.journal import load
from voice_coach.person.model import Correction, Incident, Person, Trouble
from voice_coach.review import Opened, known, known_at, opened
from voice_coach.review import index as kept
from voice_coach.routine.model import Load
from voice_coach.session.events import Intent

DAY = timedelta(days=1)
SET = set_of("row", load="red band", rung=-1)
SQUAT = set_of("squat", load_g=4_000)
EFFORT: Data = {"exercise": "row", "effort": 7}
GOES_ON = replace(SETUP, resumes="a")
LINE = {"v": 1, "session": "a", "n": 7, "at": 700_000, "wall": BEGAN.isoformat(), "type": "record"}
LINE |= {"kind": "set", "data": SET}


def corrected(session: str, reps: int) -> Callable[[Path], None]:
    fact = Correction(at=BEGAN, session=session, exercise="row", set=1, reps=reps)
    return lambda path: tell(path, BEGAN + DAY, fact)


def session(name: str, intent: Intent) -> Callable[[Path], object]:
    return lambda path: write_session(path, tiny_plan(), [command(9_000, intent)], name=name)


def text(written: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(written, newline="")


def lines(*changed: dict[str, object]) -> Callable[[Path], object]:
    """Lines as a session might have written them: later, by another hand, in another version."""
    return text("".join(json.dumps(LINE | each) + "\n" for each in changed))


PIECES: dict[str, Callable[[Path], object]] = {
    "a whole session": session("w", Intent.EASIER),
    "trouble": session("t", Intent.FALL),
    "a": lambda path: record(path, BEGAN, [(1_000, "set", SET), (2_000, "effort", EFFORT)], name="a"),
    "a, broken off": lambda path: record(path, BEGAN, [(1_000, "set", SET)], name="a", end=None),
    "b goes on with a": lambda path: record(path, BEGAN + DAY, [(1_000, "set", SQUAT)], name="b", setup=GOES_ON),
    "more of a": lines({}, {"n": 8, "at": 800_000}),
    "more of a, of another kind": lines({"type": "note", "kind": "x", "data": {}, "at": 900_000}),
    "a without its time": lines({"wall": "once"}, {"wall": "once", "kind": "distress", "data": {"intent": "fall"}}),
    "of nobody": lines({"session": "z", "n": 3, "wall": "once", "at": 10**30}),
    "half a character": lines({"session": "\ud800"}),
    "another version": lines({"v": 2}),
    "damage": text('{"v":1}\n\n\r\n[1,}\n'),
    "a torn line": text('{"v":1,"session":"a"'),
    "no newline": text(json.dumps(LINE | {"type": "mood", "n": 9})),
    "five of a": corrected("a", 5),
    "six of b": corrected("b", 6),
    "a fall, told": lambda path: tell(path, BEGAN + DAY, Incident(at=BEGAN, trouble=Trouble.FALL, session="t")),
}


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("pieces")
    found = {}
    for name, write in PIECES.items():
        write(folder / name)
        found[name] = (folder / name).read_bytes()
    return found


def same(one: Opened, other: Opened) -> bool:
    return one == other and list(one.log.sessions) == list(other.log.sessions)


names = st.lists(st.sampled_from(sorted(PIECES)), max_size=5)
change = st.sampled_from(["append", "append", "append", "cut", "edit", "cut the index", "edit the index"])


@settings(max_examples=60)
@given(data=st.data())
def test_the_answers_are_the_same_with_an_index_and_without(pieces: dict[str, bytes], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        log, cache = Path(folder) / "log", Path(folder) / "cache"
        log.write_bytes(b"")
        for step in ["append", *data.draw(st.lists(change, max_size=4))]:
            text = log.read_bytes()
            at = data.draw(st.integers(0, max(0, len(text) - 1)))
            if step == "append":
                text += b"".join(pieces[name] for name in data.draw(names))
            elif step == "cut":
                text = text[:at]
            elif step == "edit":
                text = text[:at] + data.draw(st.sampled_from([b"7", b"\n", b'"', b""])) + text[at + 1 :]
            elif (index := kept.index_file(cache, log)).exists():
                old = index.read_bytes()
                index.write_bytes(old[:at] if step == "cut the index" else old[:at] + b"7" + old[at + 1 :])
            log.write_bytes(text)
            without, again = opened(log, None), opened(log, cache, worth=0)
            assert same(again, without)
            assert same(opened(log, cache, worth=0), without)
            whole = load(log)
            assert list(without.log.sessions) == list(whole.sessions)
            told = without.log
            assert (told.person, told.damage, told.foreign) == (whole.person, whole.damage, whole.foreign)


def test_what_is_known_is_what_a_lean_log_tells(pieces: dict[str, bytes], tmp_path: Path) -> None:
    log = tmp_path / "log"
    order = ["a", "five of a", "trouble", "damage", "a, broken off", "b goes on with a", "six of b", "another version"]
    log.write_bytes(b"".join(pieces[name] for name in [*order, "a whole session", "a fall, told"]))
    person = opened(log, tmp_path, worth=0).person
    assert opened(log, tmp_path).person == person == known(load(log, lean=True))
    assert [(one.id, [row.done_reps for row in one.sets][:2]) for one in person.sessions[:3]] == [
        ("a", [5]),
        ("t", []),
        ("b", [10, 10]),
    ]
    assert len(person.incidents) == 1 and len(person.corrections) == 2


def test_only_what_is_new_is_read_and_what_it_changes(pieces: dict[str, bytes], tmp_path: Path) -> None:
    """An index that tells something else of the old part is believed: that part is not read."""
    log = tmp_path / "log"
    log.write_bytes(pieces["a"] + pieces["a whole session"])
    opened(log, tmp_path, worth=0)
    file = kept.index_file(tmp_path, log)
    index = kept.read_index(file)
    assert index and index.folds[0]
    index.folds[0] = replace(index.folds[0], trained=replace(index.folds[0].trained, routine="remembered"))
    assert kept.write_index(file, index)
    log.write_bytes(log.read_bytes() + pieces["b goes on with a"])
    assert [one.routine for one in opened(log, tmp_path, worth=0).person.sessions] == ["remembered", "tiny", "tiny"]
    log.write_bytes(log.read_bytes() + pieces["five of a"])
    assert [one.routine for one in opened(log, tmp_path).person.sessions] == ["tiny"] * 3


def test_a_line_that_was_changed_in_the_middle_is_noticed(pieces: dict[str, bytes], tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(pieces["a"] + pieces["a whole session"])
    before = log.stat()
    assert opened(log, tmp_path, worth=0).person.sessions[0].sets[0].done_reps == 10
    log.write_bytes(log.read_bytes().replace(b'"done_reps":10', b'"done_reps":12', 1))
    assert log.stat().st_size == before.st_size
    assert opened(log, tmp_path, worth=0).person.sessions[0].sets[0].done_reps == 12


def test_an_index_is_written_where_it_is_worth_it_and_for_nobody_else(pieces: dict[str, bytes], tmp_path: Path) -> None:
    log, cache = tmp_path / "log", tmp_path / "cache"
    file = kept.index_file(cache, log)
    log.write_bytes(pieces["a"])
    opened(log, cache, worth=log.stat().st_size + 1)
    assert not cache.exists()
    opened(log, cache, worth=log.stat().st_size)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    written = file.stat().st_mtime_ns
    log.write_bytes(log.read_bytes() + pieces["b goes on with a"])
    opened(log, cache)
    assert file.stat().st_mtime_ns == written and list(file.parent.iterdir()) == [file]
    opened(log, cache, worth=1)
    assert file.stat().st_mtime_ns > written and list(file.parent.iterdir()) == [file]


def test_a_cache_that_cannot_be_used_changes_nothing(pieces: dict[str, bytes], tmp_path: Path) -> None:
    log, cache = tmp_path / "log", tmp_path / "cache"
    log.write_bytes(pieces["a"])
    without = opened(log, None)
    cache.write_text("a file where a folder is wanted")
    assert same(opened(log, cache, worth=0), without)
    cache.unlink()
    kept.index_file(cache, log).mkdir(parents=True)
    assert same(opened(log, cache, worth=0), without)
    assert list((cache / "logs").iterdir()) == [kept.index_file(cache, log)]  # nothing half written is left


def test_what_cannot_be_packed_is_not_kept(pieces: dict[str, bytes], tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(pieces["half a character"])
    assert opened(log, tmp_path, worth=0).log.sessions.names == ["\ud800"]
    assert not kept.index_file(tmp_path, log).exists()


def test_the_stamp_is_of_all_that_the_fold_may_depend_on() -> None:
    assert {name.removesuffix(".py") for name in kept.ROOMS} == _reached("review")


def _reached(room: str) -> set[str]:
    found: set[str] = set()
    waiting = {room}
    while waiting:
        found |= waiting
        waiting = {each for one in waiting for each in ROOMS[one]} - found
    return found


def test_a_session_that_is_gone_since_is_said(pieces: dict[str, bytes], tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(pieces["a"])
    found = opened(log, None).log
    log.write_bytes(b"\n" * len(pieces["a"]))
    with pytest.raises(LogError, match="was changed while it was read"):
        found.find("last")
    log.unlink()
    with pytest.raises(LogError, match="There is no log"):
        found.find("last")


def test_no_log_yet_is_somebody_unknown(tmp_path: Path) -> None:
    assert known_at(tmp_path / "log") == Person()
    with pytest.raises(LogError, match="There is no log"):
        opened(tmp_path / "log", tmp_path)
    with pytest.raises(LogError, match="is not a file"):
        opened(tmp_path, tmp_path)


def test_odd_times_come_back_as_they_were(tmp_path: Path) -> None:
    log = tmp_path / "log"
    odd = datetime.fromisoformat("2026-03-01T17:30:00+01:00:30")
    record(log, odd, [(1_000, "set", set_of("row", load_g=2_500))])
    assert same(opened(log, tmp_path, worth=0), again := opened(log, tmp_path))
    assert again.person.sessions[0].began.isoformat() == "2026-03-01T17:30:00+01:00:30"
    assert again.person.sessions[0].sets[0].load == Load(grams=2_500)
