"""Nothing leaves the machine, and no sound is kept unless that was asked for: whole sessions in a child process."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.cli.home import Done, Home
from tests.offline import EXIT, KERNEL, attempts, denied
from voice_coach import script
from voice_coach.audio.clip import BLOCK, Pcm
from voice_coach.audio.keeping import KeepingRoom
from voice_coach.audio.room import DeviceLostError, FileRoom, NullRoom
from voice_coach.audio.wav import read_wav
from voice_coach.errors import AudioError
from voice_coach.session.lines import Key, Line

Coach = Callable[..., Done]
SOUND = (b"RIFF", b"FORM", b"OggS", b"fLaC", b"ID3", b".snd")  # how files of sound begin
SIGSYS = 31
KEPT = f"coach  {script.text(Line(Key.KEEPING))}"


class Person:
    """Somebody with a home of her own, in which everything that a program writes lies in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.report = folder / "report"
        self.home = Home(data=folder / "data", cache=folder / "cache")
        for part in ("data", "home", "temporary"):
            (folder / part).mkdir()
        self.home.tiny()
        self.mic = self.home.recording("mic.wav", (36_000, "wait a moment"), (44_000, "carry on"))
        self.before = self.files()

    def files(self) -> set[Path]:
        return {path.relative_to(self.folder) for path in self.folder.rglob("*") if path.is_file()}

    def run(self, *arguments: str) -> Done:
        """The command line with no network."""
        places = {"HOME": str(self.folder / "home"), "TMPDIR": str(self.folder / "temporary")}
        return self.home.spawn(*arguments, **places, **denied(self.report))

    def session(self, *options: str) -> Done:
        return self.run("run", "tiny.yaml", "--mic", "mic.wav", "--speaker", "asked.wav", *options)

    def new(self) -> set[str]:
        """The files that came to be; the sentences that the voice keeps for the next time as one."""
        found = {str(path) for path in self.files() - self.before} - {self.report.name}
        return {"the voice's sentences" if path.startswith("cache/voice-coach/voice/") else path for path in found}


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(tmp_path)


def is_sound(path: Path) -> bool:
    named = path.suffix.lower() in (".wav", ".raw", ".pcm", ".flac", ".ogg", ".mp3")
    return named or path.read_bytes().startswith(SOUND)


def guarded(code: str, report: Path) -> int:
    """How a child without a network ends that does this."""
    home = Home(data=report.parent, cache=report.parent)
    env = {**home.env, **denied(report)}
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, timeout=120).returncode


def test_the_guard_lets_nobody_out(tmp_path: Path) -> None:
    """Otherwise the tests below would prove nothing."""
    report = tmp_path / "report"
    for code in (
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    ):
        report.unlink(missing_ok=True)
        assert guarded(code, report) == EXIT, code
        guards, tried = attempts(report)
        assert len(guards) == 1
        assert len(tried) == 1 and tried[0].startswith("socket."), tried
    assert guarded("import socket; socket.socketpair()", report) == 0
    if guards == {KERNEL}:
        opens = "import ctypes, sys; sys.exit(ctypes.CDLL(None).socket({}, 1, 0) < 0)"
        assert guarded(opens.format("2"), report) == -SIGSYS  # IPv4, by a library that Python knows nothing of
        assert guarded(opens.format("10"), report) == 1  # IPv6
        assert guarded(opens.format("1"), report) == 0  # of the machine itself


def test_what_does_want_the_network_is_caught_by_it(person: Person) -> None:
    done = person.run("models", "fetch")
    assert done.code == EXIT
    assert any("alphacephei.com" in line for line in attempts(person.report)[1])


@pytest.mark.parametrize("options", [(), ("--echo", "webrtc")], ids=["as it is", "with WebRTC's canceller"])
def test_a_whole_session_tries_no_network_and_writes_no_sound(person: Person, options: tuple[str, ...]) -> None:
    """Voice, ears and model are the real ones. The loudspeaker's file was asked for."""
    done = person.session(*options)
    assert (done.code, attempts(person.report)[1]) == (0, []), done.err
    assert "you  wait a moment" in done.out
    assert done.lines[-1].endswith("(completed)")
    # Whoever was ended by the kernel would be missed here: the child that speaks, or the ears.
    assert done.err.splitlines()[-1] == "Listening: Vosk with coach-en."
    assert "goes on with" not in done.err
    if sys.platform.startswith("linux"):
        assert attempts(person.report)[0] == {KERNEL}
    assert person.new() == {"the voice's sentences", "data/asked.wav", "data/voice-coach/log.jsonl"}
    sounds = {path for path in person.files() - person.before if is_sound(person.folder / path)}
    assert {path.parts[:3] for path in sounds} == {("cache", "voice-coach", "voice"), ("data", "asked.wav")}
    assert KEPT not in done.out


