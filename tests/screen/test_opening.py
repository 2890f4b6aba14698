"""The options: what is refused in a sentence before anything begins, and that nothing changes where nobody looks."""

from __future__ import annotations

import socket
import subprocess
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import coach, home
from tests.cli.home import Done, Home
from tests.screen.http import LONG_S
from tests.sessions import command, speech_ms, tiny_plan
from tests.test_live import Voice, studio
from voice_coach.audio.wav import read_wav
from voice_coach.cli.screens import lateness
from voice_coach.conversation import Choice, Chooser
from voice_coach.live import Durations, drive
from voice_coach.routine.model import Exercise
from voice_coach.screen import Scene, Screen, ScreenSettings, Shown, open_browser, open_screen
from voice_coach.screen.opening import FAILED
from voice_coach.screen.watching import Watching
from voice_coach.session.engine import Session
from voice_coach.session.events import Intent, Start

__all__ = ["coach", "home"]
Coach = Callable[..., Done]


def opened(told: list[str], browsed: list[str], settings: ScreenSettings | None = None,
           drawn: Callable[[Exercise], bool] = lambda _exercise: False) -> Screen:  # fmt: skip
    return open_screen(settings or ScreenSettings(), drawn, lambda _name: None, told.append, browsed.append)


def test_on_this_machine_the_address_is_told_and_opened() -> None:
    told: list[str] = []
    browsed: list[str] = []
    screen = opened(told, browsed)
    screen.close()
    assert told == [f"Screen: {screen.address} (on this machine only)."]
    assert browsed == [screen.address]
    assert screen.address.startswith("http://127.0.0.1:")


def test_for_a_tablet_a_code_is_told_and_nothing_opened() -> None:
    told: list[str] = []
    browsed: list[str] = []
    screen = opened(told, browsed, ScreenSettings(address="127.0.0.1"))
    screen.close()
    assert browsed == []
    assert told[0].startswith(f"Screen: open {screen.address} on the tablet and type the code ")
    assert told[0].endswith("; it works once.")


def test_it_can_be_opened_only_if_asked() -> None:
    browsed: list[str] = []
    opened([], browsed, ScreenSettings(browse=False)).close()
    assert browsed == []


def test_a_fault_of_the_page_ends_the_page_and_not_the_session() -> None:
    def broken(_exercise: Exercise) -> bool:
        raise RuntimeError("no table")

    told: list[str] = []
    screen = opened(told, [], ScreenSettings(browse=False), broken)
    held = Session(tiny_plan(), speech_ms)
    (watching,) = screen.watch(held)
    for effects in (held.receive(Start(at=0)), held.advance(20_000)):
        watching.effects(effects)
    watching.reached(20_000)
    watching.event(command(20_000, Intent.PAUSE))
    watching.unheard(20_000, "hello")
    board = screen._server.board  # what a browser would get
    posted = board.after(0, 0.0)
    screen.close()
    assert posted is not None and posted.shown == FAILED
    assert told[1:] == ["Screen: it failed (RuntimeError: no table). The session goes on without it."]


def test_the_loop_shows_one_machine_after_the_other() -> None:
    where = studio(keys=[(0, "1"), (20, "y"), (400, " "), (460, "q"), (520, "y"), (600, "q")])
    seen: list[Shown] = []
    where.watch = lambda machine: [Watching(machine, lambda _exercise: False, seen.append, lambda: 0)]
    drive(Chooser([Choice(routine="tiny", title="Tiny", minutes=1)], Durations(Voice().length)), where, [])
    talked = len(seen)
    held = Session(tiny_plan(), Durations(Voice().length))
    held.receive(Start(at=0))
    drive(held, where, [])
    assert {shown.scene for shown in seen[:talked]} == {Scene.TALK}
    scenes = list(dict.fromkeys(shown.scene for shown in seen[talked:]))
    assert scenes == [Scene.PREPARE, Scene.PAUSED, Scene.QUESTION, Scene.OVER]


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("tablet", '"tablet" is no address'),
        ("0.0.0.0", "every network at once"),
        ("::", "every network at once"),
        ("224.0.0.1", "every network at once"),
        ("8.8.8.8", "can be reached from the internet"),
        ("198.51.100.7", "198.51.100.7 is no address of this machine"),
    ],
)
def test_an_address_that_makes_no_sense_is_refused_before_the_session(
    home: Home, coach: Coach, address: str, says: str
) -> None:
    done = coach("run", home.tiny(), "--text", "--no-questions", "--screen-address", address)
    assert (done.code, done.out) == (2, "")
    assert says in done.err and len(done.err.splitlines()) == 1
    assert not home.log.exists()


def test_a_port_that_is_taken_is_refused_before_the_session(home: Home, coach: Coach) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = coach("run", home.tiny(), "--text", "--no-questions", "--screen", "--screen-port", str(port))
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"Port {port} is in use by another program; name another --screen-port, or none for a free one.\n"
    )
    assert not home.log.exists()


def test_a_port_without_a_screen_and_a_port_that_is_none_are_usage(home: Home, coach: Coach) -> None:
    done = coach("run", home.tiny(), "--text", "--screen-port", "8000")
    assert done.code == 2 and "--screen-port goes together with --screen." in done.err
    for port in ("0", "70000", "http"):
        assert coach("demo", "--screen", "--screen-port", port).code == 2


class Opener(webbrowser.BaseBrowser):
    """A browser with a window."""

    def __init__(self, works: bool) -> None:
        super().__init__()
        self.works = works
        self.opened: list[str] = []

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
        self.opened.append(url)
        return self.works


def test_a_browser_with_a_window_is_opened_and_one_that_takes_the_terminal_is_not() -> None:
    good, bad = Opener(True), Opener(False)
    assert (open_browser("http://x/", lambda: good), good.opened) == ("", ["http://x/"])
    assert "open the address by hand" in open_browser("http://x/", lambda: bad)
    assert "No browser with windows" in open_browser("http://x/", lambda: webbrowser.GenericBrowser("w3m"))

    def none() -> webbrowser.BaseBrowser:
        raise webbrowser.Error("none")

    assert "No browser was found" in open_browser("http://x/", none)


class Late:
    plays_after_ms = 140


def test_how_late_a_room_sounds() -> None:
    assert (lateness(Late())(), lateness(object())()) == (140, 0)


LOADED = """
import sys, threading
from voice_coach.cli.main import run
code = run(sys.argv[1:])
print(code, [name for name in ("voice_coach.screen", "voice_coach.figures", "http.server", "webbrowser")
             if name in sys.modules], [thread.name for thread in threading.enumerate() if "screen" in thread.name])
"""


def test_without_it_nothing_of_it_is_loaded_and_with_it_the_sound_is_the_same(home: Home) -> None:
    mic = home.recording("mic.wav", (36_000, "wait a moment"), (44_000, "carry on"))

    def session(speaker: str, *options: str) -> str:
        from os import environ

        command = [sys.executable, "-c", LOADED, "run", home.tiny(), "--mic", str(mic), "--speaker", speaker, *options]
        env = {**environ, **home.env, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        done = subprocess.run(command, env=env, cwd=home.data, capture_output=True, text=True, timeout=4 * LONG_S)
        assert "(completed)" in done.stdout, done.stderr
        return done.stdout.splitlines()[-1]

    assert session("without.wav") == "0 [] []"
    assert "'voice_coach.screen'" in session("with.wav", "--screen", "--no-open")
    assert (read_wav(home.data / "without.wav") == read_wav(home.data / "with.wav")).all()
