"""The quick look at a line: it may hesitate, what it lets pass is in order, and reading gives what it always gave."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.journal.logs import BEGAN, write_session
from tests.sessions import command, small_plan, tiny_plan
from voice_coach.journal import Damage, Entry, Foreign, Journal, load, quick, read
from voice_coach.journal.reader import parse
from voice_coach.review import known
from voice_coach.session.events import Intent

HEAD = '{"v":1,"session":"s","n":0,"at":0,"wall":"2026-03-01T17:30:00+01:00","type":'
LONG = "1" + "0" * 5_000


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Every type of line as it is written: two sessions, one of which was broken off, and what was told."""
    log = tmp_path_factory.mktemp("quick") / "log"
    events = [command(9_000, Intent.EASIER, phrase='"type":"event"'), command(15_000, Intent.PAIN)]
    write_session(log, tiny_plan(), events, name="a")
    with Journal.open(log, "t", lambda: BEGAN) as journal:
        journal.about("consent", {})
        journal.note(0, "unheard", {"words": "x\udcff"})
    write_session(log, small_plan(), name="b", limit=60_000)
    return log.read_bytes().splitlines(keepends=True)


def slowly(path: Path) -> tuple[list[tuple[str, list[Entry]]], list[Entry], list[Damage | Foreign]]:
    """The log with every line taken apart: sessions, lines about the person, what could not be read."""
    sessions: list[tuple[str, list[Entry]]] = []
    latest: dict[str, list[Entry]] = {}
    person: list[Entry] = []
    bad: list[Damage | Foreign] = []
    for found in read(path):
        if not isinstance(found, Entry):
            bad.append(found)
        elif found.fields["type"] == "person":
            person.append(found)
        else:
            name = found.fields["session"]
            if name not in latest or found.fields["n"] == 0:
                latest[name] = []
                sessions.append((name, latest[name]))
            latest[name].append(found)
    return sessions, person, bad


def is_the_same(path: Path) -> None:
    """Read quickly it is what it is when read slowly, and a lean log tells the same of her."""
    log, (sessions, person, bad) = load(path), slowly(path)
    assert [(one.id, list(one.entries)) for one in log.sessions] == sessions
    assert list(log.person) == person
    unreadable: list[Damage | Foreign] = [*log.damage, *log.foreign]
    assert sorted(unreadable, key=lambda one: one.line) == bad
    assert known(load(path, lean=True)).forms == known(log).forms


def test_lines_as_they_are_written_need_no_second_look(lines: Sequence[bytes]) -> None:
    kinds = {json.loads(line)["type"] for line in lines}
    assert kinds == {"start", "speech", "event", "record", "note", "person", "end"}
    hesitated = [line for line in lines if quick.head(line) is None]
    assert {json.loads(line)["type"] for line in hesitated} == {"person", "note"}  # the note has half of a character


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(data=st.data())
def test_what_passes_quickly_is_in_order(lines: Sequence[bytes], data: st.DataObject) -> None:
    raw = data.draw(st.sampled_from(lines))
    at = data.draw(st.integers(0, len(raw) - 1))
    until = data.draw(st.integers(at, min(len(raw), at + 12)))
    junk = data.draw(st.sampled_from([b"", b'"', b"1", b"1.0", b"null", b"{}", b"[]", b"-1", b"\xff", b"true", b","]))
    broken = raw[:at] + junk + raw[until:]
    head, slow = quick.head(broken), parse(broken, 1)
    if head is not None:
        assert isinstance(slow, Entry)
        assert (head.session, head.n) == (slow.fields["session"], slow.fields["n"])
        lean = quick.Lean().line(head, broken)
        if isinstance(lean, dict):
            assert lean == {name: value for name, value in slow.fields.items() if name != "plan"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_log_is_read_as_ever(lines: Sequence[bytes], tmp_path: Path, data: st.DataObject) -> None:
    text = bytearray(b"".join(lines))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=5))
    path = tmp_path / "log"
    path.write_bytes(text)
    is_the_same(path)


@pytest.mark.parametrize(
    "rest",
    [
        '"event","event":{"a":NaN}}',
        '"event","event":{"a":1e999}}',
        '"event","event":[]}',
        '"event","event":{"a":' + LONG + "}}",
        '"event","event":{},"n":1}',
        '"event","event":{},"n":1.0}',
        '"event","event":{},"more":' + LONG + "}",
        '"event","event":{"a":"\\ud800"}}',
        '"event","event":{"a":"\xff"}}',
        '"event","event":{"type":"note"},"type":"mood"}',
        '"speech","lines":{}}',
        '"record","kind":"set","data":[]}',
        '"record","kind":"set","data": {"set":1}}',
        *(
            f'"start","program":"p","routine":"r","title":"t","digest":"d","setup":{{}},"plan":{plan}}}'
            for plan in (
                "{}",
                '{"items":[],"sets":[],"segments":[]}',
                '{"items":[],"sets":[],"segments":[["rest",0,0]]}',
                '{"items":[],"sets":[{"item":-1,"number":1,"side":null,"block":"b","round":1}],"segments":[]}',
                f'{{"items":[],"sets":[],"segments":[],"more":{LONG}}}',
            )
        ),
    ],
)
def test_odd_lines_are_read_as_ever(tmp_path: Path, rest: str) -> None:
    path = tmp_path / "log"
    path.write_bytes(HEAD.encode() + rest.encode("latin-1") + b"\n\n  \n" + HEAD.encode() + b'"note","kind":"x"')
    is_the_same(path)
