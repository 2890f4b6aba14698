"""The options of the live screen, and the screen they ask for. Nothing of it is loaded where it is not asked for."""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import click
from click.decorators import FC

from voice_coach.routine.model import Exercise, Ms

if TYPE_CHECKING:
    from voice_coach.screen import Screen, ScreenSettings

Tell = Callable[[str], None]


def screen_options(function: FC) -> FC:
    """`--screen`, `--screen-port`, `--screen-address`, `--no-open`, as one argument `screen`; None without them."""

    @functools.wraps(function)
    def command(
        *args: object, screen: bool, screen_port: int | None, screen_address: str | None, browse: bool, **others: object
    ) -> object:
        settings = _settings(screen, screen_port, screen_address, browse=browse)
        return function(*args, screen=settings, **others)

    options = (
        click.option("--screen", is_flag=True, help="Show the session on a page in the browser of this machine."),
        click.option(
            "--screen-port",
            type=click.IntRange(1, 65_535),
            metavar="PORT",
            help="Where the page is served. Default: a free port.",
        ),
        click.option(
            "--screen-address",
            metavar="ADDRESS",
            help="Serve the page at this address of this machine instead, for a tablet in the same room. A code that "
            "works once is shown here.",
        ),
        click.option("--open/--no-open", "browse", default=True, help="Open the page here, or only tell its address."),
    )
    for option in reversed(options):
        command = option(command)
    return command  # type: ignore[return-value]


def _settings(asked: bool, port: int | None, address: str | None, *, browse: bool) -> ScreenSettings | None:
    if not asked and address is None:
        if port is not None:
            raise click.UsageError("--screen-port goes together with --screen.")
        return None
    from voice_coach.screen import ScreenSettings

    return ScreenSettings(port=port or 0, address=address or "", browse=browse)


@contextlib.contextmanager
def screen_of(settings: ScreenSettings | None, tell: Tell) -> Iterator[Screen | None]:
    """The screen that was asked for, as long as it lasts. ScreenError where it cannot be served."""
    if settings is None:
        yield None
        return
    from voice_coach import figures
    from voice_coach.screen import open_browser, open_screen

    def browse(address: str) -> None:
        """In a thread of its own: some browsers keep whoever starts them waiting."""

        def start() -> None:
            if problem := open_browser(address):
                tell(f"Screen: {problem}")

        threading.Thread(target=start, name="browser", daemon=True).start()

    screen = open_screen(settings, _drawn(), figures.picture, tell, browse)
    try:
        yield screen
    finally:
        screen.close()


def _drawn() -> Callable[[Exercise], bool]:
    """Whether a drawing shows this exercise: her own may have the name of one that was drawn, and be another."""
    from voice_coach import figures
    from voice_coach.cli.common import folders
    from voice_coach.commands import command_in
    from voice_coach.routine.library import load_library

    known, shipped = figures.known(), load_library(folders()[-1:], command_in).exercises

    def drawn(exercise: Exercise) -> bool:
        own = shipped.get(exercise.id)
        return exercise.id in known and own is not None and (own.name, own.start) == (exercise.name, exercise.start)

    return drawn


@runtime_checkable
class _Late(Protocol):
    """A room that knows how long sound is on its way."""

    @property
    def plays_after_ms(self) -> Ms:
        """From handing sound over to hearing it."""


def lateness(room: object) -> Callable[[], Ms]:
    """How late the sound of a room is, whenever it is asked; 0 where it is played to nobody."""
    return (lambda: room.plays_after_ms) if isinstance(room, _Late) else (lambda: 0)
