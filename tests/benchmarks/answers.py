"""From the end of what she says to the first sound of the answer, or to silence where silence is the answer."""

from __future__ import annotations

import math
from collections.abc import Callable

from tests.benchmarks.figure import Figure, Options
from tests.benchmarks.rehearsal import Answer, Rehearsal
from voice_coach.demo import Wish
from voice_coach.session.engine import Session
from voice_coach.session.events import Intent
from voice_coach.session.state import Flow

GOAL_MS = 1_000.0
EVERY_MS = 9_000  # from the moment she was heard, or pressed the key, to her next wish
SAYINGS = (
    ("how long", Intent.HOW_LONG),
    ("louder", Intent.LOUDER),
    ("how many left", Intent.HOW_MANY_LEFT),
    ("easier", Intent.EASIER),
    ("quieter", Intent.QUIETER),
    ("pause", Intent.PAUSE),
    ("resume", Intent.RESUME),
    ("what's next", Intent.WHATS_NEXT),
)


def _after(at: int) -> Callable[[Session, int], bool]:
    def when(session: Session, now: int) -> bool:
        return now >= at and session.state.flow in (Flow.RUNNING, Flow.PAUSED)

    return when


def measure(options: Options) -> list[Figure]:
    """Milliseconds of session time. Only what was heard as it was said counts here; the rest is told beside it."""
    count = 4 if options.smoke else 24
    wishes = tuple(
        Wish(words=words, intent=intent, when=_after(8_000 + number * EVERY_MS))
        for number, (words, intent) in ((n, SAYINGS[n % len(SAYINGS)]) for n in range(count))
    )
    rehearsal = Rehearsal(options, wishes, "answers").run()
    assert rehearsal.person is not None
    found = rehearsal.observer.found
    took = sorted(each.answered - each.said for each in found)
    how = f"{rehearsal.ears.name}; {len(took)} answers to {rehearsal.person.said} sayings; session time"
    silences = [each for each in found if each.intent in (Intent.PAUSE, Intent.STOP)]
    return [
        Figure(name="spoken command to answer, median", values=tuple(took), unit="ms", goal=GOAL_MS, how=how),
        Figure(
            name="spoken command to answer, 95th percentile",
            values=(took[math.ceil(0.95 * len(took)) - 1],) if took else (),
            unit="ms",
            goal=GOAL_MS,
            how=how,
        ),
        *([_silence(silences)] if silences else []),
    ]


def _silence(found: list[Answer]) -> Figure:
    took = tuple(float(each.answered - each.said) for each in found)
    return Figure(name='spoken "pause" to silence', values=took, unit="ms", goal=GOAL_MS, how="the same session")
