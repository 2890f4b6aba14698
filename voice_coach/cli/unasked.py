"""What is wanted on the command line; and a run without questions: the careful level, and no training that waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import click

from voice_coach import script
from voice_coach.cli.common import everything, load, load_for, offered
from voice_coach.cli.conversations import Conversations
from voice_coach.cli.memory import Memory
from voice_coach.cli.opening import known_at, open_log
from voice_coach.cli.talk import Leaves, Talk
from voice_coach.cli.visit import Made
from voice_coach.conversation.interview import line
from voice_coach.errors import CoachError, printable
from voice_coach.person.model import Form
from voice_coach.review.broken_off import broken_off
from voice_coach.routine import Routine, Tier
from voice_coach.safety import CAREFUL, standing
from voice_coach.safety.daily import PASSED
from voice_coach.safety.screening import UNFINISHED


def wanted(name: str | None, tier: Tier | None, *, asking: bool) -> tuple[Routine | None, list[Routine]]:
    """The routine that was named, and those there are to choose from; CoachError where the named one is not for her.

    With questions all of them are read, for who she is comes later; what is wrong with one that nobody named is shown.
    """
    careful = tier if asking else tier or CAREFUL
    fixed = (load_for(name, careful) if careful else load(name)) if name else None
    if fixed and not asking:  # what she cannot choose need not be read or heard
        return fixed, [fixed]
    routines, problems = offered(careful) if careful else everything()
    if not fixed:
        for problem in problems:
            click.echo(str(problem), err=True)
    return fixed, routines


def refuse_who_waits(path: Path, now: datetime) -> None:
    """CoachError where the log says that training waits, or for an answer. Who was never asked is let in, carefully."""
    person = known_at(path)
    stands = standing(person, now)
    never = person.last(Form.SCREENING, complete=False) is None
    waits = [reason for reason in stands.hold if not (never and reason == UNFINISHED)]
    if waits:
        why = script.text(line(waits[0].say, *waits[0].args))
        then = "to answer them" if waits[0] == UNFINISHED else "when that has changed"
        raise CoachError(f"Training waits. {why} Run voice-coach with --questions {then}.")
    if PASSED in stands.asks:
        raise CoachError(
            "Training waits. Last time you felt dizzy or short of breath, and have not said that it has passed. "
            "Run voice-coach with --questions to say so."
        )


def what_is_left(path: Path, now: datetime) -> str:
    """A sentence about a session that the machine broke off, since nobody is asked; empty where there is none."""
    if not path.exists():
        return ""
    opened = open_log(path)
    found = broken_off(opened.log, opened.person, now)
    left = f"Your last session, {printable(found.left.title)}, was broken off. " if found else ""
    return left and f"{left}Run voice-coach with --questions to go on with it."


def unasked(
    held: Conversations,
    fixed: Routine | None,
    routines: Sequence[Routine],
    tier: Tier | None,
    memory: Callable[[], Memory],
) -> Made | None:
    """The named routine or the chosen one, as it is written; None where nobody wants one. Distress is in the log."""
    try:
        chosen = fixed or Talk(held, memory()).choose(routines)
    except Leaves:
        return None
    return Made(routine=chosen, tier=tier or CAREFUL)
