""" "Say pause when you hear me" before a session, by a recording; and which microphones need not be asked about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.home import Done, Home
from tests.cli.test_run_files import entries
from voice_coach import script
from voice_coach.cli import microphones
from voice_coach.session.lines import Key, Line

Coach = Callable[..., Done]
NOT_HEARD = "You were not heard. `voice-coach listen` shows what the microphone hears. The keys always work."
ASK, AGAIN, HEARD, KEYS = (
    f"coach  {script.text(Line(key))}" for key in (Key.CHECK_ASK, Key.CHECK_AGAIN, Key.CHECK_HEARD, Key.CHECK_KEYS)
)


def session(home: Home, coach: Coach, *said: tuple[int, str], options: tuple[str, ...] = ()) -> tuple[list[str], Done]:
    mic = home.recording("mic.wav", *said)
    speaker = str(home.data / "coach.wav")
    done = coach("run", home.tiny(), "--mic", str(mic), "--speaker", speaker, "--check-microphone", *options)
    assert done.code == 0, done.err
    return [line.split("  ", 1)[1].strip() for line in done.lines], done


def test_she_is_heard_and_the_session_begins(home: Home, coach: Coach) -> None:
    told, done = session(home, coach, (5_500, "pause"), (14_000, "stop"), (21_000, "yes"))
    assert told[:4] == [ASK, "you  pause", HEARD, "coach  Easy day. About one minute."]
    assert NOT_HEARD not in done.err
    commands = [entry["event"]["intent"] for entry in entries(home, "event") if entry["event"]["type"] == "command"]
    assert commands == ["stop", "yes"]  # the check is no part of the session


def test_with_a_name_asked_for_the_word_that_was_offered_needs_none(home: Home, coach: Coach) -> None:
    told, _ = session(home, coach, (5_500, "pause"), (14_000, "stop"), (21_000, "yes"), options=("--wake", "coach"))
    assert told[:3] == [ASK, "you  pause", HEARD]


def test_who_is_not_heard_is_told_so_and_the_session_begins_all_the_same(home: Home, coach: Coach) -> None:
    told, done = session(home, coach)
    assert told[:4] == [ASK, AGAIN, KEYS, "coach  Easy day. About one minute."]
    assert done.err.splitlines()[-1] == NOT_HEARD
    assert told[-1] == "(completed)"


def test_distress_in_the_check_is_answered_by_the_session_at_once_and_logged_as_a_voice(
    home: Home, coach: Coach
) -> None:
    told, done = session(home, coach, (5_500, "i feel dizzy"), (60_000, "end session"))
    assert told[0] == ASK
    assert told[1:4] == ["you  i feel dizzy", "you  i feel dizzy", f"coach  {script.text(Line(Key.ADVICE_DIZZY))}"]
    assert HEARD not in told
    assert NOT_HEARD not in done.err
    event = next(entry["event"] for entry in entries(home, "event") if entry["event"]["type"] == "command")
    assert (event["intent"], event["via"], event["at"]) == ("dizzy", "voice", 0)
    assert told[-1] == "(distress)"


def test_it_can_be_left_out_and_is_where_nobody_sits_at_a_terminal(home: Home, coach: Coach) -> None:
    mic = home.recording("mic.wav", (8_000, "stop"), (15_000, "yes"))
    for number, options in enumerate([("--no-check",), ()]):
        speaker = str(home.data / f"coach-{number}.wav")
        done = coach("run", home.tiny(), "--mic", str(mic), "--speaker", speaker, *options)
        assert done.code == 0, done.err
        assert "Say pause when you hear me" not in done.out


def test_by_keyboard_there_is_nothing_to_check(home: Home) -> None:
    done = home.spawn("run", home.tiny(), "--text", "--check-microphone", stdin="stop\nyes\n")
    assert done.code == 0
    assert "Say pause when you hear me" not in done.out


@pytest.fixture
def folders(home: Home, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in home.env.items():
        monkeypatch.setenv(name, value)
    return home.data / "voice-coach"


def test_a_microphone_is_remembered_by_its_name_once(folders: Path) -> None:
    assert not microphones.known("Mic one")
    assert [microphones.remember(name) for name in ("Mic one", "Mic één", "Mic one")] == ["", "", ""]
    assert microphones.known("Mic one") and microphones.known("Mic één")
    assert not microphones.known("Mic") and not microphones.known("")
    assert (folders / "microphones.txt").read_text(encoding="utf-8") == "Mic one\nMic één\n"


def test_a_list_that_is_no_text_remembers_nothing(folders: Path) -> None:
    folders.mkdir()
    (folders / "microphones.txt").write_bytes(b"\xff\xfe")
    assert not microphones.known("Mic one")


def test_a_list_that_cannot_be_written_is_said_in_a_sentence(folders: Path) -> None:
    folders.write_text("a file where the folder would be")
    said = microphones.remember("Mic one")
    assert (
        said
        == f"{folders / 'microphones.txt'} cannot be written (File exists); the check will be made again next time."
    )
