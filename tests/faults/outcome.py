"""What came of trying a fault many times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A fault, and what became of the sessions it struck.

    `seconds` is the longest that the row had to wait; each row has its own to wait for: that what is left was found,
    that she was asked, that there was sound again.
    """

    fault: str
    times: int
    sets_finished: int
    sets_lost: int
    to_go_on: int  # sessions with something done and something left
    gone_on: int  # those that were offered, and ended with every set of the plan in the log
    seconds: float

    @property
    def well(self) -> bool:
        """Whether nothing was lost and every session could be gone on with."""
        return self.sets_lost == 0 and self.gone_on == self.to_go_on

    @property
    def state(self) -> str:
        """How it went, in a word or two."""
        if self.times == 0:
            return "not tried"
        return "well" if self.well else "NOT WELL"


def lost(finished: int, kept: int) -> int:
    """The sets of one session that its log has not once: those that are missing, or those that are too many."""
    return abs(finished - kept)


def table(outcomes: Sequence[Outcome]) -> Table:
    """All of them, a line each."""
    result = Table()
    for heading in (
        "Fault",
        "Times tried",
        "Sets finished",
        "Sets lost",
        "Sessions gone on with",
        "Seconds to recover",
    ):
        result.add_column(heading, justify="left" if heading == "Fault" else "right")
    for each in outcomes:
        result.add_row(
            each.fault,
            str(each.times),
            str(each.sets_finished),
            str(each.sets_lost),
            f"{each.gone_on} of {each.to_go_on}",
            f"{each.seconds:.3f}",
        )
    return result
