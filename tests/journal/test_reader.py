"""Reading the log: whatever happened to the file, every whole line of it comes back."""

from __future__ import annotations

import gc
import json
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.journal.logs import BEGAN, write_session
from tests.sessions import command, tiny_plan
from voice_coach.errors import LogError
from voice_coach.journal import Damage, Entry, Foreign, Journal, load, read
from voice_coach.journal.reader import parse
from voice_coach.session.events import Intent


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A real log of two sessions."""
    log = tmp_path_factory.mktemp("whole") / "log"
    write_session(log, tiny_plan(), [command(9_000, Intent.PAIN, phrase="das tut weh — au")], limit=60_000, name="a")
    write_session(log, tiny_plan(), [command(9_000, Intent.EASIER)], name="b")
    return log.read_bytes()


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file that every example writes anew."""
    return tmp_path_factory.mktemp("scratch") / "log"


def entries(path: Path) -> list[Entry]:
    return [found for found in read(path) if isinstance(found, Entry)]


@given(data=st.data())
def test_log_cut_at_any_byte_reads_back_as_a_prefix(whole: bytes, scratch: Path, data: st.DataObject) -> None:
    scratch.write_bytes(whole)
    before = entries(scratch)
    cut = data.draw(st.integers(0, len(whole)))
    scratch.write_bytes(whole[:cut])
    found = list(read(scratch))
    rest = [one for one in found if not isinstance(one, Entry)]
    kept = entries(scratch)
    # A cut that takes nothing but a newline loses nothing.
    assert len(kept) in (whole[:cut].count(b"\n"), whole[: cut + 1].count(b"\n"))
    assert kept == before[: len(kept)]
    assert rest in ([], [Damage(len(kept) + 1, "it is cut off")])


@given(data=st.data())
def test_spoilt_bytes_cost_no_more_than_their_lines(whole: bytes, scratch: Path, data: st.DataObject) -> None:
    scratch.write_bytes(whole)
    before = entries(scratch)
    at = data.draw(st.integers(0, len(whole) - 1))
    junk = data.draw(st.binary(min_size=1, max_size=30).filter(lambda raw: b"\n" not in raw))
    assume(b"\n" not in whole[at : at + len(junk)])  # or lines would be joined and their numbers move
    scratch.write_bytes(whole[:at] + junk + whole[at + len(junk) :])
    touched = {whole[:at].count(b"\n") + 1}
    kept = [entry for entry in entries(scratch) if entry.line not in touched]
    assert kept == [entry for entry in before if entry.line not in touched]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_line_or_damage(raw: bytes) -> None:
    assert isinstance(parse(raw, 1), Entry | Damage | Foreign)


VALID = {"v": 1, "session": "s", "n": 0, "at": 0, "wall": "2026-03-01T17:30:00+01:00", "type": "note", "kind": "x"}


@pytest.mark.parametrize(
    "fields, why",
    [
        (VALID, "'data'"),
        (VALID | {"data": {}, "n": "0"}, "'n'"),
        (VALID | {"data": {}, "at": True}, "'at'"),
        (VALID | {"data": {}, "session": None}, "'session'"),
        (VALID | {"type": "event", "event": []}, "'event'"),
        ({"v": 1}, "'session'"),
        ({"v": True}, "no line of a session log"),
        (["v", 1], "no line of a session log"),
        (5, "no line of a session log"),
    ],
)
def test_line_that_lacks_something_is_damage(fields: object, why: str) -> None:
    found = parse(json.dumps(fields).encode() + b"\n", 7)
    assert isinstance(found, Damage) and found.line == 7 and why in found.why


@pytest.mark.parametrize("raw", [b"\0" * 300 + b"\n", b"[" * 100_000 + b"\n", b"9" * 5_000 + b"\n", b'"\xff"\n'])
def test_what_no_parser_likes_is_damage(raw: bytes) -> None:
    assert parse(raw, 1) == Damage(1, "it is no JSON")


def test_other_versions_are_counted_and_unknown_types_kept(tmp_path: Path) -> None:
    log = tmp_path / "log"
    lines = [VALID | {"data": {}}, VALID | {"v": 2}, VALID | {"type": "mood", "n": 1}]
    log.write_text("".join(json.dumps(line) + "\n\n" for line in lines))
    found = load(log)
    assert found.foreign == (Foreign(3, "2"),) and not found.damage
    assert [entry.fields["type"] for entry in found.sessions[0].entries] == ["note", "mood"]


