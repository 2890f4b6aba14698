"""Lines for whoever reads along. A terminal that is gone, or a file on a full disk, ends no session."""

from __future__ import annotations

import contextlib

import click


class Terminal:
    """Standard output and standard error. The first of them that fails is told of on the other, once."""

    def __init__(self) -> None:
        self._told = False

    def show(self, line: str) -> None:
        """A line of what is said."""
        self._write(line, "What is said", err=False)

    def announce(self, sentence: str) -> None:
        """A sentence about the program itself."""
        self._write(sentence, "What there is to tell", err=True)

    def _write(self, line: str, what: str, *, err: bool) -> None:
        try:
            click.echo(line, err=err)
        except OSError as error:
            if self._told:
                return
            self._told = True
            with contextlib.suppress(OSError):
                click.echo(f"{what} cannot be shown ({error.strerror or error}). The session goes on.", err=not err)


_terminal = Terminal()  # of this process
show, announce = _terminal.show, _terminal.announce
