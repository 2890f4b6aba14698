"""A visit from the first word to the last: who she is, how she is, what she may do, what she chooses, how it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from voice_coach import prompts
from voice_coach.cli.after import afterwards
from voice_coach.cli.before import a_test, as_today, breathing, how_she_feels, how_she_is, offered, proposed
from voice_coach.cli.common import vocabulary
from voice_coach.cli.conversations import Conversations, choices
from voice_coach.cli.first_start import clinicians_yes, consent, facts, screen
from voice_coach.cli.gates import heavier, open_to, shoes
from voice_coach.cli.going_on import going_on
from voice_coach.cli.looking_back import with_past
from voice_coach.cli.memory import Memory
from voice_coach.cli.rendering import prepare_meanwhile
from voice_coach.cli.talk import Leaves, Talk, said
from voice_coach.live import Studio
from voice_coach.review.broken_off import BrokenOff
from voice_coach.routine import Exercise, Routine, Tier
from voice_coach.safety import fitted, refused
from voice_coach.safety.about import emergency_number
from voice_coach.session.plan import Plan, make_plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What is done today, and what the log is told with it."""

    routine: Routine
    tier: Tier
    phase: str = ""  # a value of `coaching.Phase`, or ""
    deload: bool = False
    emergency: str = ""  # the number she calls, as digits
    left: BrokenOff | None = None  # the session that is gone on with

    @property
    def plan(self) -> Plan:
        """What is done: all of the routine, or what was left of it."""
        return self.left.left if self.left else make_plan(self.routine)


class Visit:
    """Holds the conversations around one session, in a studio that is open."""

    def __init__(self, held: Conversations, studio: Studio, memory: Memory, library: Mapping[str, Exercise]) -> None:
        self._held, self._studio, self._memory, self._library = held, studio, memory, library
        self._talk = Talk(held, memory)

    def begin(self, wanted: Routine | None, routines: Sequence[Routine]) -> Made | None:
        """All that comes before the session; None where she ends it, or nothing is for her today."""
        usual = self._studio.wanted
        try:
            return self._before(wanted, routines)
        except Leaves:
            return None
        finally:
            self._studio.listen_for(usual)

    def end(self) -> None:
        """All that comes after it."""
        try:
            afterwards(self._talk, self._library)
        except Leaves:
            return

    def _before(self, wanted: Routine | None, routines: Sequence[Routine]) -> Made | None:
        talk, memory = self._talk, self._memory
        consent(talk)
        facts(talk)
        clinicians_yes(talk)
        told = screen(talk)
        if memory.standing.may_train:
            how_she_is(talk)
        if not memory.standing.may_train:
            quiet = breathing(talk, self._library, told=told)
            return self._made(fitted(quiet, memory.standing)) if quiet else None
        if left := going_on(talk, {each.id for each in routines}):
            routine = next(each for each in routines if each.id == left.left.routine)
            return replace(self._made(routine, left.phase, deload=left.deload), left=left)
        how_she_feels(talk)
        a_test(talk)
        routine = self._chosen(wanted, routines)
        shoes(talk, routine)
        if refused(routine, memory.standing):  # it was nothing but landings, and they are not for today
            routine = self._chosen(routine, routines)
        heavier(talk, routine)
        made = as_today(talk, fitted(routine, memory.standing, self._library))
        return self._made(made.routine, made.phase, deload=made.deload)

    def _chosen(self, wanted: Routine | None, routines: Sequence[Routine]) -> Routine:
        """The routine that was wanted where it is for her, else the one she chooses among those that are; as written.

        What lands is among them where today's questions about it may still open it.
        """
        memory = self._memory
        standing = open_to(memory.person, memory.standing, memory.now())
        if wanted is not None:
            why_not = refused(wanted, standing)
            if why_not is None:
                return wanted
            self._talk.tell(*said(why_not))
        for_her = offered(routines, standing, self._library)
        plan = with_past(proposed(self._talk, routines), memory, self._library, routines)
        lines = (
            *prompts.menu_lines(choices(for_her)),
            *plan.say,
            *(plan.short.say if plan.short else ()),
            *chain.from_iterable(plan.back.values()),
        )
        prepare_meanwhile(self._studio, self._held.voice, lines)
        self._studio.listen_for(vocabulary(for_her, today=True))
        chosen = self._talk.choose(for_her, plan)
        return next(each for each in routines if each.id == chosen.id)

    def _made(self, routine: Routine, phase: str = "", *, deload: bool = False) -> Made:
        number = emergency_number(self._memory.person)
        return Made(routine=routine, tier=self._memory.standing.tier, phase=phase, deload=deload, emergency=number)