@pytest.mark.parametrize("arguments", [("listen", "mic.wav"), ("doctor",), ("check",), ("models",)])
def test_nor_does_any_other_command(person: Person, arguments: tuple[str, ...]) -> None:
    done = person.run(*arguments)
    assert (done.code, attempts(person.report)[1]) == (0, []), done.err
    assert not [path for path in person.files() - person.before if is_sound(person.folder / path)]


def test_what_is_kept_when_asked_for_is_told_aloud_first_and_is_hers_alone(person: Person) -> None:
    done = person.session("--keep-audio", "kept")
    assert (done.code, attempts(person.report)[1]) == (0, []), done.err
    kept = sorted((person.folder / "data" / "kept").iterdir())
    assert [path.name.rsplit("-", 1)[1] for path in kept] == ["coach.wav", "microphone.wav"]
    names = [f"kept/{path.name}" for path in reversed(kept)]
    assert f"Everything that is heard and said is kept in {names[0]} and {names[1]}." in done.err.splitlines()
    assert [line.split("  ", 1)[1].strip() for line in done.lines[:2]] == [KEPT, "coach  Easy day. About one minute."]
    assert [stat.S_IMODE(path.stat().st_mode) for path in kept] == [0o600, 0o600]
    assert stat.S_IMODE(kept[0].parent.stat().st_mode) == 0o700
    said, heard = (read_wav(path) for path in kept)
    assert len(said) == len(heard)
    assert (said == read_wav(person.folder / "data" / "asked.wav")).all()
    spoken_by_her = read_wav(person.mic)
    assert np.abs(spoken_by_her).max() > 5_000
    assert (heard[: len(spoken_by_her)] == spoken_by_her[: len(heard)]).all()


def test_a_folder_that_cannot_be_written_is_one_sentence_before_anything_begins(home: Home, coach: Coach) -> None:
    home.write("file", "")
    mic = home.recording("mic.wav")
    for folder in ("file/kept", "file"):
        done = coach("run", home.tiny(), "--mic", str(mic), "--speaker", "out.wav", "--keep-audio", folder)
        assert done.code in (2, 3)
        assert done.out == ""
        assert folder in done.err.splitlines()[-1]
        assert "--keep-audio" in done.err.splitlines()[-1]


def test_without_sound_there_is_nothing_to_keep(home: Home, coach: Coach) -> None:
    done = coach("run", home.tiny(), "--text", "--keep-audio", "kept")
    assert (done.code, done.out) == (2, "")
    assert "With --text there is no sound for --keep-audio to keep." in done.err
    assert not (home.data / "kept").exists()


class Losing(NullRoom):
    """Loses its device at the second block, and finds it again."""

    def __init__(self) -> None:
        self.turns = 0
        self.reopened = 0

    def exchange(self, played: Pcm) -> Pcm:
        self.turns += 1
        if self.turns == 2:
            raise DeviceLostError("gone")
        return np.full(len(played), self.turns, dtype=np.int16)

    def reopen(self) -> None:
        self.reopened += 1


def block(value: int) -> Pcm:
    return np.full(BLOCK, value, dtype=np.int16)


def test_both_files_stay_in_step_while_a_device_is_away(tmp_path: Path) -> None:
    inner = Losing()
    room = KeepingRoom(inner, tmp_path / "kept", "today")
    assert (room.exchange(block(10)) == 1).all()
    with pytest.raises(DeviceLostError):
        room.exchange(block(20))
    room.reopen()
    assert inner.reopened == 1
    room.exchange(block(30))
    room.close()
    room.close()
    heard, said = (read_wav(path) for path in room.files)
    assert heard.tolist() == [*block(1), *block(3)]
    assert said.tolist() == [*block(10), *block(30)]


def test_a_room_that_does_not_come_back_says_so(tmp_path: Path) -> None:
    room = KeepingRoom(FileRoom(), tmp_path, "today")
    with pytest.raises(AudioError, match="does not come back"):
        room.reopen()
    room.close()


@pytest.mark.parametrize("first", ["microphone", "coach"])
def test_what_was_kept_before_is_never_written_over(tmp_path: Path, first: str) -> None:
    before = tmp_path / f"today-{first}.wav"
    before.write_bytes(b"x" * 100)
    with pytest.raises(AudioError, match=f"{first}.wav is there already"):
        KeepingRoom(NullRoom(), tmp_path, "today")
    assert before.read_bytes() == b"x" * 100
