"""How far a download is: a bar on a terminal, a line for every tenth of it elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voice_coach.models import megabytes

if TYPE_CHECKING:
    from rich.console import Console

_STEPS = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a download tells what it does."""

    progress: Callable[[int, int], None]  # bytes that are there, of so many
    announce: Callable[[str], None]  # a sentence


@contextmanager
def shown(console: Console) -> Iterator[Shown]:
    """While the block runs; the console is that of standard error."""

    def announce(sentence: str) -> None:
        console.print(sentence, markup=False, highlight=False, soft_wrap=True)

    if not console.is_terminal:
        yield Shown(_Lines(announce), announce)
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    with Progress(
        BarColumn(bar_width=None), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn(), console=console
    ) as bar:

        def progress(there: int, size: int) -> None:
            """The bar comes with the first bytes; those from an earlier download say nothing of the speed."""
            if bar.task_ids:
                bar.update(bar.task_ids[0], completed=there)
            else:
                bar.add_task("", completed=there, total=size)

        yield Shown(progress, announce)


class _Lines:
    """A line whenever another tenth is there, and when it begins."""

    def __init__(self, announce: Callable[[str], None]) -> None:
        self._announce = announce
        self._step = -1

    def __call__(self, there: int, size: int) -> None:
        step = there * _STEPS // size
        if step != self._step:
            self._step = step
            self._announce(f"{megabytes(there)} of {megabytes(size)}")