@pytest.mark.parametrize(
    "change",
    [
        {"wall": "yesterday"},
        {"plan": {}},
        {"plan": {"items": [], "sets": [{"item": 3}], "segments": []}},
        {"plan": {"items": [], "sets": [], "segments": [["work", 0, 0]]}},
        {"plan": {"items": [], "sets": [], "segments": [5]}},
        {"plan": {"items": [{"load": "heavy"}], "sets": [{"item": 0}], "segments": []}},
    ],
)
def test_start_without_a_plan_is_damage(whole: bytes, change: dict[str, object]) -> None:
    start = json.loads(whole.splitlines()[0])
    assert isinstance(parse(json.dumps(start | change).encode(), 1), Damage)


def test_sessions_are_grouped_even_when_two_have_one_name(tmp_path: Path) -> None:
    log = tmp_path / "log"
    for _ in range(2):
        write_session(log, tiny_plan(), name="same")
    found = load(log).sessions
    assert [session.id for session in found] == ["same", "same"]
    assert all(session.start and session.end and session.unbroken == session.entries for session in found)


def test_lines_about_the_person_belong_to_no_session(tmp_path: Path) -> None:
    log = tmp_path / "log"
    line = VALID | {"type": "person", "kind": "consent", "data": {}}
    lines = [line, line | {"n": 1, "kind": "mood"}, line | {"wall": "yesterday"}, line | {"data": []}]
    log.write_text("".join(json.dumps(each) + "\n" for each in lines))
    write_session(log, tiny_plan(), name="s")
    found = load(log)
    assert [(entry.line, entry.fields["kind"]) for entry in found.person] == [(1, "consent"), (2, "mood")]
    assert [(one.line, one.why[:6]) for one in found.damage] == [(3, "'wall'"), (4, "'data'")]
    (session,) = found.sessions
    assert session.id == "s" and session.start and session.unbroken == session.entries


@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
def test_a_lean_log_has_all_that_was_decided(tmp_path: Path, separators: tuple[str, str]) -> None:
    log = tmp_path / "log"
    events = [command(4_000, Intent.MORE_REST), command(9_000, Intent.EASIER, phrase='","type":"event","')]
    write_session(log, tiny_plan(), events)
    with Journal.open(log, "t", lambda: BEGAN) as journal:
        journal.about("answers", {"answers": {'"type":"event"': "yes"}})
        journal.note(0, "unheard", {"words": "x"})
    parsed = [json.loads(line) for line in log.read_bytes().splitlines()]
    log.write_text("".join(json.dumps(line, separators=separators) + "\n" for line in parsed))
    whole, lean = load(log), load(log, lean=True)
    assert lean.person == whole.person and len(lean.person) == 1
    kept = {entry.fields["type"] for entry in lean.sessions[0].entries}
    if separators == (",", ":"):  # as `Journal` writes
        assert kept == {"start", "record", "end"}
        assert [entry for entry in lean.sessions[0].entries if entry.fields.get("kind") == "refused"] == []
    else:
        assert len(lean.sessions[0].entries) == len(whole.sessions[0].entries)
    start, *decided = [entry for entry in whole.sessions[0].entries if entry.fields["type"] in ("start", "end")]
    decided.append(Entry(1, {name: value for name, value in start.fields.items() if name != "plan"}))
    decided += [entry for entry in whole.sessions[0].entries if entry.fields.get("kind") in ("set", "adjusted")]
    assert len(decided) == 5 and all(entry in lean.sessions[0].entries for entry in decided)


def test_session_is_found_by_number_name_or_last(tmp_path: Path) -> None:
    log = tmp_path / "log"
    for name in ("2026-03-01T10-00-00-a", "2026-03-01T18-00-00-b", "2026-03-04T10-00-00-c"):
        write_session(log, tiny_plan(), name=name)
    found = load(log)
    assert found.find("last").id.endswith("c") and found.find("1").id.endswith("c")
    assert found.find("3").id.endswith("a") and found.find("2026-03-01T18").id.endswith("b")
    with pytest.raises(LogError, match="2 sessions begin with '2026-03-01'"):
        found.find("2026-03-01")
    for name in ("", "0", "4", "²", "nonsense"):
        with pytest.raises(LogError, match=r"No session is called .*the newest is '2026-03-04T10-00-00-c'"):
            found.find(name)


def test_log_that_is_not_there_or_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(LogError, match=r"There is no log at .* yet"):
        load(tmp_path / "log")
    with pytest.raises(LogError, match="is not a file"):
        load(tmp_path)
    assert gc.isenabled()
    (tmp_path / "log").touch()
    with pytest.raises(LogError, match="There is no session in the log"):
        load(tmp_path / "log").find("last")
