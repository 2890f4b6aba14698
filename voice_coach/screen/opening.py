"""The live screen as the command line opens it: where it is served, who is told, and what happens when it fails."""

from __future__ import annotations

import errno
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from voice_coach.errors import CoachError, ExitCode
from voice_coach.observer import Observer
from voice_coach.routine.model import Ms
from voice_coach.screen.board import Board
from voice_coach.screen.door import new_code
from voice_coach.screen.server import PageServer, Picture
from voice_coach.screen.session_view import Drawn
from voice_coach.screen.shown import Scene, Shown
from voice_coach.screen.watching import Watching
from voice_coach.session.events import Effect, Event

LOOPBACK = IPv4Address("127.0.0.1")
FAILED = Shown(
    scene=Scene.TALK, headline="This page has stopped", saying="The coach goes on without it. Listen, or use the keys."
)
Tell = Callable[[str], None]


class ScreenError(CoachError):
    """The page cannot be served as it was asked for."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenSettings:
    """The options of `run` and `demo` that have to do with the page."""

    port: int = 0  # 0: a free one
    address: str = ""  # of this machine, for a tablet in the same room; "": this machine only
    browse: bool = True  # open the page here, where it is for this machine


class Screen:
    """The page while it is served. `watch` is what the studio asks for observers; `address` what a browser is given."""

    def __init__(self, server: PageServer, drawn: Drawn, tell: Tell) -> None:
        self._server, self._drawn, self._tell = server, drawn, tell
        self.address = f"http://{server.authority}/"
        self.late: Callable[[], Ms] = lambda: 0  # from handing sound over to hearing it, once a room is open

    def watch(self, machine: object) -> Sequence[Observer]:
        """Who shows this machine on the page."""
        board = self._server.board
        return (_Careful(Watching(machine, self._drawn, board.put, lambda: self.late()), board, self._tell),)

    def close(self) -> None:
        """The page says that it is over; then nobody is answered."""
        self._server.close()


class _Careful:
    """An observer whose faults end the page and never the session."""

    def __init__(self, watching: Watching, board: Board, tell: Tell) -> None:
        self._watching, self._board, self._tell = watching, board, tell
        self._failed = False

    def event(self, event: Event) -> None:
        """Something goes in."""
        self._do(lambda: self._watching.event(event))

    def effects(self, effects: list[Effect]) -> None:
        """Something came out."""
        self._do(lambda: self._watching.effects(effects))

    def unheard(self, at: Ms, text: str) -> None:
        """Words that meant nothing."""
        self._do(lambda: self._watching.unheard(at, text))

    def reached(self, now: Ms) -> None:
        """Session time has come so far."""
        self._do(lambda: self._watching.reached(now))

    def _do(self, part: Callable[[], None]) -> None:
        if self._failed:
            return
        try:
            part()
        except Exception as error:  # a page is never worth the half hour; it is told, and the page says so
            self._failed = True
            self._board.put(FAILED)
            self._tell(f"Screen: it failed ({type(error).__name__}: {error}). The session goes on without it.")


def open_screen(settings: ScreenSettings, drawn: Drawn, picture: Picture, tell: Tell, browse: Tell) -> Screen:
    """Serve the page, say where, and open it; ScreenError in a sentence where it cannot be served."""
    address = _address(settings.address)
    code = new_code() if settings.address else None
    try:
        server = PageServer(address, settings.port, Board(), picture, code, tell)
    except OSError as error:
        raise ScreenError(_why_not(error, settings)) from error
    screen = Screen(server, drawn, tell)
    if code is None:
        tell(f"Screen: {screen.address} (on this machine only).")
        if settings.browse:
            browse(screen.address)
    else:
        tell(f"Screen: open {screen.address} on the tablet and type the code {code[:3]} {code[3:]}; it works once.")
    return screen


def _address(text: str) -> IPv4Address | IPv6Address:
    if not text:
        return LOOPBACK
    example = "name one address of this machine by its numbers, as in --screen-address 192.168.1.20"
    try:
        address = ip_address(text)
    except ValueError:
        raise ScreenError(f'"{text}" is no address; {example}.') from None
    if address.is_unspecified or address.is_multicast:
        raise ScreenError(f"{text} would be every network at once; {example}.")
    if address.is_global:
        raise ScreenError(f"{text} can be reached from the internet, and the page is for one room; {example}.")
    return address


def _why_not(error: OSError, settings: ScreenSettings) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {settings.port} is in use by another program; name another --screen-port, or none for a free one."
    if error.errno in (errno.EADDRNOTAVAIL, errno.EINVAL):
        return f"{settings.address} is no address of this machine; see its network settings for the right one."
    if error.errno == errno.EACCES:
        return f"Port {settings.port} is not for everyone on this machine; name a --screen-port from 1024 on."
    return f"The screen cannot be served ({error.strerror or error}); the session works without --screen."


def open_browser(address: str, find: Callable[[], webbrowser.BaseBrowser] = webbrowser.get) -> str:
    """Open an address in the browser with windows that this machine has; a sentence where that did not happen."""
    try:
        browser = find()
    except webbrowser.Error:
        return "No browser was found; open the address by hand."
    if type(browser) is webbrowser.GenericBrowser:  # one that would take the terminal away
        return "No browser with windows was found; open the address by hand."
    return "" if browser.open(address) else "The browser did not open; open the address by hand."
