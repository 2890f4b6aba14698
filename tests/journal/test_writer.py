"""Writing the log: what reaches the file when, who may write, and what happens when nothing can be written."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from tests.journal.disks import Disk
from tests.journal.logs import BEGAN, SETUP, Watched, write_session
from tests.sessions import command, drive, small_plan, tiny_plan
from voice_coach.errors import ExitCode, LogError
from voice_coach.journal import Journal, load, session_id
from voice_coach.journal.lock import FAR_AWAY
from voice_coach.replay import replay
from voice_coach.session.events import Hush, Intent, Record, Start

posix = pytest.mark.skipif(os.name != "posix", reason="file modes and limits are those of POSIX")


def opened(path: Path, disk: Disk | None = None, name: str = "s") -> Journal:
    disk = disk or Disk()
    return Journal.open(path, name, lambda: BEGAN, write=disk.write, sync=disk.sync)


def test_lines_carry_format_session_number_and_both_times(tmp_path: Path) -> None:
    write_session(tmp_path / "log", tiny_plan(), [command(4_000, Intent.HOW_LONG)], name="mine")
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert [line["n"] for line in lines] == list(range(len(lines)))
    assert {(line["v"], line["session"], line["wall"]) for line in lines} == {
        (1, "mine", "2026-03-01T17:30:00.000+01:00")
    }
    assert lines[0]["type"] == "start" and lines[0]["setup"]["voice"] == "test voice"
    assert lines[-1]["type"] == "end" and lines[-1]["reason"] == "completed"


def test_each_line_is_one_write_and_sets_and_the_end_wait_for_the_disk(tmp_path: Path) -> None:
    disk = Disk()
    with opened(tmp_path / "log", disk) as journal:
        journal.start(tiny_plan(), SETUP)
        assert disk.syncs == [1]
        watched = Watched(journal, tiny_plan())
        watched.receive(Start(at=0))
        while not watched.session.over:
            watched.advance(watched.session.state.now + 500)
    assert all(data.endswith(b"\n") and data.count(b"\n") == 1 for data in disk.writes)
    waited = [json.loads(disk.writes[count - 1]) for count in disk.syncs]
    assert [line["type"] for line in waited] == ["start", "record", "record", "end"]
    assert all(line["kind"] == "set" for line in waited[1:3])


def test_every_set_is_on_the_disk_before_the_next_one_begins(tmp_path: Path) -> None:
    effects = drive(small_plan(), [command(at, Intent.DONE) for at in range(220_000, 300_000, 3_000)])
    disk = Disk()
    with opened(tmp_path / "log", disk) as journal:
        journal.start(small_plan(), SETUP)
        for effect in effects:
            journal.effects([effect])
            if isinstance(effect, Record) and effect.kind == "set":
                assert disk.syncs[-1] == len(disk.writes)


@posix
def test_log_is_for_its_owner_only(tmp_path: Path) -> None:
    write_session(tmp_path / "new" / "data" / "log", tiny_plan())
    assert stat.S_IMODE((tmp_path / "new" / "data").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "data" / "log").stat().st_mode) == 0o600


def test_sessions_follow_each_other_and_nothing_written_changes(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write_session(log, tiny_plan(), name="first")
    first = log.read_bytes()
    write_session(log, tiny_plan(), name="second")
    assert log.read_bytes().startswith(first)
    assert [session.id for session in load(log).sessions] == ["first", "second"]


def test_torn_tail_stays_a_line_of_its_own(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write_session(log, tiny_plan(), name="first")
    torn = log.read_bytes()[:-40]
    log.write_bytes(torn)
    write_session(log, tiny_plan(), name="second")
    assert log.read_bytes().startswith(torn + b'\n{"v":1,"session":"second"')
    read_back = load(log)
    assert [session.id for session in read_back.sessions] == ["first", "second"]
    assert [damage.line for damage in read_back.damage] == [torn.count(b"\n") + 1]
    assert read_back.sessions[0].end is None and read_back.sessions[1].end is not None


def test_lines_about_the_person_have_a_count_of_their_own_and_wait_for_the_disk(tmp_path: Path) -> None:
    disk = Disk()
    with opened(tmp_path / "log", disk) as journal:
        journal.about("consent", {})
        assert disk.syncs == [1]
        journal.start(tiny_plan(), SETUP)
        watched = Watched(journal, tiny_plan())
        watched.receive(Start(at=0))
        journal.about("clearance", {"matter": "training", "given": True})
        assert disk.syncs[-1] == len(disk.writes)
        while not watched.session.over:
            watched.advance(watched.session.state.now + 500)
        journal.about("measured", {"test": "chair_stand", "value": 12, "detail": "früh"})
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    person = [line for line in lines if line["type"] == "person"]
    assert [(line["n"], line["at"], line["kind"]) for line in person] == [
        (0, 0, "consent"),
        (1, 0, "clearance"),
        (2, 0, "measured"),
    ]
    assert lines[-1] == person[-1], "what is told after the end is kept too"
    session = load(tmp_path / "log").find("last")
    assert session.unbroken == session.entries and session.end
    assert replay(session).same


def test_a_session_tells_its_phase_and_whether_it_is_lighter(tmp_path: Path) -> None:
    with opened(tmp_path / "log") as journal:
        journal.start(tiny_plan(), replace(SETUP, phase="build", deload=True))
    start = load(tmp_path / "log").find("last").start
    assert start and (start["setup"]["phase"], start["setup"]["deload"]) == ("build", True)


def test_opening_alone_changes_nothing(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"torn")
    opened(log).close()
    assert log.read_bytes() == b"torn"


def test_second_session_is_refused_until_the_first_is_closed(tmp_path: Path) -> None:
    with (
        opened(tmp_path / "log"),
        pytest.raises(LogError, match=r"Another session is writing the log .*--log") as refused,
    ):
        opened(tmp_path / "log")
    assert refused.value.exit_code is ExitCode.LOG
    opened(tmp_path / "log").close()


def test_lock_is_given_back_when_the_process_dies(tmp_path: Path) -> None:
    code = f"""
        import os
        from pathlib import Path
        from voice_coach.journal.file import AppendOnly
        file = AppendOnly(Path({str(tmp_path / "log")!r}))
        file.add(b"{{}}")
        file.flush()
        os._exit(9)
    """
    assert in_another_process(code).returncode == 9
    opened(tmp_path / "log").close()


def in_another_process(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=60)


def test_lock_works_where_fcntl_is_missing(tmp_path: Path) -> None:
    """As on Windows: a fake `msvcrt` remembers which byte of which file is locked."""
    code = f"""
        import errno, os, sys, types
        fake = types.ModuleType("msvcrt")
        fake.LK_NBLCK = 2
        locked = {{}}
        def locking(fd, mode, count):
            place = (os.fstat(fd).st_ino, os.lseek(fd, 0, os.SEEK_CUR))
            owner = locked.get(place)
            if owner is not None:
                raise OSError(errno.EACCES, "Permission denied")
            locked[place] = fd
        fake.locking = locking
        sys.modules.update(fcntl=None, msvcrt=fake)
        from pathlib import Path
        from voice_coach.errors import LogError
        from voice_coach.journal.file import AppendOnly
        first = AppendOnly(Path({str(tmp_path / "log")!r}))
        first.add(b"one")
        first.flush()
        try:
            AppendOnly(Path({str(tmp_path / "log")!r}))
        except LogError as error:
            print(error)
        first.add(b"two")
        first.flush()
        print([place for _, place in locked])
    """
    ran = in_another_process(code)
    assert ran.returncode == 0, ran.stderr
    assert "Another session is writing the log" in ran.stdout and str([FAR_AWAY]) in ran.stdout
    assert (tmp_path / "log").read_bytes() == b"one\ntwo\n"


@pytest.mark.parametrize("room", [0, 1, 100])
def test_full_disk_is_said_before_the_session_begins(tmp_path: Path, room: int) -> None:
    log = tmp_path / "log"
    write_session(log, tiny_plan())
    before = log.read_bytes()
    disk = Disk()
    disk.room = room
    with opened(log, disk) as journal, pytest.raises(LogError, match=r"No space left on device.*unharmed.*--log"):
        journal.start(tiny_plan(), SETUP)
    assert log.read_bytes() == before


def test_full_disk_in_a_session_leaves_whole_lines_and_what_waited_is_written_when_there_is_room(
    tmp_path: Path,
) -> None:
    log = tmp_path / "log"
    disk = Disk()
    with opened(log, disk) as journal:
        journal.start(tiny_plan(), SETUP)
        disk.room = 150
        journal.note(0, "unheard", {"words": "hello"})
        for at in range(1, 5):
            with pytest.raises(LogError, match="No space left"):
                journal.note(at, "unheard", {"words": "hello"})
        assert journal.behind
        whole = log.read_bytes()
        assert whole.endswith(b"\n") and [entry.fields["n"] for entry in load(log).sessions[0].entries] == [0, 1]
        disk.room = None
        journal.note(9, "unheard", {"words": "hello"})
        assert not journal.behind
        journal.end(9, "interrupted")
    assert log.read_bytes().startswith(whole)
    read = load(log)
    assert [entry.fields["at"] for entry in read.sessions[0].entries] == [0, 0, 1, 2, 3, 4, 9, 9]
    assert len(read.sessions[0].unbroken) == 8 and not read.damage


def test_a_set_that_was_done_while_the_disk_was_full_is_kept(tmp_path: Path) -> None:
    log, disk = tmp_path / "log", Disk()
    with opened(log, disk) as journal:
        journal.start(tiny_plan(), SETUP)
        watched = Watched(journal, tiny_plan())
        watched.receive(Start(at=0))
        disk.room = 0
        while watched.session.state.tally.sets < 1:
            watched.advance(watched.session.state.now + 1_000)
        assert len(watched.errors) == 1
        disk.room = None
        while not watched.session.over:
            watched.advance(watched.session.state.now + 1_000)
    session = load(log).sessions[0]
    assert [each.fields["kind"] for each in session.entries if each.fields["type"] == "record"].count("set") == 2
    assert replay(session).same and len(watched.errors) == 1


def test_disk_that_fails_on_sync_is_said(tmp_path: Path) -> None:
    disk = Disk()
    disk.broken = True
    with opened(tmp_path / "log", disk) as journal, pytest.raises(LogError, match="Input/output error"):
        journal.start(tiny_plan(), SETUP)


@posix
def test_real_limit_on_the_files_size_leaves_no_torn_line(tmp_path: Path) -> None:
    """The system itself takes a part of a line and then no more, as on a full disk."""
    log = tmp_path / "log"
    write_session(log, tiny_plan())
    before = log.read_bytes()
    code = f"""
        import resource
        from pathlib import Path
        from voice_coach.errors import LogError
        from voice_coach.journal.file import AppendOnly
        resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before) + 10}, {len(before) + 10}))
        try:
            file = AppendOnly(Path({str(log)!r}))
            file.add(b"x" * 100)
            file.flush()
        except LogError as error:
            print(error)
    """
    ran = in_another_process(code)
    assert "cannot be written (File too large)" in ran.stdout, ran.stderr
    assert log.read_bytes() == before


def test_session_goes_on_and_obeys_stop_when_the_log_fails(tmp_path: Path) -> None:
    disk = Disk()
    with opened(tmp_path / "log", disk) as journal:
        journal.start(tiny_plan(), SETUP)
        watched = Watched(journal, tiny_plan())
        watched.receive(Start(at=0))
        disk.room = 0
        effects = watched.receive(command(3_000, Intent.STOP))
        assert any(isinstance(effect, Hush) for effect in effects)
        watched.receive(command(4_000, Intent.YES))
        while not watched.session.over:
            watched.advance(watched.session.state.now + 1_000)
        watched.keeper.interrupted("interrupted")
    assert [str(error).count("No space left") for error in watched.errors] == [1]


def test_nothing_is_logged_after_the_end(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with opened(log) as journal:
        journal.start(tiny_plan(), SETUP)
        journal.end(5, "interrupted")
        assert journal.ended
        before = log.read_bytes()
        journal.event(command(6, Intent.HELP), now=6)
        journal.effects([Record(at=6, kind="refused", data={})])
        journal.note(6, "unheard", {"words": "bye"})
        journal.end(7, "completed")
    assert log.read_bytes() == before


def test_words_that_meant_nothing_are_kept_whatever_is_in_them(tmp_path: Path) -> None:
    odd = "früher\n\x1b[31m \u2028 \udce9 \U0001f600"
    with opened(tmp_path / "log") as journal:
        journal.start(tiny_plan(), SETUP)
        watched = Watched(journal, tiny_plan())
        watched.keeper.unheard(0, odd)
    assert load(tmp_path / "log").sessions[0].entries[1].fields["data"] == {"words": odd}


def test_closed_journal_says_so(tmp_path: Path) -> None:
    journal = opened(tmp_path / "log")
    journal.close()
    journal.close()
    with pytest.raises(LogError, match="is closed"):
        journal.start(tiny_plan(), SETUP)


def test_places_where_no_log_can_be_are_named(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="is not a file: name a file with --log"):
        opened(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(LogError, match=r"cannot be opened \(.*\): make it writable or name another file with --log"):
        opened(tmp_path / "file" / "log")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(LogError, match="is not a file"):
        opened(tmp_path / "pipe")


@posix
def test_log_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "log").touch(mode=0o400)
    code = f"""
        import os
        from pathlib import Path
        from voice_coach.errors import LogError
        from voice_coach.journal.file import AppendOnly
        if os.geteuid() == 0:  # nothing is forbidden to root
            os.setuid(65534)
        try:
            AppendOnly(Path({str(tmp_path / "log")!r}))
        except LogError as error:
            print(error)
    """
    ran = in_another_process(code)
    assert "cannot be opened (Permission denied): make it writable or name another file with --log" in ran.stdout


def test_session_is_named_by_its_beginning() -> None:
    assert session_id(BEGAN, "k3x9") == "2026-03-01T17-30-00-k3x9"
