"""`voice-coach models`: what is shown, fetched, verified and removed; and nothing is fetched that was not asked for."""

from __future__ import annotations

import ast
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

import voice_coach
from tests.cli.home import ROOT, TINY, Done, Home
from tests.models.archives import NAME, offer, real
from tests.models.server import Asked, Reply, honest, serving
from tests.offline import EXIT, attempts, denied
from voice_coach.cli.downloading import shown
from voice_coach.cli.models_command import command
from voice_coach.errors import EngineError
from voice_coach.models import Offer
from voice_coach.paths import shipped

Coach = Callable[..., Done]
SHIPPED = shipped("models") / "coach-en"
NETWORK = {"urllib.request", "urllib.error", "http.client", "ssl", "ftplib", "smtplib", "telnetlib", "requests"}


class With:
    """`voice-coach models` with another catalogue, in this process."""

    def __init__(self, home: Home, capfd: pytest.CaptureFixture[str]) -> None:
        self.own = home.data / "voice-coach" / "models"
        self._capfd = capfd

    def __call__(self, known: Offer, *arguments: str) -> Done:
        self._capfd.readouterr()
        code = command.main([*arguments], obj=[known], standalone_mode=False)
        out, err = self._capfd.readouterr()
        return Done(int(code), out, err)


@pytest.fixture
def models(home: Home, coach: Coach, capfd: pytest.CaptureFixture[str]) -> With:
    """`coach` sets her folders."""
    return With(home, capfd)


@pytest.fixture(scope="module")
def packed() -> bytes:
    return real()


def own(home: Home, name: str) -> Path:
    place = home.data / "voice-coach" / "models" / name
    shutil.copytree(SHIPPED, place)
    return place


def test_what_there_is_what_listens_and_what_can_be_fetched(home: Home, coach: Coach) -> None:
    done = coach("models")
    assert (done.code, done.err) == (0, "")
    assert done.lines[2].split() == ["coach-en", "3.0", "MB", "the", "program's", "whole,", "listens"]
    assert "PocketSphinx" in done.lines[3] and done.lines[3].rstrip().endswith("in reserve")
    assert "coach-en listens: it travels with the program, and there is none of yours." in done.lines
    assert "vosk-model-small-en-us-0.15" in done.out and "Apache 2.0" in done.out
    assert "voice-coach models fetch NAME" in done.out
    assert coach("models", "list").out == done.out
    assert not (home.data / "voice-coach").exists()  # looking makes nothing


