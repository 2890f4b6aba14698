"""Every shipped routine as a session: it runs to its end, and takes the minutes it states."""

from __future__ import annotations

import pytest

from voice_coach.cli.check_command import MINUTES_OFF, takes_ms
from voice_coach.commands import Vocabulary, command_in
from voice_coach.paths import shipped
from voice_coach.routine import Ms, Routine, list_routines
from voice_coach.session.events import Effect, End, Event, Reason, Record
from voice_coach.session.plan import Phase, make_plan
from voice_coach.simulate import simulate


class Watcher:
    """Keeps what comes out of a session."""

    def __init__(self) -> None:
        self.seen: list[Effect] = []

    def event(self, event: Event) -> None: ...

    def effects(self, effects: list[Effect]) -> None:
        self.seen += effects

    def unheard(self, at: Ms, text: str) -> None: ...

    def reached(self, now: Ms) -> None: ...


ROUTINES = list_routines([shipped("routines")], command_in)[0]


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda routine: routine.id)
def test_it_takes_the_minutes_it_states(routine: Routine) -> None:
    """The minutes are those of EVIDENCE 4, which reckons with 20 s of instruction for an exercise.

    Ours take about 30 s. That is rest as well, so the rests are 5 to 10 s shorter than in its tables, not the work.
    """
    assert routine.minutes
    stated = routine.minutes * 60_000
    assert abs(takes_ms(routine) - stated) <= MINUTES_OFF * stated


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda routine: routine.id)
def test_it_can_be_simulated_to_its_end(routine: Routine) -> None:
    watcher = Watcher()
    plan = make_plan(routine)
    simulate(plan, [], Vocabulary(), [watcher])
    assert [effect.reason for effect in watcher.seen if isinstance(effect, End)] == [Reason.COMPLETED]
    done = [effect.data for effect in watcher.seen if isinstance(effect, Record) and effect.kind == "set"]
    assert [each["exercise"] for each in done] == [
        segment.set.item.exercise.id for segment in plan.segments if segment.phase is Phase.WORK
    ]
    assert all(each["completed"] and not each["skipped"] for each in done)
