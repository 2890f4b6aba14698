"""A session of thirty minutes on virtual time: the pure engine alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.benchmarks.figure import Figure, Options, Taken
from voice_coach import script
from voice_coach.audio.clip import BLOCK_MS
from voice_coach.live import Durations
from voice_coach.routine import find, standard_folders
from voice_coach.session.engine import Session
from voice_coach.session.events import Start
from voice_coach.session.plan import Plan, make_plan

HALF_HOUR = 30 * 60_000
GOAL_MS = 100.0


def half_hour() -> Plan:
    """The shipped chair routine with its main block done again; 34 minutes, of which thirty are run."""
    routine = find("first_week_chair", standard_folders())
    warm_up, main, *others = routine.blocks
    return make_plan(replace(routine, blocks=(warm_up, main, replace(main, name="Again"), *others)))


def by_deadline(session: Session) -> None:
    """From deadline to deadline."""
    while not session.over and (due := session.deadline) is not None and due <= HALF_HOUR:
        session.advance(due)


def by_block(session: Session) -> None:
    """In blocks of the length the loop has."""
    for end in range(BLOCK_MS, HALF_HOUR + 1, BLOCK_MS):
        session.advance(end - 1)


def measure(options: Options) -> list[Figure]:
    """Milliseconds of processor time for both ways."""
    plan = half_hour()
    return [
        _figure("30-minute session, virtual time", plan, by_deadline, options.times(21), GOAL_MS),
        _figure("the same, stepped in 20 ms blocks", plan, by_block, options.times(5), None),
    ]


def _figure(name: str, plan: Plan, go: Callable[[Session], None], times: int, goal: float | None) -> Figure:
    taken = Taken()
    for _ in range(times):
        session = Session(plan, Durations(script.estimated_text_ms))
        effects = 0

        def run(session: Session = session) -> None:
            nonlocal effects
            effects += len(session.receive(Start(at=0)))
            go(session)

        taken.run(run)
        reached = session.state.now
        if session.over or reached < HALF_HOUR - 60_000:
            raise AssertionError(f"this session took {reached / 60_000:.1f} minutes, not thirty")
    return Figure(
        name=name,
        values=tuple(1000 * seconds for seconds in taken.cpu),
        unit="ms",
        goal=goal,
        digits=1,
        how=f"processor time; first_week_chair with its main block twice, {len(plan.segments)} segments",
    )
