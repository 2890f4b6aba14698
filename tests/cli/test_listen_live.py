"""`listen` without files: the microphone tried out. Recordings take the place of devices, so no time passes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.cli.home import Done, Home
from voice_coach.audio.wav import WavWriter, read_wav
from voice_coach.microphone import ADVICE, Fault

Coach = Callable[..., Done]


@pytest.fixture
def check(home: Home, coach: Coach) -> Callable[..., Done]:
    """The check, for so many seconds, on what was said."""

    def call(*said: tuple[int, str], seconds: int = 15, options: tuple[str, ...] = ()) -> Done:
        mic = home.recording("mic.wav", *said)
        (home.data / "coach.wav").unlink(missing_ok=True)
        files = ("--mic", str(mic), "--speaker", str(home.data / "coach.wav"))
        return coach("listen", *files, "--seconds", str(seconds), *options)

    return call


def test_it_shows_levels_and_words_and_says_what_they_are_worth(check: Callable[..., Done]) -> None:
    done = check((6_000, "pause"), (9_000, "the morning was good"), (12_000, "how many left"))
    assert done.code == 0, done.err
    shown = [line.split("  ", 1) for line in done.lines[:-2]]
    levels = [(at, rest) for at, rest in shown if rest.startswith("[")]
    assert [at for at, _ in levels] == ["00:05.0", "00:10.0", "00:15.0"]
    assert [rest.count("#") > 10 for _, rest in levels] == [False, True, True]
    heard = [rest for _, rest in shown if not rest.startswith("[")]
    assert heard[0] == "pause  (pause)"
    assert heard[-1] == "how many left  (how many left)"
    assert any(rest.startswith('(heard "') and "no command" in rest for rest in heard[1:-1])
    assert done.lines[-2].startswith("At the microphone: your voice -2")
    assert done.lines[-1] == "This microphone will do well."


def test_the_coach_asks_once_and_nothing_is_written_but_what_was_asked_for(
    home: Home, check: Callable[..., Done]
) -> None:
    done = check((6_000, "pause"), seconds=10)
    assert done.code == 0
    sound = read_wav(home.data / "coach.wav")
    assert len(sound) == 10 * 16_000
    assert sound[: 4 * 16_000].any() and not sound[5 * 16_000 :].any()
    assert {path.name for path in home.data.rglob("*") if path.is_file()} == {"mic.wav", "coach.wav"}


def test_json_is_an_object_a_line(check: Callable[..., Done]) -> None:
    done = check((6_000, "pause"), (9_000, "the morning was good"), options=("--json",))
    found = [json.loads(line) for line in done.lines]
    levels = [one for one in found if one["type"] == "level"]
    assert len(levels) == 30
    assert all(set(one) == {"type", "at_ms", "rms_db", "peak_db"} for one in levels)
    assert [(one["command"], one["phrase"]) for one in found if one["type"] == "command"] == [("pause", "pause")]
    assert all(set(one) == {"type", "at_ms", "words", "why"} for one in found if one["type"] == "heard")
    report = found[-1]
    assert (report["type"], report["heard_ms"]) == ("report", 15_000)
    assert (report["faults"], report["advice"]) == ([], ["This microphone will do well."])
    assert report["noise_db"] < -60 < -30 < report["speech_db"]


def test_a_microphone_that_gives_nothing_is_called_dead(home: Home, coach: Coach) -> None:
    with WavWriter(home.data / "dead.wav") as file:
        file.write(np.zeros(16_000, dtype=np.int16))
    done = coach("listen", "--mic", "dead.wav", "--speaker", "coach.wav", "--seconds", "3")
    assert done.code == 0
    assert done.lines[-2:] == ["At the microphone: the room -95 dB.", ADVICE[Fault.DEAD]]


def test_a_word_at_the_very_end_is_heard_like_any_other(check: Callable[..., Done]) -> None:
    done = check((6_000, "how many left"), seconds=7)
    assert "how many left  (how many left)" in done.out


def test_while_the_coach_speaks_half_duplex_hears_only_what_matters(check: Callable[..., Done]) -> None:
    said = ((1_500, "how many left"), (8_000, "how many left"))
    plain = check(*said, options=("--json",))
    half = check(*said, options=("--json", "--echo", "half-duplex"))
    commands = [[line for line in done.lines if '"command"' in line] for done in (plain, half)]
    assert [len(lines) for lines in commands] == [2, 1]
    assert any('"the coach said it"' in line for line in half.lines)


def test_keyboard_only_is_levels_only(check: Callable[..., Done]) -> None:
    done = check((6_000, "pause"), options=("--ears", "keys"))
    assert done.code == 0
    assert "pause" not in done.out
    assert "Listening: keyboard only." in done.err


@pytest.mark.parametrize("option", ["--mic", "--speaker"])
def test_files_are_no_microphone(home: Home, coach: Coach, option: str) -> None:
    home.recording("said.wav")
    done = coach("listen", "said.wav", option, "x")
    assert (done.code, done.out) == (2, "")
    assert "--mic and --speaker are for the check without FILES." in done.err


def test_a_recording_that_is_not_there_is_one_sentence(coach: Coach, tmp_path: Path) -> None:
    done = coach("listen", "--mic", "nobody.wav", "--speaker", str(tmp_path / "out.wav"))
    assert (done.code, done.out) == (3, "")
    assert done.err.splitlines() == ["cannot read nobody.wav: No such file or directory"]
