"""Everything that can be wrong from outside: one sentence and an exit code, never a traceback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.home import ROOT, TINY, Done, Home
from voice_coach import __version__
from voice_coach.cli.main import COMMANDS

Coach = Callable[..., Done]


def test_the_version(home: Home) -> None:
    assert home.spawn("--version").out == f"voice-coach {__version__}\n"


def test_help_names_every_command(coach: Coach) -> None:
    done = coach("--help")
    assert done.code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in done.out
        shown = coach(name, "--help")
        assert shown.code == 0
        assert shown.out.startswith(f"Usage: voice-coach {name}")


def test_good_files_have_no_problems(home: Home, coach: Coach) -> None:
    assert coach("check").out == "No problems found.\n"
    assert coach("check", home.tiny()).code == 0


def test_every_problem_is_listed_with_its_line(home: Home, coach: Coach) -> None:
    bad = home.write(
        "bad.yaml", TINY.replace("reps: 4", "rep: 4").replace("8s", "1:30").replace("Sit tall", "Now stop")
    )
    done = coach("check", str(bad))
    assert done.code == 1
    assert done.out == ""
    assert done.err.splitlines() == [
        f'{bad}:7: start: "stop" is a command, the coach would answer itself, say it another way',
        f"{bad}:10: unknown field rep, did you mean reps",
        f"{bad}:12: rest: 1:30 is not a duration, did you mean 1m30s",
    ]
    refused = coach("run", str(bad), "--text")
    assert (refused.code, refused.out, refused.err) == (1, "", done.err)


def test_a_bad_file_of_her_own_does_not_hide_the_others(home: Home, coach: Coach) -> None:
    home.write("voice-coach/routines/bad.yaml", "title: 3\n")
    done = coach("check")
    assert done.code == 1
    assert "bad.yaml:1: title: 3 is not text" in done.err
    assert coach("plan", "first taste").code == 0
    assert "bad.yaml:1: title: 3 is not text" in coach("doctor").out


@pytest.mark.parametrize("verb", ["run", "plan", "simulate"])
def test_an_unknown_routine_is_answered_with_the_closest(coach: Coach, verb: str) -> None:
    done = coach(verb, "first tast")
    assert (done.code, done.out) == (1, "")
    assert done.err == "first tast: no routine has this name, did you mean First taste\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("frobnicate",), "No such command 'frobnicate'"),
        (("run", "--loud"), "No such option '--loud'"),
        (("run", "--ears", "dog"), "'dog' is not one of"),
        (("plan",), "Missing argument 'ROUTINE'"),
        (("simulate", "first taste", "--say", "pause"), 'such as --say "45s pause"'),
        (("simulate", "first taste", "--say", "45 pause"), 'such as --say "45s pause"'),
        (("simulate", "first taste", "--say", "45s"), 'such as --say "45s pause"'),
    ],
)
def test_a_wrong_command_line_is_explained(coach: Coach, arguments: tuple[str, ...], said: str) -> None:
    done = coach(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_a_machine_without_portaudio(home: Home) -> None:
    home.write("nowhere/sounddevice.py", 'raise OSError("PortAudio library not found")\n')
    path = {"PYTHONPATH": f"{home.data / 'nowhere'}:{ROOT}"}
    done = home.spawn("run", home.tiny(), "--ears", "keys", **path)
    assert (done.code, done.out) == (3, "")
    assert done.err.splitlines()[-1].startswith("No sound on this machine: PortAudio is missing")
    assert "--text" in done.err.splitlines()[-1]
    doctor = home.spawn("doctor", **path)
    assert doctor.code == 0
    assert "\n  No sound on this machine: PortAudio is missing" in doctor.out
    typed = home.spawn("run", home.tiny(), "--text", stdin="stop\nyes\n", **path)
    assert typed.code == 0


def test_a_log_that_cannot_be_written_is_said_before_anything_begins(home: Home, coach: Coach) -> None:
    home.write("file", "")
    done = coach("run", home.tiny(), "--text", "--log", str(home.data / "file" / "log.jsonl"))
    assert (done.code, done.out) == (5, "")
    assert done.err.startswith(f"The log {home.data / 'file' / 'log.jsonl'} cannot be opened (File exists)")
    assert "--log" in done.err


def test_a_loudspeaker_file_that_cannot_be_written(home: Home, coach: Coach) -> None:
    mic = home.recording("mic.wav")
    home.write("file", "")
    done = coach("run", home.tiny(), "--mic", str(mic), "--speaker", str(home.data / "file" / "out.wav"))
    assert (done.code, done.out) == (3, "")
    assert "out.wav" in done.err.splitlines()[-1]


@pytest.mark.parametrize(("option", "code"), [(("--rate", "900"), 4), (("--voice", "nobody at all"), 4)])
def test_a_voice_there_is_not(home: Home, coach: Coach, option: tuple[str, str], code: int) -> None:
    mic = home.recording("mic.wav")
    done = coach("run", home.tiny(), "--mic", str(mic), "--speaker", str(home.data / "out.wav"), *option)
    assert (done.code, done.out) == (code, "")


def test_our_own_mistake_is_one_sentence_and_a_file(home: Home) -> None:
    """A library that breaks in a way nobody foresaw."""
    home.write("nowhere/yaml.py", "raise ZeroDivisionError\n")
    done = home.spawn("check", PYTHONPATH=f"{home.data / 'nowhere'}:{ROOT}")
    crash = home.data / "voice-coach" / "crash.log"
    assert (done.code, done.out) == (70, "")
    assert done.err == f"Something went wrong inside voice-coach (ZeroDivisionError). Details are in {crash}.\n"
    assert "Traceback" in crash.read_text(encoding="utf-8")


def test_a_reader_who_has_seen_enough_is_no_error(home: Home) -> None:
    """`voice-coach simulate … | head -1`"""
    with home.start("simulate", "bone_snack_10") as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 0


HEAVY = ("vosk", "sounddevice", "pocketsphinx", "livekit", "pyttsx3", "soxr", "rich")
LIGHT: list[tuple[list[str], tuple[str, ...]]] = [
    (["check"], (*HEAVY, "numpy")),
    (["plan", "first taste"], (*HEAVY, "numpy")),
    (["simulate", "first taste"], (*HEAVY, "numpy")),
    (["log", "--json"], (*HEAVY, "numpy", "yaml")),
    (["replay"], (*HEAVY, "numpy", "yaml")),
    (["run", "first taste", "--text", "--log", "/dev/null/no"], HEAVY),
]


@pytest.mark.parametrize(("arguments", "unwanted"), LIGHT, ids=lambda value: str(value[0]))
def test_nothing_is_imported_that_is_not_needed(home: Home, arguments: list[str], unwanted: tuple[str, ...]) -> None:
    code = (
        f"import sys\nfrom voice_coach.cli.main import run\nrun({arguments!r})\n"
        f"print(*(set({unwanted!r}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60,
        env={"PATH": str(Path(sys.executable).parent), **home.env},
    )  # fmt: skip
    assert done.stderr.splitlines()[-1] == ""