def test_no_name_is_cut_and_no_line_is_too_long_on_a_small_screen(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    done = coach("models")
    assert max(map(len, done.lines)) <= 80
    assert "vosk-model-small-en-us-0.15 " in done.out and "vosk-model-en-us-0.22-lgraph " in done.out


def test_her_own_comes_first_and_a_damaged_one_is_named(home: Home, coach: Coach) -> None:
    own(home, "b-good")
    (own(home, "a-damaged") / "conf" / "model.conf").write_text("--beam=10.0\n")
    done = coach("models")
    assert "a-damaged" in done.lines[2] and "is a damaged Vosk model" in done.lines[2]
    assert done.lines[4].split()[0] == "b-good" or "b-good" in done.lines[3]
    assert "b-good listens: it is yours, and yours come before the program's." in done.lines
    (home.data / "voice-coach" / "models" / "b-good" / "am" / "final.mdl").unlink()
    assert "coach-en listens: it travels with the program, and none of yours can be used." in coach("models").lines


def test_one_that_is_named_listens(home: Home, coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICE_COACH_MODEL", str(own(home, "mine")))
    assert "mine listens: VOICE_COACH_MODEL names it." in coach("models").lines
    monkeypatch.setenv("VOICE_COACH_MODEL", "/nowhere")
    done = coach("models")
    assert done.lines[2].split()[0] == "nowhere" and "there is no such folder" in done.lines[2]
    assert "PocketSphinx listens: the model that VOICE_COACH_MODEL names cannot be used." in done.lines


def test_the_same_as_json(home: Home, coach: Coach) -> None:
    own(home, "mine")
    found = json.loads(coach("models", "list", "--json").out)
    assert [(each["name"], each["own"], each["listens"], each["whole"]) for each in found["models"]] == [
        ("mine", True, True, True),
        ("coach-en", False, False, True),
    ]
    assert found["offers"][0]["sha256"].startswith("30f26242c4eb449f") and found["offers"][0]["downloaded"] == 0


def test_fetching_goes_on_where_it_broke_off_and_the_model_listens(packed: bytes, models: With, coach: Coach) -> None:
    """With the real model, the real server and the real check."""
    half = len(packed) // 2
    with serving(lambda asked: replace(honest(packed)(asked), cut=half)) as server:
        known = offer(packed, server.address)
        with pytest.raises(EngineError, match=r"0\.9 MB are kept, and the same command goes on from there"):
            models(known, "fetch")
        assert f"({half / 1e6:.1f} MB are here)" in " ".join(models(known).out.split())
        server.answers = honest(packed)
        done = models(known, "fetch", NAME)
    assert [asked.start for asked in server.asked] == [0, half]
    assert done.code == 0
    assert done.lines == [
        f"{models.own / NAME} is ready.",
        f"{NAME} listens: it is yours, and yours come before the program's.",
        f"To go back: voice-coach models remove {NAME}",
    ]
    assert done.err.splitlines()[0].startswith("Going on at ")
    size = f"{len(packed) / 1e6:.1f} MB"
    assert done.err.splitlines()[-2:] == [f"{size} of {size}", "Unpacking it, and trying it out."]
    assert "tests (is there)" in " ".join(models(known).out.split())
    assert coach("models", "verify", NAME).out == f"{NAME} is whole: all its files are as listed.\n"


CHILD = """
import sys
from tests.models.archives import offer
from voice_coach.cli.models_command import command
known = offer(open(sys.argv[1], "rb").read(), sys.argv[2])
command.main(["fetch"], obj=[known])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent in another way")
def test_ctrl_c_in_the_middle_says_what_is_kept(packed: bytes, home: Home) -> None:
    """At the second request, when half is there."""
    half, child = len(packed) // 2, [sys.executable, "-c", CHILD, "model.zip"]
    (home.data / "model.zip").write_bytes(packed)
    env = {**os.environ, **home.env, "PYTHONPATH": str(ROOT)}
    with serving(lambda asked: replace(honest(packed)(asked), cut=half)) as server:
        subprocess.run([*child, server.address], env=env, cwd=home.data, capture_output=True, timeout=60)
        waiting = threading.Event()

        def answers(asked: Asked) -> Reply:
            waiting.set()
            return replace(honest(packed)(asked), cut=0, silent=True)

        server.answers = answers
        with subprocess.Popen([*child, server.address], env=env, cwd=home.data, stderr=subprocess.PIPE) as process:
            assert waiting.wait(60)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=60)
    assert b"0.9 MB are kept, and the same command goes on from there." in err and b"Traceback" not in err
    assert (home.data / "voice-coach" / "models" / ".unfinished" / f"{NAME}.part").stat().st_size == half


@pytest.mark.parametrize(
    ("content", "said"), [(None, "There is no file"), (b"another", "is not the archive of vosk-model-small-en-us-0.15")]
)
def test_fetching_what_is_not_the_model_is_one_sentence(
    home: Home, coach: Coach, content: bytes | None, said: str
) -> None:
    source = home.data / "model.zip"
    if content is not None:
        source.write_bytes(content)
    done = coach("models", "fetch", "--from", str(source))
    assert done.code == 4
    assert done.err.splitlines()[0].startswith("The one to begin with: vosk-model-small-en-us-0.15, 41.2 MB, licence")
    assert said in done.err.splitlines()[-1] and done.err.endswith("nothing was changed.\n")
    assert [path.name for path in (home.data / "voice-coach" / "models").iterdir()] == [".unfinished"]


def test_a_name_that_is_in_no_catalogue(coach: Coach) -> None:
    done = coach("models", "fetch", "vosk-model-small-en")
    assert (done.code, done.out) == (4, "")
    assert "did you mean vosk-model-small-en-us-0.15?" in done.err


def test_verify_tells_of_each_and_its_exit_code_of_any(home: Home, coach: Coach, tiny_vosk_model: Path) -> None:
    shutil.copytree(tiny_vosk_model, home.data / "voice-coach" / "models" / "stranger")
    done = coach("models", "verify")
    assert (done.code, done.lines) == (0, [
        "stranger has no list of sums, but it loads and works.",
        "coach-en is whole: all its files are as listed.",
    ])  # fmt: skip
    place = own(home, "mine")
    (place / "am" / "final.mdl").write_bytes(b"x" * 5_000)
    done = coach("models", "verify")
    assert done.code == 1
    assert done.lines[:2] == [
        "mine is a damaged Vosk model (am/final.mdl was changed).",
        f"  It lies in {place}; unpack it again.",
    ]
    assert coach("models", "verify", "coach-en").code == 0
    assert coach("models", "verify", "x").err == "There is no model x; there are: mine, stranger, coach-en.\n"


def test_remove_asks_first(home: Home, coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    place = own(home, "mine")
    for answer, gone in (("", False), ("n\n", False), ("\n", False), ("y\n", True)):
        monkeypatch.setattr("sys.stdin", io.StringIO(answer))
        done = coach("models", "remove", "mine")
        assert place.exists() is not gone
        assert f"Remove {place} for good? [y/N]:" in done.err
    assert done.lines == [
        "mine is removed.",
        "coach-en listens: it travels with the program, and there is none of yours.",
    ]


def test_remove_without_asking_and_what_it_refuses(home: Home, coach: Coach) -> None:
    place = own(home, "mine")
    for name in ("coach-en", "../mine", "nothing"):
        done = coach("models", "remove", name, "--yes")
        assert (done.code, done.out) == (4, "")
    assert place.is_dir()
    assert coach("models", "remove", "mine", "--yes").code == 0
    assert not place.exists()


def test_no_bar_where_nothing_comes() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=80)
    with shown(console):
        pass
    assert isinstance(console.file, io.StringIO) and "bytes" not in console.file.getvalue()


def test_a_bar_on_a_terminal_and_lines_elsewhere() -> None:
    for terminal in (True, False):
        console = Console(file=io.StringIO(), force_terminal=terminal, width=80)
        with shown(console) as show:
            show.announce("Going on at [1] of 2.")
            for there in range(0, 1_000_001, 1_000):
                show.progress(there, 1_000_000)
        assert isinstance(console.file, io.StringIO)
        said = console.file.getvalue()
        assert "Going on at [1] of 2." in said
        assert ("━" in said) is terminal and ("1.0/1.0 MB" in said) is terminal
        if not terminal:
            assert len(said.splitlines()) == 12 and said.splitlines()[1] == "0.0 MB of 1.0 MB"


@pytest.mark.parametrize("arguments", [
    *((), ("list", "--json"), ("verify",), ("remove", "mine", "--yes"), ("fetch", "x")),
    ("fetch", "--from", "mine.zip"),
])  # fmt: skip
def test_only_a_fetch_from_an_address_wants_the_network(home: Home, arguments: tuple[str, ...]) -> None:
    own(home, "mine")
    (home.data / "mine.zip").write_bytes(b"not it")
    report = home.data / "report"
    done = home.spawn("models", *arguments, **denied(report))
    assert done.code in (0, 4), done.err
    assert attempts(report)[1] == []


def test_and_that_one_does(home: Home) -> None:
    """Otherwise the test above would prove nothing."""
    report = home.data / "report"
    assert home.spawn("models", "fetch", **denied(report)).code == EXIT
    assert any("alphacephei.com" in line for line in attempts(report)[1])


def test_one_module_alone_can_open_an_address() -> None:
    root = Path(voice_coach.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if NETWORK & {*names, *(name.split(".")[0] for name in names)}:
                found.add(path.relative_to(root).as_posix())
    assert found == {"models/net.py"}


def test_it_is_loaded_for_that_alone() -> None:
    code = (
        "import sys, voice_coach.cli.models_command, voice_coach.models.fetch; print('urllib.request' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"


def test_check_offers_words_for_a_name_that_cannot_be_heard(home: Home, coach: Coach) -> None:
    text = TINY.replace("title: Easy day", "title: Zorblax morning\n    aliases: [blipple, easy morning]")
    path = home.write("voice-coach/routines/zorblax.yaml", text)
    done = coach("check")
    assert (done.code, done.out) == (0, "No problems found.\n")
    assert done.err.splitlines() == [
        f'Only so you know: {path}: "{name}" cannot be heard, because the recogniser does not know "{word}", '
        'say "easy morning" or "routine one".'
        for name, word in (("Zorblax morning", "zorblax"), ("blipple", "blipple"))
    ]


def test_check_asks_for_an_alias_where_a_file_is_in_no_menu(home: Home, coach: Coach) -> None:
    path = home.write("mine.yaml", TINY.replace("Easy day", "Zorblax"))
    assert coach("check", str(path)).err.endswith('"zorblax", add an alias of everyday words.\n')


def test_check_has_nothing_to_say_about_names_that_are_known(home: Home, coach: Coach) -> None:
    home.write("voice-coach/routines/easy.yaml", TINY)
    assert coach("check").err == ""
