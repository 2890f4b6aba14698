"""What is known of her, while the program runs: read from the log once, and written to it line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from voice_coach.cli.opening import open_log
from voice_coach.errors import LogError
from voice_coach.journal import Journal, Log
from voice_coach.person.lines import CONSENT, Fact, line_of
from voice_coach.person.model import (
    Answered,
    Clearance,
    Correction,
    Decision,
    Incident,
    Measured,
    Person,
    Placed,
    Trouble,
    Weight,
)
from voice_coach.routine import Tag, Tier
from voice_coach.safety import Standing, standing
from voice_coach.session.events import Command, Intent

# What a word of distress stands for outside of a session, where nobody asks where it hurts: the careful reading [P].
TROUBLES = {
    Intent.EMERGENCY: Trouble.EMERGENCY,
    Intent.CHEST: Trouble.EMERGENCY,
    Intent.BREATH: Trouble.BREATH,
    Intent.FALL: Trouble.FALL,
    Intent.DIZZY: Trouble.DIZZY,
    Intent.BACK_PAIN: Trouble.BACK_PAIN,
    Intent.JOINT_PAIN: Trouble.SHARP_PAIN,
    Intent.PAIN: Trouble.BACK_PAIN,
}
_LISTS: dict[type[Fact], str] = {
    Answered: "forms",
    Incident: "incidents",
    Clearance: "clearances",
    Decision: "decisions",
    Measured: "measures",
    Weight: "weights",
    Correction: "corrections",
}


_BY_TIER = frozenset({Tag.IMPACT.value, Tag.OVERHEAD.value, Tag.PRONE.value})  # hidden from the high tier alone


def overridden(standing: Standing, tier: Tier | None) -> Standing:
    """The same with another tier, where one was asked for. A hold stays a hold."""
    if tier is None:
        return standing
    hidden = standing.hidden | _BY_TIER if tier is Tier.HIGH else standing.hidden - _BY_TIER
    return replace(standing, tier=tier, hidden=hidden)


class Memory:
    """`person` is what the log says, with what was noted since; `log` is what it was read from.

    Any method may raise `LogError`. The log is there: the `journal` that writes it has made it.

    `tier` is an explicit override by whoever started the program; nothing else of her standing is changed by it.
    """

    def __init__(self, journal: Journal, path: Path, now: Callable[[], datetime], tier: Tier | None = None) -> None:
        self._journal = journal
        self._path = path
        self._tier = tier
        self.now = now
        self.log: Log
        self.person: Person
        self.read_again()

    @property
    def standing(self) -> Standing:
        """What she may do now."""
        return overridden(standing(self.person, self.now()), self._tier)

    def note(self, *facts: Fact) -> None:
        """Log what was learnt, and know it from now on, also where the log cannot take it yet."""
        failed: LogError | None = None
        for fact in facts:
            try:
                self._journal.about(*line_of(fact))
            except LogError as error:
                failed = failed or error
            if isinstance(fact, Placed):
                fact = replace(fact, place=self._next_place())
            name = _LISTS[type(fact)]
            longer: dict[str, Any] = {name: (*getattr(self.person, name), fact)}
            self.person = replace(self.person, **longer)
        if failed:
            raise failed

    def _next_place(self) -> int:
        """Behind everything that is known: the same order as that of the lines, which are not counted here."""
        person = self.person
        facts: tuple[Sequence[Placed], ...] = (person.forms, person.incidents, person.clearances, person.sessions)
        return 1 + max((each.place for each in chain.from_iterable(facts)), default=0)

    def consented(self) -> None:
        """She agrees to what she was told at first."""
        self._journal.about(CONSENT, {"given": True})
        self.person = replace(self.person, consented=self.now())

    def distressed(self, words: Iterable[Command]) -> None:
        """She was in distress outside of a session, and did not take it back: each trouble once."""
        troubles = dict.fromkeys(TROUBLES[word.intent] for word in words)
        self.note(*(Incident(at=self.now(), trouble=trouble) for trouble in troubles))

    def read_again(self) -> None:
        """After a session: it is in the log now."""
        book = open_log(self._path)
        self.log, self.person = book.log, book.person
